package import Storage

/// How much of a machine a database may use, by its engine.
package struct DatabaseLimits: Hashable, Sendable {
    package var sqlite = SQLiteConfiguration()
    package var postgreSQL = PostgreSQLConfiguration()

    /// The most connections that are open together on either engine.
    var connectionCount: Int { max(sqlite.connectionCount, postgreSQL.connectionCount) }

    package init() {}
}
