package import Tasks

/// A database that lends its connections.
///
/// Stores are generic over it: one schema and one set of statements run on each engine. A closure
/// uses its connection synchronously. So no transaction stays open while a caller waits for
/// something else.
package protocol SQLDriver: Sendable {
    associatedtype Connection: SQLConnection

    /// How the engine writes what the schema's text leaves open.
    static var dialect: SQLDialect { get }

    /// The statements that give tables further checks, without a look at the rows that are there.
    ///
    /// They run in one transaction.
    static func statements(adding checks: [TableChecks]) -> [String]

    /// Lends a connection for a short read, for example by key.
    ///
    /// Each statement sees what is committed when it begins. The closure may run on the calling
    /// thread, so its cost must be bounded. Any other read is a ``scan(for:_:)``.
    ///
    /// - Throws: ``SQLError``, or what the closure throws.
    func read<Value: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> Value
    ) async throws -> Value

    /// Lends a connection for a short read; all statements see the database at one moment.
    ///
    /// - Throws: ``SQLError``, or what the closure throws.
    func readSnapshot<Value: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> Value
    ) async throws -> Value

    /// Runs a scan on the calling thread if it turns out to be short.
    ///
    /// All statements see the database at one moment.
    ///
    /// - Returns: None if it was given up because it took long, or if the engine has nothing faster than
    ///   a ``scan(for:_:)``.
    /// - Throws: ``SQLError``, or what the closure throws.
    func shortScan<Value: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> Value
    ) throws -> Value?

    /// Lends a connection for a read that may take long, not on the calling thread.
    ///
    /// All statements see the database at one moment.
    ///
    /// - Parameters:
    ///   - locationID: The location that reads. No location gets more than a share of the threads.
    ///     None for the server's own reads, which may take any time.
    ///   - body: What is read.
    /// - Returns: What the closure returns.
    /// - Throws: ``SQLError``, or what the closure throws. ``SQLError/busy`` if too many scans
    ///   wait, ``SQLError/timedOut(limit:)`` if it takes too long, ``SQLError/interrupted`` if the
    ///   calling task is cancelled.
    func scan<Value: Sendable>(
        for locationID: LocationID?,
        _ body: @escaping @Sendable (Connection) throws -> Value
    ) async throws -> Value

    /// Runs a closure in a transaction and returns once it is durable.
    ///
    /// The closure may share the transaction with others. What it did is kept or undone as a whole;
    /// it is undone if it throws. It may run again if the engine requires that, so it must have no
    /// effect except on the database.
    ///
    /// - Parameters:
    ///   - locationID: The location that writes. Locations that wait take turns, and each has a
    ///     share of the places to wait. None for the server's own writes.
    ///   - body: What is written.
    /// - Returns: What the closure returns.
    /// - Throws: ``SQLError``, what the closure throws, or `CancellationError` if the calling task
    ///   was cancelled before. ``SQLError/busy`` if too many writes wait. If the error is
    ///   ``SQLError/unavailable(code:message:)`` and the machine stops at that moment, the
    ///   transaction may turn out to have been kept.
    @discardableResult
    func write<Value: Sendable>(
        for locationID: LocationID?,
        _ body: @escaping @Sendable (Connection) throws -> Value
    ) async throws -> Value

    /// Refuses new work, finishes what was begun, and closes the database.
    func close() async
}

extension SQLDriver {
    package func shortScan<Value: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> Value
    ) throws -> Value? {
        nil
    }

    /// Scans as a short read, for an engine that has nothing better.
    package func scan<Value: Sendable>(
        for locationID: LocationID?,
        _ body: @escaping @Sendable (Connection) throws -> Value
    ) async throws -> Value {
        try await readSnapshot(body)
    }

    /// Writes what is the server's own work.
    @discardableResult
    package func write<Value: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> Value
    ) async throws -> Value {
        try await write(for: nil, body)
    }
}

/// How an engine writes what a schema's text leaves open.
package struct SQLDialect: Hashable, Sendable {
    /// The type of texts, which is written `text` after the column's name.
    package var text: String
    /// `@I8`: the type of integers of 64 bits.
    package var integer64: String
    /// `@I2`: the type of integers of 16 bits.
    package var integer16: String
    /// `@BLOB`: the type of bytes.
    package var blob: String
    /// `@TAIL`: the text after the closing parenthesis of a table's definition.
    package var tableTail: String
    /// `@C`: the collation that orders texts by code point; empty if the engine does so by default.
    package var codePointCollation: String

    /// Creates a dialect from the texts for each word.
    package init(
        text: String,
        integer64: String,
        integer16: String,
        blob: String,
        tableTail: String,
        codePointCollation: String
    ) {
        self.text = text
        self.integer64 = integer64
        self.integer16 = integer16
        self.blob = blob
        self.tableTail = tableTail
        self.codePointCollation = codePointCollation
    }

    /// Returns a definition in this dialect.
    ///
    /// - Precondition: The text has no other word that begins with `@`.
    package func definition(_ text: String) -> String {
        let definition =
            text
            .replacing(/(\w) text\b/) { "\($0.1) \(self.text)" }
            .replacing("@I8", with: integer64)
            .replacing("@I2", with: integer16)
            .replacing("@BLOB", with: blob)
            .replacing("@TAIL", with: tableTail)
            .replacing("@C", with: codePointCollation)
        precondition(!definition.contains("@"), "a definition has an unknown substitution: \(text)")
        return definition
    }
}
