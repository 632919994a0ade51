import HTTPTypes
import JSON
import ServerTestSupport
import TestSupport
import Testing

/// Which tokens are accepted.
@Suite(.server) struct TokenTests {
    private let server: TestServer

    init() throws {
        server = try .current
    }

    private static let noAuthentication = "Unauthorized request: no authentication given"
    private static let unknown = "Invalid token: access token is invalid"
    private static let expired = "Invalid token: access token has expired"

    @Test(arguments: [
        (nil, noAuthentication),
        ("", noAuthentication),
        ("Bearer", noAuthentication),
        ("Basic dXNlcjpwYXNz", noAuthentication),
        ("Bearer a b", noAuthentication),
        (TestUser.ana.token, noAuthentication),
        ("Bearer 0000000000000000000000000000000000000000", unknown),
        ("Bearer \(TestUser.ana.token.uppercased())", unknown),
        ("Bearer \(TestOffice.expiredToken)", expired),
    ])
    func `without a token in force nobody is let in`(
        field: String?,
        message: String
    ) async throws {
        var headers = HTTPFields()
        headers[.authorization] = field
        for method in [HTTPRequest.Method.get, .post, .options] {
            let path = "/api/v1/scheduled/tasks"
            let answer = try await server.send(method, path, headers: headers)
            #expect(answer.status == 401)
            #expect(answer.headers[.wwwAuthenticate] == #"Bearer realm="Service""#)
            #expect(answer.text("name") == "NotAuthenticated")
            #expect(answer.text("message") == message)
            #expect(answer.isFeathersError)
        }
    }

    @Test func `a token in the query is not looked at`() async throws {
        let path = "/api/v1/scheduled/tasks?access_token=\(TestUser.ana.token)"
        let answer = try await server.send(.get, path, headers: [:])
        #expect(answer.status == 401)
    }

    @Test(arguments: ["bearer", "BEARER"])
    func `the scheme is known in any letters`(scheme: String) async throws {
        let headers: HTTPFields = [.authorization: "\(scheme) \(TestUser.ana.token)"]
        let answer = try await server.send(.get, "/api/v1/scheduled/tasks", headers: headers)
        #expect(answer.status == 200)
    }

    @Test(.server) func `a deactivated user is let in for at most one more second`()
        async throws
    {
        let user = try await server.newUser()
        #expect(try await server.get("/scheduled/tasks", as: user).status == 200)
        try await server.importDocument(#"{"users": [{"id": \#(user.id), "deleted": true}]}"#)
        server.clock.advance(by: .seconds(1))
        #expect(try await server.get("/scheduled/tasks", as: user).status == 401)
    }

    @Test(.server) func `a token expires when the clock says so`() async throws {
        try await server.importDocument(
            """
            {"tokens": [{"token": "44aa61e4c9b93f3f0682250b6cf8331b7ee68fd8", "user": 3,
                         "expiresAt": "2030-01-01T00:00:00Z"}]}
            """
        )
        let user = TestUser.cleo.with("44aa61e4c9b93f3f0682250b6cf8331b7ee68fd8")
        #expect(try await server.get("/scheduled/tasks", as: user).status == 200)
        server.clock.advance(by: .seconds(12 * 366 * 86_400))
        let refused = try await server.get("/scheduled/tasks", as: user)
        #expect(refused.status == 401)
        #expect(refused.text("message") == Self.expired)
    }

    @Test func `the token of a location is not one of a user`() async throws {
        let location = TestUser.ana.with(TestOffice.locationToken)
        let answer = try await server.get("/scheduled/tasks", as: location)
        #expect(answer.status == 403)
        #expect(answer.isFeathersError)
    }

    @Test(arguments: [HTTPRequest.Method.post, .patch, .put, .delete])
    func `a token for reading changes nothing`(method: HTTPRequest.Method) async throws {
        let reader = TestUser.ana.with(TestOffice.readToken)
        for path in ["/scheduled/tasks", "/scheduled/tasks/1", "/task-categories/6"] {
            let answer = try await server.send(method, path, as: reader, "{}")
            #expect(answer.status == 403)
            #expect(
                answer.text("message") == "Insufficient scope: authorized scope is insufficient"
            )
        }
    }

    @Test func `a token for reading reads`() async throws {
        let reader = TestUser.ana.with(TestOffice.readToken)
        for path in ["/scheduled/tasks", "/scheduled/events", "/task-categories"] {
            #expect(try await server.get(path, as: reader).status == 200)
            #expect(try await server.send(.head, path, as: reader).status == 200)
        }
    }

    @Test func `a token for writing reads and writes`() async throws {
        let writer = TestUser.ana.with(TestOffice.writeToken)
        let created = try await server.post("/scheduled/tasks", .task(for: .ana), as: writer)
        #expect(created.status == 201)
        let shown = try await server.get("/scheduled/tasks/\(created.id)", as: writer)
        #expect(shown.text == created.text)
    }
}
