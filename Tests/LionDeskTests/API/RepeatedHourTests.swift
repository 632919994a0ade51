import JSON
import Recurrence
import ServerTestSupport
import SystemZones
import TestSupport
import Testing

/// Due times that the clocks of their zone show for the second time.
@Suite(.server) struct RepeatedHourTests {
    private let server: TestServer

    init() throws {
        server = try .current
    }

    private static let newYork = "America/New_York"
    /// 01:30 in New York, after the clocks went back from two to one.
    private static let second = "2027-11-07T06:30:00Z"

    private func make(
        _ title: String = "Call",
        due: String = second,
        rule: String? = nil,
        as user: TestUser
    ) async throws -> String {
        var body = JSONObject.task(title, for: user).with(["due_at": .string(due)])
        body["recurrence_rule"] = rule.map { .string($0) }
        let created = try await server.post("/scheduled/tasks", body, as: user)
        #expect(created.status == 201, "\(created.text)")
        return created.id
    }

    /// Whether a task is found at a point in time, and neither before nor after it.
    private func isDue(_ id: String, at instant: String, as user: TestUser) async throws -> Bool {
        for (query, isFound) in [
            ("", true), ("[$gte]", true), ("[$lte]", true), ("[$gt]", false), ("[$lt]", false),
        ] {
            let path = "/scheduled/tasks?id=\(id)&due_at\(query)=\(instant)"
            let total = try await server.get(path, as: user).total
            guard total == (isFound ? 1 : 0) else { return false }
        }
        return true
    }

    @Test func `the second of two is found where it is`() async throws {
        let user = try await server.newUser(timeZone: Self.newYork)
        let id = try await make(as: user)
        let found = try await server.get(
            "/scheduled/tasks?due_at[$gte]=2027-11-07T06:00:00Z",
            as: user
        )
        #expect(found.ids == [id])
        #expect(found.texts("due_at") == ["2027-11-07T01:30:00"])
        #expect(try await isDue(id, at: Self.second, as: user))
        // With an offset of either pass, it is said which is meant.
        let moved = try await server.patch(
            "/scheduled/tasks/\(id)",
            ["due_at": "2027-11-07T01:30:00-04:00"],
            as: user
        )
        #expect(moved.text("due_at") == "2027-11-07T01:30:00")
        #expect(try await isDue(id, at: "2027-11-07T05:30:00Z", as: user))
        _ = try await server.patch(
            "/scheduled/tasks/\(id)",
            ["due_at": "2027-11-07T01:30:00-05:00"],
            as: user
        )
        #expect(try await isDue(id, at: Self.second, as: user))
    }

    @Test(arguments: ["1", "2"], ["PATCH", "PUT"])
    func `a task that is sent back as it was read stays where it is`(
        type: String,
        method: String
    ) async throws {
        let user = try await server.newUser(timeZone: Self.newYork)
        for rule in [nil, "FREQ=DAILY;COUNT=3"] {
            let id = try await make(rule: rule, as: user)
            let path = "/scheduled/tasks/\(id)"
            let read = try await server.get(path, as: user)
            let body = try #require(read.json.object).with(["update_type": .string(type)])
            for _ in 1...2 {
                let answer =
                    method == "PUT"
                    ? try await server.put(path, body, as: user)
                    : try await server.patch(path, body, as: user)
                #expect(answer.text == read.text)
                #expect(try await isDue(id, at: Self.second, as: user))
            }
            let renamed = body.with(["description": "Write"])
            #expect(try await server.patch(path, renamed, as: user).status == 200)
            #expect(try await isDue(id, at: Self.second, as: user))
        }
    }

