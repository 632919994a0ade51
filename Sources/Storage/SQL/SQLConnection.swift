/// A connection to the database.
///
/// A driver lends it for some time.
///
/// It is not `Sendable`. It is used only within the closure that gets it.
package protocol SQLConnection: SendableMetatype {
    associatedtype Row: SQLRow

    /// Whether the engine lets only one transaction at a time write.
    ///
    /// Otherwise a transaction must lock what it reads and relies on.
    static var writesAlone: Bool { get }

    /// Runs a statement to its end and ignores any rows of its result.
    ///
    /// - Returns: How many rows were inserted, updated or deleted. For other statements it has no
    ///   meaning.
    /// - Throws: ``SQLError``.
    /// - Precondition: The arguments name each of the statement's parameters once.
    @discardableResult
    func execute(_ statement: SQLStatement, _ arguments: SQLArguments) throws -> Int

    /// Runs a statement of which nothing is needed at once.
    ///
    /// An engine to which the way is long runs it with the next statement whose result is needed,
    /// and before the transaction or the attempt at hand ends. Then its error is thrown there.
    ///
    /// - Throws: ``SQLError``, of an earlier such statement too.
    /// - Precondition: The arguments name each of the statement's parameters once.
    func executeLater(_ statement: SQLStatement, _ arguments: SQLArguments) throws

    /// Runs a statement for each of some arguments, in one go where the engine can.
    ///
    /// - Returns: How many rows each inserted, updated or deleted.
    /// - Throws: ``SQLError``.
    func executeEach(_ statement: SQLStatement, _ arguments: [SQLArguments]) throws -> [Int]

    /// Runs a query for each of some arguments, in one go where the engine can, and calls a closure
    /// for each row, in order, with the place of its arguments.
    ///
    /// - Throws: ``SQLError``, or what the closure throws, which ends the queries.
    func queryEach(
        _ statement: SQLStatement,
        _ arguments: [SQLArguments],
        _ body: (Int, Row) throws -> Void
    ) throws

    /// Waits until what was put off is done.
    ///
    /// - Throws: ``SQLError``.
    func finish() throws

    /// Remembers a query that has a row if the transaction at hand was kept, and none if it was not.
    ///
    /// So an engine that loses the answer to a commit can find out.
    func keepProof(_ statement: SQLStatement, _ arguments: SQLArguments)

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

    /// Runs a closure in a transaction of its own, and returns once that is durable.
    ///
    /// What the closure did is kept, whatever becomes of the transaction at hand. An engine that
    /// lets only one transaction write runs it in the one at hand. It may be done twice, if it is not
    /// known whether it was kept.
    ///
    /// - Throws: ``SQLError``, or what the closure throws.
    func apart<Value: Sendable>(_ body: @Sendable (Self) throws -> Value) throws -> Value
}

extension SQLConnection {
    package func executeLater(_ statement: SQLStatement, _ arguments: SQLArguments) throws {
        try execute(statement, arguments)
    }

    package func executeEach(
        _ statement: SQLStatement,
        _ arguments: [SQLArguments]
    ) throws -> [Int] {
        try arguments.map { arguments in try execute(statement, arguments) }
    }

    package func queryEach(
        _ statement: SQLStatement,
        _ arguments: [SQLArguments],
        _ body: (Int, Row) throws -> Void
    ) throws {
        for (place, arguments) in arguments.enumerated() {
            try query(statement, arguments) { row in try body(place, row) }
        }
    }

    package func finish() throws {}

    package func keepProof(_ statement: SQLStatement, _ arguments: SQLArguments) {}

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
        try executeLater(SavepointStatements.begin, [:])
        do {
            let value = try body()
            try execute(SavepointStatements.end, [:])
            return .success(value)
        } catch let error as SQLError where error.isOfDatabase {
            throw error
        } catch {
            // Whatever became of it, it is undone.
            try? finish()
            do { try execute(SavepointStatements.rollBack, [:]) } catch {
                throw SQLError.transactionEnded
            }
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

/// One row of a statement's result, for as long as the closure that is given it runs.
///
/// Columns are numbered from 0. What a row holds is not trusted: a column of another type than it
/// is read as, or a null that is read as anything but an optional, is thrown.
package protocol SQLRow {
    /// Tells whether a column is null.
    func isNull(_ column: Int) -> Bool

    /// Returns an integer column's value.
    func int64(_ column: Int) throws(UnreadableValue) -> Int64

    /// Returns a text column's value; what is not UTF-8 in it is replaced by U+FFFD.
    ///
    /// A text of another number of bytes than one of some is thrown before it is copied.
    func text(_ column: Int, lengths: ClosedRange<Int>) throws(UnreadableValue) -> String

    /// Returns the bytes of a blob column.
    func blob(_ column: Int) throws(UnreadableValue) -> [UInt8]

    /// Whether a column is a text, and a known one.
    func has(_ text: String, in column: Int) -> Bool

    /// Returns a column's name, to speak of it.
    func name(of column: Int) -> String
}

extension SQLRow {
    package func has(_ text: String, in column: Int) -> Bool {
        (try? self.text(column)) == text
    }

    /// Returns an integer column's value.
    package func int(_ column: Int) throws(UnreadableValue) -> Int { Int(try int64(column)) }

    /// Returns an integer column's value, or `nil` for null.
    package func optionalInt64(_ column: Int) throws(UnreadableValue) -> Int64? {
        isNull(column) ? nil : try int64(column)
    }

    /// Returns a text column's value, however long it is.
    package func text(_ column: Int) throws(UnreadableValue) -> String {
        try text(column, lengths: 0...Int.max)
    }

    /// Returns a text column's value, or `nil` for null.
    package func optionalText(_ column: Int) throws(UnreadableValue) -> String? {
        isNull(column) ? nil : try text(column)
    }
}
