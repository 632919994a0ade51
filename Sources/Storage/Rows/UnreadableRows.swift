import Synchronization
package import Tasks

/// Tells of the rows that cannot be read, of each once.
package final class UnreadableRows: Sendable {
    private struct Row: Hashable {
        let table: String
        let key: String
    }

    private let told = Mutex<Set<Row>>([])
    private let tell: @Sendable (UnreadableRow) -> Void

    /// How many rows are remembered; with one more all are forgotten, and may be told of again.
    private static let limit = 1000

    /// Creates the teller.
    ///
    /// - Parameter tell: Is told of a row; it returns soon, since a transaction may wait for it.
    package init(_ tell: @escaping @Sendable (UnreadableRow) -> Void) {
        self.tell = tell
    }

    /// Tells of a row, unless that was done before.
    func note(_ row: UnreadableRow) {
        let isNew = told.withLock { told in
            let key = Row(table: row.table, key: row.key)
            if told.contains(key) { return false }
            if told.count >= Self.limit { told.removeAll(keepingCapacity: true) }
            told.insert(key)
            return true
        }
        if isNew { tell(row) }
    }
}

extension SQLConnection {
    /// Runs a statement and returns what a closure makes of its first row, if there is one.
    ///
    /// - Throws: ``SQLError``; `UnreadableRow`, with the table and the key, where the closure throws
    ///   ``UnreadableValue``; what else it throws.
    func row<Value>(
        _ statement: SQLStatement,
        _ arguments: SQLArguments,
        of table: String,
        key: @autoclosure () -> String,
        _ body: (Row) throws -> Value
    ) throws -> Value? {
        do {
            return try row(statement, arguments, body)
        } catch let error as UnreadableValue {
            throw UnreadableRow(error, of: table, key: key())
        }
    }

    /// Runs a statement and returns what a closure makes of each row, in order.
    ///
    /// A row that cannot be read is told of and left out.
    ///
    /// - Returns: What was made, and how many rows there were.
    /// - Throws: ``SQLError``, or what else the closure throws.
    func readableRows<Value>(
        _ statement: SQLStatement,
        _ arguments: SQLArguments,
        telling unreadable: UnreadableRows,
        _ body: (Row) throws -> Value
    ) throws -> (values: [Value], rowCount: Int) {
        var values: [Value] = []
        var rowCount = 0
        try query(statement, arguments) { row in
            rowCount += 1
            do {
                values.append(try body(row))
            } catch let error as UnreadableRow {
                unreadable.note(error)
            }
        }
        return (values, rowCount)
    }
}
