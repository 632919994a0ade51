import HTTPServing
import HTTPTypes
import JSON
import ServerTestSupport
import Testing

/// What is common to every call.
@Suite(.server) struct FrameTests {
    private let server: TestServer

    init() throws {
        server = try .current
    }

    @Test(arguments: ["", "/", "/nothing", "/me/more", "/users/1/tasks", "/%2e%2e"])
    func `a path that does not exist is not found`(path: String) async throws {
        let answer = try await server.send(.get, path, headers: [:])
        #expect(answer.status == 404)
        #expect(answer.isProblem)
        #expect(answer.problem == "not-found")
    }

    @Test(arguments: [HTTPRequest.Method.post, .put, .patch, .delete])
    func `a path tells which methods it has`(method: HTTPRequest.Method) async throws {
        let answer = try await server.send(method, "/me", headers: [:])
        #expect(answer.status == 405)
        #expect(answer.isProblem)
        #expect(answer.headers[.allow] == "GET, HEAD, OPTIONS")
    }

    @Test func `OPTIONS answers the methods of a path`() async throws {
        let answer = try await server.send(.options, "/series", headers: [:])
        #expect(answer.status == 204)
        #expect(answer.headers[.allow] == "GET, POST, HEAD, OPTIONS")
        #expect(answer.text.isEmpty)
    }

    @Test(arguments: [
        (nil, "There is no field `Authorization`."),
        ("Basic YTpi", "The field `Authorization` has no bearer token."),
        ("Bearer", "The field `Authorization` has no bearer token."),
        ("Bearer a b", "The field `Authorization` has no bearer token."),
        ("Bearer nobody's", "The token is unknown or was revoked."),
        ("Bearer \(Caller.expired.token)", "The token has expired."),
    ])
    func `a request needs a token in force`(field: String?, detail: String) async throws {
        var headers: HTTPFields = [:]
        headers[.authorization] = field
        let answer = try await server.send(.get, "/me", headers: headers)
        #expect(answer.status == 401)
        #expect(answer.isProblem)
        #expect(answer.text("detail") == detail)
        #expect(answer.headers[.wwwAuthenticate] == #"Bearer realm="perennial""#)
    }

    @Test func `a user's token tells whose it is`() async throws {
        let answer = try await server.get("/me")
        #expect(answer.status == 200)
        #expect(answer.record("user").text("name") == "Ana Maria Bo")
        #expect(answer.record("user").text("id") == "1")
        #expect(
            answer.record("location") == [
                "id": .string(TestOffice.location), "name": "Acme Realty",
                "timeZone": "America/Los_Angeles", "requiresMatch": .bool(false),
                "reminders": .null,
            ]
        )
        #expect(answer.text("role") == "agent")
        #expect(
            answer["scopes"]
                == .array([
                    "tasks.read", "tasks.write", "directory.read", "tokens.write", "reminders.read",
                ])
        )
    }

    @Test func `a location's token is no user's`() async throws {
        let answer = try await server.get("/me", as: .office)
        #expect(answer["user"] == .null)
        #expect(answer["role"] == .null)
        #expect(answer["scopes"].map { "\($0)".contains("settings.write") } == true)
    }

    @Test(arguments: [
        ("tasks.read", ["tasks.read"]), ("tasks.write", ["tasks.write"]),
        ("directory.read", ["directory.read"]), ("read", ["tasks.read"]),
        ("write", ["tasks.write"]), ("contacts.readonly", ["tasks.read"]),
        ("contacts.write", ["tasks.write"]), ("recurring-tasks.readonly", ["tasks.read"]),
        ("recurring-tasks.write", ["tasks.write"]), ("locations/tasks.readonly", ["tasks.read"]),
        ("users.readonly", []),
    ])
    func `scopes of the dialects mean scopes of the API`(
        scope: String,
        meaning: [String]
    ) async throws {
        let answer = try await server.get("/me", as: .scoped(scope))
        #expect(answer["scopes"] == .array(meaning.map { .string($0) }))
    }

    @Test func `a token without the scope is refused`() async throws {
        let answer = try await server.get("/users", as: .powerless)
        #expect(answer.status == 403)
        #expect(answer.isProblem)
        #expect(answer.text("detail") == "It needs the scope `directory.read`.")
    }

    @Test(arguments: ["/me", "/users/1"])
    func `what a client has already is not sent again`(path: String) async throws {
        let answer = try await server.get(path)
        let tag = try #require(answer.headers[.eTag])
        #expect(tag.hasPrefix("\"") && tag.hasSuffix("\"") && tag.count == 34)
        for field in [tag, "\"other\", \(tag)", "W/\(tag)", "*"] {
            let again = try await server.get(path, [.ifNoneMatch: field])
            #expect(again.status == 304, "\(field)")
            #expect(again.text.isEmpty)
            #expect(again.headers[.eTag] == tag)
        }
        let other = try await server.get(path, [.ifNoneMatch: "\"other\""])
        #expect(other.status == 200)
    }

    @Test func `a record has its tag in it`() async throws {
        let answer = try await server.get("/users/1")
        #expect(answer.record("user").text("etag") == answer.headers[.eTag])
    }

    @Test func `HEAD answers as GET does, without the body`() async throws {
        let answer = try await server.get("/users/1")
        let head = try await server.send(.head, "/users/1", as: .ana)
        #expect(head.status == 200)
        #expect(head.text.isEmpty)
        #expect(head.headers[.eTag] == answer.headers[.eTag])
        #expect(head.headers[.contentLength] == String(answer.text.utf8.count))
    }

    @Test(.server(limits: RateLimits(perInterval: 2, perDay: 0)))
    func `a location that asks too often has to wait`() async throws {
        let server = try TestServer.current
        for _ in 0..<2 { #expect(try await server.get("/me").status == 200) }
        let answer = try await server.get("/me", as: .ben)
        #expect(answer.status == 429)
        #expect(answer.isProblem)
        #expect(answer.headers[.retryAfter] == "11")
        #expect(try await server.get("/me", as: .olga).status == 200)
    }
}
