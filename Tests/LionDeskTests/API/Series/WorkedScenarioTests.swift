import JSON
import ServerTestSupport
import TestSupport
import Testing

/// A daily series of five tasks from 2018-12-16T12:00:00, changed in every way of LionDesk's.
@Suite(.server) struct WorkedScenarioTests {
    private let server: TestServer
    private let user: TestUser

    init() async throws {
        server = try .current
        user = try await server.newUser()
    }

    @Test func `a series goes through updates and deletions of every reach`() async throws {
        let ids = try await makeSeries(rule: "FREQ=DAILY;INTERVAL=1;COUNT=5")
        let first = try await tasks()
        #expect(first.column("due_at") == noons(16...20))
        #expect(Set(first.rules) == ["FREQ=DAILY;INTERVAL=1;COUNT=5"])

        try await moveThird(ids)
        let split = try await moveFourthAndFollowing(ids)
        try await completeSecond(ids)

        // A deleted task still counts as an occurrence, so the rule stays as it is.
        let removed = try await server.delete("/scheduled/tasks/\(ids[0])", as: user)
        #expect(removed.status == 200)
        var present = try await tasks()
        #expect(
            present.column("status") == [
                "deleted", "complete", "incomplete", "incomplete", "incomplete",
            ]
        )
        let visible = try await server.get("/scheduled/tasks?status[$ne]=deleted", as: user)
        #expect(visible.total == 4)
        #expect(present.rules.prefix(3).allSatisfy { $0 == "FREQ=DAILY;INTERVAL=1;COUNT=3" })

        _ = try await server.delete("/scheduled/tasks/\(ids[2])?delete_type=2", as: user)
        present = try await tasks()
        #expect(present.column("status")[2] == "deleted")
        #expect(present.rules.prefix(2).allSatisfy { $0 == "FREQ=DAILY;INTERVAL=1;COUNT=2" })

