import Synchronization
package import Tasks

/// A PostgreSQL database, which other processes may use at the same time.
///
/// Every piece of work waits for one of a few connections, each of which has a thread of its own.
/// Nothing is left behind in a connection between two transactions but prepared statements, so a
/// pooler may stand in between.
package final class PostgreSQLDatabase: Sendable {
    private let terms: PostgreSQLTerms
    let pool: PostgreSQLPool

    package let warnings: [String]

    /// Connects to a database.
    ///
    /// - Parameters:
    ///   - url: Where the database is.
    ///   - configuration: How much of the server it may use.
    ///   - uptime: The time since any moment, by a clock that nobody sets; while it stands still, no
    ///     server is too slow, and all writes cost the same.
    /// - Throws: ``PostgreSQLOpenError``.
    package init(
        _ url: PostgreSQLURL,
        configuration: PostgreSQLConfiguration = PostgreSQLConfiguration(),
        uptime: @escaping @Sendable () -> Duration = { .zero }
    ) throws {
        terms = PostgreSQLTerms(url, configuration, uptime: uptime)
        let connection = try PostgreSQLConnection(terms)
        warnings = try connection.warnings(about: url)
        pool = PostgreSQLPool(terms, first: connection)
    }

    /// What is wrong with the database, as its connections find out.
    var condition: DatabaseCondition { terms.condition }

    var configuration: PostgreSQLConfiguration { terms.configuration }

    /// How often the connections that do the work have waited for answers of the server.
    package var roundTripCount: Int { terms.roundTripCount.load(ordering: .relaxed) }

    /// Makes a place for one more connection.
    func makeSide() -> PostgreSQLSide { terms.makeSide() }
}

extension PostgreSQLDatabase: SQLDriver {
    package static let dialect = SQLDialect(
        text: "text COLLATE \"C\"",
        integer64: "bigint",
        integer16: "smallint",
        blob: "bytea",
        tableTail: "",
        codePointCollation: ""
    )

    package static func statements(adding checks: [TableChecks]) -> [String] {
        checks.flatMap { checks in
            let alter = "ALTER TABLE \(checks.table)"
            let parts = checks.conditions.map { "ADD CHECK (\($0)) NOT VALID" }
            let additions = parts.isEmpty ? [] : ["\(alter) \(parts.joined(separator: ", "))"]
            guard let replaced = checks.replaced else { return additions }
            return additions + [
                // The name that PostgreSQL gives to the check of one column.
                "\(alter) DROP CONSTRAINT IF EXISTS \(checks.table)_\(replaced.column)_check",
                "\(alter) ADD CHECK (\(replaced.condition)) NOT VALID",
            ]
        }
    }

    package func read<Value: Sendable>(
        _ body: @escaping @Sendable (PostgreSQLConnection) throws -> Value
    ) async throws -> Value {
        try await pool.run(.read, for: nil) { [terms] connection, _ in
            try terms.trying(on: &connection) { connection in
                connection.begin(.reading, limit: terms.configuration.readTimeLimit)
                return try body(connection)
            }
        }
    }

    package func readSnapshot<Value: Sendable>(
        _ body: @escaping @Sendable (PostgreSQLConnection) throws -> Value
    ) async throws -> Value {
        try await pool.run(.read, for: nil) { [terms] connection, _ in
            let limit = terms.configuration.readTimeLimit
            return try terms.trying(on: &connection) { connection in
                connection.begin(.reading, limit: limit)
                return try connection.transaction(
                    terms.configuration.snapshotMode(limit: limit),
                    body
                )
            }
        }
    }

    package func scan<Value: Sendable>(
        for locationID: LocationID?,
        _ body: @escaping @Sendable (PostgreSQLConnection) throws -> Value
    ) async throws -> Value {
        try await pool.run(.scan, for: locationID) { [terms] connection, stop in
            let limit = locationID == nil ? nil : terms.configuration.readTimeLimit
            return try terms.trying(on: &connection) { connection in
                connection.begin(.reading, limit: limit, stop: stop)
                return try connection.transaction(
                    terms.configuration.snapshotMode(limit: limit),
                    body
                )
            }
        }
    }

    @discardableResult
    package func write<Value: Sendable>(
        for locationID: LocationID?,
        _ body: @escaping @Sendable (PostgreSQLConnection) throws -> Value
    ) async throws -> Value {
        try Task.checkCancellation()
        if let locationID { return try await pool.write(for: locationID, body) }
        return try await pool.run(.write, for: nil) { [terms] connection, _ in
            let value = try terms.trying(on: &connection) { connection in
                connection.begin(.writing, limit: nil)
                return try connection.transaction(terms.configuration.ownWriteMode, body)
            }
            terms.condition.noteWrite()
            return value
        }
    }

    package func close() async { await pool.close() }
}
