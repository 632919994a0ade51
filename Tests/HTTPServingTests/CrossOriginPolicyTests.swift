import HTTPServing
import HTTPTypes
import Hummingbird
import ServerTestSupport
import Testing

/// What browsers are told of pages of other origins.
@Suite struct CrossOriginPolicyTests {
    private static let page = "https://app.example.com"
    private static let stranger = "https://evil.example.com"

    private func serving(_ origins: String?) throws -> Serving {
        let policy = try origins.map { try CrossOriginPolicy(listing: $0) }
        let mount = Serving.Mount(prefix: ["refusing"], responder: Refusing())
        return Serving([mount], crossOrigin: policy)
    }

    private func preflight(_ path: String, from origin: String?) -> Request {
        var headers: HTTPFields = [
            .accessControlRequestMethod: "PATCH",
            .accessControlRequestHeaders: "authorization,content-type,version",
        ]
        headers[.origin] = origin
        return Request(.options, path, headers)
    }

    @Test(arguments: ["/refusing/tasks", "/api/v1/scheduled/tasks/5", "/contacts/a/tasks"])
    func `a preflight is answered without a token`(path: String) async throws {
        let request = preflight(path, from: Self.page)
        let answer = try await Answer(to: request, from: serving("http://a,\(Self.page)"))
        #expect(answer.status == 204)
        #expect(answer.text.isEmpty)
        #expect(answer.headers[.accessControlAllowOrigin] == Self.page)
        #expect(answer.headers[.vary] == "Origin")
        #expect(answer.headers[.accessControlMaxAge] == "7200")
        let methods = answer.headers[.accessControlAllowMethods]?.split(separator: ", ") ?? []
        #expect(methods == ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
        let fields = answer.headers[.accessControlAllowHeaders]?.split(separator: ", ") ?? []
        for name in ["Authorization", "Content-Encoding", "Content-Type", "Version"] {
            #expect(fields.contains(name[...]))
        }
    }

    @Test(arguments: ["/refusing/tasks", "/nowhere"])
    func `errors can be read by the page, too`(path: String) async throws {
        let request = Request(.get, path, [.origin: Self.page])
        let answer = try await Answer(to: request, from: serving(Self.page))
        #expect(answer.status >= 400)
        #expect(answer.headers[.accessControlAllowOrigin] == Self.page)
        #expect(answer.headers[.accessControlExposeHeaders] == "*")
        #expect(answer.headers[.vary] == "Origin")
        #expect(answer.headers[.accessControlAllowMethods] == nil)
    }

    @Test(arguments: [stranger, "null", "https://app.example.com:8443", "HTTPS://APP.EXAMPLE.COM"])
    func `another origin is told nothing`(origin: String) async throws {
        let serving = try serving(Self.page)
        for request in [
            Request(.get, "/refusing", [.origin: origin]), preflight("/refusing", from: origin),
        ] {
            let answer = try await Answer(to: request, from: serving)
            #expect(answer.status == 401)
            #expect(!answer.allows)
            #expect(answer.headers[.vary] == "Origin")
        }
    }

    @Test func `a request that no page sent is answered as ever`() async throws {
        for request in [Request(.get, "/refusing"), preflight("/refusing", from: nil)] {
            let answer = try await Answer(to: request, from: serving(Self.page))
            #expect(answer.status == 401)
            #expect(!answer.allows)
            #expect(answer.headers[.vary] == "Origin")
        }
    }

    @Test func `a star lets every page`() async throws {
        let serving = try serving("*")
        let preflight = try await Answer(
            to: preflight("/refusing", from: Self.stranger),
            from: serving
        )
        #expect(preflight.status == 204)
        #expect(preflight.headers[.accessControlAllowOrigin] == "*")
        let request = Request(.get, "/refusing", [.origin: Self.stranger])
        let answer = try await Answer(to: request, from: serving)
        #expect(answer.headers[.accessControlAllowOrigin] == "*")
        // What every page is told alike depends on none.
        #expect(answer.headers[.vary] == nil)
    }

    @Test func `without a policy nothing is said`() async throws {
        for request in [
            Request(.get, "/refusing", [.origin: Self.page]),
            preflight("/refusing", from: Self.page),
        ] {
            let answer = try await Answer(to: request, from: serving(nil))
            #expect(answer.status == 401)
            #expect(!answer.allows)
            #expect(answer.headers[.vary] == nil)
        }
    }

    @Test(arguments: [
        "http://localhost:3000", "https://a.example", "http://[::1]:8080", "http://127.0.0.1:5173",
        "chrome-extension://abcdefghijklmnop", "https://a.example, https://b.example", "*",
    ])
    func `an origin is what a browser sends`(text: String) throws {
        #expect(throws: Never.self) { try CrossOriginPolicy(listing: text) }
    }

    @Test(arguments: [
        ("", ""), (" , ", ""), ("app.example.com", "app.example.com"),
        ("https://app.example.com/", "https://app.example.com/"),
        ("https://App.example.com", "https://App.example.com"),
        ("https://a.example:443", "https://a.example:443"),
        ("http://a.example:80", "http://a.example:80"), ("http://a:0", "http://a:0"),
        ("https://a.example,*", "*"), ("null", "null"),
        ("https://*.a.example", "https://*.a.example"),
        ("https://u@a.example", "https://u@a.example"),
    ])
    func `another text is refused and named`(text: String, named: String) throws {
        let error = try #require(throws: MalformedOrigin.self) {
            try CrossOriginPolicy(listing: text)
        }
        #expect(error.text == named || named.isEmpty)
    }
}

extension Answer {
    /// Whether anything in it lets a page read it or send a request.
    fileprivate var allows: Bool {
        headers.contains { $0.name.canonicalName.hasPrefix("access-control-") }
    }
}

/// Refuses every request, as a dialect does without a token.
private struct Refusing: HTTPResponder {
    func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
        Response(status: .unauthorized)
    }
}
