import JSON
import ServerTestSupport
import TestSupport
import Testing

/// How due times and points in time are read and shown.
@Suite(.server) struct DateTests {
    private let server: TestServer

    init() throws {
        server = try .current
    }

    private static let newYork = "America/New_York"

    private func make(
        due: String,
        rule: String? = nil,
        as user: TestUser
    ) async throws -> Answer {
        var body = JSONObject.task(for: user).with(["due_at": .string(due)])
        body["recurrence_rule"] = rule.map { .string($0) }
        return try await server.post("/scheduled/tasks", body, as: user)
    }

    @Test(arguments: [
        ("UTC", "2018-12-16T12:00:00", "2018-12-16T12:00:00"),
        ("UTC", "2018-12-16T12:00:00Z", "2018-12-16T12:00:00"),
        ("UTC", "2018-12-16T12:00:00.999Z", "2018-12-16T12:00:00"),
        ("UTC", "2018-12-16T12:00:00-07:00", "2018-12-16T19:00:00"),
        ("UTC", "2018-12-16T12:00:00+0530", "2018-12-16T06:30:00"),
        ("UTC", "2018-12-16T12:00:00+02", "2018-12-16T10:00:00"),
        ("UTC", "2018-12-16", "2018-12-16T00:00:00"),
        ("UTC", "2018-12-16 12:00", "2018-12-16T12:00:00"),
        ("UTC", "0001-01-01", "0001-01-01T00:00:00"),
        ("UTC", "9999-12-31T23:59:59", "9999-12-31T23:59:59"),
        (newYork, "2018-12-16T12:00:00", "2018-12-16T12:00:00"),
        (newYork, "2018-12-16T12:00:00Z", "2018-12-16T07:00:00"),
        (newYork, "2018-07-16T12:00:00Z", "2018-07-16T08:00:00"),
        (newYork, "2018-12-16T02:00:00Z", "2018-12-15T21:00:00"),
        (newYork, "2018-12-16", "2018-12-16T00:00:00"),
        (newYork, "2021-03-14T02:30:00", "2021-03-14T03:30:00"),
        (newYork, "2021-11-07T01:30:00", "2021-11-07T01:30:00"),
    ])
    func `a due time is shown on the owner's clock, without an offset`(
        zone: String,
        sent: String,
        shown: String
    ) async throws {
        let user = try await server.newUser(timeZone: zone)
        let created = try await make(due: sent, as: user)
        #expect(created.status == 201)
        #expect(created.text("due_at") == shown)
        let updated = try await server.patch(
            "/scheduled/tasks/\(created.id)",
            ["due_at": .string(sent)],
            as: user
        )
        #expect(updated.text("due_at") == shown)
    }

    @Test func `a user without a zone keeps the location's time`() async throws {
        let created = try await make(due: "2018-12-16T12:00:00Z", as: .ben)
        #expect(created.text("due_at") == "2018-12-16T04:00:00")
    }

    @Test(arguments: [
        "2018-W50-7", "2018-350", "2018-02-30", "2018-12-16T24:00:00", "1544961600",
        "1544961600000", "16.12.2018", "12/16/2018", "tomorrow", "2018-12-16T12", "0000-01-01",
        "10000-01-01", "2018-12-16T12:00:00 UTC", "2018-12-16T12:00:60",
        "9999-12-31T23:59:59-01:00",
    ])
    func `what is no date is refused`(text: String) async throws {
        let user = try await server.newUser()
        let refused = try await make(due: text, as: user)
        #expect(refused.status == 400)
        #expect(refused["errors"] == .object(["due_at": "is not a valid ISO 8601 date"]))
        let body = JSONObject.task(for: user).with(["due_at": .integer(1_544_961_600)])
        let number = try await server.post("/scheduled/tasks", body, as: user)
        #expect(number.status == 400)
    }

    @Test(arguments: [
        ("2021-11-07T01:30:00", "2021-11-07T05:30:00Z"),
        ("2021-03-14T02:30:00", "2021-03-14T07:30:00Z"),
        ("2021-07-01T09:00:00", "2021-07-01T09:00:00-04:00"),
        ("2021-01-01T09:00:00", "2021-01-01T14:00:00.000Z"),
    ])
    func `a wall-clock time is one point in time, the first of two`(
        due: String,
        instant: String
    ) async throws {
        let user = try await server.newUser(timeZone: Self.newYork)
        _ = try await make(due: due, as: user)
        for (query, total) in [("", 1), ("[$lte]", 1), ("[$gte]", 1), ("[$lt]", 0), ("[$gt]", 0)] {
            let path = "/scheduled/tasks?due_at\(query)=\(instant)"
            #expect(try await server.get(path, as: user).total == total)
        }
    }

    @Test(arguments: [
        ("due_at=2018-12-16T12:00:00", 1),
        ("due_at=2018-12-16T17:00:00Z", 1),
        ("due_at=2018-12-16T19:00:00+02:00", 1),
        ("due_at=2018-12-16T12:00:00Z", 0),
        ("due_at[$lt]=2018-12-16T12:00:01", 1),
        ("due_at[$lte]=2018-12-16", 0),
        ("due_at[$gte]=2018-12-16", 1),
        ("due_at[$gt]=2018-12-16T16:59:59.999Z", 1),
        ("created_at=2018-12-10T08:00:00", 1),
        ("created_at=2018-12-10T03:00:00-05:00", 1),
        ("created_at=2018-12-10T03:00:00", 0),
        ("created_at[$gte]=2018-12-10T08:00:00.001", 0),
        ("modified_at[$lte]=2018-12-10T08:00:00", 1),
        ("updated_at[$lte]=2018-12-10", 0),
    ])
    func `a filter reads a due time in the caller's zone and any other time in UTC`(
        query: String,
        total: Int
    ) async throws {
        let user = try await server.newUser(timeZone: Self.newYork)
        _ = try await make(due: "2018-12-16T12:00:00", as: user)
        #expect(try await server.get("/scheduled/tasks?\(query)", as: user).total == total)
    }

