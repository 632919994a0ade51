import DatabaseTestSupport
import Recurrence
import Synchronization
import Tasks
import TestSupport
import Testing

@testable import Storage

/// Databases that are copied from one engine to the other.
@Suite(.onPostgreSQL)
struct DatabaseMoveTests {
    private let folder: TemporaryFolder
    private let other: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        other = try TemporaryFolder()
    }

    /// A world with tasks, series, and texts that only one of the engines stores as they are, and with
    /// a webhook that is to be told of them.
    private func world() async throws -> TaskWorld {
        let world = try await TaskWorld(in: folder)
        let webhook = try await addWebhook(to: world)
        for title in ["Call", "Zoë \0 \u{10FFFD}", "Über"] {
            _ = try await world.series.create(
                TaskWorld.draft(title, recurrence: try TaskWorld.recurrence()),
                by: TaskWorld.token,
                at: TaskWorld.time(day: 1)
            )
        }
        try await world.takeTurns(at: TaskWorld.time(day: 9))
        let page = try await world.store.events(for: webhook, limit: 3)
        let events = page.events.map { WrittenEvent($0.event, end: $0.end, body: [0, 255]) }
        #expect(try await world.store.keep(events, for: webhook)?.count == 3)
        return world
    }

    private func addWebhook(to world: TaskWorld) async throws -> Webhook {
        let now = TaskWorld.time(day: 1)
        let draft = Webhook(
            id: Identifier(0),
            locationID: TaskWorld.acme,
            url: "https://example.com/",
            form: .standard,
            secret: SealedSecret(bytes: []),
            progress: WebhookProgress(place: WebhookPlace(changeNumber: 0)),
            createdAt: now
        )
        let outcome = try await world.store.addWebhook(
            draft,
            under: WebhookTerms(author: .operatorByCommand),
            at: now
        ) { _ in SealedSecret(bytes: [0, 255]) }
        return outcome.webhook
    }

    /// The webhooks of a location, each with the events that wait.
    private func webhooks<Driver: SQLDriver>(
        in store: SQLStore<Driver>
    ) async throws -> [Webhook: [WrittenEvent]] {
        var found: [Webhook: [WrittenEvent]] = [:]
        for webhook in try await store.webhooks(in: TaskWorld.acme) {
            found[webhook] = try await store.writtenEvents(for: webhook)
        }
        return found
    }

    private func tasks<Driver: SQLDriver>(in store: SQLStore<Driver>) async throws -> [TaskEntry] {
        let page = try await store.tasks(
            Query(limit: 1000),
            seenBy: .wholeLocation,
            in: TaskWorld.acme
        )
        return page.records
    }

    @Test func `what goes to the other engine and back is what it was`() async throws {
        let world = try await world()
        let file = try await SQLStore<SQLiteDatabase>.open(path: other.database)
        let there = DatabaseMove(from: world.store.driver, to: file.driver) { _, _, _ in }
        let counts = try await there.run()
        #expect(counts.contains { $0.table == "task" && $0.rowCount > 0 })
        #expect(try await tasks(in: file) == tasks(in: world.store))
        let again = try await SQLStore<PostgreSQLDatabase>.open(try await schema(of: other))
        let back = DatabaseMove(from: file.driver, to: again.driver) { _, _, _ in }
        #expect(try await back.run().map(\.rowCount) == counts.map(\.rowCount))
        #expect(try await tasks(in: again) == tasks(in: world.store))
        let webhooks = try await webhooks(in: world.store)
        #expect(webhooks.values.map(\.count) == [3])
        #expect(try await self.webhooks(in: file) == webhooks)
        #expect(try await self.webhooks(in: again) == webhooks)
        #expect(try await !again.isBeingFilled())
        await file.close()
        await again.close()
    }

    @Test func `a move that ended on the way goes on where it was`() async throws {
        let world = try await world()
        let file = try await SQLStore<SQLiteDatabase>.open(path: other.database)
        let move = DatabaseMove(from: world.store.driver, to: file.driver) { _, _, _ in }
        let counts = try await move.run()
        // As it was when some tasks, and what comes after them, were not copied yet.
        try await file.driver.write { connection in
            for text in [
                "DELETE FROM task WHERE taskID > (SELECT MIN(taskID) FROM task)",
                "DELETE FROM taskTotal", "DELETE FROM change",
                "INSERT INTO numberBlock (name, nextNumber) VALUES ('move', 1)",
            ] {
                try connection.execute(SQLStatement(dynamic: text), [:])
            }
        }
        #expect(try await file.isBeingFilled())
        let starts = Mutex([String: Int]())
        let rest = DatabaseMove(from: world.store.driver, to: file.driver) { table, count, _ in
            starts.withLock { starts in if starts[table] == nil { starts[table] = count } }
        }
        #expect(try await rest.run().map(\.rowCount) == counts.map(\.rowCount))
        #expect(starts.withLock { $0["task"] } == 1)
        #expect(try await tasks(in: file) == tasks(in: world.store))
        await file.close()
    }

    @Test func `a target that holds something else is refused and left alone`() async throws {
        let world = try await world()
        let file = try await SQLStore<SQLiteDatabase>.open(path: other.database)
        try await file.driver.write { connection in
            try connection.execute(
                SQLStatement(
                    dynamic: "INSERT INTO zoneTable (name, digest) VALUES ('Europe/Berlin', 1)"
                ),
                [:]
            )
        }
        let move = DatabaseMove(from: world.store.driver, to: file.driver) { _, _, _ in }
        await #expect(throws: MoveRefusal.notEmpty(table: "zoneTable")) { _ = try await move.run() }
        #expect(try await !file.isBeingFilled())
        await file.close()
    }

    @Test func `the tables are copied with all columns that the engines have`() async throws {
        let store = try await SQLStore<SQLiteDatabase>.open(path: other.database)
        for table in StoredTable.all {
            let columns = try await store.driver.scan(for: nil) { connection in
                try connection.rows(
                    SQLStatement(dynamic: "SELECT name FROM pragma_table_info('\(table.name)')"),
                    [:]
                ) { try $0.text(0) }
            }
            #expect(columns == table.columns, "\(table.name)")
            #expect(!table.key.isEmpty, "\(table.name)")
        }
        await store.close()
    }
}
