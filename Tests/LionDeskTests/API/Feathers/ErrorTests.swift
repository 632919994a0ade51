import HTTPTypes
import JSON
import ServerTestSupport
import Testing

/// Which requests are refused, and with which error.
@Suite(.server) struct ErrorTests {
    private let server: TestServer
    private let user: TestUser

    init() async throws {
        server = try .current
        user = try await server.newUser()
    }

    // MARK: Bodies

    @Test(
        arguments: [
            ("", ["assigned_user_id", "due_at", "description", "status"]),
            ("{}", ["assigned_user_id", "due_at", "description", "status"]),
            (#"{"description":"x"}"#, ["assigned_user_id", "due_at", "status"]),
            (
                #"{"assigned_user_id":"x","due_at":"2021-02-30","description":[],"status":"open"}"#,
                ["assigned_user_id", "due_at", "description", "status"]
            ),
        ]
    )
    func `every field that is wrong or missing is told, and nothing is made`(
        body: String,
        fields: [String]
    ) async throws {
        let answer = try await server.send(.post, "/scheduled/tasks", as: user, body)
        #expect(answer.status == 400)
        #expect(answer.text("message") == "Validation failed")
        #expect(answer["errors"]?.object?.members.map(\.name) == fields)
        #expect(answer.isFeathersError)
        #expect(try await server.get("/scheduled/tasks", as: user).total == 0)
    }

    @Test(arguments: [
        "{", "{]", "nonsense", "{\"a\":1}}", "{'a':1}", "\u{0}", "{\"a\":\"\u{1}\"}",
        String(repeating: "[", count: 1000),
        String(repeating: "{\"a\":", count: 17) + "1" + String(repeating: "}", count: 17),
    ])
    func `a body that is no JSON is the client's mistake`(body: String) async throws {
        let made = try await server.post("/scheduled/tasks", .task(for: user), as: user)
        for (method, path) in [
            (HTTPRequest.Method.post, "/scheduled/tasks"),
            (.patch, "/scheduled/tasks/\(made.id)"), (.put, "/scheduled/tasks/\(made.id)"),
            (.delete, "/scheduled/tasks/\(made.id)"), (.post, "/task-categories"),
        ] {
            let answer = try await server.send(method, path, as: user, body)
            #expect(answer.status == 400)
            #expect(answer.text("name") == "BadRequest")
            #expect(answer.isFeathersError)
        }
        #expect(try await server.get("/scheduled/tasks/\(made.id)", as: user).text == made.text)
    }

    @Test(arguments: ["[]", "[{}]", "[1]"])
    func `many tasks are not made at once`(body: String) async throws {
        let answer = try await server.send(.post, "/scheduled/tasks", as: user, body)
        #expect(answer.status == 405)
        #expect(answer.text("message") == "Can not create multiple entries")
    }

    @Test(arguments: ["1", #""x""#, "true", "null"])
    func `a body that is no object is refused`(body: String) async throws {
        let answer = try await server.send(.post, "/scheduled/tasks", as: user, body)
        #expect(answer.status == 400)
        #expect(answer.text("message") == "The request body must be an object")
    }

    @Test func `a body has a hundred kilobytes at most`() async throws {
        let notes = String(repeating: "x", count: 102_400)
        let body = JSONObject.task(for: user).with(["nosuch": .string(notes)])
        let answer = try await server.post("/scheduled/tasks", body, as: user)
        #expect(answer.status == 400)
        #expect(answer.text("message") == "The request body is larger than 102400 bytes")
        let shorter = body.with(["nosuch": .string(String(notes.dropLast(1000)))])
        #expect(try await server.post("/scheduled/tasks", shorter, as: user).status == 201)
    }

    @Test(arguments: [
        "application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=utf-8",
    ])
    func `a form says the same as JSON`(contentType: String) async throws {
        let form = """
            assigned_user_id=\(user.number)&due_at=2018-12-16T12%3A00%3A00&description=Call+back\
            &status=incomplete&is_all_day=true&contact_id=&category_id=2
            """
        let answer = try await server.send(
            .post,
            "/scheduled/tasks",
            as: user,
            form,
            contentType: contentType
        )
        #expect(answer.status == 201)
        #expect(answer.text("description") == "Call back")
        #expect(answer["is_all_day"] == .bool(true))
        #expect(answer["contact_id"] == .null)
        #expect(answer.text("category_id") == "2")
    }

    @Test(arguments: ["description", "notes"])
    func `a text of more than two thousand characters is refused`(name: String) async throws {
        let text = String(repeating: "é", count: 2000)
        let body = JSONObject.task(for: user).with([name: .string(text)])
        let created = try await server.post("/scheduled/tasks", body, as: user)
        #expect(created.status == 201)
        #expect(created.text(name) == text)
        let longer = body.with([name: .string(text + "x")])
        let refused = try await server.post("/scheduled/tasks", longer, as: user)
        #expect(refused.status == 400)
        #expect(refused["errors"] == .object([name: "is longer than 2000 characters"]))
    }

    // MARK: Queries

    @Test func `a query has a thousand parameters at most, and a list a thousand values`()
        async throws
    {
        let thousand = Array(repeating: "status=complete", count: 1000).joined(separator: "&")
        #expect(try await server.get("/scheduled/tasks?\(thousand)", as: user).status == 200)
        let more = try await server.get("/scheduled/tasks?\(thousand)&$limit=1", as: user)
        #expect(more.status == 400)
        #expect(more.isFeathersError)
        let list = Array(repeating: "1", count: 1001).joined(separator: ",")
        let long = try await server.get("/scheduled/tasks?reminder_types[$in]=\(list)", as: user)
        #expect(long.status == 400)
        #expect(
            long["errors"] == .object(["reminder_types": "lists more than 1000 values"])
        )
    }

    // MARK: Methods and paths

    @Test(
        arguments: [
            (.patch, "/scheduled/tasks", 405, "Can not patch multiple entries"),
            (.delete, "/scheduled/tasks", 405, "Can not remove multiple entries"),
            (
                .put, "/scheduled/tasks", 400,
                "You can not replace multiple instances. Did you mean 'patch'?"
            ),
            (
                .post, "/scheduled/tasks/5", 405,
                "Method `POST` is not supported by this endpoint."
            ),
            (
                .options, "/scheduled/tasks", 405,
                "Method `OPTIONS` is not supported by this endpoint."
            ),
            (
                .options, "/scheduled/tasks/5", 405,
                "Method `OPTIONS` is not supported by this endpoint."
            ),
            (.trace, "/scheduled/tasks", 405, "Method `TRACE` is not supported by this endpoint."),
            (
                .post, "/scheduled/events", 405,
                "Method `POST` is not supported by this endpoint."
            ),
            (
                .delete, "/scheduled/events/1", 405,
                "Method `DELETE` is not supported by this endpoint."
            ),
            (.patch, "/task-categories", 405, "Can not patch multiple entries"),
            (.delete, "/task-categories", 405, "Can not remove multiple entries"),
        ] as [(HTTPRequest.Method, String, Int, String)]
    )
    func `a method that a path does not have is refused`(
        method: HTTPRequest.Method,
        path: String,
        status: Int,
        message: String
    ) async throws {
        let answer = try await server.send(method, path, as: user, "{}")
        #expect(answer.status == status)
        #expect(answer.text("message") == message)
        #expect(answer.isFeathersError)
        let allowed = answer.headers[.allow]?.split(separator: ", ") ?? []
        #expect(allowed.contains("GET") == (status == 405))
        #expect(!allowed.contains(method.rawValue[...]))
    }

    @Test func `HEAD is answered as GET is, without the body`() async throws {
        let made = try await server.post("/scheduled/tasks", .task(for: user), as: user)
        for path in ["/scheduled/tasks", "/scheduled/tasks/\(made.id)", "/scheduled/tasks/0"] {
            let get = try await server.get(path, as: user)
            let head = try await server.send(.head, path, as: user)
            #expect(head.status == get.status)
            #expect(head.text.isEmpty)
            #expect(head.headers[.contentType] == get.headers[.contentType])
            #expect(head.headers[.contentLength] == String(get.text.utf8.count))
        }
    }

    @Test(arguments: [
        "/api/v1//scheduled//tasks", "//api/v1/scheduled/tasks", "/api/v1/scheduled/tasks/",
        "/api/v1/scheduled/tasks//", "/api/v1/scheduled/tasks/?$limit=1",
    ])
    func `slashes may be doubled and trail`(path: String) async throws {
        let headers: HTTPFields = [.authorization: "Bearer \(user.token)"]
        let answer = try await server.send(.get, path, headers: headers)
        #expect(answer.status == 200)
        #expect(answer.total == 0)
    }

    @Test(arguments: [
        "/api/v1", "/api/v1/", "/api/v1/tasks", "/api/v1/scheduled", "/api/v1/scheduled/nosuch",
        "/api/v1/scheduled/tasks/1/notes", "/api/v1/task-categories/1/2", "/api/v1/Scheduled/Tasks",
        "/api/v1/scheduled/scheduled/tasks", "/api/v1/events", "/api", "/api/",
        "/api/v2/scheduled/tasks", "/api/scheduled/tasks",
    ])
    func `another path is not found`(path: String) async throws {
        let headers: HTTPFields = [.authorization: "Bearer \(user.token)"]
        let answer = try await server.send(.get, path + "?a=1", headers: headers)
        #expect(answer.status == 404)
        #expect(answer.text("message") == "Page not found")
        #expect(answer["data"] == .object(["url": .string(path + "?a=1")]))
        #expect(answer.isFeathersError)
    }

    @Test(arguments: ["/", "/apis", "/index.html", "/nosuch"])
    func `a path outside the API is answered with 404`(path: String) async throws {
        let answer = try await server.send(.get, path, headers: [:])
        #expect(answer.status == 404)
        #expect(answer.text == #"{"message":"Page not found"}"#)
    }

    @Test(arguments: [
        "0", "-1", "999999999", "abc", "568225fbfe21222432e836ff", "1.0", "01", "+1", "1e3",
        "9223372036854775807", "9223372036854775808", "99999999999999999999", "'",
    ])
    func `an identifier that no task has is not found`(id: String) async throws {
        let path = "/scheduled/tasks/\(id)"
        let body = JSONObject.task(for: user)
        for answer in [
            try await server.get(path, as: user), try await server.patch(path, body, as: user),
            try await server.put(path, body, as: user), try await server.delete(path, as: user),
        ] {
            #expect(answer.status == 404)
            #expect(answer.text("message") == "No record found for id '\(id)'")
            #expect(answer.isFeathersError)
        }
    }

    @Test(arguments: ["text/html", "*/*", "application/xml"])
    func `an error is JSON, whatever the client would like`(accept: String) async throws {
        let headers: HTTPFields = [.authorization: "Bearer \(user.token)", .accept: accept]
        let path = "/api/v1/scheduled/tasks/0"
        let answer = try await server.send(.get, path, headers: headers)
        #expect(answer.headers[.contentType] == "application/json; charset=utf-8")
        #expect(answer.isFeathersError)
    }
}
