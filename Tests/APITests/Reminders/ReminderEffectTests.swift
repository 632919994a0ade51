import HTTPTypes
import JSON
import Recurrence
import ServerTestSupport
import Storage
import Tasks
import TestSupport
import Testing

/// `effect` tells what becomes of reminders: the same in a dry run as in the write that follows, and
/// what the ledger shows then.
struct ReminderEffectTests {
    private static let mail: JSONValue = .array([
        .object(["before": "PT1H", "channel": "email"]),
        .object(["before": "PT0S", "channel": "sms"]),
    ])

    /// Asks for a write on trial and in earnest, each of which is to plan and to withdraw so many
    /// reminders, and looks whether the ledger has it so unless that is still to be planned.
    @discardableResult
    private func write(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ body: JSONObject = [:],
        planned: Int64,
        withdrawn: Int64,
        isLooked: Bool = true,
        _ location: SourceLocation = #_sourceLocation
    ) async throws -> Answer {
        let server = try TestServer.current
        let before = try await waiting()
        let bytes = body.members.isEmpty ? [] : body.bytes
        let mark = path.contains("?") ? "&" : "?"
        let trial = try await server.send(
            method,
            "\(path)\(mark)dryRun=true",
            as: .ana,
            [:],
            bytes
        )
        let done = try await server.send(method, path, as: .ana, [:], bytes)
        for answer in [trial, done] {
            #expect(answer.status < 300, "\(answer.text)", sourceLocation: location)
            let effect = answer.record("effect")
            #expect(
                [effect["remindersPlanned"], effect["remindersWithdrawn"]]
                    == [.integer(planned), .integer(withdrawn)],
                sourceLocation: location
            )
        }
        guard isLooked else { return done }
        try await plan()
        let after = try await waiting()
        #expect(
            Int64(after.subtracting(before).count) == planned,
            "\(before) \(after)",
            sourceLocation: location
        )
        return done
    }

    private func plan() async throws {
        let server = try TestServer.current
        while try await server.store.planReminders(
            in: LocationID(TestOffice.location),
            at: server.clock.now,
            lateness: .seconds(3600),
            zones: server.zones
        ) {}
    }

    /// What waits, and when it comes.
    private func waiting() async throws -> Set<PlannedReminder> {
        let server = try TestServer.current
        let all = try await server.store.reminders(
            ReminderQuery(state: .waiting),
            in: LocationID(TestOffice.location),
            after: nil,
            limit: 1000
        )
        return Set(all)
    }

    private func draft(_ members: JSONObject = [:]) -> JSONObject {
        var draft: JSONObject = [
            "title": "Call", "dueAt": "2026-12-01T12:00:00Z", "reminders": Self.mail,
        ]
        for member in members.members { draft[member.name] = member.value }
        return draft
    }

    @Test(.server) func `a task's reminders are counted through its life`() async throws {
        let made = try await write(.post, "/tasks", draft(), planned: 2, withdrawn: 0)
        let path = "/tasks/\(made.record("task").text("id"))"
        try await write(.patch, path, ["title": "Ring"], planned: 0, withdrawn: 0)
        try await write(
            .patch,
            path,
            ["dueAt": "2026-12-02T12:00:00Z"],
            planned: 2,
            withdrawn: 0
        )
        try await write(
            .post,
            "\(path)/snooze",
            ["until": "2026-12-02T11:30:00Z"],
            planned: 1,
            withdrawn: 0
        )
        try await write(
            .patch,
            path,
            ["reminders": .array([.object(["before": "PT0S", "channel": "sms"])])],
            planned: 0,
            withdrawn: 1
        )
        try await write(.post, "\(path)/complete", planned: 0, withdrawn: 1)
        try await write(.post, "\(path)/reopen", planned: 1, withdrawn: 0)
        let deleted = try await write(.delete, path, planned: 0, withdrawn: 1)
        let undoing = "/changes/\(deleted.changeNumber)/undo"
        try await write(.post, undoing, planned: 1, withdrawn: 0)
    }

    @Test(.server) func `a series' reminders are counted with its tasks, and a notice once`()
        async throws
    {
        let made = try await write(
            .post,
            "/tasks",
            draft([
                "assigneeId": "2", "recurrence": .object(["rule": "FREQ=DAILY;COUNT=10"]),
            ]),
            planned: 21,
            withdrawn: 0
        )
        let path = "/tasks/\(made.record("task").text("id"))"
        try await write(
            .patch,
            "\(path)?scope=all",
            ["assigneeId": .null],
            planned: 20,
            withdrawn: 21
        )
        try await write(.delete, "\(path)?scope=all", planned: 0, withdrawn: 20)
    }

    @Test(.server) func `what is not planned yet of an earlier write counts as planned`()
        async throws
    {
        let made = try await write(
            .post,
            "/tasks",
            draft(),
            planned: 2,
            withdrawn: 0,
            isLooked: false
        )
        let path = "/tasks/\(made.record("task").text("id"))"
        try await write(.post, "\(path)/complete", planned: 0, withdrawn: 2, isLooked: false)
    }
}