    @Test func `an order by due time is one of points in time`() async throws {
        let user = try await server.newUser(timeZone: Self.newYork)
        _ = try await make(due: "2021-11-07T02:00:00", as: user)
        _ = try await make(due: "2021-11-07T01:59:00", as: user)
        _ = try await make(due: "2021-11-07T06:30:00Z", as: user)
        let found = try await server.get("/scheduled/tasks?$sort[due_at]=1", as: user)
        #expect(
            found.texts("due_at") == [
                "2021-11-07T01:59:00", "2021-11-07T01:30:00", "2021-11-07T02:00:00",
            ]
        )
    }

    @Test func `a series keeps its wall-clock time while the clocks change`() async throws {
        let user = try await server.newUser(timeZone: "America/Los_Angeles")
        _ = try await make(due: "2021-03-07T09:00:00", rule: "FREQ=WEEKLY;COUNT=3", as: user)
        let found = try await server.get("/scheduled/tasks", as: user)
        #expect(
            found.texts("due_at") == [
                "2021-03-07T09:00:00", "2021-03-14T09:00:00", "2021-03-21T09:00:00",
            ]
        )
        for instant in ["2021-03-07T17:00:00Z", "2021-03-14T16:00:00Z", "2021-03-21T16:00:00Z"] {
            #expect(try await server.get("/scheduled/tasks?due_at=\(instant)", as: user).total == 1)
        }
    }

    @Test func `an occurrence that the clocks skip moves forward by the gap`() async throws {
        let user = try await server.newUser(timeZone: Self.newYork)
        _ = try await make(due: "2021-03-13T02:30:00", rule: "FREQ=DAILY;COUNT=3", as: user)
        let found = try await server.get("/scheduled/tasks", as: user)
        #expect(
            found.texts("due_at") == [
                "2021-03-13T02:30:00", "2021-03-14T03:30:00", "2021-03-15T02:30:00",
            ]
        )
    }

    @Test func `a series that begins with an offset repeats on the owner's clock`() async throws {
        let user = try await server.newUser(timeZone: Self.newYork)
        _ = try await make(due: "2021-03-13T14:00:00Z", rule: "FREQ=DAILY;COUNT=2", as: user)
        let found = try await server.get("/scheduled/tasks", as: user)
        #expect(found.texts("due_at") == ["2021-03-13T09:00:00", "2021-03-14T09:00:00"])
    }

    @Test func `a task of the whole day keeps the time that was sent`() async throws {
        let user = try await server.newUser()
        let body = JSONObject.task(for: user).with(["is_all_day": .bool(true)])
        let created = try await server.post("/scheduled/tasks", body, as: user)
        #expect(created.text("due_at") == "2018-12-16T12:00:00")
        #expect(created["is_all_day"] == .bool(true))
    }

    @Test(.server) func `a task keeps its time when its owner moves to another zone`() async throws
    {
        let user = try await server.newUser(timeZone: Self.newYork)
        let created = try await make(due: "2018-12-16T12:00:00", as: user)
        try await server.importDocument(
            TestOffice.document(adding: user, timeZone: "UTC")
        )
        // The principal of an accepted token is remembered for a second.
        server.clock.advance(by: .seconds(1))
        let shown = try await server.get("/scheduled/tasks/\(created.id)", as: user)
        #expect(shown.text == created.text)
        let found = try await server.get("/scheduled/tasks?due_at=2018-12-16T17:00:00", as: user)
        #expect(found.total == 1)
    }

    @Test(
        .server,
        arguments: [
            ("FREQ=DAILY;COUNT=3", 1), ("FREQ=DAILY;COUNT=3", 2), (nil, 1), (nil, 2),
        ] as [(String?, Int64)]
    )
    func `a task that stopped repeating repeats again on the clocks that it is due by`(
        formerRule: String?,
        type: Int64
    ) async throws {
        let user = try await server.newUser(timeZone: Self.newYork)
        let created = try await make(due: "2018-12-16T12:00:00", rule: formerRule, as: user)
        let path = "/scheduled/tasks/\(created.id)"
        let stopped = try await server.patch(path, ["update_type": "2"], as: user)
        #expect(stopped["recurrence_rule"] == .null)
        try await server.importDocument(TestOffice.document(adding: user, timeZone: "UTC"))
        server.clock.advance(by: .seconds(1))
        let moved = try await server.patch(path, ["due_at": "2018-12-20T02:00:00"], as: user)
        #expect(moved.text("due_at") == "2018-12-20T02:00:00")
        let body: JSONObject = [
            "recurrence_rule": "FREQ=WEEKLY;COUNT=2", "update_type": .integer(type),
        ]
        let repeated = try await server.patch(path, body, as: user)
        #expect(repeated.text("due_at") == "2018-12-20T02:00:00")
        let found = try await server.get("/scheduled/tasks?status=incomplete", as: user)
        #expect(found.texts("due_at") == ["2018-12-20T02:00:00", "2018-12-27T02:00:00"])
    }
}
