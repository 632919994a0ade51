import Foundation
import Testing

/// `Expect: 100-continue` (RFC 9110, section 10.1.1).
struct AwaitedBodyTests {
    private static func head(
        _ target: String = Client.tasks,
        token: String,
        length: String = "Content-Length: 2"
    ) -> String {
        """
        POST \(target) HTTP/1.1\r
        Host: a\r
        Authorization: Bearer \(token)\r
        Version: 2021-07-28\r
        Expect: 100-continue\r
        \(length)\r
        \r

        """
    }

    @Test(arguments: ["Content-Length: 2", "Transfer-Encoding: chunked"])
    func `a client is told to go on when its body is wanted`(length: String) async throws {
        let deployment = try Deployment()
        let token = try await deployment.demo()
        let server = try await deployment.serve()
        let connection = try BareConnection(to: server.port)
        try connection.write(Self.head(token: token, length: length))
        let word = "HTTP/1.1 100 Continue\r\n\r\n"
        #expect(try connection.read(byteCount: word.utf8.count) == word)
        try connection.write(length.hasSuffix("chunked") ? "2\r\n{}\r\n0\r\n\r\n" : "{}")
        try connection.write(RawRequest.last)
        #expect(try connection.readToEnd().statuses == [400, 200])
        try await server.stop()
    }

    @Test(arguments: [
        (Client.tasks, "none", "Content-Length: 2", 401),
        ("/nowhere", "none", "Content-Length: 2", 404),
        (Client.tasks, "TOKEN", "Content-Length: 200000", 400),
    ])
    func `a request that is refused before its body gets the refusal alone`(
        target: String,
        token: String,
        length: String,
        status: Int
    ) async throws {
        let deployment = try Deployment()
        let validToken = try await deployment.demo()
        let server = try await deployment.serve()
        let connection = try BareConnection(to: server.port)
        let token = token.replacing("TOKEN", with: validToken)
        try connection.write(Self.head(target, token: token, length: length))
        // Whether the body comes now is not to be known, so nothing more is read.
        #expect(try connection.readToEnd().statuses == [status])
        try await server.stop()
    }

    @Test func `a client that does not wait gets no word`() async throws {
        let deployment = try Deployment()
        let token = try await deployment.demo()
        let server = try await deployment.serve()
        let connection = try BareConnection(to: server.port)
        try connection.write(Self.head(token: token) + "{}" + RawRequest.last)
        #expect(try connection.readToEnd().statuses == [400, 200])
        try await server.stop()
    }
}
