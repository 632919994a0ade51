import CPostgreSQL

/// What the server answered to one statement.
@safe
final class PostgreSQLResult {
    private let handle: OpaquePointer

    /// Takes a result over, which is not null.
    init(owning handle: OpaquePointer) {
        unsafe self.handle = handle
    }

    deinit { unsafe PQclear(handle) }

    /// Why the server did not do what it was asked; none if it did.
    var refusal: PostgreSQLRefusal? {
        switch unsafe PQresultStatus(handle) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: nil
        default: unsafe PostgreSQLRefusal(of: handle)
        }
    }

    /// Whether it only says that the answers to all that was sent have come.
    var isEndOfPipeline: Bool { unsafe PQresultStatus(handle) == PGRES_PIPELINE_SYNC }

    var rowCount: Int { Int(unsafe PQntuples(handle)) }

    /// How many rows the statement inserted, updated, deleted or selected.
    var affectedCount: Int {
        guard let text = unsafe PQcmdTuples(handle) else { return 0 }
        return unsafe Int(String(cString: text)) ?? 0
    }

    /// What was done, in the server's words, such as `COMMIT`.
    var command: String {
        guard let text = unsafe PQcmdStatus(handle) else { return "" }
        return unsafe String(cString: text)
    }

    /// The types of a prepared statement's parameters, in a description of it.
    var parameterTypes: [UInt32] {
        unsafe (0..<PQnparams(handle)).map { unsafe PQparamtype(handle, $0) }
    }

    func isNull(_ row: Int32, _ column: Int32) -> Bool {
        unsafe PQgetisnull(handle, row, column) != 0
    }

    func type(of column: Int32) -> UInt32 { unsafe PQftype(handle, column) }

    func name(of column: Int32) -> String {
        guard let name = unsafe PQfname(handle, column) else { return "" }
        return unsafe String(cString: name)
    }

    /// The bytes of a value, for as long as the result is there.
    func bytes(_ row: Int32, _ column: Int32) -> UnsafeBufferPointer<UInt8> {
        let count = unsafe PQgetlength(handle, row, column)
        let start = unsafe PQgetvalue(handle, row, column)
        return unsafe UnsafeBufferPointer(
            start: UnsafeRawPointer(start)?.assumingMemoryBound(to: UInt8.self),
            count: Int(count)
        )
    }
}

/// One row of a result.
package struct PostgreSQLRow {
    private let result: PostgreSQLResult
    private let row: Int32
    private let statement: SQLStatement

    init(_ row: Int, of result: PostgreSQLResult, to statement: SQLStatement) {
        self.row = Int32(row)
        self.result = result
        self.statement = statement
    }
}

extension PostgreSQLRow: SQLRow {
    package func isNull(_ column: Int) -> Bool { result.isNull(row, Int32(column)) }

    package func int64(_ column: Int) throws(UnreadableValue) -> Int64 {
        guard !isNull(column) else { throw unreadable(column, "an integer") }
        let bytes = unsafe result.bytes(row, Int32(column))
        switch result.type(of: Int32(column)) {
        case PostgreSQLType.integer64: return unsafe Int64(integer(bytes))
        case PostgreSQLType.integer32:
            return unsafe Int64(Int32(truncatingIfNeeded: integer(bytes)))
        case PostgreSQLType.integer16:
            return unsafe Int64(Int16(truncatingIfNeeded: integer(bytes)))
        case PostgreSQLType.boolean: return unsafe integer(bytes)
        default: throw unreadable(column, "an integer")
        }
    }

    package func text(
        _ column: Int,
        lengths: ClosedRange<Int>
    ) throws(UnreadableValue) -> String {
        guard !isNull(column), PostgreSQLType.texts.contains(result.type(of: Int32(column))) else {
            throw unreadable(column, "a text")
        }
        let bytes = unsafe result.bytes(row, Int32(column))
        guard lengths.contains(bytes.count) else {
            throw unreadable(
                column,
                "of \(lengths.lowerBound) to \(lengths.upperBound) bytes but \(bytes.count)"
            )
        }
        return unsafe PostgreSQLText.text(bytes)
    }

    package func blob(_ column: Int) throws(UnreadableValue) -> [UInt8] {
        guard !isNull(column), result.type(of: Int32(column)) == PostgreSQLType.bytes else {
            throw unreadable(column, "a blob")
        }
        return unsafe [UInt8](result.bytes(row, Int32(column)))
    }

    package func name(of column: Int) -> String {
        statement.text.spelling(of: result.name(of: Int32(column)))
    }

    private func unreadable(_ column: Int, _ wanted: String) -> UnreadableValue {
        UnreadableValue(column: name(of: column), reason: "is not \(wanted)")
    }

    /// PostgreSQL writes the highest byte first.
    private func integer(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64 {
        unsafe bytes.reduce(0) { $0 << 8 | Int64($1) }
    }
}
