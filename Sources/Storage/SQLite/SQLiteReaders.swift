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
    /// The first connection is tried first. So on a quiet server few connections do the work, and
    /// their caches stay warm.
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

    /// Closes each connection as soon as it is free.
    ///
    /// Later reads are refused.
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

/// A place for a connection.
///
/// It is empty after the database was closed.
private final class Reader: Sendable {
    let connection: Mutex<SQLiteConnection?>

    init(_ connection: sending SQLiteConnection) {
        self.connection = Mutex(connection)
    }
}
