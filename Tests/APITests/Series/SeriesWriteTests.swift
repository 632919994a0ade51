import HTTPTypes
import JSON
import Recurrence
import ServerTestSupport
import Tasks
import Testing

/// The writes of `/series`, and `scope=all`.
@Suite struct SeriesWriteTests {
    private static let daily: JSONObject = [
        "title": "Call",
        "recurrence": .object(["rule": "FREQ=DAILY", "start": "2026-12-01T09:00:00"]),
    ]

    private func create(_ body: JSONObject = daily) async throws -> (TestServer, String) {
        let server = try TestServer.current
        let answer = try await server.post("/series", body)
        #expect(answer.status == 201, "\(answer.text)")
        return (server, answer.record("series").text("id"))
    }

    @Test(
        .server,
        arguments: [
            (#"{"title": "x"}"#, ["/recurrence is required"]),
            (
                #"{"title": "x", "recurrence": {"rule": "FREQ=DAILY"}, "make": "never"}"#,
                ["/make is none of ahead, whenDue"]
            ),
            (
                #"{"title": "x", "recurrence": {"rule": "FREQ=DAILY"}, "make": "ahead", "whileOverdue": "skip"}"#,
                ["/whileOverdue needs `make: whenDue`"]
            ),
            (
                #"{"title": "x", "recurrence": {"rule": "FREQ=HOURLY"}, "repeats": "afterCompletion"}"#,
                ["/recurrence/rule FREQ: what counts from a completion is of days or longer"]
            ),
            (
                #"{"title": "x", "recurrence": {"rule": "FREQ=DAILY"}, "dayOff": {"calendarId": "999999", "then": "skip"}}"#,
                ["/dayOff/calendarId is no calendar of the location"]
            ),
            (
                #"{"title": "x", "recurrence": {"rule": "FREQ=DAILY"}, "assignment": {"rotate": ["1", "4"]}}"#,
                ["/assignment/rotate has somebody whom you may not assign"]
            ),
            (
                #"{"title": "x", "recurrence": {"rule": "FREQ=DAILY"}, "assignment": {"rotate": []}}"#,
                ["/assignment/rotate is no list of 1 to 100 identifiers, each once"]
            ),
            (
                #"{"title": "x", "recurrence": {"rule": "FREQ=DAILY"}, "pause": {"from": "2027-01-02T00:00:00Z", "until": "2027-01-01T00:00:00Z"}}"#,
                ["/pause/until is not after `from`"]
            ),
            (
                #"{"title": "x", "due": {"local": "2026-12-01T09:00:00"}, "recurrence": {"rule": "FREQ=MONTHLY;RSCALE=GREGORIAN;SKIP=FORWARD"}}"#,
                ["/recurrence/rule SKIP: say it by `monthEnd`"]
            ),
        ]
    )
    func `a series with faults is refused with all of them`(
        body: String,
        faults: [String]
    ) async throws {
        let server = try TestServer.current
        let answer = try await server.send(.post, "/series", as: .ana, [:], Array(body.utf8))
        #expect(answer.status == 422, "\(answer.text)")
        #expect(answer.faults == faults)
    }

    @Test(.server) func `a change reaches what is to come, and nothing that is done`() async throws
    {
        let (server, id) = try await create()
        try await server.run(until: "2026-12-05T12:00:00Z")
        let before = try await server.tasks(ofSeries: id)
        _ = try await server.post("/tasks/\(before[0].text("id"))/complete")
        let own = try await server.patch("/tasks/\(before[9].text("id"))", ["title": "Own"])
        #expect(own.status == 200)
        let answer = try await server.patch("/series/\(id)", ["title": "Write", "body": "Soon"])
        #expect(answer.status == 200, "\(answer.text)")
        let after = try await server.tasks(ofSeries: id)
        #expect(
            after.prefix(5).map { $0.text("title") } == ["Call", "Call", "Call", "Call", "Call"]
        )
        #expect(after[5].text("title") == "Write")
        #expect(after[9].text("title") == "Own")
        #expect(after[9].text("body") == "Soon")
        #expect(after.count >= before.count)
    }

