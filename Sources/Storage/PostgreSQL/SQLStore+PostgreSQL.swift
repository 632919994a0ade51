import Tasks

extension SQLStore<PostgreSQLDatabase> {
    /// All steps of a database's history.
    static var migrations: [Migration] {
        // SQLite's function, which the statements use; the planner puts its text in its place.
        [
            Migration(
                "function instr",
                """
                CREATE FUNCTION instr(text, text) RETURNS integer
                LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE
                AS 'SELECT strpos($1, $2)'
                """
            )
        ] + Schema.migrations + NodeSchema.migrations
            + [Migration("function perennialFold", FoldedText.definition)]
    }

    /// Connects to a database, and brings its tables up to date or makes them.
    ///
    /// - Parameters:
    ///   - url: Where the database is, which has to exist.
    ///   - configuration: How much of the server it may use.
    ///   - isMigrated: Whether tables of an earlier version are brought up to date. Other nodes may
    ///     be at work, so somebody has to have said so. A database without locations gets its tables
    ///     in any case.
    ///   - uptime: The time by which work is ended that takes too long; see ``PostgreSQLDatabase``.
    ///   - unreadableRows: Tells of rows that cannot be read.
    /// - Returns: The store.
    /// - Throws: ``PostgreSQLOpenError``, ``PostgreSQLOpenError/behind(_:migration:)`` among them, or ``SQLError`` if the tables cannot be brought up to date.
    package static func open(
        _ url: PostgreSQLURL,
        configuration: PostgreSQLConfiguration = PostgreSQLConfiguration(),
        migrating isMigrated: Bool = true,
        uptime: @escaping @Sendable () -> Duration = { .zero },
        telling unreadableRows: UnreadableRows = UnreadableRows { _ in }
    ) async throws -> SQLStore {
        let database = try PostgreSQLDatabase(url, configuration: configuration, uptime: uptime)
        let store = SQLStore(over: database, telling: unreadableRows)
        do {
            let migrator = Migrator(migrations)
            if !isMigrated, let missing = try await migrator.firstMissing(in: database),
                try await hasLocations(database)
            {
                throw PostgreSQLOpenError.behind(url, migration: missing)
            }
            try await migrator.migrate(database)
            await store.raiseCounter()
        } catch {
            await database.close()
            throw error
        }
        return store
    }

    /// Whether a database is in use, and not one whose tables are just being made.
    private static func hasLocations(_ database: PostgreSQLDatabase) async throws -> Bool {
        do {
            return try await database.read { connection in
                try connection.row(
                    SQLStatement(dynamic: "SELECT 1 FROM location LIMIT 1"),
                    [:]
                ) { _ in true } ?? false
            }
        } catch let error as SQLError {
            // There is no such table yet.
            if error.isOfDatabase { throw error }
            return false
        }
    }
}
