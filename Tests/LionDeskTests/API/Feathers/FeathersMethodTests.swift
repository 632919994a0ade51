import HTTPTypes
import JSON
import ServerTestSupport
import Testing

/// The cases of Feathers' own adapter tests about one record, for tasks; ``FeathersFindTests``
/// says how tasks stand for people.
@Suite(.server) struct FeathersMethodTests {
    private let server: TestServer
    private let user: TestUser
    private let doug: Answer
    private let path: String

    init() async throws {
        server = try .current
        user = try await server.newUser()
        doug = try await server.post(
            "/scheduled/tasks",
            .task("Doug", for: user).with(["reminder_type": "6"]),
            as: user
        )
        path = "/scheduled/tasks/\(doug.id)"
    }

    private let missing = "/scheduled/tasks/568225fbfe21222432e836ff"

    /// The body of a task for Dave, which is created or replaces Doug.
    private var dave: JSONObject {
        JSONObject.task("Dave", for: user).with(["reminder_type": "3"])
    }

    private func alice() async throws -> Answer {
        try await server.post("/scheduled/tasks", .task("Alice", for: user), as: user)
    }

    private func expectNotFound(_ answer: Answer) {
        #expect(answer.status == 404)
        #expect(answer.text("name") == "NotFound")
        #expect(answer.isFeathersError)
    }

    private func expectUntouched() async throws {
        #expect(try await server.get(path, as: user).text == doug.text)
    }

    // MARK: get

    @Test func `get shows the record`() async throws {
        let shown = try await server.get(path, as: user)
        #expect(shown.id == doug.id)
        #expect(shown.text("description") == "Doug")
        #expect(shown.text("reminder_type") == "6")
    }

    @Test func `get selects`() async throws {
        let shown = try await server.get(path + "?$select[0]=description", as: user)
        #expect(shown.json == .object(["id": .string(doug.id), "description": "Doug"]))
    }

    @Test func `get shows nothing that the query does not match`() async throws {
        expectNotFound(try await server.get(path + "?description=Tester", as: user))
    }

    @Test func `get does not find what is not there`() async throws {
        expectNotFound(try await server.get(missing, as: user))
    }

    @Test func `get does not find a record under the number of another`() async throws {
        expectNotFound(try await server.get(path + "?id=\(try await alice().id)", as: user))
    }

    // MARK: remove

    @Test func `remove answers with what was removed`() async throws {
        let removed = try await server.delete(path, as: user)
        #expect(removed.status == 200)
        #expect(removed.text("description") == "Doug")
    }

    @Test func `remove selects`() async throws {
        let removed = try await server.delete(path + "?$select[0]=description", as: user)
        #expect(removed.json == .object(["id": .string(doug.id), "description": "Doug"]))
    }

    @Test func `remove removes nothing that the query does not match`() async throws {
        expectNotFound(try await server.delete(path + "?description=Tester", as: user))
        try await expectUntouched()
    }

    @Test func `remove does not find a record under the number of another`() async throws {
        let other = try await alice()
        expectNotFound(try await server.delete(path + "?id=\(other.id)", as: user))
        try await expectUntouched()
    }

    @Test func `remove takes one record at a time`() async throws {
        let answer = try await server.delete("/scheduled/tasks?description=Doug", as: user)
        #expect(answer.status == 405)
        #expect(answer.text("name") == "MethodNotAllowed")
        try await expectUntouched()
    }

    // MARK: update

    @Test func `update replaces the record`() async throws {
        let updated = try await server.put(path, dave, as: user)
        #expect(updated.status == 200)
        #expect(updated.id == doug.id)
        #expect(updated.text("description") == "Dave")
        #expect(updated.text("reminder_type") == "3")
    }

    @Test func `update selects`() async throws {
        let updated = try await server.put(path + "?$select[0]=description", dave, as: user)
        #expect(updated.json == .object(["id": .string(doug.id), "description": "Dave"]))
    }

    @Test func `update replaces nothing that the query does not match`() async throws {
        expectNotFound(try await server.put(path + "?description=Tester", dave, as: user))
        try await expectUntouched()
    }

