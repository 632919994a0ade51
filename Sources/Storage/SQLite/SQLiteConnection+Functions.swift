import CSQLite

extension SQLiteConnection {
    /// Gives a handle the functions that statements use and SQLite has not.
    ///
    /// - Returns: SQLite's result code.
    static func addFunctions(to handle: OpaquePointer) -> Int32 {
        unsafe sqlite3_create_function_v2(
            handle,
            FoldedText.functionName,
            1,
            SQLITE_UTF8 | SQLITE_DETERMINISTIC,
            nil,
            { context, _, values in
                guard let value = unsafe values?[0], let text = unsafe sqlite3_value_text(value)
                else { return unsafe sqlite3_result_null(context) }
                let count = Int(unsafe sqlite3_value_bytes(value))
                let bytes = unsafe UnsafeBufferPointer(start: text, count: count)
                let folded = FoldedText.of(unsafe String(decoding: bytes, as: UTF8.self))
                unsafe sqlite3_result_text(
                    context,
                    folded,
                    Int32(folded.utf8.count),
                    SQLitePreparedStatement.copying
                )
            },
            nil,
            nil,
            nil
        )
    }
}
