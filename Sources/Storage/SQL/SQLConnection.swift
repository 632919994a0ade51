/// A connection to the database.
///
/// A driver lends it for some time.
///
/// It is not `Sendable`. It is used only within the closure that gets it.
package protocol SQLConnection {
    associatedtype Row: SQLRow

    /// Runs a statement to its end and ignores any rows of its result.
    ///
    /// - Returns: How many rows were inserted, updated or deleted. For other statements it has no
    ///   meaning.
    /// - Throws: ``SQLError``.
    /// - Precondition: The arguments name each of the statement's parameters once.
    @discardableResult
    func execute(_ statement: SQLStatement, _ arguments: SQLArguments) throws -> Int

    /// Runs a statement and calls a closure for each row, in order.
    ///
    /// - Throws: ``SQLError``, or what the closure throws, which ends the statement.
    /// - Precondition: The arguments name each of the statement's parameters once, and the closure
    ///   does not run the same statement.
    func query(
        _ statement: SQLStatement,
        _ arguments: SQLArguments,
        _ body: (Row) throws -> Void
    ) throws

    /// Runs a statement, calls a closure with its first row, if there is one, and returns the
    /// result.
    ///
    /// - Throws: ``SQLError``, or what the closure throws.
    /// - Precondition: The arguments name each of the statement's parameters once.
    func row<Value>(
        _ statement: SQLStatement,
        _ arguments: SQLArguments,
        _ body: (Row) throws -> Value
    ) throws -> Value?
}

extension SQLConnection {
    /// Runs a statement, calls a closure for each row, in order, and returns the results.
    ///
    /// - Throws: ``SQLError``, or what the closure throws.
    package func rows<Value>(
        _ statement: SQLStatement,
        _ arguments: SQLArguments,
        _ body: (Row) throws -> Value
    ) throws -> [Value] {
        var values: [Value] = []
        try query(statement, arguments) { row in values.append(try body(row)) }
        return values
    }

    /// Runs a closure in a savepoint of the transaction at hand.
    ///
    /// If the closure throws, what it did is undone, and the transaction goes on without it.
    ///
    /// - Returns: What the closure returns or throws.
    /// - Throws: ``SQLError`` of the database itself, which ends the whole transaction.
    func attempt<Value>(_ body: () throws -> Value) throws -> Result<Value, any Error> {
        try execute(SavepointStatements.begin, [:])
        do {
            let value = try body()
            try execute(SavepointStatements.end, [:])
            return .success(value)
        } catch let error as SQLError where error.isOfDatabase {
            throw error
        } catch {
            try execute(SavepointStatements.rollBack, [:])
            try execute(SavepointStatements.end, [:])
            return .failure(error)
        }
    }
}

private enum SavepointStatements {
    static let begin = SQLStatement("SAVEPOINT part")
    static let end = SQLStatement("RELEASE SAVEPOINT part")
    static let rollBack = SQLStatement("ROLLBACK TO SAVEPOINT part")
}

/// One row of a statement's result.
///
/// It can be used only while the closure that gets it runs.
///
/// Columns are numbered from 0. It is our mistake to read a column as another type than it has, or
/// to read a null as anything but an optional. It stops the process.
package protocol SQLRow {
    /// Tells whether a column is null.
    func isNull(_ column: Int) -> Bool

    /// Returns an integer column's value.
    func int64(_ column: Int) -> Int64

    /// Returns a text column's value.
    func text(_ column: Int) -> String

    /// Lends a text column's UTF-8 bytes without a copy.
    func withUTF8<Value>(_ column: Int, _ body: (Span<UInt8>) throws -> Value) rethrows -> Value

    /// Returns the bytes of a blob column.
    func blob(_ column: Int) -> [UInt8]
}

extension SQLRow {
    /// Returns an integer column's value.
    package func int(_ column: Int) -> Int { Int(int64(column)) }

    /// Returns an integer column's value, or `nil` for null.
    package func optionalInt64(_ column: Int) -> Int64? { isNull(column) ? nil : int64(column) }

    /// Returns a text column's value, or `nil` for null.
    package func optionalText(_ column: Int) -> String? { isNull(column) ? nil : text(column) }
}
