import HTTPTypes
import HighLevel
import JSON
import ServerTestSupport
import Testing

/// Which requests are refused for their token, version, location or scope.
@Suite(.server) struct AccessTests {
    private let server: TestServer

    init() throws {
        server = try .current
    }

    // MARK: - Tokens

    @Test(arguments: [nil, "", "Bearer", "Basic YTpi", "Bearer a b", TestToken.full])
    func `without a bearer token nothing is answered`(field: String?) async throws {
        var headers: HTTPFields = try version("2021-07-28")
        headers[.authorization] = field
        let answer = try await server.send(.get, Path.recurringTasks, headers: headers)
        #expect(answer.status == 401)
        #expect(answer.isError && answer["error"] == "Unauthorized")
        #expect(answer.messages == ["Invalid token: access token is invalid"])
        #expect(answer.headers[.wwwAuthenticate] != nil)
    }

    @Test(arguments: [
        ("pit-9b6c1f0e-58c4-4f0e-9d35-1b2f6a7c8d9e", "Invalid Private Integration token"),
        (TestToken.expired, "Invalid Private Integration token"),
        ("eyJhbGciOiJSUzI1NiJ9.eyJhdXRoQ2xhc3MiOiJDb20ifQ.c2ln", "Invalid JWT"),
        ("eyJhbGciOiJSUzI1NiJ9.eyJhdXRoQ2xhc3MiOiJDb20ifQ", "Invalid Private Integration token"),
        ("a.b.c", "Invalid Private Integration token"),
    ])
    func `a token that is not in force is refused as its kind`(
        token: String,
        message: String
    ) async throws {
        let answer = try await server.get(Path.recurringTasks, token)
        #expect(answer.status == 401)
        #expect(answer.isError && answer.messages == [message])
    }

    @Test func `a token of OAuth's form is taken like any other`() async throws {
        #expect(try await server.get(Path.recurringTasks, TestToken.jwt).status == 200)
    }

    @Test func `a user's token is not a location's`() async throws {
        let answer = try await server.get(Path.recurringTasks, TestToken.ofUser)
        #expect(answer.status == 401)
        #expect(answer.messages == ["Token's user type mismatch!"])
    }

    // MARK: - Versions

    @Test(arguments: ["2021-07-28", "2021-04-15", "2023-02-21", "v3"])
    func `each published version is taken`(version: String) async throws {
        for path in [Path.recurringTasks, Path.tasks()] {
            #expect(try await server.send(.get, path, version: version).status == 200)
        }
        let search = try await server.send(.post, Path.search, version: version, body: "{}")
        #expect(search.status == 200)
    }

    @Test(arguments: ["", "2021-07-29", "V3", "legacy", "2021-07-28, v3", "1.0"])
    func `another version is refused`(version: String) async throws {
        let answer = try await server.send(.get, Path.recurringTasks, version: version)
        #expect(answer.status == 401)
        #expect(answer.messages == ["version header is invalid"])
    }

    @Test func `a request without a version is refused`() async throws {
        let headers: HTTPFields = [.authorization: "Bearer \(TestToken.full)"]
        let answer = try await server.send(.get, Path.recurringTasks, headers: headers)
        #expect(answer.status == 401)
        #expect(answer.messages == ["version header was not found."])
    }

    // MARK: - Locations

    @Test(arguments: [TestOffice.otherLocation, "nosuchLocation000001", "x", "%00"])
    func `another location is refused, be there one or not`(name: String) async throws {
        for answer in [
            try await server.get("/locations/\(name)/recurring-tasks"),
            try await server.post("/locations/\(name)/tasks/search", "{}"),
            try await server.delete("/locations/\(name)/recurring-tasks/x"),
            try await server.get("/locations/\(name)"),
            try await server.get("/locations/\(name)/tasks"),
            try await server.get("/contacts/?locationId=\(name)"),
            try await server.get("/users/?locationId=\(name)"),
        ] {
            #expect(answer.status == 403)
            #expect(answer.isError && answer["error"] == "Forbidden")
            #expect(answer.messages == ["The token does not have access to this location."])
        }
    }

    // MARK: - Scopes

    private static let requests: [(HTTPRequest.Method, String, scope: String)] = [
        (.get, Path.recurringTasks, "recurring-tasks.readonly"),
        (.get, Path.recurringTask("x"), "recurring-tasks.readonly"),
        (.head, Path.recurringTasks, "recurring-tasks.readonly"),
        (.post, Path.recurringTasks, "recurring-tasks.write"),
        (.put, Path.recurringTask("x"), "recurring-tasks.write"),
        (.delete, Path.recurringTask("x"), "recurring-tasks.write"),
        (.post, Path.search, "locations/tasks.readonly"),
        (.get, Path.tasks(), "contacts.readonly"),
        (.get, Path.task("x"), "contacts.readonly"),
        (.post, Path.tasks(), "contacts.write"),
        (.put, Path.task("x"), "contacts.write"),
        (.put, "\(Path.task("x"))/completed", "contacts.write"),
        (.delete, Path.task("x"), "contacts.write"),
        (.get, "/locations/\(TestOffice.location)", "locations.readonly"),
        (.get, "/locations/\(TestOffice.location)/tasks", "locations/tasks.readonly"),
        (.get, "/contacts/", "contacts.readonly"),
        (.get, "/contacts/x", "contacts.readonly"),
        (.get, "/users/", "users.readonly"),
        (.head, "/users/x", "users.readonly"),
    ]

    @Test(arguments: requests)
    func `a token with scopes needs the operation's own`(
        method: HTTPRequest.Method,
        path: String,
        scope: String
    ) async throws {
        for other in TestToken.scopes {
            let answer = try await server.send(method, path, TestToken.scoped(other))
            #expect((answer.status != 401) == (other == scope), "\(other): \(answer.text)")
            if other != scope, method != .head {
                #expect(answer.messages == ["The token is not authorized for this scope."])
            }
        }
    }

    @Test(.server(HighLevelOptions(recurringTasksNeedScopes: false)))
    func `a deployment may ask for no scope, as published`() async throws {
        let server = try TestServer.current
        let token = TestToken.scoped("contacts.write")
        #expect(try await server.get(Path.recurringTasks, token).status == 200)
        #expect(try await server.get(Path.tasks(), token).status == 401)
    }

    // MARK: - Order

    @Test func `what is refused first is told`() async throws {
        let nowhere = "/locations/x/recurring-tasks"
        let scoped = TestToken.scoped("contacts.write")
        #expect(try await server.send(.patch, nowhere, "bad", version: "").status == 404)
        #expect(
            try await server.send(.get, nowhere, "bad", version: "").messages
                == ["Invalid Private Integration token"]
        )
        #expect(
            try await server.send(.get, nowhere, scoped, version: "").messages
                == ["version header is invalid"]
        )
        #expect(try await server.get(nowhere, scoped).status == 403)
        #expect(
            try await server.send(.post, Path.recurringTasks, scoped, body: "{").messages
                == ["The token is not authorized for this scope."]
        )
        #expect(try await server.send(.post, Path.recurringTasks, body: "{").status == 400)
    }

    private func version(_ version: String) throws -> HTTPFields {
        [try #require(HTTPField.Name("Version")): version]
    }
}