    @Test(.server) func `another rule keeps the tasks of the same days`() async throws {
        let (server, id) = try await create()
        let before = try await server.tasks(ofSeries: id)
        let answer = try await server.patch(
            "/series/\(id)",
            [
                "recurrence": .object([
                    "rule": "FREQ=WEEKLY;BYDAY=MO", "start": "2026-12-01T11:00:00",
                ])
            ]
        )
        #expect(answer.status == 200, "\(answer.text)")
        let after = try await server.tasks(ofSeries: id)
        #expect(after[0].text("slot") == "2026-12-01T11:00:00")
        #expect(after[1].text("slot") == "2026-12-07T11:00:00")
        #expect(after[1].text("id") == before[6].text("id"))
    }

    @Test(.server) func `a pause takes tasks away, and resuming gives them back`() async throws {
        let (server, id) = try await create()
        let before = try await server.tasks(ofSeries: id)
        let paused = try await server.post(
            "/series/\(id)/pause",
            ["from": "2026-12-10T00:00:00Z", "until": "2026-12-20T00:00:00Z"]
        )
        #expect(paused.record("effect")["removed"] == .integer(10), "\(paused.text)")
        #expect(try await server.tasks(ofSeries: id).count == before.count - 10)
        let occurrences = try await server.get(
            "/series/\(id)/occurrences?from=2026-12-10T00:00:00Z&to=2026-12-11T00:00:00Z"
        )
        #expect(occurrences.status == 200)
        let resumed = try await server.post("/series/\(id)/resume")
        #expect(resumed.record("series")["pause"] == .null)
        let after = try await server.tasks(ofSeries: id)
        #expect(after.map { $0.text("id") } == before.map { $0.text("id") })
    }

    @Test(.server) func `a series that is paused or ended says so`() async throws {
        let (server, id) = try await create()
        let paused = try await server.post("/series/\(id)/pause")
        #expect(paused.record("series").text("state") == "paused")
        let ended = try await server.post("/series/\(id)/end")
        #expect(ended.record("series").text("state") == "ended")
        #expect(try await server.tasks(ofSeries: id).isEmpty)
        let resumed = try await server.post("/series/\(id)/resume")
        #expect(resumed.record("series").text("state") == "active", "\(resumed.text)")
        #expect(try await server.tasks(ofSeries: id).count > 300)
    }

    @Test(.server) func `a stale tag is refused, with the series as it is`() async throws {
        let (server, id) = try await create()
        let tag = try await server.get("/series/\(id)").headers[.eTag] ?? ""
        let changed = try await server.patch(
            "/series/\(id)",
            ["title": "Write"],
            as: .ana,
            [.ifMatch: tag]
        )
        #expect(changed.status == 200)
        let refused = try await server.patch(
            "/series/\(id)",
            ["title": "Visit"],
            as: .ana,
            [.ifMatch: tag]
        )
        #expect(refused.status == 412)
        #expect(refused.record("series").text("title") == "Write")
    }

    @Test(.server) func `a deleted series is not found`() async throws {
        let (server, id) = try await create()
        #expect(try await server.delete("/series/\(id)", as: .olga).status == 404)
        #expect(try await server.delete("/series/\(id)").status == 200)
        #expect(try await server.get("/series/\(id)").status == 404)
        #expect(try await server.delete("/series/\(id)").status == 404)
    }

    @Test(
        .server,
        arguments: [
            ("keep", "2026-12-04T12:00:00", "Own"), ("shift", "2026-12-04T14:00:00", "Own"),
            ("drop", "2026-12-04T11:00:00", "Call"),
        ]
    )
    func `all occurrences move, and those of their own as is said`(
        overrides: String,
        due: String,
        title: String
    ) async throws {
        let (server, id) = try await create()
        let tasks = try await server.tasks(ofSeries: id)
        _ = try await server.patch(
            "/tasks/\(tasks[3].text("id"))",
            ["title": "Own", "due": .object(["local": "2026-12-04T12:00:00"])]
        )
        let answer = try await server.patch(
            "/tasks/\(tasks[6].text("id"))?scope=all&overrides=\(overrides)",
            ["due": .object(["local": "2026-12-07T11:00:00"])]
        )
        #expect(answer.status == 200, "\(answer.text)")
        let after = try await server.tasks(ofSeries: id)
        #expect(after[0].text("slot") == "2026-12-01T11:00:00")
        let own = try #require(after.first { $0.text("id") == tasks[3].text("id") })
        #expect(own.object("due").text("local") == due)
        #expect(own.text("title") == title)
        #expect(own.text("slot") == "2026-12-04T11:00:00")
    }

