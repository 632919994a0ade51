/// One step of a schema's history, run once in the life of a database.
package struct Migration: Hashable, Sendable {
    /// The name under which the database remembers the step; never changed.
    package let name: String

    let action: Action

    enum Action: Hashable {
        /// A statement in the words of ``SQLDialect``.
        case statement(String)
        case adding([TableChecks])
    }

    /// Creates a step of one statement, in the words of ``SQLDialect``.
    package init(_ name: String, _ definition: String) {
        self.name = name
        action = .statement(definition)
    }

    /// Creates a step that gives tables further checks.
    ///
    /// A row that is there already is not checked until one of the columns of a check is changed.
    package init(_ name: String, adding checks: [TableChecks]) {
        self.name = name
        action = .adding(checks)
    }
}

/// Conditions that every row of a table has to satisfy.
package struct TableChecks: Hashable, Sendable {
    package let table: String
    /// The conditions in SQL, each a check of its own.
    package let conditions: [String]
    /// A condition of one column that a further one takes the place of.
    package let replaced: ReplacedCheck?

    package init(table: String, conditions: [String], replacing replaced: ReplacedCheck? = nil) {
        self.table = table
        self.conditions = conditions
        self.replaced = replaced
    }
}

/// A check of one column that is replaced by another.
package struct ReplacedCheck: Hashable, Sendable {
    package let column: String
    package let former: String
    package let condition: String
}

/// Brings a database to the current schema, step by step.
package struct Migrator: Sendable {
    private let migrations: [Migration]

    private static let recordMigration = SQLStatement(
        "INSERT INTO migration (name) VALUES (:name) ON CONFLICT DO NOTHING"
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
            let statements =
                switch migration.action {
                case .statement(let definition): [Driver.dialect.definition(definition)]
                case .adding(let checks): Driver.statements(adding: checks)
                }
            try await driver.write { connection in
                // Another process that migrates waits here until this one has taken the step.
                let name: SQLArguments = ["name": .text(migration.name)]
                guard try connection.execute(Self.recordMigration, name) == 1 else { return }
                for statement in statements {
                    try connection.execute(SQLStatement(dynamic: statement), [:])
                }
            }
        }
    }

    /// The first step that the database has not seen yet; none if it is up to date, or has seen no
    /// step at all.
    package func firstMissing<Driver: SQLDriver>(in driver: Driver) async throws -> String? {
        let recorded = try await recordedNames(in: driver)
        if recorded.isEmpty { return nil }
        return migrations.first { !recorded.contains($0.name) }?.name
    }

    private func recordedNames<Driver: SQLDriver>(in driver: Driver) async throws -> [String] {
        do { return try await readNames(in: driver) } catch let error as SQLError {
            // Two processes cannot make the table at once; one of them finds it the next time.
            if error.isOfDatabase { throw error }
            return try await readNames(in: driver)
        }
    }

    private func readNames<Driver: SQLDriver>(in driver: Driver) async throws -> [String] {
        let definition = Driver.dialect.definition(Self.migrationTable)
        return try await driver.write { connection in
            try connection.execute(SQLStatement(dynamic: definition), [:])
            return try connection.rows(Self.recordedMigrations, [:]) { row in try row.text(0) }
        }
    }
}
