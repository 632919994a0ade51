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

    package func int64(_ column: Int) -> Int64 {
        precondition(type(of: column) == SQLITE_INTEGER, "column \(column) is not an integer")
        return unsafe sqlite3_column_int64(statement, Int32(column))
    }

    package func text(_ column: Int) -> String {
        unsafe String(decoding: bytes(of: column, type: SQLITE_TEXT), as: UTF8.self)
    }

    package func withUTF8<Value>(
        _ column: Int,
        _ body: (Span<UInt8>) throws -> Value
    ) rethrows -> Value {
        let bytes = unsafe bytes(of: column, type: SQLITE_TEXT)
        return try unsafe body(bytes.span)
    }

    package func blob(_ column: Int) -> [UInt8] {
        unsafe [UInt8](bytes(of: column, type: SQLITE_BLOB))
    }

    private func type(of column: Int) -> Int32 {
        unsafe sqlite3_column_type(statement, Int32(column))
    }

    /// The bytes of a text or a blob.
    ///
    /// A text is stored in UTF-8, so nothing is converted.
    private func bytes(of column: Int, type: Int32) -> UnsafeBufferPointer<UInt8> {
        precondition(
            self.type(of: column) == type,
            "column \(column) is not a \(type == SQLITE_TEXT ? "text" : "blob")"
        )
        let start = unsafe sqlite3_column_blob(statement, Int32(column))
        let count = unsafe sqlite3_column_bytes(statement, Int32(column))
        return unsafe UnsafeBufferPointer(
            start: start?.assumingMemoryBound(to: UInt8.self),
            count: Int(count)
        )
    }
}
