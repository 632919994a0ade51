import API
import HTTPServing
import HTTPTypes
import Hummingbird
import JSON
import ServerTestSupport
import Testing

/// The descriptions and the page, as they are served.
struct DescriptionPageTests {
    private let serving: Serving

    init() {
        let responder = DescriptionResponder()
        serving = Serving(
            DescriptionResponder.prefixes.map { prefix in
                Serving.Mount(prefix: prefix, responder: responder)
            },
            home: responder
        )
    }

    private func get(_ path: String, _ headers: HTTPFields = [:]) async throws -> Answer {
        try await Answer(to: Request(.get, path, headers, []), from: serving)
    }

    @Test(arguments: [
        ("/openapi.json", "/v1"), ("/openapi/liondesk.json", "/api/v1"),
        ("/openapi/highlevel.json", "/"),
    ])
    func `a description is served, and tells its own paths`(
        path: String,
        server: String
    ) async throws {
        let answer = try await get(path)
        #expect(answer.status == 200)
        #expect(answer.headers[.contentType] == "application/json")
        let value = try JSONValue(parsing: Array(answer.text.utf8), depthLimit: 64)
        #expect(value.object?["openapi"] == "3.1.0")
        guard case .array(let servers)? = value.object?["servers"] else {
            Issue.record("no servers")
            return
        }
        #expect(servers.first?.object?["url"] == .string(server))
        let tag = try #require(answer.headers[.eTag])
        #expect(try await get(path, [.ifNoneMatch: tag]).status == 304)
    }

    @Test func `the page has nothing from elsewhere, and nothing in it runs but its own file`()
        async throws
    {
        let page = try await get("/docs")
        #expect(page.status == 200)
        #expect(page.headers[.contentType] == "text/html; charset=utf-8")
        let policy = try #require(page.headers[.contentSecurityPolicy])
        #expect(policy.hasPrefix("default-src 'none'"))
        #expect(!policy.contains("unsafe"))
        for path in ["/docs", "/docs/docs.js", "/docs/docs.css"] {
            let text = try await get(path).text
            #expect(!text.contains("://"), "\(path)")
            #expect(!text.contains("innerHTML"))
        }
        #expect(!page.text.contains("onclick") && !page.text.contains("style="))
    }

    @Test(arguments: ["/docs/other", "/openapi/other.json", "/openapi"])
    func `what is not there is not found`(path: String) async throws {
        #expect(try await get(path).status == 404)
    }

    @Test func `the root leads a browser to the page, and others on`() async throws {
        let browser = try await get("/", [.accept: "text/html,application/xhtml+xml"])
        #expect(browser.status == 303)
        #expect(browser.headers[.location] == "/docs")
        let other = try await get("/")
        #expect(other.status == 200)
        #expect(other["openapi"] == "/openapi.json")
    }
}
