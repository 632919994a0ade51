package import Storage
package import Tasks

/// The driver of the engine that the tests run on.
package enum TestDriver: Sendable {
    case sqlite(SQLiteDatabase)
    case postgreSQL(PostgreSQLDatabase)
}

extension TestDriver: WatchedDriver {
    package static var dialect: SQLDialect {
        TestEngine.isSQLite ? SQLiteDatabase.dialect : PostgreSQLDatabase.dialect
    }

    package static func statements(adding checks: [TableChecks]) -> [String] {
        TestEngine.isSQLite
            ? SQLiteDatabase.statements(adding: checks)
            : PostgreSQLDatabase.statements(adding: checks)
    }

    package func read<Value: Sendable>(
        _ body: @escaping @Sendable (TestConnection) throws -> Value
    ) async throws -> Value {
        switch self {
        case .sqlite(let database): try database.read { try body(.sqlite($0)) }
        case .postgreSQL(let database): try await database.read { try body(.postgreSQL($0)) }
        }
    }

    package func readSnapshot<Value: Sendable>(
        _ body: @escaping @Sendable (TestConnection) throws -> Value
    ) async throws -> Value {
        switch self {
        case .sqlite(let database): try database.readSnapshot { try body(.sqlite($0)) }
        case .postgreSQL(let database):
            try await database.readSnapshot { try body(.postgreSQL($0)) }
        }
    }

    package func shortScan<Value: Sendable>(
        _ body: @escaping @Sendable (TestConnection) throws -> Value
    ) throws -> Value? {
        switch self {
        case .sqlite(let database): try database.shortScan { try body(.sqlite($0)) }
        case .postgreSQL(let database): try database.shortScan { try body(.postgreSQL($0)) }
        }
    }

    package func scan<Value: Sendable>(
        for locationID: LocationID?,
        _ body: @escaping @Sendable (TestConnection) throws -> Value
    ) async throws -> Value {
        switch self {
        case .sqlite(let database):
            try await database.scan(for: locationID) { try body(.sqlite($0)) }
        case .postgreSQL(let database):
            try await database.scan(for: locationID) { try body(.postgreSQL($0)) }
        }
    }

    @discardableResult
    package func write<Value: Sendable>(
        for locationID: LocationID?,
        _ body: @escaping @Sendable (TestConnection) throws -> Value
    ) async throws -> Value {
        switch self {
        case .sqlite(let database):
            try await database.write(for: locationID) { try body(.sqlite($0)) }
        case .postgreSQL(let database):
            try await database.write(for: locationID) { try body(.postgreSQL($0)) }
        }
    }

    package func close() async {
        switch self {
        case .sqlite(let database): await database.close()
        case .postgreSQL(let database): await database.close()
        }
    }

    private var watched: any WatchedDriver {
        switch self {
        case .sqlite(let database): database
        case .postgreSQL(let database): database
        }
    }

    package var warnings: [String] { watched.warnings }
    package var connectionCount: Int { watched.connectionCount }
    package func beginServing() async throws { try await watched.beginServing() }
    package var trouble: StoreTrouble? { watched.trouble }
    package func takeFaults() -> [StoreFault: Int] { watched.takeFaults() }
    package func inspect() { watched.inspect() }
    package func probe() async { await watched.probe() }
}
