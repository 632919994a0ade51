import JSON
import Recurrence
import ServerTestSupport
import Storage
import Tasks
import TestSupport
import Testing

/// `/v1/reminders`: what is sent to people, as each of them sees it.
@Suite(.server) struct ReminderListTests {
    private let server: TestServer

    init() throws {
        server = try .current
    }

    /// Makes tasks with reminders, of Ana and of Ben, and has them planned.
    ///
    /// - Returns: The identifiers of the tasks.
    private func makeTasks() async throws -> [String] {
        let reminders: [JSONValue] = [
            .object(["before": "PT1H", "channel": "email"]),
            .object(["before": "PT0S", "channel": "sms"]),
        ]
        var ids: [String] = []
        for (caller, day) in [(Caller.ana, 1), (.ben, 2), (.ana, 3)] {
            let made = try await server.post(
                "/tasks",
                [
                    "title": "Call", "dueAt": .string("2026-12-0\(day)T12:00:00Z"),
                    "reminders": .array(reminders),
                ],
                as: caller
            )
            ids.append(made.record("task").text("id"))
        }
        while try await server.store.planReminders(
            in: LocationID(TestOffice.location),
            at: server.clock.now,
            lateness: .seconds(3600),
            zones: server.zones
        ) {}
        return ids
    }

    private func list(_ query: String = "", as caller: Caller = .ana) async throws -> [JSONObject] {
        let answer = try await server.get("/reminders\(query)", as: caller)
        #expect(answer.status == 200, "\(answer.text)")
        return answer.objects("reminders")
    }

    @Test(.server) func `people see their own, and those who oversee the location all`()
        async throws
    {
        let server = try TestServer.current
        let ids = try await ReminderListTests().makeTasks()
        let own = try await server.get("/reminders").objects("reminders")
        #expect(own.map { $0.text("taskId") } == [ids[0], ids[0], ids[2], ids[2]])
        #expect(
            own.first == [
                "taskId": .string(ids[0]), "userId": "1", "channel": "email",
                "dueAt": "2026-12-01T11:00:00.000Z", "sentAt": .null, "state": "waiting",
                "attempts": .integer(0), "lateBy": .null, "answer": .null, "cause": "due",
                "offset": .integer(-3600), "fireAt": "2026-12-01T11:00:00.000Z",
            ]
        )
        for caller in [Caller.mara, .adam, .office] {
            let all = try await server.get("/reminders", as: caller).objects("reminders")
            #expect(all.map { $0.text("taskId") } == ids.flatMap { [$0, $0] })
        }
        for caller in [Caller.cleo, .dora, .olga, .elsewhere] {
            let none = try await server.get("/reminders", as: caller)
            #expect(none.text == #"{"reminders":[]}"#)
        }
        // Ben shares work with Ana, and is reminded by himself.
        let other = try await server.get("/reminders?user=2").text
        #expect(other == (try await server.get("/reminders?user=99").text))
        #expect(try await server.get("/reminders?task=\(ids[1])").objects("reminders").isEmpty)
    }

    @Test(.server) func `filters choose, and pages come to the whole`() async throws {
        let server = try TestServer.current
        let tests = try ReminderListTests()
        let ids = try await tests.makeTasks()
        let all = try await tests.list(as: .mara)
        let choices: [(String, (JSONObject) -> Bool)] = [
            ("task=\(ids[1])", { $0.text("taskId") == ids[1] }),
            ("user=1", { $0.text("userId") == "1" }),
            ("channel=sms", { $0.text("channel") == "sms" }), ("state=waiting", { _ in true }),
            ("state=sent", { _ in false }), ("channel=call", { _ in false }),
            ("from=2026-12-02T11:00:00Z", { $0.text("fireAt") >= "2026-12-02T11" }),
            ("until=2026-12-02T11:00:00Z", { $0.text("fireAt") < "2026-12-02T11" }),
        ]
        for (query, isChosen) in choices {
            let chosen = all.filter(isChosen)
            #expect(try await tests.list("?\(query)", as: .mara) == chosen, "\(query)")
        }
        #expect(try await tests.list("?user=me") == tests.list())
        var paged: [JSONObject] = []
        var cursor = ""
        repeat {
            let page = try await server.get("/reminders?limit=1&user=1\(cursor)", as: .mara)
            paged += page.objects("reminders")
            cursor = page["nextCursor"]?.string.map { "&cursor=\($0)" } ?? ""
        } while !cursor.isEmpty && paged.count < 10
        #expect(paged == all.filter { $0.text("userId") == "1" })
        let first = try await server.get("/reminders?limit=1", as: .mara).text("nextCursor")
        for (path, caller) in [("/reminders?user=1&", Caller.mara), ("/reminders?", .adam)] {
            let answer = try await server.get("\(path)cursor=\(first)", as: caller)
            #expect(answer.status == 400)
            #expect(answer.problem == "invalid-cursor")
        }
    }

    @Test(
        arguments: [
            "task=x", "user=x", "channel=pigeon", "state=lost", "from=now", "until=2026", "limit=0",
            "cursor=0", "page=1",
        ]
    )
    func `a fault of the query is told`(query: String) async throws {
        let answer = try await server.get("/reminders?\(query)")
        #expect(answer.status == 400)
        #expect(answer.faults.count == 1, "\(answer.text)")
    }
}
