import CSQLite

/// The current row of a prepared statement.
@safe
package struct SQLiteRow {
    private let statement: OpaquePointer

    init(of statement: OpaquePointer) {
        unsafe self.statement = statement
    }
}

extension SQLiteRow: SQLRow {
    package func isNull(_ column: Int) -> Bool { type(of: column) == SQLITE_NULL }

    package func int64(_ column: Int) throws(UnreadableValue) -> Int64 {
        guard type(of: column) == SQLITE_INTEGER else { throw unreadable(column, "an integer") }
        return unsafe sqlite3_column_int64(statement, Int32(column))
    }

    package func text(
        _ column: Int,
        lengths: ClosedRange<Int>
    ) throws(UnreadableValue) -> String {
        guard type(of: column) == SQLITE_TEXT else { throw unreadable(column, "a text") }
        let bytes = unsafe bytes(of: column)
        guard lengths.contains(bytes.count) else {
            throw unreadable(
                column,
                "of \(lengths.lowerBound) to \(lengths.upperBound) bytes but \(bytes.count)"
            )
        }
        return unsafe String(decoding: bytes, as: UTF8.self)
    }

    package func has(_ text: String, in column: Int) -> Bool {
        guard type(of: column) == SQLITE_TEXT else { return false }
        let bytes = unsafe bytes(of: column)
        return unsafe text.utf8.elementsEqual(bytes)
    }

    package func blob(_ column: Int) throws(UnreadableValue) -> [UInt8] {
        guard type(of: column) == SQLITE_BLOB else { throw unreadable(column, "a blob") }
        return unsafe [UInt8](bytes(of: column))
    }

    package func name(of column: Int) -> String {
        guard let name = unsafe sqlite3_column_name(statement, Int32(column)) else { return "" }
        return unsafe String(cString: name)
    }

    private func type(of column: Int) -> Int32 {
        unsafe sqlite3_column_type(statement, Int32(column))
    }

    private func unreadable(_ column: Int, _ wanted: String) -> UnreadableValue {
        UnreadableValue(column: name(of: column), reason: "is not \(wanted)")
    }

    /// The bytes of a text or a blob; a text is stored in UTF-8, so nothing is converted.
    private func bytes(of column: Int) -> UnsafeBufferPointer<UInt8> {
        let start = unsafe sqlite3_column_blob(statement, Int32(column))
        let count = unsafe sqlite3_column_bytes(statement, Int32(column))
        return unsafe UnsafeBufferPointer(
            start: start?.assumingMemoryBound(to: UInt8.self),
            count: Int(count)
        )
    }
}
