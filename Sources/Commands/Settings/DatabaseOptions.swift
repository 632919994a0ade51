import ArgumentParser
import Foundation
import Logging
package import Storage
import Tasks

/// Which database a command works on.
package struct DatabaseOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            The SQLite file, as a path or sqlite:PATH. PERENNIAL_DATABASE; perennial.db by default.
            """,
            valueName: "file"
        )
    )
    var database: String?

    package init() {}

    package func validate() throws {
        _ = try path()
    }

    /// Opens the database for this process only.
    ///
    /// A missing database is created.
    ///
    /// - Throws: `CommandFailure` with the reason where it cannot be opened.
    func open(
        _ configuration: SQLiteConfiguration = SQLiteConfiguration(),
        quotas: LocationQuotas = LocationQuotas()
    ) async throws -> SQLStore<SQLiteDatabase> {
        let path = try path()
        do {
            return try await SQLStore.open(
                path: path,
                configuration: configuration,
                uptime: Uptime().read,
                telling: .log,
                quotas: quotas
            )
        } catch let error as SQLiteOpenError {
            if case .inUse = error {
                throw CommandFailure(
                    .unavailable,
                    """
                    \(error). One process at a time holds a database: stop the server first, or \
                    wait until the command has ended.
                    """
                )
            }
            throw CommandFailure(.unavailable, "\(error).")
        } catch SQLError.newerSchema(let migration) {
            throw CommandFailure(
                .unavailable,
                "\(path) was written by a newer version of perennial, which made '\(migration)'."
            )
        }
    }

    /// Opens a database that exists already.
    ///
    /// - Throws: `CommandFailure` with the reason where it does not exist or cannot be opened.
    func openExisting() async throws -> SQLStore<SQLiteDatabase> {
        guard try databaseExists else {
            throw CommandFailure(.unavailable, "\(try path()) does not exist.")
        }
        return try await open()
    }

    var databaseExists: Bool {
        get throws { FileManager.default.fileExists(atPath: try path()) }
    }

    /// Removes a database that was created for nothing, while no other process can open it.
    ///
    /// Every record is in a location, so one without locations has none.
    func removeEmpty(_ store: SQLStore<SQLiteDatabase>) async throws {
        guard try await store.timeZones().isEmpty else { return }
        let path = try path()
        // SQLite leaves its own two files behind where the third is gone before it closes them.
        for file in [path, "\(path)-wal", "\(path)-shm"]
        where FileManager.default.fileExists(atPath: file) {
            try FileManager.default.removeItem(atPath: file)
        }
    }

    private func path() throws -> String {
        let text = try Setting("database").value(database, default: "perennial.db")
        if ["postgres:", "postgresql:"].contains(where: text.hasPrefix) {
            throw ValidationError("The database is a SQLite file; PostgreSQL is not supported.")
        }
        let scheme = "sqlite:"
        let path = text.hasPrefix(scheme) ? String(text.dropFirst(scheme.count)) : text
        guard !path.isEmpty, path != ":memory:" else {
            throw ValidationError("The database is a file, and '\(text)' does not name one.")
        }
        return path
    }
}

extension SQLStore<SQLiteDatabase> {
    /// The directory in the same database.
    package var directory: SQLDirectoryStore<SQLiteDatabase> {
        SQLDirectoryStore(over: self, randomBytes: Secrets.randomBytes)
    }
}

extension UnreadableRows {
    /// Writes an error to the log for each row.
    fileprivate static var log: UnreadableRows {
        let logger = Logger(label: "perennial")
        return UnreadableRows { row in
            logger.error(
                "Cannot read a row, and set it aside",
                metadata: [
                    "table": "\(row.table)", "key": "\(row.key)", "column": "\(row.column)",
                    "reason": "\(row.reason)",
                ]
            )
        }
    }
}
