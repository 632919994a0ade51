import Foundation
import Glibc
import Testing

/// Costly reads of one client, and what others and the operator notice of them.
@Suite(.enabled(if: Deployment.hasSQLiteShell, "Debian's package sqlite3 is not installed"))
struct ReadAttackTests {
    /// Ninety conditions on texts that every task has to be asked for.
    private static let costly = (0..<90).map { "$or[\($0)][notes]=\($0)" }.joined(separator: "&")

    /// A demo whose first user has two hundred thousand tasks.
    private func deployment() async throws -> (Deployment, token: String) {
        let deployment = try Deployment()
        let token = try await deployment.demo()
        try await deployment.runSQL(
            """
            WITH RECURSIVE copy (number) AS (
                SELECT 1 UNION ALL SELECT number + 1 FROM copy WHERE number < 200000
            )
            INSERT INTO task (
                shard, locationID, taskID, seriesID, recurrenceID, slotContactID, creatorID, title,
                body, assigneeID, contactID, categoryID, reminder, isAllDay, notifiesAssignee,
                dueAt, dueLocal, timeZone, state, createdAt, modifiedAt
            )
            SELECT shard, locationID, 1000000 + number, NULL, NULL, 0, creatorID, 'Copy', 'Copy',
                assigneeID, contactID, categoryID, reminder, isAllDay, notifiesAssignee, dueAt,
                dueLocal, timeZone, state, createdAt, modifiedAt
            FROM copy JOIN (SELECT * FROM task WHERE creatorID = 1 LIMIT 1) AS original
            """
        )
        return (deployment, token)
    }

    private func attack(_ server: ServerProcess, _ token: String) throws -> [BareConnection] {
        try (0..<16).map { _ in
            let connection = try BareConnection(to: server.port)
            try connection.write(
                """
                GET \(Client.tasks)?\(Self.costly) HTTP/1.1\r
                Host: localhost\r
                Authorization: Bearer \(token)\r
                \r

                """
            )
            return connection
        }
    }

    @Test(.timeLimit(.minutes(2)))
    func `the server answers others while costly queries run, and stops in time`() async throws {
        let (deployment, token) = try await deployment()
        let server = try await deployment.serve("--query-time-limit", "600000")
        let idle = try server.processorTime
        let connections = try attack(server, token)
        // The queries have been taken up once the server is busy; each would run for minutes.
        while try server.processorTime - idle < .milliseconds(300) {
            try await Task.sleep(for: .milliseconds(20))
        }

        let client = Client(of: server, token: token)
        for path in ["/health", "\(Client.tasks)?$limit=1"] {
            let asked = ContinuousClock.now
            #expect(try await client.send("GET", path).status == 200)
            #expect(asked.duration(to: .now) < .seconds(5), "\(path)")
        }

        let told = ContinuousClock.now
        server.signal(SIGTERM)
        #expect(try await server.end() == 0)
        #expect(told.duration(to: .now) < .seconds(5))
        withExtendedLifetime(connections) {}
    }

    @Test
    func `a query that takes too long is told so in time`() async throws {
        let (deployment, token) = try await deployment()
        let server = try await deployment.serve("--query-time-limit", "100")
        let asked = ContinuousClock.now
        let answer = try await Client(of: server, token: token)
            .send("GET", "\(Client.tasks)?\(Self.costly)")
        #expect(answer.status == 400)
        #expect(String(decoding: answer.body, as: UTF8.self).contains("longer than 100 ms"))
        #expect(asked.duration(to: .now) < .seconds(5))
        try await server.stop()
    }
}
