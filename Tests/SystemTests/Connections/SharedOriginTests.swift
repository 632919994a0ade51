import Foundation
import Testing

/// Pages of other origins, as a browser asks for them over a socket.
struct SharedOriginTests {
    private static let page = "https://app.example.com"

    private static func answer(
        of server: ServerProcess,
        _ line: String,
        _ fields: String...
    ) throws -> String {
        let connection = try BareConnection(to: server.port)
        let head = ([line, "Host: a", "Connection: close"] + fields).map { "\($0)\r\n" }.joined()
        try connection.write(head + "\r\n")
        return try connection.readToEnd().lowercased()
    }

    @Test(arguments: ["/api/v1/scheduled/tasks/5", "/contacts/a/tasks/b/completed"])
    func `a page of a configured origin may ask both dialects`(path: String) async throws {
        let deployment = try Deployment()
        let server = try await deployment.serve("--cors-origins", "http://a.example,\(Self.page)")
        let preflight = try Self.answer(
            of: server,
            "OPTIONS \(path) HTTP/1.1",
            "Origin: \(Self.page)",
            "Access-Control-Request-Method: PUT",
            "Access-Control-Request-Headers: authorization,version"
        )
        #expect(preflight.hasPrefix("http/1.1 204 "))
        #expect(preflight.contains("\r\naccess-control-allow-origin: \(Self.page)\r\n"))
        // RFC 9110, section 8.6: no length where there can be no content.
        #expect(!preflight.contains("content-length") && preflight.hasSuffix("\r\n\r\n"))

        let refusal = try Self.answer(of: server, "PUT \(path) HTTP/1.1", "Origin: \(Self.page)")
        #expect(refusal.hasPrefix("http/1.1 401 "))
        #expect(refusal.contains("\r\naccess-control-allow-origin: \(Self.page)\r\n"))
        #expect(refusal.contains("\r\nvary: origin\r\n"))
        try await server.stop()
    }

    @Test func `without the setting no page may ask`() async throws {
        let deployment = try Deployment()
        let server = try await deployment.serve()
        let preflight = try Self.answer(
            of: server,
            "OPTIONS \(Client.tasks) HTTP/1.1",
            "Origin: \(Self.page)",
            "Access-Control-Request-Method: GET"
        )
        #expect(preflight.hasPrefix("http/1.1 401 "))
        #expect(!preflight.contains("access-control-") && !preflight.contains("vary"))
        try await server.stop()
    }

    @Test func `the setting may be a variable`() async throws {
        let deployment = try Deployment()
        let server = try await deployment.serve(environment: ["PERENNIAL_CORS_ORIGINS": "*"])
        let answer = try Self.answer(of: server, "GET /nosuch HTTP/1.1", "Origin: \(Self.page)")
        #expect(answer.hasPrefix("http/1.1 404 "))
        #expect(answer.contains("\r\naccess-control-allow-origin: *\r\n"))
        try await server.stop()
    }
}
