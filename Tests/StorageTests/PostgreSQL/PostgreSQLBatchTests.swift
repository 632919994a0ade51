import DatabaseTestSupport
import Synchronization
import Tasks
import TestSupport
import Testing

@testable import Storage

/// Writes of one location that share a transaction.
@Suite(.onPostgreSQL)
struct PostgreSQLBatchTests {
    private let folder: TemporaryFolder
    private let database: PostgreSQLDatabase
    private let location = LocationID("a")

    private static let transactionID = SQLStatement("SELECT CAST(pg_current_xact_id() AS text)")
    private static let anything = SQLStatement("SELECT 1 WHERE :is = 1")

    init() async throws {
        folder = try TemporaryFolder()
        database = try PostgreSQLDatabase(try await schema(of: folder))
        try await Migrator(TestStatements.migrations).migrate(database)
    }

    private func ids() async throws -> [Int] {
        try await database.read { connection in
            try connection.rows(TestStatements.ids, [:]) { try $0.int(0) }
        }
    }

    /// Runs writes that all wait when the first of them runs, and returns what each comes to.
    private func runTogether<Value: Sendable>(
        _ bodies: [@Sendable (PostgreSQLConnection) throws -> Value]
    ) async -> [Result<Value, any Error>] {
        let database = database
        let location = location
        let count = bodies.count
        let beginning = Beginning()
        return await withTaskGroup(of: (Int, Result<Value, any Error>).self) { group in
            for (place, body) in bodies.enumerated() {
                group.addTask {
                    do {
                        let value = try await database.write(for: location) { connection in
                            // The first goes on once the others wait.
                            let isFirst = beginning.isFirst()
                            while isFirst, database.pool.waitingCount < count - 1 {}
                            return try body(connection)
                        }
                        return (place, .success(value))
                    } catch {
                        return (place, .failure(error))
                    }
                }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }.sorted { $0.key < $1.key }
                .map(\.value)
        }
    }

    @Test func `writes of a location that wait share a transaction`() async throws {
        let results = await runTogether(
            (1...9).map { id in
                { connection in
                    try connection.executeLater(TestStatements.insert, TestStatements.task(id))
                    return try connection.row(Self.transactionID, [:]) { try $0.text(0) }
                }
            }
        )
        #expect(Set(try results.map { try $0.get() }).count == 1)
        #expect(try await ids() == Array(1...9))
    }

    @Test func `a write that fails is undone alone, with what it put off`() async throws {
        struct Refusal: Error {}
        let results = await runTogether(
            (1...9).map { id in
                { connection in
                    try connection.executeLater(TestStatements.insert, TestStatements.task(id))
                    switch id % 3 {
                    case 0: throw Refusal()
                    case 1:
                        let empty = TestStatements.task(100 + id, title: "")
                        try connection.executeLater(TestStatements.insert, empty)
                    default: break
                    }
                }
            }
        )
        let failures = results.enumerated().compactMap { place, result -> Int? in
            if case .failure = result { place + 1 } else { nil }
        }
        #expect(failures == [1, 3, 4, 6, 7, 9])
        #expect(try await ids() == [2, 5, 8])
    }

    @Test func `what was not kept is written again when the answer to the commit is lost`()
        async throws
    {
        try await fallAtFirstCommit()
        let tries = Mutex(0)
        try await database.write(for: location) { [anything = Self.anything] connection in
            tries.withLock { $0 += 1 }
            try connection.execute(TestStatements.insert, TestStatements.task(1))
            connection.keepProof(anything, ["is": .integer(0)])
        }
        #expect(tries.withLock { $0 } == 2)
        #expect(try await ids() == [1])
    }

    @Test func `what was kept is not written again when the answer to the commit is lost`()
        async throws
    {
        try await fallAtFirstCommit()
        let tries = Mutex(0)
        try await database.write(for: location) { [anything = Self.anything] connection in
            tries.withLock { $0 += 1 }
            try connection.execute(TestStatements.insert, TestStatements.task(1))
            connection.keepProof(anything, ["is": .integer(1)])
        }
        #expect(tries.withLock { $0 } == 1)
    }

    @Test func `without a proof, a lost answer leaves the outcome unknown`() async throws {
        try await fallAtFirstCommit()
        await #expect {
            try await database.write(for: location) { connection in
                try connection.execute(TestStatements.insert, TestStatements.task(1))
            }
        } throws: { error in
            if case SQLError.outcomeUnknown = error { true } else { false }
        }
    }

    /// Has the first commit that stores a task end its connection.
    private func fallAtFirstCommit() async throws {
        // A sequence counts on when its transaction is undone.
        for text in [
            "CREATE TABLE location (shard smallint, locationID text)",
            "CREATE SEQUENCE falls",
            """
            CREATE FUNCTION fall() RETURNS trigger LANGUAGE plpgsql AS '
            BEGIN
                IF nextval(''falls'') = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
                RETURN NULL;
            END'
            """,
            """
            CREATE CONSTRAINT TRIGGER falling AFTER INSERT ON task DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION fall()
            """,
        ] {
            try await database.write { connection in
                try connection.execute(SQLStatement(dynamic: text), [:])
            }
        }
    }
}

/// Tells the first who asks from all others.
private final class Beginning: Sendable {
    private let isOver = Mutex(false)

    func isFirst() -> Bool {
        isOver.withLock { isOver in
            defer { isOver = true }
            return !isOver
        }
    }
}
