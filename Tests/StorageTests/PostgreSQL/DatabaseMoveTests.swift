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

    /// A world with tasks, series, and texts that only one of the engines stores as they are.
    private func world() async throws -> TaskWorld {
        let world = try await TaskWorld(in: folder)
        for title in ["Call", "Zoë \0 \u{10FFFD}", "Über"] {
            _ = try await world.series.create(
                TaskWorld.draft(title, recurrence: try TaskWorld.recurrence()),
                by: TaskWorld.token,
                at: TaskWorld.time(day: 1)
            )
        }
        try await world.takeTurns(at: TaskWorld.time(day: 9))
        return world
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
