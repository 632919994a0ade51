/// One step of a schema's history: one statement, run once in the life of a database.
package struct Migration: Hashable, Sendable {
    /// The name by which the database remembers the step.
    ///
    /// It never changes.
    package let name: String

    /// The statement, in the words of ``SQLDialect``.
    package let definition: String

    /// Creates a step.
    package init(_ name: String, _ definition: String) {
        self.name = name
        self.definition = definition
    }
}

/// Brings a database to the current schema, step by step.
package struct Migrator: Sendable {
    private let migrations: [Migration]

    private static let recordMigration = SQLStatement(
        "INSERT INTO migration (name) VALUES (:name)"
    )
    private static let recordedMigrations = SQLStatement(
        "SELECT name FROM migration ORDER BY name"
    )
    private static let migrationTable =
        "CREATE TABLE IF NOT EXISTS migration (name text NOT NULL PRIMARY KEY) @TAIL"

    /// Creates a migrator from steps in their order.
    ///
    /// New steps are only added at the end of the list.
    ///
    /// - Precondition: No two steps have the same name.
    package init(_ migrations: [Migration]) {
        precondition(
            Set(migrations.map(\.name)).count == migrations.count,
            "two migrations have the same name"
        )
        self.migrations = migrations
    }

    /// Runs the steps that the database has not seen yet, each in its own transaction.
    ///
    /// - Throws: ``SQLError/newerSchema(migration:)`` if the database has seen a step that is not
    ///   in the list; then nothing is changed. Any other ``SQLError`` if a step fails; then the
    ///   steps before it are kept.
    package func migrate<Driver: SQLDriver>(_ driver: Driver) async throws {
        let recorded = try await recordedNames(in: driver)
        let known = Set(migrations.map(\.name))
        if let unknown = recorded.first(where: { !known.contains($0) }) {
            throw SQLError.newerSchema(migration: unknown)
        }
        for migration in migrations where !recorded.contains(migration.name) {
            let definition = Driver.dialect.definition(migration.definition)
            try await driver.write { connection in
                try connection.execute(SQLStatement(dynamic: definition), [:])
                try connection.execute(Self.recordMigration, ["name": .text(migration.name)])
            }
        }
    }

    private func recordedNames<Driver: SQLDriver>(in driver: Driver) async throws -> [String] {
        let definition = Driver.dialect.definition(Self.migrationTable)
        return try await driver.write { connection in
            try connection.execute(SQLStatement(dynamic: definition), [:])
            return try connection.rows(Self.recordedMigrations, [:]) { row in row.text(0) }
        }
    }
}