    @Test(arguments: [
        ("FREQ=DAILY;COUNT=3", ["07T06:30", "08T06:30", "09T06:30"]),
        ("FREQ=HOURLY;COUNT=3", ["07T06:30", "07T07:30", "07T08:30"]),
        ("FREQ=MINUTELY;INTERVAL=20;COUNT=3", ["07T06:30", "07T06:50", "07T07:10"]),
        ("FREQ=MINUTELY;INTERVAL=20;UNTIL=20271107T064000Z", ["07T06:30"]),
        ("FREQ=MINUTELY;INTERVAL=20;UNTIL=20271107T070000Z", ["07T06:30", "07T06:50"]),
    ])
    func `a series begins with the second of two`(rule: String, due: [String]) async throws {
        let user = try await server.newUser(timeZone: Self.newYork)
        let id = try await make(rule: rule, as: user)
        try await expect(due, as: user)
        // As a single task that is told to repeat.
        let other = try await server.newUser(timeZone: Self.newYork)
        let single = try await make(as: other)
        let body = JSONObject.task(for: other).without("due_at")
            .with(["recurrence_rule": .string(rule)])
        let repeated = try await server.patch("/scheduled/tasks/\(single)", body, as: other)
        #expect(repeated.status == 200, "\(repeated.text)")
        try await expect(due, as: other)
        // An edit of all of them leaves them where they are.
        let renamed = try await server.patch(
            "/scheduled/tasks/\(id)",
            [
                "update_type": .integer(2), "description": "Write",
                "recurrence_rule": .string(rule),
            ],
            as: user
        )
        #expect(renamed.status == 200, "\(renamed.text)")
        try await expect(due, as: user)
    }

    @Test func `the rest of a series begins with the second of two`() async throws {
        let user = try await server.newUser(timeZone: Self.newYork)
        let rule = "FREQ=DAILY;COUNT=3"
        _ = try await make(due: "2027-11-06T01:00:00", rule: rule, as: user)
        let path = "/scheduled/tasks?$sort[due_at]=1"
        let ids = try await server.get(path, as: user).ids
        let moved = try await server.patch(
            "/scheduled/tasks/\(ids[1])",
            [
                "update_type": .integer(2), "due_at": .string(Self.second),
                "recurrence_rule": .string(rule),
            ],
            as: user
        )
        #expect(moved.status == 200, "\(moved.text)")
        let found = try await server.get(path, as: user)
        #expect(found.ids == ids)
        for (id, due) in zip(ids, ["06T05:00", "07T06:30", "08T06:30"]) {
            #expect(try await isDue(id, at: "2027-11-\(due):00Z", as: user))
        }
    }

    /// The second hour and what is around it, in each of the zones.
    @Test(arguments: [
        (newYork, "2027-11-07T04:00:00Z"), ("Europe/Berlin", "2027-10-30T23:00:00Z"),
        ("Australia/Lord_Howe", "2027-04-03T14:00:00Z"),
        ("Africa/Casablanca", "2026-02-15T00:30:00Z"),
    ])
    func `any point in time that is sent is found`(zone: String, first: String) async throws {
        let user = try await server.newUser(timeZone: zone)
        let start = try #require(CalendarText(parsing: first, in: .extended, allowing: .offsets))
        let clocks = try SystemZones().zone(named: zone)
        var seconds = 0
        for minutes in stride(from: 0, through: 200, by: 10) {
            let timestamp = start.timestamp(in: .utc).advanced(by: .seconds(minutes * 60 + 7))
            let instant = timestamp.text(in: .extended, fraction: .none)
            let local = clocks.localDateTime(at: timestamp)
            if clocks.timestamp(of: local) != timestamp { seconds += 1 }
            let id = try await make(due: instant, as: user)
            #expect(try await isDue(id, at: instant, as: user), "\(instant)")
            let series = try await make(due: instant, rule: "FREQ=WEEKLY;COUNT=2", as: user)
            #expect(try await isDue(series, at: instant, as: user), "\(instant)")
            let shown = try await server.get("/scheduled/tasks/\(id)", as: user)
            #expect(shown.text("due_at") == local.text(in: .extended))
        }
        #expect(seconds >= 3, "the clocks of \(zone) go back then")
    }

    private func expect(_ due: [String], as user: TestUser) async throws {
        let found = try await server.get("/scheduled/tasks?$sort[due_at]=1", as: user)
        #expect(found.ids.count == due.count)
        for (id, due) in zip(found.ids, due) {
            #expect(try await isDue(id, at: "2027-11-\(due):00Z", as: user), "\(id) \(due)")
        }
    }
}
