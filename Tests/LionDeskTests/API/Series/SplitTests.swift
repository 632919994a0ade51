import JSON
import ServerTestSupport
import Testing

/// Where a change of "this and following" splits a series, for rules of every kind.
@Suite(.server) struct SplitTests {
    private let server: TestServer

    init() throws {
        server = try .current
    }

    private func make(_ rule: String, as user: TestUser) async throws -> [String] {
        let body = JSONObject.task(for: user).with(["recurrence_rule": .string(rule)])
        _ = try await server.post("/scheduled/tasks", body, as: user)
        return try await server.get("/scheduled/tasks?$limit=5", as: user).ids
    }

    @Test(arguments: [
        ("UTC", "FREQ=DAILY;COUNT=5", "FREQ=DAILY;COUNT=2", "FREQ=DAILY;COUNT=3"),
        ("UTC", "COUNT=5;FREQ=DAILY", "COUNT=2;FREQ=DAILY", "COUNT=3;FREQ=DAILY"),
        ("UTC", "FREQ=DAILY", "FREQ=DAILY;UNTIL=20181218T115959Z", "FREQ=DAILY"),
        (
            "America/New_York", "FREQ=DAILY", "FREQ=DAILY;UNTIL=20181218T165959Z", "FREQ=DAILY"
        ),
        (
            "UTC", "FREQ=DAILY;UNTIL=20181220T120000Z;WKST=SU",
            "FREQ=DAILY;UNTIL=20181218T115959Z;WKST=SU", "FREQ=DAILY;UNTIL=20181220T120000Z;WKST=SU"
        ),
        (
            "UTC", "FREQ=DAILY;UNTIL=20181220", "FREQ=DAILY;UNTIL=20181217",
            "FREQ=DAILY;UNTIL=20181220"
        ),
    ])
    func `a cut rewrites the end of the rule and nothing else`(
        zone: String,
        rule: String,
        before: String,
        after: String
    ) async throws {
        let user = try await server.newUser(timeZone: zone)
        let ids = try await make(rule, as: user)
        let body = JSONObject.task("Write", for: user).with([
            "recurrence_rule": .string(rule), "update_type": "2", "due_at": "2018-12-18T12:00:00",
        ])
        let updated = try await server.patch("/scheduled/tasks/\(ids[2])", body, as: user)
        #expect(updated.text("recurrence_rule") == after)
        let found = try await server.get("/scheduled/tasks?$limit=5", as: user)
        #expect(found.ids == ids)
        #expect(found.texts("recurrence_rule") == [before, before, after, after, after])
        #expect(found.texts("description") == ["Call", "Call", "Write", "Write", "Write"])
    }

    @Test(arguments: [
        ("FREQ=DAILY;COUNT=5", "FREQ=DAILY;COUNT=2"),
        ("FREQ=DAILY", "FREQ=DAILY;UNTIL=20181218T115959Z"),
        ("FREQ=DAILY;UNTIL=20181220", "FREQ=DAILY;UNTIL=20181217"),
    ])
    func `a deletion of what follows cuts the rule`(rule: String, before: String) async throws {
        let user = try await server.newUser()
        let ids = try await make(rule, as: user)
        _ = try await server.delete("/scheduled/tasks/\(ids[2])?delete_type=2", as: user)
        let left = try await server.get("/scheduled/tasks?status[$ne]=deleted", as: user)
        #expect(left.ids == Array(ids.prefix(2)))
        #expect(Set(left.texts("recurrence_rule")) == [before])
    }

    @Test func `a shift of the day moves all that follow, and they keep their numbers`()
        async throws
    {
        let user = try await server.newUser()
        let ids = try await make("FREQ=WEEKLY;COUNT=4", as: user)
        let body = JSONObject.task(for: user).with([
            "recurrence_rule": "FREQ=WEEKLY;COUNT=4", "update_type": "2",
            "due_at": "2018-12-25T10:00:00",
        ])
        _ = try await server.patch("/scheduled/tasks/\(ids[1])", body, as: user)
        let found = try await server.get("/scheduled/tasks", as: user)
        #expect(found.ids == ids)
        #expect(
            found.texts("due_at") == [
                "2018-12-16T12:00:00", "2018-12-25T10:00:00", "2019-01-01T10:00:00",
                "2019-01-08T10:00:00",
            ]
        )
    }

    @Test func `what a shift moves beyond the end of the rule is deleted`() async throws {
        let user = try await server.newUser()
        let rule = "FREQ=DAILY;UNTIL=20181220T120000Z"
        let ids = try await make(rule, as: user)
        let body = JSONObject.task(for: user).with([
            "recurrence_rule": .string(rule), "update_type": "2", "due_at": "2018-12-17T15:00:00",
        ])
        _ = try await server.patch("/scheduled/tasks/\(ids[1])", body, as: user)
        let found = try await server.get("/scheduled/tasks", as: user)
        #expect(found.ids == ids)
        #expect(found.texts("status").prefix(4).allSatisfy { $0 == "incomplete" })
        #expect(found.texts("status").last == "deleted")
    }

    @Test func `changes of one series at the same time follow one another`() async throws {
        let user = try await server.newUser()
        let ids = try await make("FREQ=DAILY;COUNT=5", as: user)
        let body = JSONObject.task(for: user).with([
            "recurrence_rule": "FREQ=DAILY;COUNT=5", "update_type": "2",
        ])
        let path = "/scheduled/tasks/\(ids[0])"
        async let updated = server.patch(path, body.with(["description": "Write"]), as: user)
        async let again = server.patch(path, body.with(["description": "Read"]), as: user)
        #expect(try await [updated.status, again.status] == [200, 200])
        var found = try await server.get("/scheduled/tasks", as: user)
        #expect(found.ids == ids)
        #expect(Set(found.texts("description")).count == 1)

        async let fourth = server.delete("/scheduled/tasks/\(ids[3])?delete_type=2", as: user)
        async let third = server.delete("/scheduled/tasks/\(ids[2])?delete_type=2", as: user)
        async let fifth = server.delete("/scheduled/tasks/\(ids[4])?delete_type=2", as: user)
        #expect(try await [fourth.status, third.status, fifth.status] == [200, 200, 200])
        found = try await server.get("/scheduled/tasks?status=incomplete", as: user)
        #expect(found.ids == Array(ids.prefix(2)))
        #expect(Set(found.texts("recurrence_rule")) == ["FREQ=DAILY;COUNT=2"])
    }
}
