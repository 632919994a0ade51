import JSON
import ServerTestSupport
import Testing

/// Which contacts, assignees and categories a task may refer to.
@Suite(.server) struct ReferenceTests {
    private let server: TestServer

    init() throws {
        server = try .current
    }

    private static let assignee = "is not a user of one of your teams"
    private static let contact = "is not a contact of yours"
    private static let category = "is not a category of yours"

    @Test(
        .server,
        arguments: [
            ("assigned_user_id", "1"), ("assigned_user_id", "2"),
            ("contact_id", "2"), ("contact_id", "3"), ("contact_id", "4"), ("contact_id", "5"),
            ("category_id", "1"), ("category_id", "5"), ("category_id", "6"), ("category_id", "8"),
        ]
    )
    func `a user may refer to what is theirs, shared with them, or everybody's`(
        name: String,
        number: String
    ) async throws {
        let body = JSONObject.task(for: .ana).with([name: .string(number)])
        let created = try await server.post("/scheduled/tasks", body, as: .ana)
        #expect(created.status == 201)
        #expect(created.text(name) == number)
    }

    @Test(
        .server,
        arguments: [
            ("assigned_user_id", "3", assignee), ("assigned_user_id", "4", assignee),
            ("assigned_user_id", "20", assignee), ("assigned_user_id", "999", assignee),
            ("contact_id", "6", contact), ("contact_id", "7", contact),
            ("contact_id", "8", contact),
            ("contact_id", "999", contact), ("category_id", "7", category),
            ("category_id", "9", category), ("category_id", "999", category),
        ]
    )
    func `a reference that the user may not make is refused, and nothing is created`(
        name: String,
        number: String,
        reason: String
    ) async throws {
        let own = try await server.post("/scheduled/tasks", .task(for: .ana), as: .ana)
        let body = JSONObject.task(for: .ana).with([
            name: .string(number), "recurrence_rule": "FREQ=DAILY;COUNT=3",
        ])
        let refused = try await server.post("/scheduled/tasks", body, as: .ana)
        #expect(refused.status == 400)
        #expect(refused.text("message") == "Validation failed")
        #expect(refused["errors"] == .object([name: .string(reason)]))
        #expect(try await server.get("/scheduled/tasks", as: .ana).total == 1)
        #expect(try await server.get("/scheduled/events", as: .ana).total == 1)

        let path = "/scheduled/tasks/\(own.id)"
        for type in ["1", "2"] {
            let update = body.with(["update_type": .string(type)])
            let answer = try await server.patch(path, update, as: .ana)
            #expect(answer.status == 400)
            #expect(answer["errors"] == .object([name: .string(reason)]))
        }
        #expect(try await server.get(path, as: .ana).text == own.text)
    }

    @Test func `every wrong reference is told`() async throws {
        let body = JSONObject.task(for: .cleo).with(["contact_id": "7", "category_id": "7"])
        let refused = try await server.post("/scheduled/tasks", body, as: .ana)
        let errors: JSONObject = [
            "contact_id": .string(Self.contact), "assigned_user_id": .string(Self.assignee),
            "category_id": .string(Self.category),
        ]
        #expect(refused["errors"] == .object(errors))
    }

    @Test(.server) func `what a task refers to already may stay when it is no longer allowed`()
        async throws
    {
        let body = JSONObject.task(for: .ben).with(["contact_id": "5"])
        let created = try await server.post("/scheduled/tasks", body, as: .ana)
        #expect(created.status == 201)
        try await server.importDocument(
            """
            {"teams": [{"id": 1, "location": "\(TestOffice.location)", "sharing": false}]}
            """
        )
        let path = "/scheduled/tasks/\(created.id)"
        let kept = try await server.patch(path, body.with(["notes": "x"]), as: .ana)
        #expect(kept.status == 200)
        let again = try await server.post("/scheduled/tasks", body, as: .ana)
        #expect(again.status == 400)
    }
}
