import Dispatch
import Foundation
import Synchronization
import TestSupport

@testable import Storage

/// A number that many tasks count up.
private final class Counter: Sendable {
    private let count = Atomic(0)

    var value: Int { count.load(ordering: .relaxed) }

    func increment() { count.add(1, ordering: .relaxed) }
}

/// Statements over one small table.
enum TestStatements {
    static let migrations = [
        Migration(
            "task",
            """
            CREATE TABLE task (
                shard @I2 NOT NULL,
                id @I8 NOT NULL,
                title text @C NOT NULL CHECK (title <> ''),
                note text,
                data @BLOB,
                PRIMARY KEY (shard, id)
            ) @TAIL
            """
        ),
        Migration("taskNote", "CREATE UNIQUE INDEX taskNote ON task (note)"),
    ]

    static let insert = SQLStatement(
        """
        INSERT INTO task (shard, id, title, note, data) VALUES (:shard, :id, :title, :note, :data)
        """
    )
    static let count = SQLStatement("SELECT count(*) FROM task")
    static let ids = SQLStatement("SELECT id FROM task ORDER BY id")

    /// The arguments of ``insert`` for a task that has only a title.
    static func task(_ id: Int, title: String = "Call") -> SQLArguments {
        [
            "shard": .integer(7), "id": .integer(id), "title": .text(title), "note": .null,
            "data": .null,
        ]
    }
}

extension SQLConnection {
    /// How many tasks there are.
    func taskCount() throws -> Int {
        try row(TestStatements.count, [:]) { row in try row.int(0) } ?? 0
    }
}

extension SQLiteDatabase {
    /// Opens a database with the table of ``TestStatements`` in a folder.
    static func forTest(
        in folder: TemporaryFolder,
        _ configuration: SQLiteConfiguration = SQLiteConfiguration(),
        uptime: @escaping @Sendable () -> Duration = { .zero }
    ) async throws -> SQLiteDatabase {
        let database = try SQLiteDatabase(
            path: folder.database,
            configuration: configuration,
            uptime: uptime
        )
        try await Migrator(TestStatements.migrations).migrate(database)
        return database
    }

    /// Runs a number of writes.
    ///
    /// The writer is held until each of them waits or was refused.
    ///
    /// - Returns: The result of each, in the order of their numbers.
    func writeTogether<Value: Sendable>(
        _ count: Int,
        _ write: @escaping @Sendable (Int) async throws -> Value
    ) async -> [Result<Value, any Error>] {
        let gate = DispatchSemaphore(value: 0)
        let (started, start) = AsyncStream<Void>.makeStream()
        async let held: Void? = try? self.write { _ in
            start.finish()
            gate.wait()
            // It is run again if a write that shares its transaction ends that.
            gate.signal()
        }
        for await _ in started {}
        let answered = Counter()
        let results = await withTaskGroup { group in
            for number in 0..<count {
                group.addTask {
                    defer { answered.increment() }
                    do {
                        return (number, Result<Value, any Error>.success(try await write(number)))
                    } catch {
                        return (number, .failure(error))
                    }
                }
            }
            while writer.waitingCount + answered.value < count { await Task.yield() }
            gate.signal()
            var results: [Int: Result<Value, any Error>] = [:]
            for await (number, result) in group { results[number] = result }
            return (0..<count).compactMap { results[$0] }
        }
        _ = await held
        return results
    }
}

extension SQLiteDatabase {
    /// Reads the whole file and returns what is wrong with it, in SQLite's words.
    func findDamage() throws -> [String] {
        let check = SQLStatement(dynamic: "PRAGMA quick_check")
        return try read { connection in
            try connection.rows(check, [:]) { row in try row.text(0) }.filter { $0 != "ok" }
        }
    }
}
