import Foundation
import Testing

/// What comes over a socket, well-formed or not, is answered as HTTP asks, and desynchronizes nothing.
struct RawRequestTests {
    /// A server for all cases, so that each costs one connection.
    @Test
    func `a request is answered or refused, and the next on its connection read or not`()
        async throws
    {
        let deployment = try Deployment()
        let token = try await deployment.demo()
        let server = try await deployment.serve()
        for request in RawRequest.all {
            let connection = try BareConnection(to: server.port)
            // The server may have ended the connection before all was sent.
            try? connection.write(request.bytes(token: token) + Array(RawRequest.last.utf8))
            let statuses = try connection.readToEnd().statuses
            #expect(statuses == request.statuses, "\(request.name)")
        }
        let faults = try server.logEntries.filter { $0["level"] != "info" }
        #expect(faults.isEmpty, "none of it is a fault of the server: \(faults)")
        try await server.stop()
    }

    @Test func `the answer to HEAD ends with its head`() async throws {
        let deployment = try Deployment()
        let server = try await deployment.serve()
        let connection = try BareConnection(to: server.port)
        try connection.write("HEAD /nowhere HTTP/1.1\r\nHost: a\r\n\r\n" + RawRequest.last)
        let answers = try connection.readToEnd()
        #expect(answers.hasPrefix("HTTP/1.1 404"))
        #expect(answers.contains("\r\n\r\nHTTP/1.1 200"))
        try await server.stop()
    }

    @Test(arguments: ["Content-Length: 99", "Transfer-Encoding: chunked"], [false, true])
    func `a body that breaks off is nobody's fault`(
        length: String,
        isReset: Bool
    ) async throws {
        let deployment = try Deployment()
        let token = try await deployment.demo()
        let location = "ve9EPM428h8vShlRW1KT"
        let locationToken = try await deployment.output(
            of: "token",
            "issue",
            "--location",
            location
        )
        let server = try await deployment.serve()
        for (target, token) in [
            (Client.tasks, token), ("/locations/\(location)/recurring-tasks", locationToken),
        ] {
            let connection = try BareConnection(to: server.port)
            try connection.write(
                """
                POST \(target) HTTP/1.1\r
                Host: a\r
                Authorization: Bearer \(token)\r
                Version: 2021-07-28\r
                \(length)\r
                \r
                9\r
                {"status"
                """
            )
            if isReset {
                connection.reset()
            } else {
                connection.endOutput()
                #expect(try connection.readToEnd().statuses == [400])
            }
        }
        #expect(try await Client(of: server).send("GET", "/health").status == 200)
        try await server.stop()
        let troubles = try server.logEntries.filter { $0["level"] != "info" }
        #expect(troubles.isEmpty)
    }

    @Test func `a body in another protocol is not kept`() async throws {
        let deployment = try Deployment()
        let server = try await deployment.serve()
        let connection = try BareConnection(to: server.port)
        try connection.write(
            "GET /health HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n"
        )
        let byteCount = connection.write(
            [UInt8](repeating: 0, count: 1 << 16),
            upTo: 100_000_000
        )
        #expect(byteCount < 32_000_000)
        #expect(try server.memory < 200_000_000)
        try await server.stop()
    }
}