    @Test func `update does not find what is not there, with or without a query`() async throws {
        expectNotFound(try await server.put(missing, dave, as: user))
        expectNotFound(try await server.put(missing + "?description=Doug", dave, as: user))
    }

    @Test func `update does not find a record under the number of another`() async throws {
        let other = try await alice()
        expectNotFound(try await server.put(path + "?id=\(other.id)", dave, as: user))
        try await expectUntouched()
    }

    // MARK: patch

    @Test func `patch changes the name, and resets the age that is left out`() async throws {
        let patched = try await server.patch(path, ["description": "PatchDoug"], as: user)
        #expect(patched.id == doug.id)
        #expect(patched.text("description") == "PatchDoug")
        #expect(patched.text("reminder_type") == "0")
    }

    @Test func `patch of the status alone keeps the age`() async throws {
        let body: JSONObject = ["status": "complete", "update_type": "3"]
        let patched = try await server.patch(path, body, as: user)
        #expect(patched.id == doug.id)
        #expect(patched.text("status") == "complete")
        #expect(patched.text("description") == "Doug")
        #expect(patched.text("reminder_type") == "6")
    }

    @Test func `patch selects`() async throws {
        let body: JSONObject = ["description": "PatchDoug"]
        let patched = try await server.patch(path + "?$select[0]=description", body, as: user)
        #expect(patched.json == .object(["id": .string(doug.id), "description": "PatchDoug"]))
    }

    @Test func `patch changes nothing that the query does not match`() async throws {
        let body: JSONObject = ["description": "PatchDoug"]
        expectNotFound(try await server.patch(path + "?description=Tester", body, as: user))
        try await expectUntouched()
    }

    @Test func `patch does not find what is not there, with or without a query`() async throws {
        let body: JSONObject = ["description": "PatchDoug"]
        expectNotFound(try await server.patch(missing, body, as: user))
        expectNotFound(try await server.patch(missing + "?description=Doug", body, as: user))
    }

    @Test func `patch does not find a record under the number of another`() async throws {
        let other = try await alice()
        let body: JSONObject = ["description": "PatchDoug"]
        expectNotFound(try await server.patch(path + "?id=\(other.id)", body, as: user))
        try await expectUntouched()
    }

    @Test func `patch takes one record at a time`() async throws {
        let body: JSONObject = ["description": "PatchDoug"]
        let answer = try await server.patch("/scheduled/tasks?description=Doug", body, as: user)
        #expect(answer.status == 405)
        #expect(answer.text("name") == "MethodNotAllowed")
        try await expectUntouched()
    }

    // MARK: create

    @Test func `create makes a record and shows it`() async throws {
        let created = try await server.post("/scheduled/tasks", dave, as: user)
        #expect(created.status == 201)
        #expect(!created.id.isEmpty)
        #expect(created.text("description") == "Dave")
        #expect(created.text("reminder_type") == "3")
        let shown = try await server.get("/scheduled/tasks/\(created.id)", as: user)
        #expect(shown.text == created.text)
    }

    @Test(arguments: ["description=Bob", "nosuch=1", "$limit=0", "$foo=x"])
    func `create ignores the query`(query: String) async throws {
        let created = try await server.post("/scheduled/tasks?\(query)", dave, as: user)
        #expect(created.status == 201)
        #expect(created.text("description") == "Dave")
    }

    @Test func `create selects`() async throws {
        let path = "/scheduled/tasks?$select[0]=description"
        let created = try await server.post(path, dave, as: user)
        #expect(created.status == 201)
        #expect(created.json == .object(["id": .string(created.id), "description": "Dave"]))
    }

    @Test func `create takes one record at a time`() async throws {
        let body = "[\(doug.text),\(doug.text)]"
        let answer = try await server.send(.post, "/scheduled/tasks", as: user, body)
        #expect(answer.status == 405)
        #expect(answer.text("name") == "MethodNotAllowed")
        #expect(try await server.get("/scheduled/tasks", as: user).total == 1)
    }
}
