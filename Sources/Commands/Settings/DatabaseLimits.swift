package import Storage

/// How much of a machine a database may use, by its engine.
package struct DatabaseLimits: Hashable, Sendable {
    package var sqlite = SQLiteConfiguration()
    package var postgreSQL = PostgreSQLConfiguration()

    package init() {}
}
