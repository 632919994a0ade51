import HTTPServing
import HTTPTypes
import JSON
import Recurrence
import ServerTestSupport
import Tasks
import TestSupport
import Testing

/// `GET /tasks` and `GET /tasks/{id}`.
@Suite(.server) struct TaskListTests {
    private let server: TestServer

    init() throws {
        server = try .current
    }

    // MARK: - One task

    @Test func `a task shows what is stored of it`() async throws {
        let task = try await server.make(Said(title: "Call Carla", contact: 2, category: 6))
        let answer = try await server.get("/tasks/\(task.id.rawValue)")
        #expect(answer.status == 200)
        let expected: JSONObject = [
            "id": .string("\(task.id.rawValue)"), "seriesId": .null, "slot": .null,
            "title": "Call Carla", "body": "", "state": "open",
            "dueAt": "2026-12-01T17:00:00.000Z",
            "due": .object([
                "local": "2026-12-01T09:00:00", "timeZone": "America/Los_Angeles",
            ]),
            "isAllDay": .bool(false), "creatorId": "1", "assigneeId": "1", "contactId": "2",
            "categoryId": "6", "priority": .integer(0), "tags": .array([]), "reminders": .null,
            "completedAt": .null, "completedById": .null, "skipReason": .null,
            "createdAt": "2026-11-30T08:00:00.000Z", "modifiedAt": "2026-11-30T08:00:00.000Z",
            "isOverridden": .array([]), "words": .null,
            "etag": .string(answer.headers[.eTag] ?? ""),
        ]
        #expect(answer["task"] == .object(expected))
    }

    @Test func `a task of a series names its series and slot`() async throws {
        let task = try await server.make(Said(rule: "FREQ=DAILY;COUNT=2"))
        let record = try await server.get("/tasks/\(task.id.rawValue)").record("task")
        #expect(record.text("seriesId") == task.slot.map { "\($0.seriesID.rawValue)" })
        #expect(record.text("slot") == "2026-12-01T09:00:00")
    }

    @Test func `a task is found by the name that HighLevel shows`() async throws {
        let task = try await server.make(Said())
        let answer = try await server.get("/tasks/\(task.id.highLevel)")
        #expect(answer.record("task").text("id") == "\(task.id.rawValue)")
    }

    private static let viewers: [(Int64?, Int64?, [String])] = [
        (1, 3, ["Ana", "Cleo"]), (3, 1, ["Ana", "Ben", "Cleo"]), (4, 2, ["Ana", "Ben", "Dora"]),
        (2, nil, ["Ben"]), (nil, nil, []),
    ]

