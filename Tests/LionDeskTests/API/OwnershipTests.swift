import HTTPTypes
import JSON
import ServerTestSupport
import Testing

/// Who may see a task, and who may change one.
@Suite(.server(after: { try await $0.makeOwnedTasks() })) struct OwnershipTests {
    private let server: TestServer

    init() throws {
        server = try .current
    }

    private static let changes: [HTTPRequest.Method] = [.patch, .put, .delete]

    @Test func `the owner finds a task`() async throws {
        let found = try await server.get("/scheduled/tasks", as: .ana)
        #expect(found.ids == ["1"])
        #expect(try await server.get("/scheduled/tasks/1", as: .ana).status == 200)
    }

    @Test(arguments: [TestUser.ben, .cleo, .dora, .olga])
    func `to anybody else a task does not exist`(user: TestUser) async throws {
        let answer = try await server.get("/scheduled/tasks/1", as: user)
        #expect(answer.status == 404)
        let missing = try await server.get("/scheduled/tasks/999", as: user)
        #expect(answer.text.replacing("'1'", with: "'999'") == missing.text)
        let found = try await server.get("/scheduled/tasks?id=1", as: user)
        #expect(found.total == 0)
        let events = try await server.get("/scheduled/events/1", as: user)
        #expect(events.status == 404)
    }

    @Test(arguments: [TestUser.ben, .dora], changes)
    func `neither the assignee nor a user who shares the contact may change it`(
        user: TestUser,
        method: HTTPRequest.Method
    ) async throws {
        let answer = try await change(method, "1", as: user)
        #expect(answer.status == 403)
        #expect(answer.text("message") == "Only the owner of the task may change or remove it")
        #expect(answer.isFeathersError)
        try await expectUntouched()
    }

    @Test(arguments: [TestUser.cleo, .olga], changes)
    func `a stranger cannot tell the task from one that is not there`(
        user: TestUser,
        method: HTTPRequest.Method
    ) async throws {
        let answer = try await change(method, "1", as: user)
        #expect(answer.status == 404)
        #expect(answer.text("message") == "No record found for id '1'")
        let missing = try await change(method, "999", as: user)
        #expect(answer.text.replacing("'1'", with: "'999'") == missing.text)
        try await expectUntouched()
    }

    @Test(arguments: changes)
    func `wrong references tell a stranger nothing`(
        method: HTTPRequest.Method
    ) async throws {
        for id in ["1", "999"] {
            let body = #"{"contact_id":"12345","description":"x","status":"complete"}"#
            let path = "/scheduled/tasks/\(id)"
            let answer = try await server.send(
                method == .put ? .patch : method,
                path,
                as: .cleo,
                body
            )
            #expect(answer.status == 404)
        }
    }

    @Test(arguments: [
        "owner_user_id=2", "crm_user_id=2", "owner_user_id[$in]=2", "owner_user_id[$ne]=1",
        "owner_user_id[$gt]=1", "$or[0][owner_user_id]=2", "$or[0][owner_user_id]=2&$or[1][id]=2",
        "$and[0][owner_user_id]=2", "$or[0][$or][0][crm_user_id]=2", "id=2",
    ])
    func `no query widens what a user sees`(query: String) async throws {
        let found = try await server.get("/scheduled/tasks?\(query)", as: .ana)
        #expect(found.status == 200)
        #expect(found.total == 0)
    }

    @Test func `a condition that is true of all tasks still finds only the caller's own`()
        async throws
    {
        let query = "$or[0][owner_user_id]=2&$or[1][id][$gt]=0"
        #expect(try await server.get("/scheduled/tasks?\(query)", as: .ana).ids == ["1"])
    }

    private func change(
        _ method: HTTPRequest.Method,
        _ id: String,
        as user: TestUser
    ) async throws -> Answer {
        let body = JSONObject.task("Mine", for: user)
        let path = "/scheduled/tasks/\(id)"
        return switch method {
        case .patch: try await server.patch(path, body, as: user)
        case .put: try await server.put(path, body, as: user)
        default: try await server.delete(path, as: user)
        }
    }

    private func expectUntouched() async throws {
        let shown = try await server.get("/scheduled/tasks/1", as: .ana)
        #expect(shown.text("description") == "Call")
        #expect(shown.text("status") == "incomplete")
    }
}

extension TestServer {
    /// Task 1 is Ana's; Ben is to do it, and it is about a contact that is shared with Dora.
    fileprivate func makeOwnedTasks() async throws {
        let body = JSONObject.task(for: .ben).with(["contact_id": "2"])
        _ = try await post("/scheduled/tasks", body, as: .ana)
        _ = try await post("/scheduled/tasks", .task("Own", for: .ben), as: .ben)
    }
}
