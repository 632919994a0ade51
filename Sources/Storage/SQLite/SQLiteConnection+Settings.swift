extension SQLiteConnection {
    /// How many pages the log has when the writing connection copies them into the database's file.
    static var copiedPageCount: Int { 1000 }

    /// Opens the connection that writes and checkpoints.
    ///
    /// - Throws: ``SQLError``, or ``SQLiteOpenError/settingRefused(name:value:)`` if a commit would
    ///   not be durable.
    static func writer(
        _ file: SQLiteFile,
        _ configuration: SQLiteConfiguration
    ) throws -> SQLiteConnection {
        let connection = try SQLiteConnection(file, for: .writing)
        try connection.applyCommonSettings(cacheBytes: configuration.writerCacheBytes)
        try connection.set("journal_mode", to: "WAL", readAs: "wal")
        try connection.set("synchronous", to: "FULL", readAs: "2")
        try connection.set("foreign_keys", to: "ON", readAs: "1")
        // Each write is a savepoint, to which SQLite notes every page as it was. With this it does so
        // in memory, whatever their number; else in a file once there are 64 KiB of them, which takes
        // as long as the rest of the write. SQLITE_CONFIG_STMTJRNL_SPILL is no way to move that
        // bound: what was noted is written to the file in one piece then, and no piece may have
        // 128 KiB, so that the write fails as if the disk were full.
        try connection.set("temp_store", to: "MEMORY", readAs: "2")
        try connection.runOnce("PRAGMA wal_autocheckpoint = \(copiedPageCount)")
        try connection.runOnce("PRAGMA journal_size_limit = \(configuration.walByteLimit)")
        // SQLite opens the log at the first read.
        try connection.runOnce("PRAGMA schema_version")
        file.noteLog()
        return connection
    }

    /// Opens a connection that only reads, and whose reads can be ended.
    ///
    /// - Throws: ``SQLError``.
    static func reader(
        _ file: SQLiteFile,
        _ configuration: SQLiteConfiguration,
        uptime: @escaping @Sendable () -> Duration
    ) throws -> SQLiteConnection {
        let connection = try SQLiteConnection(
            file,
            for: .reading,
            watch: SQLiteWatch(uptime: uptime)
        )
        try connection.applyCommonSettings(cacheBytes: configuration.readerCacheBytes)
        try connection.runOnce("PRAGMA wal_autocheckpoint = 0")
        try connection.set("query_only", to: "ON", readAs: "1")
        // After its first read a connection holds a lock. So the log stays in place while a new
        // connection takes over the writing.
        try connection.runOnce("PRAGMA schema_version")
        return connection
    }

    private func applyCommonSettings(cacheBytes: Int) throws {
        try runOnce("PRAGMA busy_timeout = 5000")
        try runOnce("PRAGMA trusted_schema = OFF")
        try runOnce("PRAGMA cell_size_check = ON")
        // A negative number is a size in KiB, a positive one a number of pages.
        try runOnce("PRAGMA cache_size = -\(cacheBytes / 1024)")
    }

    private func set(_ name: String, to value: String, readAs expected: String) throws {
        try runOnce("PRAGMA \(name) = \(value)")
        let answer = try runOnce("PRAGMA \(name)") ?? "nothing"
        guard answer == expected else {
            throw SQLiteOpenError.settingRefused(name: name, value: answer)
        }
    }
}