    @Test(arguments: viewers)
    func `a user sees what they made, are to do, or a colleague is to do`(
        creator: Int64?,
        assignee: Int64?,
        names: [String]
    ) async throws {
        let task = try await server.make(Said(creator: creator, assignee: assignee))
        let missing = try await server.get("/tasks/999999", as: .ana)
        for caller in [Caller.ana, .ben, .cleo, .dora, .olga] {
            let answer = try await server.get("/tasks/\(task.id.rawValue)", as: caller)
            let list = try await server.pages("/tasks?limit=500", "tasks", as: caller).joined()
            let isSeen = names.contains(caller.name)
            #expect(answer.status == (isSeen ? 200 : 404), "\(caller.name)")
            #expect(list.contains("\(task.id.rawValue)") == isSeen, "\(caller.name)")
            if !isSeen { #expect(answer.textWithoutTrace == missing.textWithoutTrace) }
        }
        #expect(try await server.get("/tasks/\(task.id.rawValue)", as: .office).status == 200)
        #expect(try await server.get("/tasks/\(task.id.rawValue)", as: .elsewhere).status == 404)
    }

    @Test(arguments: ["0", "-1", "01", "x", "9007199254740992", "nobody0nobody0nobody", "1.0"])
    func `what is no identifier is not found`(text: String) async throws {
        #expect(try await server.get("/tasks/\(text)").status == 404)
    }

    @Test func `a token needs the scope for tasks`() async throws {
        #expect(try await server.get("/tasks", as: .scoped("directory.read")).status == 403)
        #expect(try await server.get("/tasks", as: .scoped("tasks.write")).status == 403)
        #expect(try await server.get("/tasks", as: .scoped("contacts.readonly")).status == 200)
    }

    // MARK: - Filters

    private static let filters: [(String, Set<String>)] = [
        ("", ["early", "late", "done", "of Cleo", "of Carla", "viewing"]),
        ("state=open", ["early", "late", "of Cleo", "of Carla", "viewing"]),
        ("state=complete", ["done"]),
        ("state=deleted", ["gone"]),
        (
            "state=open,complete,deleted,open",
            [
                "early", "late", "done", "gone", "of Cleo", "of Carla", "viewing",
            ]
        ),
        ("assignee=me", ["early", "late", "done", "of Carla", "viewing"]),
        ("assignee=3", ["of Cleo"]),
        ("assignee=99", []),
        ("creator=me&assignee=3", ["of Cleo"]),
        ("contact=2", ["of Carla"]),
        ("category=6", ["viewing"]),
        ("dueFrom=2026-12-01T17:00:00Z", ["late", "done", "of Cleo", "of Carla", "viewing"]),
        (
            "dueFrom=2026-12-01T18:00:00%2B01:00&dueTo=2026-12-02T00:00:00Z",
            [
                "done", "of Cleo", "of Carla", "viewing",
            ]
        ),
        ("dueTo=2026-12-01T17:00:00Z", ["early"]),
        ("overdue=true", ["early"]),
        ("overdue=true&state=complete", []),
        ("overdue=false", ["late", "done", "of Cleo", "of Carla", "viewing"]),
    ]

    @Test(.server, arguments: filters)
    func `filters choose tasks`(query: String, titles: Set<String>) async throws {
        let server = try TestServer.current
        for said in [
            Said(title: "early", due: "2026-11-29T09:00:00"),
            Said(title: "late", due: "2026-12-08T09:00:00"), Said(title: "done", state: .completed),
            Said(title: "gone", state: .deleted), Said(title: "of Cleo", assignee: 3),
            Said(title: "of Carla", contact: 2), Said(title: "viewing", category: 6),
            Said(title: "hidden", creator: 4, assignee: 4),
        ] {
            _ = try await server.make(said)
        }
        let answer = try await server.get("/tasks?\(query)")
        #expect(answer.status == 200)
        #expect(Set(answer.objects("tasks").map { $0.text("title") }) == titles)
    }

    @Test func `the tasks of a series are listed by its number`() async throws {
        let task = try await server.make(Said(rule: "FREQ=WEEKLY;COUNT=3"))
        let id = try #require(task.slot?.seriesID)
        for name in ["\(id.rawValue)", id.highLevel] {
            #expect(try await server.get("/tasks?series=\(name)").ids("tasks").count == 3)
        }
    }

    @Test func `occurrences beyond the horizon are listed as well`() async throws {
        let task = try await server.make(Said(rule: "FREQ=MONTHLY"))
        let id = try #require(task.slot?.seriesID.rawValue)
        let query = "series=\(id)&dueFrom=2028-01-01T00:00:00Z&dueTo=2029-01-01T00:00:00Z"
        #expect(try await server.get("/tasks?\(query)").ids("tasks").count == 12)
    }

    @Test func `the last occurrences of a quick series are found from their end`() async throws {
        let task = try await server.make(Said(rule: "FREQ=SECONDLY"))
        let id = try #require(task.slot?.seriesID.rawValue)
        let query = "series=\(id)&dueTo=2100-01-01T00:00:00Z&sort=-due&limit=3"
        let tasks = try await server.get("/tasks?\(query)").objects("tasks")
        #expect(
            tasks.map { $0.text("dueAt") }
                == [59, 58, 57].map { "2099-12-31T23:59:\($0).000Z" }
        )
    }

