import Foundation
import Testing

struct ServingTests {
    @Test
    func `a server is ready once it listens, and keeps tasks over a restart`() async throws {
        let deployment = try Deployment()
        let token = try await deployment.demo()
        let server = try await deployment.serve()
        let client = Client(of: server, token: token)
        let (status, health) = try await client.send("GET", "/health")
        #expect(status == 200)
        #expect(String(decoding: health, as: UTF8.self).contains(#""ready":true"#))

        let task = try await client.create("New Lead Alert", rule: "FREQ=DAILY;COUNT=5")
        let series = try await client.tasks(where: "due_at[$lt]=1972-01-01")
        #expect(series.map(\.dueAt) == (3...7).map { "1971-01-0\($0)T12:00:00" })
        #expect(series.first == task)
        try await server.stop()

        let successor = try await deployment.serve()
        let kept = try await Client(of: successor, token: token)
            .tasks(where: "due_at[$lt]=1972-01-01")
        #expect(kept == series)
        try await successor.stop()
    }

    @Test(arguments: [["serve", "--port", "0"], ["demo"]])
    func `a database that a server holds is refused, and the reason told`(
        arguments: [String]
    ) async throws {
        let deployment = try Deployment()
        let server = try await deployment.serve()
        let ending = try await deployment.run(arguments)
        #expect(ending.status == 69)
        #expect(ending.output.isEmpty)
        #expect(ending.errors.contains("test.db is in use by process \(server.id)."))
        #expect(ending.errors.contains("stop the server first"))
        #expect(try await Client(of: server).send("GET", "/health").status == 200)
        try await server.stop()
    }

    @Test
    func `a server opens the database that a killed server left`() async throws {
        let deployment = try Deployment()
        let server = try await deployment.serve()
        server.kill()
        #expect(try await deployment.output(of: "token", "list").isEmpty)
    }

    @Test(.enabled(if: Deployment.hasSQLiteShell, "Debian's package sqlite3 is not installed"))
    func `a database that a newer version wrote is refused and stays as it is`() async throws {
        let deployment = try Deployment()
        _ = try await deployment.demo()
        try await deployment.runSQL("INSERT INTO migration (name) VALUES ('9999 of the future')")
        let before = try Data(contentsOf: deployment.database)

        let ending = try await deployment.run(["serve", "--port", "0"])
        #expect(ending.status == 69)
        #expect(ending.errors.contains("a newer version of perennial"))
        #expect(ending.errors.contains("'9999 of the future'"))
        #expect(try Data(contentsOf: deployment.database) == before)
    }

    @Test
    func `a port that is taken is named`() async throws {
        let (first, second) = (try Deployment(), try Deployment())
        let server = try await first.serve()
        let ending = try await second.run(["serve", "--port", "\(server.port)"])
        #expect(ending.status == 69)
        #expect(ending.errors.contains("127.0.0.1:\(server.port)"))
        #expect(ending.errors.contains("Another program listens on port \(server.port) already."))
        try await server.stop()
    }

    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1 is not an address of this machine"),
        ("nosuch.invalid", "This machine knows no address 'nosuch.invalid'"),
    ])
    func `an address that is not the machine's is named`(
        host: String,
        reason: String
    ) async throws {
        let ending = try await Deployment().run(["serve", "--port", "0", "--host", host])
        #expect(ending.status == 69)
        #expect(ending.errors.contains(reason))
        #expect(!ending.errors.contains("descriptor"))
    }

    @Test
    func `log lines are objects with time, level and message, and never have a token`()
        async throws
    {
        let deployment = try Deployment()
        let token = try await deployment.demo()
        let server = try await deployment.serve("--log-level", "trace")
        let client = Client(of: server, token: token)
        _ = try await client.create("New Lead Alert")
        #expect(try await client.send("GET", "\(Client.tasks)?access_token=\(token)").status == 400)
        let stranger = Client(of: server, token: String(token.reversed()))
        #expect(try await stranger.send("GET", Client.tasks).status == 401)
        try await server.stop()

        let entries = try server.logEntries
        #expect(entries.contains { $0["http.status"] == "201" && $0["level"] == "debug" })
        #expect(entries.contains { $0["message"] == "Stopped" })
        let format = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        for entry in entries {
            #expect(throws: Never.self) { try format.parse(try #require(entry["time"])) }
            #expect(entry["level"] != nil && entry["logger"] == "perennial")
            #expect(entry["message"]?.isEmpty == false)
        }
        #expect(!(try server.logText.contains(token)))
        #expect(!(try server.logText.contains(String(token.reversed()))))
    }
}
