import HTTPTypes
import JSON
import Recurrence
import ServerTestSupport
import Tasks
import Testing

/// `GET /series`, `/series/{id}` and `/series/{id}/occurrences`.
@Suite(.server) struct SeriesTests {
    private let server: TestServer

    init() throws {
        server = try .current
    }

    private func series(_ said: Said) async throws -> Int64 {
        try #require(try await server.make(said).slot?.seriesID.rawValue)
    }

    @Test func `a series shows what is stored of it, and its next occurrence`() async throws {
        let id = try await series(Said(title: "Call Carla", rule: "FREQ=WEEKLY", contact: 2))
        let answer = try await server.get("/series/\(id)")
        #expect(answer.status == 200)
        let expected: JSONObject = [
            "id": .string("\(id)"), "title": "Call Carla", "body": "", "isAllDay": .bool(false),
            "creatorId": "1", "assigneeId": "1", "contactId": "2", "categoryId": .null,
            "priority": .integer(0), "tags": .array([]), "reminders": .null,
            "recurrence": .object([
                "start": "2026-12-01T09:00:00", "timeZone": "America/Los_Angeles",
                "rule": "FREQ=WEEKLY", "dates": .array([]), "exceptDates": .array([]),
                "words": "every Tuesday at 9:00",
            ]),
            "repeats": "onSchedule", "make": "ahead", "missed": "all", "whileOverdue": "create",
            "monthEnd": "skip", "dayOff": .null, "assignment": .object(["fixed": "1"]),
            "pause": .null, "state": "active",
            "next": .object([
                "slot": "2026-12-01T09:00:00", "at": "2026-12-01T17:00:00.000Z",
            ]),
            "counts": .object([
                "made": .integer(53), "completed": .integer(0), "skipped": .integer(0),
                "missed": .integer(0),
            ]),
            "createdAt": "2026-11-30T08:00:00.000Z", "modifiedAt": "2026-11-30T08:00:00.000Z",
            "etag": .string(answer.headers[.eTag] ?? ""),
        ]
        #expect(answer["series"] == .object(expected))
    }

    @Test func `a series whose occurrences have all come is ended`() async throws {
        let id = try await series(Said(due: "2026-11-01T09:00:00", rule: "FREQ=DAILY;COUNT=3"))
        let record = try await server.get("/series/\(id)").record("series")
        #expect(record.text("state") == "ended")
        #expect(record["next"] == .null)
    }

    @Test(.server) func `lists have the series that the caller sees, page by page`() async throws {
        let server = try TestServer.current
        var ids: [String] = []
        for assignee in [Int64(1), 2, 3, 4, 1] {
            let said = Said(rule: "FREQ=DAILY;COUNT=2", creator: assignee, assignee: assignee)
            let task = try await server.make(said)
            ids.append("\(task.slot?.seriesID.rawValue ?? 0)")
        }
        for limit in 1...5 {
            let path = "/series?limit=\(limit)"
            let ofAna = try await server.pages(path, "series").joined()
            #expect(Array(ofAna) == [ids[0], ids[1], ids[4]])
            let ofOffice = try await server.pages(path, "series", as: .office).joined()
            #expect(Array(ofOffice) == ids)
        }
        #expect(try await server.get("/series", as: .elsewhere).ids("series").isEmpty)
    }

    @Test func `a series of others is not found, as what does not exist`() async throws {
        let id = try await series(Said(rule: "FREQ=DAILY;COUNT=2", creator: 4, assignee: 4))
        for path in ["", "/occurrences"] {
            let hidden = try await server.get("/series/\(id)\(path)")
            let missing = try await server.get("/series/999999\(path)")
            #expect(hidden.status == 404)
            #expect(hidden.textWithoutTrace == missing.textWithoutTrace)
            #expect(try await server.get("/series/\(id)\(path)", as: .elsewhere).status == 404)
            #expect(try await server.get("/series/\(id)\(path)", as: .dora).status == 200)
        }
    }

    // MARK: - Occurrences

    private func slots(_ path: String) async throws -> [String] {
        try await server.get(path).objects("occurrences").map { $0.text("slot") }
    }

    @Test func `occurrences are told of with their tasks, and beyond what is stored`() async throws
    {
        let id = try await series(Said(rule: "FREQ=MONTHLY"))
        let path = "/series/\(id)/occurrences?from=2027-10-15T00:00:00Z&to=2028-03-15T00:00:00Z"
        let answer = try await server.get(path)
        #expect(answer.status == 200)
        let occurrences = answer.objects("occurrences")
        #expect(
            occurrences.map { $0.text("slot").prefix(10) }
                == ["2027-11-01", "2027-12-01", "2028-01-01", "2028-02-01", "2028-03-01"]
        )
        #expect(occurrences.first?["isComputed"] == .bool(false))
        #expect(occurrences.last?["isComputed"] == .bool(true))
        #expect(occurrences.last?["tasks"] == .array([]))
        #expect(occurrences.last?.text("at") == "2028-03-01T17:00:00.000Z")
        guard case .array(let tasks)? = occurrences.first?["tasks"] else {
            Issue.record("an occurrence that is stored has a task")
            return
        }
        #expect(tasks.first?.object?.names == ["id", "state", "dueAt", "assigneeId", "contactId"])
    }

    @Test func `a range holds its beginning and not its end`() async throws {
        let id = try await series(Said(rule: "FREQ=DAILY"))
        let path = "/series/\(id)/occurrences?from=2026-12-02T17:00:00Z&to=2026-12-04T17:00:00Z"
        #expect(try await slots(path) == ["2026-12-02T09:00:00", "2026-12-03T09:00:00"])
    }

    @Test(arguments: [1, 2, 50, 366, 500])
    func `pages of occurrences have each once`(limit: Int) async throws {
        let id = try await series(Said(rule: "FREQ=DAILY"))
        let range = "from=2026-12-01T00:00:00Z&to=2028-12-01T00:00:00Z"
        let path = "/series/\(id)/occurrences?\(range)&limit=\(limit)"
        var found: [String] = []
        var cursor = ""
        var count = 0
        repeat {
            let page = try await server.get(path + cursor)
            found += page.objects("occurrences").map { $0.text("slot") }
            cursor = page["nextCursor"]?.string.map { "&cursor=\($0)" } ?? ""
            count += 1
        } while !cursor.isEmpty && count < 12
        let expected = min(731, limit * 12)
        #expect(found.count == expected)
        #expect(found == found.sorted())
        #expect(Set(found).count == expected)
    }

    @Test(arguments: [
        ("from=x", "from is no instant such as 2026-12-01T14:00:00Z"),
        ("to=2026-11-01T00:00:00Z", "to is not after `from`"),
        ("limit=501", "limit is no integer from 1 to 500"), ("page=1", "page is not known here"),
    ])
    func `a range that cannot be read is a fault`(query: String, fault: String) async throws {
        let id = try await series(Said(rule: "FREQ=DAILY;COUNT=2"))
        let answer = try await server.get("/series/\(id)/occurrences?\(query)")
        #expect(answer.status == 400)
        #expect(answer.faults == [fault])
    }

    @Test(arguments: ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
    func `a range may begin anywhere`(from: String) async throws {
        let id = try await series(Said(rule: "FREQ=DAILY;COUNT=2"))
        #expect(try await server.get("/series/\(id)/occurrences?from=\(from)").status == 200)
    }
}
