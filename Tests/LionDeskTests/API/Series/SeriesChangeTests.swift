import HTTPTypes
import JSON
import ServerTestSupport
import TestSupport
import Testing

/// Which tasks `update_type` and `delete_type` change.
@Suite(.server) struct SeriesChangeTests {
    private let server: TestServer
    private let user: TestUser

    init() async throws {
        server = try .current
        user = try await server.newUser()
    }

    // MARK: Single tasks

    @Test(arguments: [nil, "1", "2"] as [JSONValue?])
    func `a single task ignores the update type`(type: JSONValue?) async throws {
        let id = try await make().id
        var body = JSONObject.task("Write", for: user)
        body["update_type"] = type
        let updated = try await server.patch("/scheduled/tasks/\(id)", body, as: user)
        #expect(updated.status == 200)
        #expect(updated.text("description") == "Write")
        #expect(updated["recurrence_rule"] == .null)
        #expect(updated.text("scheduled_event_id") == id)
        #expect(try await server.get("/scheduled/tasks", as: user).total == 1)
    }

    @Test func `the status of a single task can be updated alone`() async throws {
        let id = try await make(["notes": "x", "reminder_type": "3"]).id
        let body: JSONObject = ["update_type": "3", "status": "complete", "notes": "y"]
        let updated = try await server.patch("/scheduled/tasks/\(id)", body, as: user)
        #expect(updated.text("status") == "complete")
        #expect(updated.text("notes") == "x")
        #expect(updated.text("reminder_type") == "3")
    }

    @Test(arguments: ["", "?delete_type=1", "?delete_type=2", "?delete_type=3"])
    func `a single task is deleted alone, whatever the delete type`(query: String) async throws {
        let id = try await make().id
        let other = try await make()
        let removed = try await server.delete("/scheduled/tasks/\(id)\(query)", as: user)
        #expect(removed.status == 200)
        #expect(removed.text("status") == "deleted")
        let found = try await server.get("/scheduled/tasks?status[$ne]=deleted", as: user)
        #expect(found.ids == [other.id])
    }

