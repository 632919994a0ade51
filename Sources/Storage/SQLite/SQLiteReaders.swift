import Synchronization

/// The connections that read, each lent to one thread at a time.
final class SQLiteReaders: Sendable {
    private let readers: [Reader]
    private let open: @Sendable () throws -> SQLiteConnection

    /// Opens the connections.
    ///
    /// - Throws: What the closure throws.
    /// - Precondition: At least one connection is asked for.
    init(count: Int, open: @escaping @Sendable () throws -> SQLiteConnection) throws {
        precondition(count >= 1, "a database has at least one reader")
        self.open = open
        readers = try (0..<count).map { _ in Reader(try open()) }
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
            let value = try reader.connection.withLockIfAvailable { connection in
                try use(&connection, body)
            }
            if let value { return value }
        }
        let reader = readers[Int.random(in: readers.indices)]
        return try reader.connection.withLock { connection in try use(&connection, body) }
    }

    /// Closes the connections, each once it is free, and refuses to read from then on.
    func close() {
        for reader in readers {
            reader.connection.withLock { connection in connection = nil }
        }
    }

    private func use<Value: Sendable>(
        _ connection: inout SQLiteConnection?,
        _ body: @Sendable (SQLiteConnection) throws -> Value
    ) throws -> Value {
        guard var current = connection else { throw SQLError.closed }
        if current.failure != nil {
            current = try open()
            connection = current
        }
        return try body(current)
    }
}

/// A place for a connection, which is empty once the database has been closed.
private final class Reader: Sendable {
    let connection: Mutex<SQLiteConnection?>

    init(_ connection: sending SQLiteConnection) {
        self.connection = Mutex(connection)
    }
}
