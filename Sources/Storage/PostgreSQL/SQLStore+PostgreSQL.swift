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
        ] + Schema.migrations
    }

    /// Connects to a database and brings its tables up to date.
    ///
    /// - Parameters:
    ///   - url: Where the database is, which has to exist.
    ///   - configuration: How much of the server it may use.
    ///   - uptime: The time by which work is ended that takes too long; see ``PostgreSQLDatabase``.
    ///   - unreadableRows: Tells of rows that cannot be read.
    /// - Returns: The store.
    /// - Throws: ``PostgreSQLOpenError``, or ``SQLError`` if the tables cannot be brought up to date.
    package static func open(
        _ url: PostgreSQLURL,
        configuration: PostgreSQLConfiguration = PostgreSQLConfiguration(),
        uptime: @escaping @Sendable () -> Duration = { .zero },
        telling unreadableRows: UnreadableRows = UnreadableRows { _ in }
    ) async throws -> SQLStore {
        let database = try PostgreSQLDatabase(url, configuration: configuration, uptime: uptime)
        let store = SQLStore(over: database, telling: unreadableRows)
        do {
            try await Migrator(migrations).migrate(database)
            await store.raiseCounter()
        } catch {
            await database.close()
            throw error
        }
        return store
    }
}