    @Test(.server) func `what is beyond the horizon is computed, and stored when it is written to`()
        async throws
    {
        let (server, id) = try await create()
        let query = "/tasks?series=\(id)&dueFrom=2028-06-01T00:00:00Z&dueTo=2028-06-11T00:00:00Z"
        let listed = try await server.get(query)
        #expect(listed.ids("tasks").count == 10)
        let name = "\(id)@2028-06-03T09:00:00"
        #expect(listed.ids("tasks")[2] == name)
        #expect(listed.objects("tasks").allSatisfy { $0["isComputed"] == .bool(true) })
        #expect(try await server.get("/tasks/\(name)").record("task").text("id") == name)
        let trial = try await server.patch("/tasks/\(name)?dryRun=true", ["title": "Own"])
        #expect(trial.status == 200, "\(trial.text)")
        #expect(try await server.get(query).ids("tasks")[2] == name)
        let written = try await server.patch("/tasks/\(name)", ["title": "Own"])
        #expect(written.record("task").text("title") == "Own", "\(written.text)")
        let stored = written.record("task").text("id")
        let again = try await server.get(query).ids("tasks")
        #expect(again.count == 10)
        #expect(again[2] == stored)
        #expect(try await server.get("/tasks/\(name)").record("task").text("id") == stored)
        let missing = try await server.get("/tasks/\(id)@2028-06-03T09:30:00")
        #expect(missing.status == 404)
    }

    @Test(.server, arguments: ["due", "-due"], [1, 3, 7, 100])
    func `pages go over from what is stored to what is computed`(
        order: String,
        limit: Int
    ) async throws {
        let (server, id) = try await create()
        _ = try await server.post(
            "/series",
            [
                "title": "Visit",
                "recurrence": .object([
                    "rule": "FREQ=DAILY;INTERVAL=2", "start": "2026-12-01T09:00:00",
                ]),
            ]
        )
        let range = "dueFrom=2027-11-25T00:00:00Z&dueTo=2027-12-15T00:00:00Z"
        let pages = try await server.pages("/tasks?\(range)&sort=\(order)&limit=\(limit)", "tasks")
        let ids = pages.flatMap { $0 }
        #expect(ids.count == 30)
        #expect(Set(ids).count == 30)
        #expect(ids.contains { $0.hasPrefix("\(id)@") })
        let all = try await server.get("/tasks?\(range)&sort=\(order)&limit=100").objects("tasks")
        let dues = all.map { $0.text("dueAt") }
        #expect(dues == (order == "due" ? dues.sorted() : dues.sorted().reversed()))
        #expect(ids == all.map { $0.text("id") })
    }

    @Test(.server) func `a calendar that changes moves what goes by it`() async throws {
        let server = try TestServer.current
        let made = try await server.post("/calendars", ["name": "Office"], as: .office)
        let calendar = made.record("calendar").text("id")
        var body = Self.daily
        body["dayOff"] = .object(["calendarId": .string(calendar), "then": "skip"])
        let (_, id) = try await create(body)
        let before = try await server.tasks(ofSeries: id).count
        let days: JSONValue = .array([.object(["date": "2026-12-09", "name": "Outing"])])
        let changed = try await server.patch("/calendars/\(calendar)", ["days": days], as: .office)
        #expect(changed.record("effect")["removed"] == .integer(1), "\(changed.text)")
        #expect(try await server.tasks(ofSeries: id).count == before - 1)
        let refused = try await server.delete("/calendars/\(calendar)", as: .office)
        #expect(refused.status == 409)
        let back = try await server.patch(
            "/calendars/\(calendar)",
            ["days": .array([])],
            as: .office
        )
        #expect(back.status == 200)
        #expect(try await server.tasks(ofSeries: id).count == before)
    }
}