        let second = try await server.get("/scheduled/tasks/\(ids[1])", as: user)
        _ = try await server.delete("/scheduled/tasks/\(ids[3])?delete_type=3", as: user)
        present = try await tasks()
        #expect(
            present.column("status") == ["deleted", "complete", "deleted", "deleted", "deleted"]
        )
        #expect(present.column("id") == ids)
        #expect(present.rows[3...].allSatisfy { $0["scheduled_event_id"]?.string == split })
        let untouched = try await server.get("/scheduled/tasks/\(ids[1])", as: user)
        #expect(untouched.text == second.text)
    }

    @Test(.server) func `a series without an end is cut just before the slot`() async throws {
        let ids = try await makeSeries(rule: "FREQ=DAILY;INTERVAL=1")
        let fourth = try await server.get("/scheduled/tasks/\(ids[3])", as: user)
        let body = (fourth.json.object ?? [:]).with(["update_type": "2", "description": "X"])
        let updated = try await server.patch("/scheduled/tasks/\(ids[3])", body, as: user)
        #expect(updated.status == 200)
        #expect(updated.text("recurrence_rule") == "FREQ=DAILY;INTERVAL=1")
        let found = try await server.get("/scheduled/tasks?$limit=5", as: user)
        #expect(found.ids == ids)
        let before = "FREQ=DAILY;INTERVAL=1;UNTIL=20181219T115959Z"
        let after = "FREQ=DAILY;INTERVAL=1"
        #expect(found.texts("recurrence_rule") == [before, before, before, after, after])
        #expect(found.texts("description") == ["Call", "Call", "Call", "X", "X"])
    }

    /// Step 2: one task moves, and the others stay exactly the same.
    private func moveThird(_ ids: [String]) async throws {
        let before = try await texts(of: ids)
        server.clock.advance(by: .seconds(1))
        let body = all(due: "2018-12-18T15:30:00").with(["update_type": .integer(1)])
        let moved = try await server.patch("/scheduled/tasks/\(ids[2])", body, as: user)
        #expect(moved.status == 200)
        #expect(moved.text("due_at") == "2018-12-18T15:30:00")
        #expect(moved.text("recurrence_rule") == "FREQ=DAILY;INTERVAL=1;COUNT=5")
        let after = try await texts(of: ids)
        for index in ids.indices where index != 2 { #expect(after[index] == before[index]) }
    }

    /// Step 3: the fourth and fifth become a series of their own; its number is returned.
    private func moveFourthAndFollowing(_ ids: [String]) async throws -> String {
        let body = all(due: "2018-12-19T09:00:00")
            .with(["update_type": "2", "description": "X"])
        let updated = try await server.patch("/scheduled/tasks/\(ids[3])", body, as: user)
        #expect(updated.status == 200)
        #expect(updated.id == ids[3])
        #expect(updated.text("recurrence_rule") == "FREQ=DAILY;INTERVAL=1;COUNT=2")
        let present = try await tasks()
        #expect(present.column("id") == ids)
        #expect(
            present.column("due_at") == [
                "2018-12-16T12:00:00", "2018-12-17T12:00:00", "2018-12-18T15:30:00",
                "2018-12-19T09:00:00", "2018-12-20T09:00:00",
            ]
        )
        let (three, two) = ("FREQ=DAILY;INTERVAL=1;COUNT=3", "FREQ=DAILY;INTERVAL=1;COUNT=2")
        #expect(present.rules == [three, three, three, two, two])
        #expect(present.column("description") == ["Call", "Call", "Call", "X", "X"])
        let events = present.column("scheduled_event_id")
        #expect(Set(events[..<3]).count == 1)
        #expect(Set(events[3...]) == [updated.text("scheduled_event_id")])
        #expect(events[0] != events[3])
        return events[3]
    }

    /// Step 4: only the state and the modification time of the second task change.
    private func completeSecond(_ ids: [String]) async throws {
        let before = try await server.get("/scheduled/tasks/\(ids[1])", as: user)
        server.clock.advance(by: .seconds(1))
        let body: JSONObject = ["status": "complete", "update_type": .integer(3)]
        let done = try await server.patch("/scheduled/tasks/\(ids[1])", body, as: user)
        #expect(done.status == 200)
        #expect(done.text("modified_at") != before.text("modified_at"))
        let changed: JSONObject = [
            "status": "complete", "modified_at": .string(done.text("modified_at")),
        ]
        #expect(done.json.object == before.json.object?.with(changed))
    }

    // MARK: Parts

    /// Makes the series and returns the numbers of its first five tasks.
    private func makeSeries(rule: String) async throws -> [String] {
        let body = all(due: "2018-12-16T12:00:00").with(["recurrence_rule": .string(rule)])
        let created = try await server.post("/scheduled/tasks", body, as: user)
        #expect(created.status == 201)
        let found = try await server.get("/scheduled/tasks?$limit=5", as: user)
        #expect(found.ids.first == created.id)
        return found.ids
    }

    /// All values of a task of the series.
    private func all(due: String) -> JSONObject {
        JSONObject.task(for: user).with([
            "due_at": .string(due), "recurrence_rule": "FREQ=DAILY;INTERVAL=1;COUNT=5",
            "notes": "Ring twice", "reminder_type": "1", "category_id": "1",
        ])
    }

    private func tasks() async throws -> Rows {
        let found = try await server.get("/scheduled/tasks", as: user)
        #expect(found.total == 5)
        return Rows(rows: found.rows)
    }

    private func texts(of ids: [String]) async throws -> [String] {
        var texts: [String] = []
        for id in ids {
            texts.append(try await server.get("/scheduled/tasks/\(id)", as: user).text)
        }
        return texts
    }

    private func noons(_ days: ClosedRange<Int>) -> [String] {
        days.map { "2018-12-\($0)T12:00:00" }
    }
}

private struct Rows {
    let rows: [JSONObject]

    var rules: [String] { column("recurrence_rule") }

    func column(_ name: String) -> [String] { rows.map { $0[name]?.string ?? "" } }
}
