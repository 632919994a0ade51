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
            The SQLite file, as a path or sqlite:PATH, or the URL of a PostgreSQL database, such as \
            postgres://user@host/name?sslmode=verify-full, with any of libpq's parameters. Other \
            users of the machine see the command line, so give a password in PERENNIAL_DATABASE, \
            PGPASSWORD or a file named by PGPASSFILE. PERENNIAL_DATABASE; perennial.db by default.
            """,
            valueName: "database"
        )
    )
    var database: String?

    @Option(
        help: ArgumentHelp(
            """
            Where a server has its local door, a Unix socket through which commands reach it. \
            PERENNIAL_DOOR; by default the SQLite file's path with .socket after it, and none for \
            a PostgreSQL database.
            """,
            valueName: "path"
        )
    )
    var door: String?

    package init() {}

    package func validate() throws {
        _ = try place()
    }

    /// Opens a SQLite file for this process only, and creates it if it does not exist.
    ///
    /// - Throws: `CommandFailure` with the reason where it cannot be opened.
    static func openFile(
        _ path: String,
        _ configuration: SQLiteConfiguration
    ) async throws -> SQLStore<SQLiteDatabase> {
        do {
            return try await SQLStore<SQLiteDatabase>.open(
                path: path,
                configuration: configuration,
                uptime: Uptime().read,
                telling: .log
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
            throw Self.newerSchema(migration, in: path)
        }
    }

    /// Connects to a PostgreSQL database, which has to exist.
    ///
    /// - Throws: `CommandFailure` with the reason where it cannot be used.
    static func connect(
        to url: PostgreSQLURL,
        _ configuration: PostgreSQLConfiguration,
        migrating isMigrated: Bool
    ) async throws -> SQLStore<PostgreSQLDatabase> {
        do {
            return try await SQLStore<PostgreSQLDatabase>.open(
                url,
                configuration: configuration,
                migrating: isMigrated,
                uptime: Uptime().read,
                telling: .log
            )
        } catch let error as PostgreSQLOpenError {
            throw CommandFailure(.unavailable, "\(error).")
        } catch SQLError.newerSchema(let migration) {
            throw Self.newerSchema(migration, in: url.description)
        } catch let error as SQLError {
            throw CommandFailure(.unavailable, "The tables of \(url) cannot be made: \(error).")
        }
    }

    private static func newerSchema(_ migration: String, in place: String) -> CommandFailure {
        CommandFailure(
            .unavailable,
            "\(place) was written by a newer version of perennial, which made '\(migration)'."
        )
    }

    /// Whether the SQLite file exists; a server's database has to.
    var databaseExists: Bool {
        get throws {
            switch try place() {
            case .file(let path): FileManager.default.fileExists(atPath: path)
            case .server: true
            }
        }
    }

    /// Removes a SQLite file that was created for nothing, while no other process can open it.
    ///
    /// Every record is in a location, so one without locations has none.
    func removeEmpty(_ store: SQLStore<some SQLDriver>) async throws {
        guard case .file(let path) = try place(), try await store.timeZones().isEmpty else {
            return
        }
        // SQLite leaves its own two files behind where the third is gone before it closes them.
        for file in [path, "\(path)-wal", "\(path)-shm"]
        where FileManager.default.fileExists(atPath: file) {
            try FileManager.default.removeItem(atPath: file)
        }
    }

    /// Where the local door of the database's server is; none for a server's database without the
    /// setting.
    func doorPath() throws -> String? {
        let given = try Setting("door").value(door, default: "")
        if !given.isEmpty { return given }
        guard case .file(let path) = try place() else { return nil }
        // The file itself tells where it is, by whatever path it was named.
        return URL(filePath: path).resolvingSymlinksInPath().path + ".socket"
    }

    func place() throws -> DatabasePlace {
        try DatabasePlace(Setting("database").value(database, default: "perennial.db"))
    }
}

/// Where a database is.
enum DatabasePlace: Hashable, CustomStringConvertible {
    case file(String)
    case server(PostgreSQLURL)

    /// Reads a path, `sqlite:` and a path, or the URL of a server's database.
    init(_ text: String) throws {
        if PostgreSQLURL.isURL(text) {
            guard let url = PostgreSQLURL(text) else {
                // The text is not shown, because it may hold a password.
                throw ValidationError(
                    """
                    The database's URL cannot be read. It is like \
                    postgres://user@host:5432/name?sslmode=verify-full, with %XX for each special \
                    character of a user's name or a password, and libpq's parameters after the ?.
                    """
                )
            }
            self = .server(url)
            return
        }
        let scheme = "sqlite:"
        let path = text.hasPrefix(scheme) ? String(text.dropFirst(scheme.count)) : text
        guard !path.isEmpty, path != ":memory:" else {
            throw ValidationError("The database is a file, and '\(text)' does not name one.")
        }
        self = .file(path)
    }

    var description: String {
        switch self {
        case .file(let path): path
        case .server(let url): url.description
        }
    }
}

extension SQLStore {
    /// The directory in the same database.
    package var directory: SQLDirectoryStore<Driver> {
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
