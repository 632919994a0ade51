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
