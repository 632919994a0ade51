import HTTPTypes
import JSON
import Recurrence
import ServerTestSupport
import Tasks
import TestSupport
import Testing

/// `POST /tasks`.
@Suite(.server) struct TaskCreationTests {
    private let server: TestServer

    init() throws {
        server = try .current
    }

    private static let due: JSONValue = .object(["local": "2026-12-01T09:00:00"])

    @Test func `a task is created and answered with its effect`() async throws {
        let answer = try await server.post(
            "/tasks",
            [
                "title": "Call Carla", "body": "About the offer", "due": Self.due, "contactId": "2",
                "categoryId": "6", "isAllDay": .bool(true),
            ]
        )
        #expect(answer.status == 201, "\(answer.text)")
        let task = answer.record("task")
        #expect(answer.json.object?.names == ["task", "effect", "changeNumber"])
        #expect(answer.headers[.location] == "/v1/tasks/\(task.text("id"))")
        #expect(answer.headers[.eTag] == task.text("etag"))
        #expect(task.text("title") == "Call Carla")
        #expect(task.text("body") == "About the offer")
        #expect(task.object("due").text("timeZone") == "UTC")
        #expect(task.text("creatorId") == "1")
        #expect(task.text("assigneeId") == "1")
        #expect(task["isAllDay"] == .bool(true))
        #expect(answer.record("effect")["created"] == .integer(1))
        #expect(answer["changeNumber"].map { $0 != .null } == true)
        let read = try await server.get("/tasks/\(task.text("id"))")
        #expect(read["task"] == answer["task"])
    }

    private static let dues: [(JSONObject, String, String)] = [
        (["due": due], "2026-12-01T17:00:00.000Z", "America/Los_Angeles"),
        (
            ["due": .object(["local": "2026-12-01T09:00", "timeZone": "Europe/Berlin"])],
            "2026-12-01T08:00:00.000Z", "Europe/Berlin"
        ),
        (["dueAt": "2026-12-01T14:00:00+02:00"], "2026-12-01T12:00:00.000Z", "America/Los_Angeles"),
        (
            [
                "recurrence": .object([
                    "start": "2026-12-01T09:00:00", "rule": "FREQ=DAILY;COUNT=2",
                ])
            ],
            "2026-12-01T17:00:00.000Z", "America/Los_Angeles"
        ),
        (
            ["recurrence": .object(["words": "every Friday at 10, 3 times"])],
            "2026-12-04T18:00:00.000Z", "America/Los_Angeles"
        ),
        (
            ["due": due, "recurrence": .object(["words": "every Tuesday, 3 times"])],
            "2026-12-01T17:00:00.000Z", "America/Los_Angeles"
        ),
    ]

    @Test(arguments: dues)
    func `a due time is said in several ways`(
        said: JSONObject,
        dueAt: String,
        zone: String
    ) async throws {
        let body = JSONObject("title", "Call").with(said)
        let answer = try await server.post("/tasks", body, as: .ben)
        #expect(answer.status == 201, "\(answer.text)")
        #expect(answer.record("task").text("dueAt") == dueAt)
        #expect(answer.record("task").object("due").text("timeZone") == zone)
    }

