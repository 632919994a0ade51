import HTTPTypes
import JSON
import ServerTestSupport
import TestSupport
import Testing

/// How far ahead the tasks of an endless series are stored.
@Suite(.server) struct HorizonTests {
    private let server: TestServer
    private let user: TestUser

    init() async throws {
        server = try .current
        user = try await server.newUser()
    }

    private func make(_ rule: String) async throws {
        let body = JSONObject.task(for: user).with(["recurrence_rule": .string(rule)])
        let created = try await server.post("/scheduled/tasks", body, as: user)
        #expect(created.status == 201)
    }

    private func total(_ query: String = "") async throws -> Int? {
        try await server.get("/scheduled/tasks?\(query)", as: user).total
    }

    @Test func `a year of a series without an end is there at once`() async throws {
        try await make("FREQ=DAILY")
        #expect(try await total() == 367)
        let last = try await server.get("/scheduled/tasks?$sort[due_at]=-1&$limit=1", as: user)
        #expect(last.texts("due_at") == ["2019-12-17T12:00:00"])
    }

    @Test func `a dense series has 720 tasks at first`() async throws {
        try await make("FREQ=HOURLY")
        #expect(try await total() == 720)
    }

    @Test func `a sparse series has its first task at least`() async throws {
        try await make("FREQ=YEARLY;INTERVAL=3")
        #expect(try await total() == 1)
    }

    @Test(arguments: [
        ("due_at[$lt]=2020-06-01", 533), ("due_at[$lte]=2020-05-31T12:00:00", 533),
        ("due_at=2020-05-31T12:00:00", 1),
        ("$or[0][due_at][$lt]=2020-01-01&$or[1][due_at]=2020-05-31T12:00:00", 382),
        ("due_at[$in]=2018-12-16T12:00:00&due_at[$in]=2020-05-31T12:00:00", 2),
        ("due_at[$gte]=2020-05-01&due_at[$lt]=2020-06-01&status=incomplete", 31),
    ])
    func `a query beyond the horizon finds the tasks, each time it is asked`(
        query: String,
        found: Int
    ) async throws {
        try await make("FREQ=DAILY")
        #expect(try await total(query) == found)
        #expect(try await total(query) == found)
        #expect(try await total() == 533)
    }

    @Test(arguments: [
        "due_at[$gt]=2025-01-01", "due_at[$ne]=2025-01-01", "id[$lt]=5",
        "$or[0][due_at][$lt]=2025-01-01&$or[1][id]=1",
    ])
    func `a query without a latest due time moves no horizon`(query: String) async throws {
        try await make("FREQ=DAILY")
        _ = try await total(query)
        #expect(try await total() == 367)
    }

    @Test func `nobody looks further than ten years`() async throws {
        try await make("FREQ=WEEKLY")
        #expect(try await total("due_at[$lt]=9999-12-31") == 521)
        #expect(try await total() == 521)
    }

    @Test func `nobody sees more than five thousand tasks of one series ahead`() async throws {
        try await make("FREQ=HOURLY")
        #expect(try await total("due_at[$lt]=9999-12-31") == nil)
        #expect(try await total("due_at[$lt]=9999-12-31") == 5000)
        #expect(try await total("due_at[$lt]=9999-12-31") == 5000)
        // Who asks for a certain time is not shown less than there is.
        let answer = try await server.get("/scheduled/tasks?due_at[$lt]=2020-12-16", as: user)
        #expect(answer.status == 400)
        #expect(answer.isFeathersError)
        #expect(
            answer.text("message")
                == "A series has more than 5000 tasks up to that time: ask for an earlier due_at"
        )
    }

    @Test func `a query makes 3600 tasks at most, and says that more are to come`() async throws {
        for _ in 0..<11 { try await make("FREQ=DAILY") }
        let path = "/scheduled/tasks?due_at[$lt]=2020-12-16"
        let first = try await server.get(path, as: user)
        #expect(first.status == 503)
        #expect(first.isFeathersError)
        #expect(first.headers[.retryAfter] == "1")
        #expect(
            first.text("message")
                == "Not all tasks up to that due_at are made yet: ask again, or for an earlier due_at"
        )
        #expect(try await total() == 11 * 367 + 3600)
        #expect(try await server.get(path, as: user).total == 11 * 731)
    }

    @Test func `one user's queries do not extend another user's series`() async throws {
        try await make("FREQ=DAILY")
        let other = try await server.newUser()
        let found = try await server.get("/scheduled/tasks?due_at[$lt]=2021-01-01", as: other)
        #expect(found.total == 0)
        #expect(try await total() == 367)
    }

    @Test func `what is made later is like the first, and has later numbers`() async throws {
        try await make("FREQ=DAILY;INTERVAL=1")
        let before = try await server.get("/scheduled/tasks?$sort[id]=-1&$limit=1", as: user)
        let query = "due_at=2020-05-31T12:00:00"
        let late = try await server.get("/scheduled/tasks?\(query)", as: user)
        let first = try await server.get("/scheduled/tasks?$limit=1", as: user)
        let task = try #require(late.rows.first)
        let expected = first.rows.first?.with([
            "id": task["id"] ?? .null, "due_at": "2020-05-31T12:00:00",
        ])
        #expect(task == expected)
        #expect((Int(late.ids[0]) ?? 0) > (Int(before.ids[0]) ?? 0))
    }

    @Test func `an ended series makes no more tasks`() async throws {
        try await make("FREQ=DAILY")
        let ids = try await server.get("/scheduled/tasks?$limit=3", as: user).ids
        _ = try await server.delete("/scheduled/tasks/\(ids[2])?delete_type=2", as: user)
        #expect(try await total("due_at[$lt]=2021-01-01&status[$ne]=deleted") == 2)
        #expect(try await total() == 367)
    }

    @Test func `the rest of a split series goes on beyond the horizon`() async throws {
        try await make("FREQ=DAILY")
        let third = try await server.get("/scheduled/tasks?$limit=1&$skip=2", as: user)
        let body = (third.rows.first ?? [:]).with([
            "update_type": "2", "due_at": "2018-12-18T15:00:00",
        ])
        let path = "/scheduled/tasks/\(third.ids[0])"
        #expect(try await server.patch(path, body, as: user).status == 200)
        #expect(try await total("due_at[$lt]=2020-06-01") == 533)
        let late = try await server.get("/scheduled/tasks?due_at=2020-05-31T15:00:00", as: user)
        #expect(late.total == 1)
    }

    @Test(.server) func `a series that began long ago has 720 tasks at first`() async throws {
        server.clock.advance(by: .seconds(400 * 86_400))
        try await make("FREQ=DAILY")
        // The horizon ends 366 days after now; up to there it would be 760 tasks.
        #expect(try await total() == 720)
    }
}
