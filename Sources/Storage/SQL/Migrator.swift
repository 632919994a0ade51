/// One step of a schema's history: one statement, run once in the life of a database.
package struct Migration: Hashable, Sendable {
    /// The name under which the database remembers the step; never changed.
    package let name: String

    /// The statement, in the words of ``SQLDialect``.
    package let definition: String

    /// Creates a step.
    package init(_ name: String, _ definition: String) {
        self.name = name
        self.definition = definition
    }
}

/// Brings a database to the schema of this version, step by step.
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

    /// Creates a migrator of steps in their order.
    ///
    /// The list only ever grows at its end.
    ///
    /// - Precondition: No two steps have the same name.
    package init(_ migrations: [Migration]) {
        precondition(
            Set(migrations.map(\.name)).count == migrations.count,
            "two migrations have the same name"
        )
        self.migrations = migrations
    }

    /// Runs the steps that the database has not seen yet, each in a transaction of its own.
    ///
    /// - Throws: ``SQLError/newerSchema(migration:)``, before anything is changed, if the database
    ///   has seen a step that is not among ours; any other ``SQLError`` if a step fails, with the
    ///   steps before it kept.
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
