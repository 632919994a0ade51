import DatabaseTestSupport
import Synchronization
import Tasks
import TestSupport
import Testing

@testable import Storage

/// The driver, with a server.
@Suite(.onPostgreSQL)
struct PostgreSQLDriverTests {
    private let folder: TemporaryFolder
    private let url: PostgreSQLURL
    private let database: PostgreSQLDatabase

    init() async throws {
        folder = try TemporaryFolder()
        url = try await schema(of: folder)
        var configuration = PostgreSQLConfiguration()
        configuration.workerCount = 3
        configuration.waitingWriteLimit = 20
        database = try PostgreSQLDatabase(url, configuration: configuration)
        try await Migrator(TestStatements.migrations).migrate(database)
    }

    @Test func `values of every kind come back, whatever was bound before`() async throws {
        let insert = TestStatements.insert
        let values: [SQLArguments] = [
            [
                "shard": .integer(7), "id": .integer(1), "title": .text("Zoë \0 \u{10FFFD}"),
                "note": .null, "data": .null,
            ],
            [
                "shard": .integer(-7), "id": .integer(Int64.max), "title": .text("b"),
                "note": .text(""), "data": .blob([]),
            ],
            [
                "shard": .integer(0), "id": .integer(Int64.min), "title": .text("c"),
                "note": .null, "data": .blob([0, 255]),
            ],
        ]
        let rows = try await database.write { connection in
            for arguments in values { try connection.execute(insert, arguments) }
            return try connection.rows(
                SQLStatement(
                    dynamic: "SELECT shard, id, title, note, data FROM task ORDER BY shard"
                ),
                [:]
            ) { row in
                let data = row.isNull(4) ? "-" : "\(try row.blob(4))"
                return """
                    \(try row.int64(0)) \(try row.int64(1)) \(try row.text(2)) \
                    \(try row.optionalText(3) ?? "-") \(data)
                    """
            }
        }
        #expect(
            rows == [
                "-7 \(Int64.max) b  []", "0 \(Int64.min) c - [0, 255]",
                "7 1 Zoë \0 \u{10FFFD} - -",
            ]
        )
    }

    @Test func `a parameter that was null the first time takes numbers of any size`() async throws {
        let statement = SQLStatement("SELECT COUNT(*) FROM task WHERE shard = :value")
        let counts = try await database.read { connection in
            try [SQLValue.null, .integer(7 as Int64), .integer(Int64.max), .null].map { value in
                try connection.row(statement, ["value": value]) { try $0.int(0) }
            }
        }
        #expect(counts == [0, 0, 0, 0])
    }

    @Test func `errors are told apart, with names as they are written`() async throws {
        try await database.write { connection in
            try connection.execute(TestStatements.insert, TestStatements.task(1))
        }
        await #expect(
            throws: SQLError.uniquenessViolated(table: "task", columns: ["shard", "id"])
        ) {
            try await database.write { connection in
                try connection.execute(TestStatements.insert, TestStatements.task(1))
            }
        }
        await #expect {
            try await database.write { connection in
                try connection.execute(TestStatements.insert, TestStatements.task(2, title: ""))
            }
        } throws: { error in
            if case SQLError.constraintViolated = error { true } else { false }
        }
        await #expect {
            try await database.read { connection in
                try connection.execute(SQLStatement(dynamic: "SELECT nothing"), [:])
            }
        } throws: { error in
            if case SQLError.other(_, let message) = error {
                message.contains("42703")
            } else {
                false
            }
        }
    }

    @Test func `an error that a closure swallows undoes its write`() async throws {
        await #expect(throws: SQLError.transactionEnded) {
            try await database.write { connection in
                try connection.execute(TestStatements.insert, TestStatements.task(1))
                _ = try? connection.execute(TestStatements.insert, TestStatements.task(1))
            }
        }
        #expect(try await database.read { try $0.taskCount() } == 0)
    }

    @Test func `an attempt that fails leaves the rest of the transaction`() async throws {
        try await database.write { connection in
            try connection.execute(TestStatements.insert, TestStatements.task(1))
            let result = try connection.attempt {
                try connection.execute(TestStatements.insert, TestStatements.task(2))
                try connection.execute(TestStatements.insert, TestStatements.task(1))
            }
            guard case .failure = result else { preconditionFailure("the key is unique") }
            try connection.execute(TestStatements.insert, TestStatements.task(3))
        }
        let ids = try await database.read { connection in
            try connection.rows(TestStatements.ids, [:]) { try $0.int(0) }
        }
        #expect(ids == [1, 3])
    }

    @Test func `a lost connection is replaced, and the work done again`() async throws {
        let tries = Mutex(0)
        try await database.write { connection in
            let count = tries.withLock { tries in
                tries += 1
                return tries
            }
            try connection.execute(TestStatements.insert, TestStatements.task(count))
            guard count == 1 else { return }
            let end = SQLStatement(dynamic: "SELECT pg_terminate_backend(pg_backend_pid())")
            try connection.execute(end, [:])
        }
        #expect(tries.withLock { $0 } == 2)
        #expect(try await database.read { try $0.taskCount() } == 1)
    }

    @Test(arguments: [nil, LocationID("AAAAAAAAAAAAAAAAAAAA")])
    func `a connection that the server ends before the commit loses nothing`(
        locationID: LocationID?
    ) async throws {
        let terms = PostgreSQLTerms(url, PostgreSQLConfiguration()) { .zero }
        let other = Mutex(try PostgreSQLConnection(terms))
        let tries = Mutex(0)
        try await database.write(for: locationID) { connection in
            let count = tries.withLock { tries in
                tries += 1
                return tries
            }
            try connection.execute(TestStatements.insert, TestStatements.task(count))
            guard count == 1 else { return }
            let own = SQLStatement(dynamic: "SELECT pg_backend_pid()")
            let id = try connection.row(own, [:]) { try $0.int(0) } ?? 0
            // As after a transaction that stalled; it returns when the other side is gone.
            let end = SQLStatement(
                dynamic: "SELECT CAST(pg_terminate_backend(\(id), 5000) AS integer)"
            )
            let isEnded = try other.withLock { try $0.row(end, [:]) { try $0.int(0) } }
            #expect(isEnded == 1)
        }
        #expect(tries.withLock { $0 } == 2)
        let ids = try await database.read { connection in
            try connection.rows(TestStatements.ids, [:]) { row in try row.int(0) }
        }
        #expect(ids == [2])
    }

    @Test func `a connection that dies at the commit leaves the outcome unknown`() async throws {
        // The check is put off until the commit, and then ends the connection.
        for text in [
            """
            CREATE FUNCTION fall() RETURNS trigger LANGUAGE plpgsql AS '
            BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END'
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
        let tries = Mutex(0)
        await #expect {
            try await database.write { connection in
                tries.withLock { $0 += 1 }
                try connection.execute(TestStatements.insert, TestStatements.task(1))
            }
        } throws: { error in
            if case SQLError.outcomeUnknown = error { true } else { false }
        }
        #expect(tries.withLock { $0 } == 1)
        #expect(database.trouble == .failing)
        try await database.write { connection in
            try connection.execute(SQLStatement(dynamic: "DELETE FROM task"), [:])
        }
        #expect(database.trouble == nil)
    }

    @Test func `transactions that wait for each other are run again`() async throws {
        try await database.write { connection in
            for id in 1...2 {
                try connection.execute(TestStatements.insert, TestStatements.task(id))
            }
        }
        let note = SQLStatement("UPDATE task SET title = title || '+' WHERE id = :id")
        let sleep = SQLStatement("SELECT pg_sleep(0.05)")
        try await withThrowingTaskGroup { group in
            for ids in [[1, 2], [2, 1]] {
                group.addTask { [database] in
                    for _ in 0..<3 {
                        try await database.write(for: LocationID("\(ids)")) { connection in
                            for id in ids {
                                try connection.execute(note, ["id": .integer(id)])
                                try connection.execute(sleep, [:])
                            }
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        let titles = try await database.read { connection in
            try connection.rows(SQLStatement(dynamic: "SELECT title FROM task"), [:]) {
                try $0.text(0)
            }
        }
        #expect(titles == ["Call++++++", "Call++++++"])
    }

    @Test func `where names of statements are unknown, statements are sent whole`() async throws {
        for id in 1...3 {
            try await database.write { connection in
                try connection.execute(TestStatements.insert, TestStatements.task(id))
                try connection.execute(SQLStatement(dynamic: "DEALLOCATE ALL"), [:])
            }
        }
        #expect(try await database.read { try $0.taskCount() } == 3)
    }

    @Test func `a scan ends when its task is cancelled, and when it takes too long`() async throws {
        let sleep = SQLStatement("SELECT pg_sleep(60)")
        let (started, start) = AsyncStream<Void>.makeStream()
        await withTaskGroup(of: SQLError?.self) { group in
            group.addTask { [database] in
                do {
                    _ = try await database.scan(for: LocationID("a")) { connection in
                        start.finish()
                        try connection.execute(sleep, [:])
                    }
                    return nil
                } catch {
                    return error as? SQLError
                }
            }
            for await _ in started {}
            group.cancelAll()
            #expect(await group.next() == .interrupted)
        }
        var configuration = PostgreSQLConfiguration()
        configuration.readTimeLimit = .milliseconds(20)
        let impatient = try PostgreSQLDatabase(url, configuration: configuration)
        await #expect(throws: SQLError.timedOut(limit: .milliseconds(20))) {
            _ = try await impatient.scan(for: LocationID("a")) { try $0.execute(sleep, [:]) }
        }
        await impatient.close()
    }

    @Test func `a server that is silent is given up`() async throws {
        let uptime = SteppingUptime(.seconds(2))
        let quick = try PostgreSQLDatabase(url, uptime: uptime.read)
        let sleep = SQLStatement("SELECT pg_sleep(60)")
        await #expect {
            _ = try await quick.read { try $0.execute(sleep, [:]) }
        } throws: { error in
            if case SQLError.unavailable = error { true } else { false }
        }
        await quick.close()
    }

    @Test func `what one transaction set apart is kept when the other is undone`() async throws {
        struct Refusal: Error {}
        await #expect(throws: Refusal.self) {
            try await database.write { connection in
                try connection.execute(TestStatements.insert, TestStatements.task(1))
                _ = try connection.apart { other in
                    try other.execute(TestStatements.insert, TestStatements.task(2))
                }
                throw Refusal()
            }
        }
        let ids = try await database.read { connection in
            try connection.rows(TestStatements.ids, [:]) { try $0.int(0) }
        }
        #expect(ids == [2])
    }

    @Test func `a closed database refuses everything`() async throws {
        await database.close()
        await #expect(throws: SQLError.closed) { try await database.read { try $0.taskCount() } }
        await #expect(throws: SQLError.closed) { try await database.write { _ in } }
    }

    @Test func `a server that is not there is told by its address`() throws {
        let gone = try #require(PostgreSQLURL("postgres://ana:secret@127.0.0.1:1/tasks"))
        #expect {
            _ = try PostgreSQLDatabase(gone)
        } throws: { error in
            let text = "\(error)"
            return text.contains("127.0.0.1:1/tasks cannot be opened") && !text.contains("secret")
        }
    }
}