    @Test(arguments: [
        (
            "state=done",
            "state is no list, with commas between, of open, complete, skipped, deleted"
        ),
        ("state=", "state is no list, with commas between, of open, complete, skipped, deleted"),
        (
            "state=open,",
            "state is no list, with commas between, of open, complete, skipped, deleted"
        ),
        ("assignee=Ana", "assignee is no identifier, and not `me`"),
        ("creator=0", "creator is no identifier, and not `me`"),
        ("contact=x", "contact is no identifier"), ("series=-3", "series is no identifier"),
        ("dueFrom=tomorrow", "dueFrom is no instant such as 2026-12-01T14:00:00Z"),
        ("dueTo=2026-12-01", "dueTo is no instant such as 2026-12-01T14:00:00Z"),
        ("overdue=1", "overdue is none of true, false"),
        (
            "sort=title",
            "sort is none of due, -due, modified, -modified, priority, -priority"
        ),
        ("urgency=1", "urgency is not known here"),
        ("priority=4", "priority is no list, with commas between, of 0, 1, 2, 3"),
        ("tag=", "tag is no text of 1 to 100 characters"),
    ])
    func `a filter that cannot be read is a fault`(query: String, fault: String) async throws {
        let answer = try await server.get("/tasks?\(query)")
        #expect(answer.status == 400)
        #expect(answer.faults == [fault])
    }

    @Test func `a location's token is not me`() async throws {
        let answer = try await server.get("/tasks?assignee=me", as: .office)
        #expect(answer.faults == ["assignee is `me`, and a location's token is nobody's"])
    }

    // MARK: - Pages

    @Test(
        .server,
        arguments: ["due", "-due", "modified", "-modified"],
        [Caller.ana, .ben, .office]
    )
    func `pages of any size have each task once, in order`(
        sort: String,
        caller: Caller
    ) async throws {
        let server = try TestServer.current
        for day in [3, 1, 2, 2, 1, 3, 1] {
            for assignee in [Int64(1), 2, 3] {
                let due = "2026-12-0\(day)T09:00:00"
                _ = try await server.make(Said(due: due, creator: 1, assignee: assignee))
            }
            server.clock.advance(by: .seconds(1))
        }
        let path = "/tasks?sort=\(sort)"
        let all = try await server.get(path + "&limit=500", as: caller)
        let key = sort.hasSuffix("due") ? "dueAt" : "modifiedAt"
        let places = all.objects("tasks").map { ($0.text(key), Int($0.text("id")) ?? 0) }
        let sorted = places.sorted { sort.hasPrefix("-") ? $0 > $1 : $0 < $1 }
        #expect(places.map(\.1) == sorted.map(\.1))
        #expect(places.count == (caller.name == "Ben" ? 14 : 21))
        for limit in [1, 2, 7, 13, 20, 21] {
            let pages = try await server.pages("\(path)&limit=\(limit)", "tasks", as: caller)
            #expect(Array(pages.joined()) == all.ids("tasks"), "\(limit)")
            #expect(pages.dropLast().allSatisfy { $0.count == limit })
        }
    }

    @Test(.server) func `a page goes on after its place whatever changes before it`() async throws {
        let server = try TestServer.current
        for day in 1...6 { _ = try await server.make(Said(due: "2026-12-0\(day)T09:00:00")) }
        let first = try await server.get("/tasks?limit=3")
        let cursor = try #require(first["nextCursor"]?.string)
        _ = try await server.make(Said(title: "new", due: "2026-12-01T08:00:00"))
        let second = try await server.get("/tasks?limit=3&cursor=\(cursor)")
        #expect(Set(first.ids("tasks")).isDisjoint(with: second.ids("tasks")))
        #expect(second.objects("tasks").first?.text("dueAt") == "2026-12-04T17:00:00.000Z")
        #expect(second["nextCursor"] == nil)
    }

    @Test func `a cursor is good for its filters and order alone`() async throws {
        for _ in 0..<2 { _ = try await server.make(Said()) }
        let page = try await server.get("/tasks?state=open&limit=1")
        let cursor = try #require(page["nextCursor"]?.string)
        for query in ["", "state=open&sort=-due", "state=open&assignee=me", "state=complete"] {
            let answer = try await server.get("/tasks?\(query)&cursor=\(cursor)")
            #expect(answer.status == 400, "\(query)")
            #expect(answer.problem == "invalid-cursor")
        }
        #expect(try await server.get("/tasks?state=open&limit=7&cursor=\(cursor)").status == 200)
    }

    @Test(.server) func `a page of long texts comes in parts`() async throws {
        let server = try TestServer.current
        let title = String(repeating: "x", count: 2000)
        for _ in 0..<200 { _ = try await server.make(Said(title: title)) }
        let answer = try await server.get("/tasks?limit=199")
        #expect(answer.ids("tasks").count == 199)
        #expect(answer.partSizes.count > 1)
        #expect(answer["nextCursor"] != nil)
    }
}