    @Test func `a series is answered by its first task`() async throws {
        let answer = try await server.post(
            "/tasks",
            [
                "title": "Call", "recurrence": .object(["words": "every Friday at 10, 3 times"]),
            ]
        )
        #expect(answer.record("effect")["created"] == .integer(3))
        let id = answer.record("task").text("seriesId")
        let series = try await server.get("/series/\(id)").record("series")
        #expect(series.object("recurrence").text("rule") == "FREQ=WEEKLY;COUNT=3;BYDAY=FR")
        let made = try await server.get("/tasks?series=\(id)").objects("tasks")
        #expect(
            made.map { $0.text("slot") }
                == ["2026-12-04T10:00:00", "2026-12-11T10:00:00", "2026-12-18T10:00:00"]
        )
    }

    @Test func `nobody is assigned where null says so`() async throws {
        let body: JSONObject = ["title": "Call", "due": Self.due]
        let none = try await server.post("/tasks", body.with(["assigneeId": .null]))
        #expect(none.record("task")["assigneeId"] == .null)
        let office = try await server.post("/tasks", body, as: .office)
        #expect(office.record("task")["assigneeId"] == .null)
        #expect(office.record("task")["creatorId"] == .null)
    }

    private static let faults: [(JSONObject, [String])] = [
        ([:], ["/title is required", "/due is required, or `dueAt` or `recurrence`"]),
        (["title": "", "due": due], ["/title is shorter than 1 characters"]),
        (["title": .null, "due": due], ["/title cannot be null", "/title is required"]),
        (
            ["title": .string(String(repeating: "x", count: 2001)), "due": due],
            ["/title is longer than 2000 characters"]
        ),
        (
            ["title": "x", "due": due, "body": .string(String(repeating: "é", count: 40_000))],
            ["/body is longer than 65535 bytes"]
        ),
        (["title": "x", "due": .object([:])], ["/due/local is required"]),
        (
            [
                "title": "x",
                "due": .object(["local": "9999-12-31T23:00", "timeZone": "America/New_York"]),
            ],
            ["/due is beyond the years 1 to 9999 in America/New_York or in UTC"]
        ),
        (
            ["title": "x", "due": .object(["local": "2026-12-01T09:00:00Z"])],
            ["/due/local is no local date-time such as 2026-12-01T09:00:00"]
        ),
        (
            ["title": "x", "due": due, "dueAt": "2026-12-01T09:00:00Z"],
            ["/dueAt stands beside `due`: say it in one way"]
        ),
        (
            ["title": "x", "due": due, "assigneeId": "3"],
            ["/assigneeId is no record that you may refer to"]
        ),
        (
            ["title": "x", "due": due, "contactId": "7"],
            ["/contactId is no record that you may refer to"]
        ),
        (
            ["title": "x", "due": due, "categoryId": "7"],
            ["/categoryId is no record that you may refer to"]
        ),
        (
            ["title": "x", "due": due, "assigneeId": .integer(1)],
            ["/assigneeId is no identifier, which is a text of digits"]
        ),
        (
            [
                "title": "x", "due": due,
                "recurrence": .object(["rule": "FREQ=DAILY", "start": "2026-12-02T09:00:00"]),
            ],
            ["/recurrence/start stands beside the task's due time: say it in one way"]
        ),
        (
            ["title": "x", "due": due, "recurrence": .object(["rule": "FREQ=DAILY;INTERVAL=0"])],
            ["/recurrence/rule INTERVAL: 0 is not between 1 and 2147483647"]
        ),
        (["title": "x", "due": due, "recurrence": .null], ["/recurrence cannot be null"]),
        (
            [
                "title": "x", "make": "whenDue",
                "recurrence": .object([
                    "rule": "FREQ=DAILY;COUNT=2", "start": "2020-01-01T09:00:00",
                ]),
            ],
            ["/recurrence has no occurrence to come"]
        ),
        (["title": "x", "due": due, "urgency": .integer(2)], ["/urgency is not known here"]),
    ]

    @Test(.server, arguments: faults)
    func `a body with faults creates nothing`(body: JSONObject, faults: [String]) async throws {
        let server = try TestServer.current
        let answer = try await server.post("/tasks", body)
        #expect(answer.status == 422)
        #expect(answer.isProblem)
        #expect(answer.faults == faults)
        #expect(try await server.get("/tasks", as: .office).ids("tasks").isEmpty)
        #expect(try await server.get("/series", as: .office).ids("series").isEmpty)
    }

    @Test func `a token needs the scope to write`() async throws {
        let body: JSONObject = ["title": "Call", "due": Self.due]
        #expect(try await server.post("/tasks", body, as: .scoped("tasks.read")).status == 403)
        #expect(try await server.post("/tasks", body, as: .scoped("write")).status == 201)
        #expect(try await server.post("/tasks", body, as: .scoped("contacts.write")).status == 201)
    }

    @Test(.server) func `a creation that is only tried stores nothing`() async throws {
        let server = try TestServer.current
        let body: JSONObject = [
            "title": "Call", "recurrence": .object(["words": "every day at 9, 30 times"]),
        ]
        let tried = try await server.post("/tasks?dryRun=true", body)
        #expect(tried.status == 201)
        #expect(tried.headers[.location] == nil)
        #expect(tried["changeNumber"] == .null)
        #expect(tried.record("task")["id"] == .null)
        #expect(tried.record("task")["seriesId"] == .null)
        #expect(try await server.get("/tasks", as: .office).ids("tasks").isEmpty)
        #expect(try await server.get("/series", as: .office).ids("series").isEmpty)
        let done = try await server.post("/tasks?dryRun=false", body)
        #expect(done["changeNumber"] == .integer(1))
        for count in ["created", "changed", "moved", "kept", "removed"] {
            #expect(tried.record("effect")[count] == done.record("effect")[count])
        }
        #expect(done.record("effect")["created"] == .integer(30))
        let refused = try await server.post("/tasks?dryRun=true", body.with(["contactId": "7"]))
        #expect(refused.status == 422)
    }

    @Test(.server(quotas: LocationQuotas(openTaskLimit: 2, minimumSpacing: 3600)))
    func `a location's quotas hold, also for what is only tried`() async throws {
        let server = try TestServer.current
        let body: JSONObject = ["title": "Call", "due": Self.due]
        let narrow = body.with(["recurrence": .object(["rule": "FREQ=MINUTELY;COUNT=2"])])
        let refused = try await server.post("/tasks", narrow)
        #expect(refused.status == 422)
        #expect(
            refused.faults
                == ["/recurrence/rule has occurrences 60 s apart, and 3600 s is the least here"]
        )
        for _ in 0..<2 { #expect(try await server.post("/tasks", body).status == 201) }
        for query in ["", "?dryRun=true"] {
            let answer = try await server.post("/tasks\(query)", body)
            #expect(answer.status == 403)
            #expect(answer.problem == "quota-exceeded")
        }
    }
}
