import Foundation
import Glibc
import Testing

struct StoppingTests {
    private static let signals = [SIGTERM, SIGINT]

    @Test(arguments: signals)
    func `a server that is told to stop does not wait for idle connections`(
        signal: Int32
    ) async throws {
        let deployment = try Deployment()
        let server = try await deployment.serve()
        let connection = try BareConnection(to: server.port)
        try connection.write("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
        #expect(try connection.read(byteCount: 12) == "HTTP/1.1 200")

        let told = ContinuousClock.now
        server.signal(signal)
        #expect(try await server.end() == 0)
        #expect(told.duration(to: .now) < .seconds(5))
    }

    @Test(arguments: signals)
    func `a request under way is answered, and its task kept, before the server ends`(
        signal: Int32
    ) async throws {
        let deployment = try Deployment()
        let token = try await deployment.demo()
        let server = try await deployment.serve()
        let body = """
            {"assigned_user_id": "1", "due_at": "2030-01-01T09:00:00", "status": "incomplete", \
            "description": "Half told"}
            """
        let connection = try BareConnection(to: server.port)
        try connection.write(
            """
            POST \(Client.tasks) HTTP/1.1\r
            Host: localhost\r
            Authorization: Bearer \(token)\r
            Content-Type: application/json\r
            Content-Length: \(body.utf8.count)\r
            \r

            """
        )
        try connection.write(String(body.prefix(20)))
        // From outside one cannot see that the server has begun to read the request.
        try await Task.sleep(for: .milliseconds(300))

        let told = ContinuousClock.now
        server.signal(signal)
        try await Task.sleep(for: .milliseconds(300))
        try connection.write(String(body.dropFirst(20)))
        #expect(try connection.readToEnd().contains("HTTP/1.1 201 Created"))
        #expect(try await server.end() == 0)
        #expect(told.duration(to: .now) < .seconds(5))

        let successor = try await deployment.serve()
        let tasks = try await Client(of: successor, token: token).tasks()
        #expect(tasks.filter { $0.description == "Half told" }.count == 1)
        try await successor.stop()
    }

    @Test func `answers that are not sent yet come whole before the server ends`() async throws {
        let deployment = try Deployment()
        let token = try await deployment.demo()
        let server = try await deployment.serve("--page-limit", "60")
        // A control character is sent as six, so that 60 tasks are 700 kB in one part.
        let text = String(repeating: "\u{1}", count: 2000)
        _ = try await Client(of: server, token: token).create(text, rule: "FREQ=DAILY;COUNT=60")
        let request = """
            GET \(Client.tasks)?$limit=60&$sort[due_at]=1 HTTP/1.1\r
            Host: a\r
            Authorization: Bearer \(token)\r
            \r

            """
        // The kernel keeps some megabytes: the last of three or four answers is written and not sent.
        let connections = try [3, 4].map { count in
            let connection = try BareConnection(to: server.port, receiveBufferBytes: 4096)
            try connection.write(String(repeating: request, count: count))
            return connection
        }
        // From outside one sees that the server has written what it can by its doing nothing.
        try await server.wait {
            let used = try server.processorTime
            try await Task.sleep(for: .milliseconds(300))
            return try server.processorTime - used < .milliseconds(20)
        }

        let told = ContinuousClock.now
        server.signal(SIGTERM)
        try await Task.sleep(for: .milliseconds(100))
        let answers = try connections.map { connection in
            connection.setReceiveBuffer(bytes: 1 << 20)
            return try connection.readToEnd()
        }
        for answer in answers {
            #expect(answer.statuses.allSatisfy { $0 == 200 })
            #expect(answer.hasSuffix("}]}"), "the last is cut off")
        }
        #expect(try await server.end() == 0)
        #expect(told.duration(to: .now) < .seconds(5))
    }

    @Test func `answers that nobody takes do not hold the server for longer than five seconds`()
        async throws
    {
        let deployment = try Deployment()
        let token = try await deployment.demo()
        let server = try await deployment.serve("--page-limit", "1000")
        let text = String(repeating: "x", count: 2000)
        _ = try await Client(of: server, token: token).create(text, rule: "FREQ=DAILY;COUNT=30")
        let request = """
            GET \(Client.tasks)?$limit=1000 HTTP/1.1\r
            Host: a\r
            Authorization: Bearer \(token)\r
            \r

            """
        let connection = try BareConnection(to: server.port, receiveBufferBytes: 4096)
        try connection.write(String(repeating: request, count: 200))
        try await Task.sleep(for: .milliseconds(800))

        let told = ContinuousClock.now
        server.signal(SIGTERM)
        #expect(try await server.end() == 0)
        #expect(told.duration(to: .now) < .seconds(5))
        #expect(try connection.readToEnd().hasPrefix("HTTP/1.1 200 "))
    }

    @Test
    func `a request that never ends does not hold the server for longer than five seconds`()
        async throws
    {
        let deployment = try Deployment()
        let token = try await deployment.demo()
        let server = try await deployment.serve()
        let connection = try BareConnection(to: server.port)
        try connection.write(
            """
            POST \(Client.tasks) HTTP/1.1\r
            Host: localhost\r
            Authorization: Bearer \(token)\r
            Content-Length: 20\r
            \r
            {
            """
        )
        try await Task.sleep(for: .milliseconds(300))

        let told = ContinuousClock.now
        server.signal(SIGTERM)
        #expect(try await server.end() == 0)
        #expect(told.duration(to: .now) < .seconds(5))
    }
}
