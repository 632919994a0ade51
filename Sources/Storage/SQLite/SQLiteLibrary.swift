import CSQLite

/// The SQLite library that this process uses.
package enum SQLiteLibrary {
    /// What the operator should know about the library, if anything.
    package static var warning: String? {
        let version = sqlite3_libversion_number()
        guard hasWALResetBug(version: version) else { return nil }
        return """
            SQLite \(name(ofVersion: version)) can damage a database that two programs write to \
            at once (https://sqlite.org/wal.html#walresetbug). This server writes through one \
            connection and keeps a second server away; let no other program, such as sqlite3 or \
            a replication tool, open the file while it runs.
            """
    }

    /// Tells whether a version, such as 3040001 for 3.40.1, loses pages when one connection
    /// checkpoints the write-ahead log while another resets it.
    static func hasWALResetBug(version: Int32) -> Bool {
        switch version {
        case ..<3_007_000: false
        case 3_044_006..<3_045_000, 3_050_007..<3_051_000, 3_051_003...: false
        default: true
        }
    }

    private static func name(ofVersion version: Int32) -> String {
        "\(version / 1_000_000).\(version / 1000 % 1000).\(version % 1000)"
    }
}
