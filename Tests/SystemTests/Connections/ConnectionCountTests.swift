import Foundation
import Glibc
import Testing

/// How many connections there are, and what happens where the machine has no more.
struct ConnectionCountTests {
    private static let request = "GET /health HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test func `connections above the limit wait until another ends`() async throws {
        let deployment = try Deployment()
        let server = try await deployment.serve("--connection-limit", "4")
        var held: [BareConnection] = []
        for _ in 0..<4 {
            let connection = try BareConnection(to: server.port)
            try connection.write(Self.request)
            #expect(try connection.read(byteCount: 12) == "HTTP/1.1 200")
            held.append(connection)
        }
        let waiting = try BareConnection(to: server.port)
        try waiting.write(Self.request)
        #expect(try await !server.connectionCount(reaches: 5, within: .milliseconds(300)))
        held.removeFirst()
        #expect(try waiting.read(byteCount: 12) == "HTTP/1.1 200")
        let warnings = try server.logEntries.filter { $0["level"] == "warning" }
        #expect(warnings.map { $0["limit"] } == ["4"])
        try await server.stop()
    }

    @Test func `where connections are at their limit, idle ones make room`() async throws {
        let deployment = try Deployment()
        let server = try await deployment.serve("--connection-limit", "2", "--head-timeout", "1")
        let idle = try (0..<2).map { _ in
            let connection = try BareConnection(to: server.port)
            try connection.write(Self.request)
            #expect(try connection.read(byteCount: 12) == "HTTP/1.1 200")
            return connection
        }
        let waiting = try BareConnection(to: server.port)
        try waiting.write(Self.request)
        #expect(try waiting.read(byteCount: 12) == "HTTP/1.1 200")
        #expect(idle.count == 2)
        try await server.stop()
    }

    @Test func `a server may open as many files as the system lets it`() async throws {
        let deployment = try Deployment()
        var limit = rlimit()
        #expect(unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0)
        let highest = limit.rlim_max
        let server = try await deployment.serve([], ulimit: "-Sn 64")
        #expect(try server.descriptorLimit == Int(highest))
        try await server.stop()
    }

    @Test func `connections leave the server files enough for its work`() async throws {
        let deployment = try Deployment()
        let token = try await deployment.demo()
        let server = try await deployment.serve([], ulimit: "-n 200")
        let first = try BareConnection(to: server.port)
        try first.write(Self.request)
        #expect(try first.read(byteCount: 12) == "HTTP/1.1 200")
        let others = try (0..<300).map { _ in try BareConnection(to: server.port) }
        let body = """
            {"assigned_user_id": "1", "due_at": "2030-01-01T09:00:00", "status": "incomplete", \
            "description": "Kept", "recurrence_rule": "FREQ=DAILY;COUNT=3"}
            """
        let creation = """
            POST \(Client.tasks) HTTP/1.1\r
            Host: a\r
            Authorization: Bearer \(token)\r
            Content-Type: application/json\r
            Connection: close\r
            Content-Length: \(body.utf8.count)\r
            \r
            \(body)
            """
        try first.write(creation)
        #expect(try first.readToEnd().contains("HTTP/1.1 201"))
        #expect(others.count == 300)
        #expect(try server.logEntries.allSatisfy { $0["level"] != "error" })
        try await server.stop()
    }

    @Test func `each thread for queries keeps three files from the connections`() async throws {
        let deployment = try Deployment()
        var limits: [Int] = []
        for threads in ["1", "64"] {
            let options = ["--connection-limit", "1000000", "--query-threads", threads]
            let server = try await deployment.serve(options, ulimit: "-n 1000")
            let message = "Lowered the limit of connections to what the process may open"
            limits.append(try #require(Int(try await server.entry(message)["limit"] ?? "")))
            try await server.stop()
        }
        #expect(limits[0] - limits[1] == 3 * 63)
    }

    @Test func `a server without descriptors rests, says so, and goes on`() async throws {
        let deployment = try Deployment()
        let token = try await deployment.demo()
        let server = try await deployment.serve()
        let kept = try BareConnection(to: server.port)
        try kept.write(Self.request)
        #expect(try kept.read(byteCount: 12) == "HTTP/1.1 200")

        let limit = try server.descriptorLimit
        try server.setDescriptorLimit(3)
        let waiting = try BareConnection(to: server.port)
        try waiting.write(Self.request)
        let used = try server.processorTime
        try await Task.sleep(for: .milliseconds(700))
        #expect(try server.processorTime - used < .milliseconds(200))

        try server.setDescriptorLimit(limit)
        #expect(try waiting.read(byteCount: 12) == "HTTP/1.1 200")
        let errors = try server.logEntries.filter { $0["level"] == "error" }
        #expect(errors.map { $0["message"] } == ["Cannot accept a connection"])
        _ = try await Client(of: server, token: token).tasks()
        try await server.stop()
    }
}
