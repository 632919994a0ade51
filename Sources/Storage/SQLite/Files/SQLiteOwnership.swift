/// Which SQLite files are databases of this program.
enum SQLiteOwnership {
    /// The number by which a file's header names its program: "Pern" in ASCII.
    private static let applicationID = 0x5065_726E

    /// Marks a database as ours; those of earlier days are known by their tables alone.
    static let migration = Migration(
        "sqlite application",
        "PRAGMA application_id = \(applicationID)"
    )

    /// Where a file's header has the number, most significant byte first.
    private static let placeOfID = 68..<72

    /// Whether there is nothing in the file, or the table of migrations as we make it.
    private static let isOurs = """
        SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema) OR EXISTS (
            SELECT 1 FROM sqlite_schema
            WHERE type = 'table' AND name = 'migration'
                AND sql LIKE 'CREATE TABLE migration (name text NOT NULL PRIMARY KEY)%'
        )
        """

    /// Makes sure that a file is empty or ours, without a change to it.
    ///
    /// - Throws: ``SQLiteOpenError/foreign(path:)`` if it is another program's, or ``SQLError`` if
    ///   it cannot be read.
    static func check(_ file: SQLiteFile) throws {
        let id = try file.bytes(placeOfID).reduce(0) { $0 << 8 | Int($1) }
        if id == applicationID { return }
        let inspector = try SQLiteConnection(file, for: .inspecting)
        // What a log holds of the header that the file does not have yet is read here too.
        let declared = try inspector.runOnce("PRAGMA application_id")
        guard declared != "\(applicationID)" else { return }
        guard declared == "0", try inspector.runOnce(isOurs) == "1" else {
            throw SQLiteOpenError.foreign(path: file.path)
        }
    }
}
