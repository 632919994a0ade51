extension SQLiteDatabase {
    /// SQLite has no statement for it, and to make a table anew would copy all its rows.
    ///
    /// A check changes nothing of what is stored, so it is written into the text of the table, and
    /// the connection reads the tables' texts again.
    package static func statements(adding checks: [TableChecks]) -> [String] {
        let end = ") \(dialect.tableTail)"
        let edits = checks.filter { !$0.conditions.isEmpty }.map { checks in
            let text = checks.conditions.map { ",\n    CHECK (\($0))" }.joined()
                .replacing("'", with: "''")
            return """
                UPDATE sqlite_schema
                SET sql = RTRIM(SUBSTR(sql, 1, LENGTH(sql) - \(end.count)), CHAR(10))
                    || '\(text)' || CHAR(10) || '\(end)'
                WHERE type = 'table' AND name = '\(checks.table)' AND sql LIKE '%\(end)'
                """
        }
        let replacements = checks.compactMap { checks in
            checks.replaced.map { replaced in
                """
                UPDATE sqlite_schema
                SET sql = REPLACE(sql, 'CHECK (\(replaced.former))', 'CHECK (\(replaced.condition))')
                WHERE type = 'table' AND name = '\(checks.table)'
                """
            }
        }
        // What a prepared statement of this kind does, it does when it is prepared; so that it is
        // prepared every time, no two have the same text.
        let names = checks.map(\.table).joined(separator: " ")
        return ["PRAGMA writable_schema = ON -- \(names)"] + edits + replacements
            + ["PRAGMA writable_schema = RESET -- \(names)"]
    }
}
