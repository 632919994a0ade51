import Synchronization

/// The connections that read on their callers' threads, each lent to one at a time.
final class SQLiteReaders: Sendable {
    private let readers: [SQLiteReader]
    private let timeLimit: Duration
    private let shortTimeLimit: Duration

    /// Opens the connections.
    ///
    /// - Parameters:
    ///   - count: How many there are.
    ///   - timeLimit: How long one read may take.
    ///   - shortTimeLimit: How long a read may take that is short.
    ///   - open: Opens a connection.
    /// - Throws: What the closure throws.
    /// - Precondition: At least one connection is asked for.
    init(
        count: Int,
        timeLimit: Duration,
        shortTimeLimit: Duration,
        open: @escaping @Sendable () throws -> SQLiteConnection
    ) throws {
        precondition(count >= 1, "a database has at least one reader")
        self.shortTimeLimit = shortTimeLimit
        self.timeLimit = timeLimit
        readers = try (0..<count).map { _ in try SQLiteReader(open: open) }
    }

    /// Lends the first connection that is free, or waits for one.
    ///
    /// The first is asked first, so that few connections do the work of a quiet server and their
    /// caches stay warm.
    ///
    /// - Throws: ``SQLError``, or what the closure throws.
    func read<Value: Sendable>(
        _ body: @Sendable (SQLiteConnection) throws -> Value
    ) throws -> Value {
        for reader in readers {
            if let value = try reader.readIfFree(timeLimit: timeLimit, body) { return value }
        }
        return try readers[Int.random(in: readers.indices)].read(timeLimit: timeLimit, body)
    }

    /// Reads, if a connection is free and the read is short.
    ///
    /// - Returns: What the closure returns; none where it was given up.
    /// - Throws: ``SQLError``, or what the closure throws.
    func readIfShort<Value: Sendable>(
        _ body: @Sendable (SQLiteConnection) throws -> Value
    ) throws -> Value? {
        for reader in readers {
            do {
                if let value = try reader.readIfFree(timeLimit: shortTimeLimit, body) {
                    return value
                }
            } catch SQLError.timedOut {
                return nil
            }
        }
        return nil
    }

    /// Closes the connections, each once it is free, and refuses to read from then on.
    func close() {
        for reader in readers { reader.close() }
    }
}

/// A place for a connection that reads, which is empty once the database has been closed.
final class SQLiteReader: Sendable {
    private let connection: Mutex<SQLiteConnection?>
    private let open: @Sendable () throws -> SQLiteConnection

    /// Opens the connection.
    ///
    /// - Throws: What the closure throws.
    init(open: @escaping @Sendable () throws -> SQLiteConnection) throws {
        self.open = open
        connection = Mutex(try open())
    }

    /// Reads, once the connection is free.
    ///
    /// - Parameters:
    ///   - timeLimit: How long it may take; none where it may take as long as it does.
    ///   - stop: What stops it from outside.
    ///   - body: What is read.
    /// - Returns: What the closure returns.
    /// - Throws: ``SQLError``, or what the closure throws.
    func read<Value: Sendable>(
        timeLimit: Duration?,
        stop: ReadStop? = nil,
        _ body: @Sendable (SQLiteConnection) throws -> Value
    ) throws -> Value {
        try connection.withLock { connection in
            try use(&connection, timeLimit: timeLimit, stop: stop, body)
        }
    }

    /// Reads, unless the connection is lent to somebody.
    ///
    /// - Returns: What the closure returns; none where the connection is lent.
    /// - Throws: ``SQLError``, or what the closure throws.
    func readIfFree<Value: Sendable>(
        timeLimit: Duration?,
        _ body: @Sendable (SQLiteConnection) throws -> Value
    ) throws -> Value? {
        try connection.withLockIfAvailable { connection in
            try use(&connection, timeLimit: timeLimit, stop: nil, body)
        }
    }

    /// Closes the connection once it is free, and refuses to read from then on.
    func close() {
        connection.withLock { connection in connection = nil }
    }

    private func use<Value: Sendable>(
        _ connection: inout SQLiteConnection?,
        timeLimit: Duration?,
        stop: ReadStop?,
        _ body: @Sendable (SQLiteConnection) throws -> Value
    ) throws -> Value {
        guard var current = connection else { throw SQLError.closed }
        if current.failure != nil {
            current = try open()
            connection = current
        }
        current.watch?.begin(timeLimit: timeLimit, stop: stop)
        return try body(current)
    }
}

extension SQLiteConnection {
    private static let begin = SQLStatement("BEGIN")
    private static let commit = SQLStatement("COMMIT")
    private static let rollBack = SQLStatement("ROLLBACK")

    /// Runs a closure whose statements all see the database at one moment.
    ///
    /// - Throws: ``SQLError``, or what the closure throws.
    func snapshot<Value>(_ body: (SQLiteConnection) throws -> Value) throws -> Value {
        do {
            // This may be interrupted too, and yet have begun the transaction.
            try execute(Self.begin, [:])
            let value = try body(self)
            watch?.end()
            try execute(Self.commit, [:])
            return value
        } catch {
            // What has run out of time still has to let go of what it sees.
            watch?.end()
            if isInTransaction { try execute(Self.rollBack, [:]) }
            throw error
        }
    }
}
