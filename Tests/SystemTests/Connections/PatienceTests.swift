import Foundation
import Testing

/// How long the server waits for a client, and what it takes of one that it has refused.
struct PatienceTests {
    private static let short = [
        "--head-timeout", "1", "--body-timeout", "1", "--answer-timeout", "1",
        "--idle-timeout", "1", "--page-limit", "1000",
    ]

    /// Runs a test beside a server whose time limits are a second each.
    private static func withServer(
        _ test: (ServerProcess, _ token: String) async throws -> Void
    ) async throws {
        let deployment = try Deployment()
        let token = try await deployment.demo()
        let server = try await deployment.serve(short)
        try await test(server, token)
        #expect(try server.logEntries.allSatisfy { $0["level"] == "info" })
        try await server.stop()
    }

    /// Writes a byte every so often until the connection ends.
    ///
    /// The limits of time are wide, because the machine may be busy; without its own limits the server
    /// would wait for ever.
    private static func drip(
        _ connection: BareConnection,
        for limit: Duration = .seconds(40)
    ) async throws -> Duration {
        let began = ContinuousClock.now
        while began.duration(to: .now) < limit {
            guard (try? connection.write("x")) != nil else { break }
            try await Task.sleep(for: .milliseconds(50))
        }
        return began.duration(to: .now)
    }

    private static let soundHead = "GET /health HTTP/1.1\r\nHost: a\r\n"

    @Test func `a head that drips is given up`() async throws {
        try await Self.withServer { server, _ in
            let connection = try BareConnection(to: server.port)
            try connection.write(Self.soundHead + "X: ")
            #expect(try await Self.drip(connection) < .seconds(30))
            #expect(try connection.readToEnd().statuses == [408])
        }
    }

    @Test func `a second head that drips is given up`() async throws {
        try await Self.withServer { server, _ in
            let connection = try BareConnection(to: server.port)
            try connection.write(Self.soundHead + "\r\n")
            #expect(try connection.read(byteCount: 12) == "HTTP/1.1 200")
            #expect(try await Self.drip(connection) < .seconds(30))
        }
    }

    @Test(arguments: ["Content-Length: 1000", "Transfer-Encoding: chunked"])
    func `a body that drips is given up`(length: String) async throws {
        try await Self.withServer { server, token in
            let connection = try BareConnection(to: server.port)
            try connection.write(
                """
                POST \(Client.tasks) HTTP/1.1\r
                Host: a\r
                Authorization: Bearer \(token)\r
                \(length)\r
                \r
                400\r

                """
            )
            #expect(try await Self.drip(connection) < .seconds(30))
            #expect(try connection.readToEnd().statuses == [408])
        }
    }

    @Test(arguments: ["", soundHead + "\r\n"])
    func `a connection that says nothing is closed`(beginning: String) async throws {
        try await Self.withServer { server, _ in
            let began = ContinuousClock.now
            let connection = try BareConnection(to: server.port)
            try connection.write(beginning)
            #expect(try connection.readToEnd().statuses == (beginning.isEmpty ? [] : [200]))
            let time = began.duration(to: .now)
            #expect(time > .milliseconds(900) && time < .seconds(30))
        }
    }

    /// Makes a series whose tasks make an answer of 1.6 MB, and returns a request for it.
    private static func longAnswer(
        of server: ServerProcess,
        _ token: String,
        _ fields: String = ""
    ) async throws -> String {
        let text = String(repeating: "x", count: 2000)
        _ = try await Client(of: server, token: token).create(text, rule: "FREQ=DAILY;COUNT=700")
        return """
            GET \(Client.tasks)?$limit=1000 HTTP/1.1\r
            Host: a\r
            Authorization: Bearer \(token)\r
            \(fields)\r

            """
    }

    @Test func `answers that nobody takes are given up`() async throws {
        try await Self.withServer { server, token in
            let request = try await Self.longAnswer(of: server, token)
            let connection = try BareConnection(to: server.port, receiveBufferBytes: 4096)
            try connection.write(String(repeating: request, count: 20))
            #expect(try await server.connectionCount(reaches: 0, within: .seconds(30)))
        }
    }

    @Test func `an answer that is taken slowly comes whole`() async throws {
        try await Self.withServer { server, token in
            let request = try await Self.longAnswer(of: server, token, "Connection: close\r\n")
            let connection = try BareConnection(to: server.port, receiveBufferBytes: 65_536)
            try connection.write(request)
            connection.endOutput()
            var answer = ""
            for _ in 0..<20 {
                answer += try connection.read(byteCount: 60_000)
                try await Task.sleep(for: .milliseconds(100))
            }
            answer += try connection.readToEnd()
            #expect(answer.utf8.count > 1_400_000)
            #expect(answer.hasPrefix("HTTP/1.1 200 "))
            // The last chunk of an answer that is sent in parts.
            #expect(answer.hasSuffix("\r\n0\r\n\r\n"))
        }
    }

    @Test func `a long answer to a client of HTTP 1.0 ends with the connection`() async throws {
        try await Self.withServer { server, token in
            let request = try await Self.longAnswer(of: server, token)
                .replacing("HTTP/1.1", with: "HTTP/1.0")
            let connection = try BareConnection(to: server.port)
            try connection.write(request)
            let answer = try connection.readToEnd()
            let parts = answer.split(separator: "\r\n\r\n", maxSplits: 1)
            #expect(parts.first?.hasPrefix("HTTP/1.0 200 ") == true)
            #expect(parts.first?.lowercased().contains("transfer-encoding") == false)
            let body = try JSONSerialization.jsonObject(with: Data((parts.last ?? "").utf8))
            let tasks = (body as? [String: Any])?["data"] as? [Any]
            #expect(tasks?.count ?? 0 >= 700)
        }
    }

    @Test(arguments: ["Content-Length: 100000000", "Transfer-Encoding: chunked"])
    func `of a body that is refused little is read`(length: String) async throws {
        try await Self.withServer { server, _ in
            let connection = try BareConnection(to: server.port)
            try connection.write(
                "POST \(Client.tasks) HTTP/1.1\r\nHost: a\r\n\(length)\r\n\r\n1000000\r\n"
            )
            let began = ContinuousClock.now
            let byteCount = connection.write(
                [UInt8](repeating: 0x20, count: 1 << 16),
                upTo: 100_000_000
            )
            // The kernel's buffers take some megabytes; the server reads 64 kB.
            #expect(byteCount < 32_000_000)
            #expect(began.duration(to: .now) < .seconds(30))
        }
    }

    @Test func `a client that sends on after a refusal can read it`() async throws {
        try await Self.withServer { server, _ in
            let connection = try BareConnection(to: server.port)
            try connection.write(
                "POST \(Client.tasks) HTTP/1.1\r\nHost: a\r\nContent-Length: 90000000\r\n\r\n"
            )
            try connection.write([UInt8](repeating: 0x20, count: 200_000))
            #expect(try connection.read(byteCount: 12) == "HTTP/1.1 401")
        }
    }
}