    @Test(arguments: ["1", "2"])
    func `a single task that is given a rule becomes the first of a series`(
        type: String
    ) async throws {
        let single = try await make(["status": "complete"])
        let body = JSONObject.task(for: user).with([
            "recurrence_rule": "FREQ=WEEKLY;COUNT=3", "update_type": .string(type),
            "status": "complete",
        ])
        let updated = try await server.patch("/scheduled/tasks/\(single.id)", body, as: user)
        #expect(updated.status == 200)
        #expect(updated.id == single.id)
        #expect(updated.text("recurrence_rule") == "FREQ=WEEKLY;COUNT=3")
        let found = try await server.get("/scheduled/tasks", as: user)
        #expect(
            found.texts("due_at") == [
                "2018-12-16T12:00:00", "2018-12-23T12:00:00", "2018-12-30T12:00:00",
            ]
        )
        #expect(found.texts("status") == ["complete", "incomplete", "incomplete"])
        #expect(Set(found.texts("scheduled_event_id")) == [updated.text("scheduled_event_id")])
        let event = updated.text("scheduled_event_id")
        let shown = try await server.get("/scheduled/events/\(event)", as: user)
        #expect(shown.text("type") == "recurrent")
    }

    @Test(arguments: [1, 2] as [Int64])
    func `a task that left the series it began may begin another`(type: Int64) async throws {
        let single = try await make([:])
        let repeating = JSONObject.task(for: user).with([
            "recurrence_rule": "FREQ=WEEKLY;COUNT=3", "update_type": .integer(type),
        ])
        let alone = JSONObject.task(for: user).with(["update_type": .integer(2)])
        for _ in 0..<3 {
            let updated = try await server.patch(
                "/scheduled/tasks/\(single.id)",
                repeating,
                as: user
            )
            #expect(updated.status == 200)
            #expect(updated.text("recurrence_rule") == "FREQ=WEEKLY;COUNT=3")
            let event = updated.text("scheduled_event_id")
            let query = "?scheduled_event_id=\(event)&status=incomplete"
            let found = try await server.get("/scheduled/tasks\(query)", as: user)
            #expect(
                found.texts("due_at") == [
                    "2018-12-16T12:00:00", "2018-12-23T12:00:00", "2018-12-30T12:00:00",
                ]
            )
            let left = try await server.patch("/scheduled/tasks/\(single.id)", alone, as: user)
            #expect(left.status == 200)
            #expect(left["recurrence_rule"] == .null)
        }
    }

    // MARK: Series

    @Test(arguments: [nil, "FREQ=MONTHLY", "FREQ=DAILY;COUNT=5"] as [String?])
    func `an update of one task leaves the rule to the series`(rule: String?) async throws {
        let ids = try await makeSeries()
        var body = JSONObject.task("Write", for: user)
        body["recurrence_rule"] = rule.map { .string($0) }
        let updated = try await server.patch("/scheduled/tasks/\(ids[1])", body, as: user)
        #expect(updated.text("recurrence_rule") == "FREQ=DAILY;COUNT=5")
        let found = try await server.get("/scheduled/tasks", as: user)
        #expect(found.texts("description") == ["Call", "Write", "Call", "Call", "Call"])
        #expect(Set(found.texts("recurrence_rule")) == ["FREQ=DAILY;COUNT=5"])
    }

    @Test func `an update of the first and following changes the series in place`() async throws {
        let ids = try await makeSeries()
        let event = try await server.get("/scheduled/tasks/\(ids[0])", as: user)
            .text("scheduled_event_id")
        let body = JSONObject.task("Write", for: user).with([
            "recurrence_rule": "interval=1;freq=daily;count=5", "update_type": .integer(2),
            "due_at": "2018-12-16T08:00:00", "status": "complete",
        ])
        let updated = try await server.patch("/scheduled/tasks/\(ids[0])", body, as: user)
        #expect(updated.text("scheduled_event_id") == event)
        let found = try await server.get("/scheduled/tasks", as: user)
        #expect(found.total == 5)
        #expect(found.ids == ids)
        #expect(found.texts("due_at") == (16...20).map { "2018-12-\($0)T08:00:00" })
        #expect(
            found.texts("status") == [
                "complete", "incomplete", "incomplete", "incomplete", "incomplete",
            ]
        )
        #expect(try await server.get("/scheduled/events", as: user).total == 1)
    }

    @Test(arguments: [nil, .null, ""] as [JSONValue?])
    func `an update of type 2 without a rule leaves a single task`(rule: JSONValue?) async throws {
        let ids = try await makeSeries()
        var body = JSONObject.task("Write", for: user).with(["update_type": "2"])
        body["due_at"] = nil
        body["recurrence_rule"] = rule
        let updated = try await server.patch("/scheduled/tasks/\(ids[2])", body, as: user)
        #expect(updated.status == 200)
        #expect(updated.id == ids[2])
        #expect(updated["recurrence_rule"] == .null)
        #expect(updated.text("due_at") == "2018-12-18T12:00:00")
        let found = try await server.get("/scheduled/tasks", as: user)
        #expect(
            found.texts("status") == [
                "incomplete", "incomplete", "incomplete", "deleted", "deleted",
            ]
        )
        #expect(Set(found.texts("recurrence_rule").prefix(2)) == ["FREQ=DAILY;COUNT=2"])
        let event = updated.text("scheduled_event_id")
        let shown = try await server.get("/scheduled/events/\(event)", as: user)
        #expect(shown.status == 200)
        #expect(shown.text("type") == "single")
    }

    @Test func `a new rule is taken as it is written, and keeps tasks by their day`() async throws {
        let ids = try await makeSeries()
        let body = JSONObject.task(for: user).with([
            "recurrence_rule": "FREQ=DAILY;INTERVAL=2;COUNT=3", "update_type": "2",
            "due_at": "2018-12-18T12:00:00",
        ])
        let updated = try await server.patch("/scheduled/tasks/\(ids[2])", body, as: user)
        #expect(updated.text("recurrence_rule") == "FREQ=DAILY;INTERVAL=2;COUNT=3")
        let found = try await server.get("/scheduled/tasks", as: user)
        #expect(found.total == 6)
        #expect(Array(found.ids.prefix(5)) == ids)
        #expect(
            found.texts("status") == [
                "incomplete", "incomplete", "incomplete", "deleted", "incomplete", "incomplete",
            ]
        )
        #expect(found.texts("due_at").last == "2018-12-22T12:00:00")
    }

    @Test func `following tasks that are done or deleted stay so`() async throws {
        let ids = try await makeSeries()
        let done: JSONObject = ["update_type": "3", "status": "complete"]
        _ = try await server.patch("/scheduled/tasks/\(ids[3])", done, as: user)
        _ = try await server.delete("/scheduled/tasks/\(ids[4])", as: user)
        let moved = JSONObject.task("Own", for: user).with(["due_at": "2018-12-18T23:00:00"])
        _ = try await server.patch("/scheduled/tasks/\(ids[2])", moved, as: user)
        let body = JSONObject.task("Write", for: user).with([
            "recurrence_rule": "FREQ=DAILY;COUNT=5", "update_type": "2",
            "due_at": "2018-12-17T10:00:00",
        ])
        _ = try await server.patch("/scheduled/tasks/\(ids[1])", body, as: user)
        let found = try await server.get("/scheduled/tasks", as: user)
        #expect(found.ids == ids)
        #expect(
            found.texts("status") == [
                "incomplete", "incomplete", "incomplete", "complete", "deleted",
            ]
        )
        #expect(found.texts("description") == ["Call", "Write", "Write", "Write", "Write"])
        #expect(
            found.texts("due_at").dropFirst() == (17...20).map { "2018-12-\($0)T10:00:00" }[...]
        )
    }

    @Test(
        arguments: [
            (1, ["incomplete", "incomplete", "deleted", "complete", "incomplete"], 5),
            (2, ["incomplete", "incomplete", "deleted", "deleted", "deleted"], 2),
            (3, ["deleted", "deleted", "deleted", "deleted", "deleted"], 5),
        ]
    )
    func `a deletion reaches what its type says, done or not`(
        type: Int,
        states: [String],
        count: Int
    ) async throws {
        let ids = try await makeSeries()
        let done: JSONObject = ["update_type": "3", "status": "complete"]
        _ = try await server.patch("/scheduled/tasks/\(ids[3])", done, as: user)
        let removed = try await server.delete(
            "/scheduled/tasks/\(ids[2])?delete_type=\(type)",
            as: user
        )
        #expect(removed.status == 200)
        let found = try await server.get("/scheduled/tasks", as: user)
        #expect(found.texts("status") == states)
        #expect(Set(found.texts("recurrence_rule")) == ["FREQ=DAILY;COUNT=\(count)"])
    }

    @Test func `a deletion of the first and following is one of all`() async throws {
        let ids = try await makeSeries()
        let removed = try await server.delete("/scheduled/tasks/\(ids[0])?delete_type=2", as: user)
        #expect(removed.text("status") == "deleted")
        let found = try await server.get("/scheduled/tasks?status=deleted", as: user)
        #expect(found.total == 5)
    }

    // MARK: Deleted tasks

    @Test(.server) func `a second deletion changes nothing`() async throws {
        let id = try await make().id
        let first = try await server.delete("/scheduled/tasks/\(id)", as: user)
        server.clock.advance(by: .seconds(5))
        let second = try await server.delete("/scheduled/tasks/\(id)", as: user)
        #expect(second.status == 200)
        #expect(second.text == first.text)
    }

    @Test func `a deleted task comes back by its status`() async throws {
        let ids = try await makeSeries()
        _ = try await server.delete("/scheduled/tasks/\(ids[1])", as: user)
        let body: JSONObject = ["update_type": "3", "status": "incomplete"]
        let back = try await server.patch("/scheduled/tasks/\(ids[1])", body, as: user)
        #expect(back.text("status") == "incomplete")
        let found = try await server.get("/scheduled/tasks?status=incomplete", as: user)
        #expect(found.total == 5)
    }

    @Test func `a status of deleted is a deletion of the task alone`() async throws {
        let ids = try await makeSeries()
        let body: JSONObject = ["update_type": "3", "status": "deleted"]
        let gone = try await server.patch("/scheduled/tasks/\(ids[1])", body, as: user)
        #expect(gone.text("status") == "deleted")
        let found = try await server.get("/scheduled/tasks?status=deleted", as: user)
        #expect(found.ids == [ids[1]])
    }

    @Test func `the delete type may come in the body, and the query's comes before it`()
        async throws
    {
        let ids = try await makeSeries()
        let path = "/scheduled/tasks/\(ids[3])"
        let removed = try await server.send(.delete, path, as: user, #"{"delete_type":2}"#)
        #expect(removed.status == 200)
        let found = try await server.get("/scheduled/tasks?status=deleted", as: user)
        #expect(found.ids == Array(ids[3...]))
        let query = "/scheduled/tasks/\(ids[0])?delete_type=1"
        _ = try await server.send(.delete, query, as: user, #"{"delete_type":3}"#)
        let left = try await server.get("/scheduled/tasks?status=incomplete", as: user)
        #expect(left.ids == [ids[1], ids[2]])
    }

    @Test(arguments: ["0", "4", "x", "-1", "1.5", "all"])
    func `a delete type other than 1, 2 and 3 is refused`(type: String) async throws {
        let id = try await make().id
        for answer in [
            try await server.delete("/scheduled/tasks/\(id)?delete_type=\(type)", as: user),
            try await server.send(
                .delete,
                "/scheduled/tasks/\(id)",
                as: user,
                #"{"delete_type":"\#(type)"}"#
            ),
        ] {
            #expect(answer.status == 400)
            #expect(answer["errors"] == .object(["delete_type": "is not 1, 2 or 3"]))
        }
        let shown = try await server.get("/scheduled/tasks/\(id)", as: user)
        #expect(shown.text("status") == "incomplete")
    }

    // MARK: Parts

    private func make(_ members: JSONObject = [:]) async throws -> Answer {
        let body = JSONObject.task(for: user).with(members)
        return try await server.post("/scheduled/tasks", body, as: user)
    }

    private func makeSeries() async throws -> [String] {
        _ = try await make(["recurrence_rule": "FREQ=DAILY;COUNT=5"])
        return try await server.get("/scheduled/tasks", as: user).ids
    }
}
