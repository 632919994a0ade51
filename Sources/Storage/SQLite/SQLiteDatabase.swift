package import Tasks

/// A SQLite database in one file, open in this process alone.
///
/// Short reads run at once on the calling thread. Reads that may take long run on threads of their
/// own. All run in parallel with each other and with the one
/// connection that writes. Only that connection commits and makes checkpoints.
package final class SQLiteDatabase: Sendable {
    let file: SQLiteFile
    private let readers: SQLiteReaders
    let scans: SQLiteScans
    let writer: SQLiteWriter

    /// What the operator should know about other users' rights to the files; none if they had none.
    package let exposureWarning: String?

    /// A log that is longer than this is checkpointed at the next inspection.
    let logByteLimit: Int

    package let connectionCount: Int

    /// Opens a database.
    ///
    /// If it does not exist, creates it, readable only by its owner.
    ///
    /// - Parameters:
    ///   - path: The path of the file. The file is locked, whichever path leads to it. A file
    ///     `path.lock` next to it names this process.
    ///   - configuration: How much of the machine it may use.
    ///   - uptime: The time since any moment, by a clock that nobody sets; while it stands still,
    ///     no read takes too long, and all writes cost the same.
    /// - Throws: ``SQLiteOpenError``, or ``SQLError`` if the file cannot be read.
    package init(
        path: String,
        configuration: SQLiteConfiguration = SQLiteConfiguration(),
        uptime: @escaping @Sendable () -> Duration = { .zero }
    ) throws {
        let file = try SQLiteFile(path: path)
        self.file = file
        logByteLimit = configuration.walByteLimit
        connectionCount = configuration.connectionCount
        do {
            try SQLiteOwnership.check(file)
            exposureWarning = try file.takePossession()
            writer = try SQLiteWriter(of: file, configuration, uptime: uptime) {
                try SQLiteConnection.writer(file, configuration)
            }
            let openReader: @Sendable () throws -> SQLiteConnection = {
                try SQLiteConnection.reader(file, configuration, uptime: uptime)
            }
            readers = try SQLiteReaders(
                count: configuration.readerCount,
                timeLimit: configuration.readTimeLimit,
                shortTimeLimit: configuration.shortScanTimeLimit,
                open: openReader
            )
            scans = try SQLiteScans(configuration, uptime: uptime, open: openReader)
        } catch {
            throw SQLiteOpenError(error, path: path) ?? error
        }
    }

    /// Whether the process that had the database open before ended without closing it.
    ///
    /// Nothing that was committed is lost by that, and no check is needed.
    package var wasLeftOpen: Bool { file.wasLeftOpen }
}

extension SQLiteDatabase: SQLDriver {
    package static let dialect = SQLDialect(
        text: "text",
        integer64: "integer",
        integer16: "integer",
        blob: "blob",
        tableTail: "STRICT, WITHOUT ROWID",
        codePointCollation: ""
    )

    package func read<Value: Sendable>(
        _ body: @Sendable (SQLiteConnection) throws -> Value
    ) throws -> Value {
        try readers.read(body)
    }

    package func readSnapshot<Value: Sendable>(
        _ body: @Sendable (SQLiteConnection) throws -> Value
    ) throws -> Value {
        try readers.read { connection in try connection.snapshot(body) }
    }

    package func shortScan<Value: Sendable>(
        _ body: @Sendable (SQLiteConnection) throws -> Value
    ) throws -> Value? {
        try readers.readIfShort { connection in try connection.snapshot(body) }
    }

    package func scan<Value: Sendable>(
        for locationID: LocationID?,
        _ body: @escaping @Sendable (SQLiteConnection) throws -> Value
    ) async throws -> Value {
        try await scans.scan(for: locationID, body)
    }

    @discardableResult
    package func write<Value: Sendable>(
        for locationID: LocationID?,
        _ body: @escaping @Sendable (SQLiteConnection) throws -> Value
    ) async throws -> Value {
        try await writer.write(for: locationID, body)
    }

    package func close() async {
        // The readers are closed first, because the log is emptied only when nobody reads from it.
        scans.close()
        readers.close()
        await writer.close()
        file.putForeignLogAside()
        file.unlock()
    }
}
