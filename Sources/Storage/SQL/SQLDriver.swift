/// A database that lends its connections.
///
/// Stores are generic over it: one schema and one set of statements run on each engine. What a
/// closure does with its connection is synchronous, so that a transaction is never open while
/// somebody waits for something else.
package protocol SQLDriver: Sendable {
    associatedtype Connection: SQLConnection

    /// How the engine spells what the schema leaves open.
    static var dialect: SQLDialect { get }

    /// Lends a connection for reading; each statement sees what is committed when it begins.
    ///
    /// - Throws: ``SQLError``, or what the closure throws.
    func read<Value: Sendable>(
        _ body: @Sendable (Connection) throws -> Value
    ) async throws -> Value

    /// Lends a connection for reading; all statements see the database at one moment.
    ///
    /// - Throws: ``SQLError``, or what the closure throws.
    func readSnapshot<Value: Sendable>(
        _ body: @Sendable (Connection) throws -> Value
    ) async throws -> Value

    /// Runs a closure in a transaction and returns once it is durable.
    ///
    /// The closure may share the transaction with others, though never half of it is kept: where
    /// it throws, what it did is undone. It may run again where the engine asks for that, so it
    /// must have no effect but on the database.
    ///
    /// - Throws: ``SQLError``, what the closure throws, or `CancellationError` if the calling task
    ///   was cancelled before. Where the error is ``SQLError/unavailable(code:message:)`` and the
    ///   machine stops at that moment, the transaction may be found to have been kept.
    @discardableResult
    func write<Value: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> Value
    ) async throws -> Value

    /// Refuses new work, finishes what was begun, and closes the database.
    func close() async
}

/// How an engine spells what a schema's text leaves open.
package struct SQLDialect: Hashable, Sendable {
    /// `@I8`: the type of integers of 64 bits.
    package var integer64: String
    /// `@I2`: the type of integers of 16 bits.
    package var integer16: String
    /// `@BLOB`: the type of bytes.
    package var blob: String
    /// `@TAIL`: what follows the parenthesis of a table's definition.
    package var tableTail: String
    /// `@C`: the collation that orders texts by code point, where it is not the engine's own.
    package var codePointCollation: String

    /// Creates a dialect from its spellings.
    package init(
        integer64: String,
        integer16: String,
        blob: String,
        tableTail: String,
        codePointCollation: String
    ) {
        self.integer64 = integer64
        self.integer16 = integer16
        self.blob = blob
        self.tableTail = tableTail
        self.codePointCollation = codePointCollation
    }

    /// Returns a definition with this dialect's spellings put in.
    ///
    /// - Precondition: The text holds no other word that begins with `@`.
    package func definition(_ text: String) -> String {
        let definition =
            text
            .replacing("@I8", with: integer64)
            .replacing("@I2", with: integer16)
            .replacing("@BLOB", with: blob)
            .replacing("@TAIL", with: tableTail)
            .replacing("@C", with: codePointCollation)
        precondition(!definition.contains("@"), "a definition has an unknown substitution: \(text)")
        return definition
    }
}
