import HTTPTypes
import JSON
import Recurrence
import ServerTestSupport
import Tasks
import TestSupport
import Testing

/// `GET /changes`.
@Suite struct ChangeFeedTests {
    /// The server of the test at hand; nothing else changes while it follows.
    private var server: TestServer { get throws { try .current } }

    private func now(_ caller: Caller = .ana) async throws -> String {
        try await server.get("/changes", as: caller).text("cursor")
    }

    private func changes(_ cursor: String, _ caller: Caller = .ana) async throws -> Answer {
        try await server.get("/changes?after=\(cursor)", as: caller)
    }

    @Test(.server) func `changes after a cursor have the records as they are now`() async throws {
        let cursor = try await now()
        let task = try await server.make(Said())
        let path = "/tasks/\(task.id.rawValue)"
        let patched = try await server.patch(path, ["title": "Write"])
        let answer = try await changes(cursor)
        #expect(answer.status == 200)
        let found = answer.objects("changes")
        #expect(found.map { $0.text("kind") } == ["created", "updated"])
        #expect(found.last?["number"] == patched["changeNumber"])
        #expect(found.last?.text("actorId") == "1")
        #expect(found.first?["actorId"] == .null)
        for change in found {
            #expect(change["tasks"] == .array([.object(patched.record("task"))]))
            #expect(
                change.names == [
                    "number", "at", "actorId", "door", "kind", "tasks", "series", "removed",
                ]
            )
        }
        #expect(answer["hasMore"] == .bool(false))
        let rest = try await changes(answer.text("cursor"))
        #expect(rest.objects("changes").isEmpty)
        #expect(rest.text("cursor") == answer.text("cursor"))
    }

    @Test(.server) func `each page goes on where the one before ended`() async throws {
        let cursor = try await server.get("/changes").text("cursor")
        for _ in 0..<7 { _ = try await server.make(Said()) }
        for limit in 1...8 {
            var numbers: [JSONValue?] = []
            var page = cursor
            for round in 1...8 {
                let answer = try await server.get("/changes?after=\(page)&limit=\(limit)")
                let found = answer.objects("changes")
                #expect(found.count <= limit)
                numbers += found.map { $0["number"] }
                page = answer.text("cursor")
                guard answer["hasMore"] == .bool(true) else { break }
                #expect(round < 8)
            }
            #expect(numbers == (1...7).map { .integer($0) }, "\(limit)")
        }
    }

    @Test(.server) func `a change of many records comes in parts`() async throws {
        let cursor = try await now()
        let task = try await server.make(Said(rule: "FREQ=DAILY;COUNT=700"))
        _ = try await server.patch(
            "/tasks/\(task.id.rawValue)?scope=following",
            ["title": .string(String(repeating: "x", count: 1500))]
        )
        var ids: Set<String> = []
        var page = cursor
        var partCount = 0
        repeat {
            let answer = try await changes(page)
            for change in answer.objects("changes") {
                guard case .array(let tasks)? = change["tasks"] else { continue }
                ids.formUnion(tasks.compactMap { $0.object?.text("id") })
            }
            partCount += 1
            page = answer.text("cursor")
            if answer["hasMore"] == .bool(false) { break }
        } while partCount < 100
        #expect(ids.count == 700)
        #expect(partCount > 2)
    }

    @Test(.server) func `a caller is told of what they see, and of what they see no more`()
        async throws
    {
        let cursors = [try await now(.ana), try await now(.cleo), try await now(.dora)]
        let task = try await server.make(Said(creator: 3, assignee: 1))
        let path = "/tasks/\(task.id.rawValue)"
        _ = try await server.patch(path, ["assigneeId": "3"], as: .office)
        let ofAna = try await changes(cursors[0], .ana).objects("changes")
        #expect(ofAna.count == 1)
        #expect(ofAna.first?["tasks"] == .array([]))
        let removed: JSONObject = ["taskId": .string("\(task.id.rawValue)")]
        #expect(ofAna.first?["removed"] == .array([.object(removed)]))
        #expect(try await changes(cursors[1], .cleo).objects("changes").count == 2)
        let ofDora = try await changes(cursors[2], .dora)
        #expect(ofDora.objects("changes").isEmpty)
        #expect(ofDora["hasMore"] == .bool(false))
    }

    @Test(.server) func `a series that is deleted is removed`() async throws {
        let cursor = try await now()
        let task = try await server.make(Said(rule: "FREQ=DAILY;COUNT=2"))
        let id = try #require(task.slot?.seriesID.rawValue)
        _ = try await server.delete("/tasks/\(task.id.rawValue)?scope=all")
        let removed: JSONObject = ["seriesId": .string("\(id)")]
        let found = try await changes(cursor).objects("changes")
        #expect(found.last?["removed"] == .array([.object(removed)]))
    }

    @Test(.server, arguments: ["", "x", "0000000000000000", "after"])
    func `a cursor that was not answered to the caller is refused`(text: String) async throws {
        let answer = try await server.get("/changes?after=\(text)")
        #expect(answer.status == 400)
        #expect(answer.problem == "invalid-cursor")
        let other = try await now(.ben)
        #expect(try await changes(other).status == 400)
        #expect(try await server.get("/changes", as: .scoped("directory.read")).status == 403)
    }

    @Test(.server) func `a list of tasks tells from where to follow it`() async throws {
        _ = try await server.make(Said())
        let cursor = try await server.get("/tasks").text("cursor")
        let task = try await server.make(Said())
        let found = try await server.get("/changes?after=\(cursor)").objects("changes")
        #expect(found.count == 1)
        #expect(found.first?["number"] == .integer(2))
        #expect("\(found)".contains("\(task.id.rawValue)"))
    }
}
