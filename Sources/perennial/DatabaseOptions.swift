import ArgumentParser
import Storage

/// Which database a command works on.
struct DatabaseOptions: ParsableArguments {
    @Option(
        help: """
            The SQLite file, as a path or sqlite:PATH; it is made if it does not exist. \
            PERENNIAL_DATABASE; perennial.db by default.
            """
    )
    var database: String?

    /// Opens the database, for this process alone.
    ///
    /// - Throws: `CommandFailure` with the reason where it cannot be opened.
    func open() async throws -> Store<SQLiteDatabase> {
        let path = try path()
        do {
            return try await Store.open(path: path)
        } catch let error as SQLiteOpenError {
            throw CommandFailure(.unavailable, "\(error)")
        } catch SQLError.newerSchema(let migration) {
            throw CommandFailure(
                .unavailable,
                "\(path) was written by a newer version of perennial, which made '\(migration)'."
            )
        }
    }

    private func path() throws -> String {
        let text = try Setting.value(
            database,
            variable: "PERENNIAL_DATABASE",
            default: "perennial.db"
        )
        let scheme = text.prefix { $0 != ":" }
        switch scheme {
        case "sqlite": return String(text.dropFirst("sqlite:".count))
        case "postgres", "postgresql":
            throw ValidationError(
                "--database takes a SQLite file; PostgreSQL is not supported yet."
            )
        default: return text
        }
    }
}

extension Store<SQLiteDatabase> {
    /// The directory in the same database.
    var directory: SQLDirectoryStore<SQLiteDatabase> {
        SQLDirectoryStore(database: driver, randomBytes: Secrets.randomBytes)
    }
}
