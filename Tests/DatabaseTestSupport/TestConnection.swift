package import Storage

/// A connection of the engine that the tests run on.
package enum TestConnection {
    case sqlite(SQLiteConnection)
    case postgreSQL(PostgreSQLConnection)
}

extension TestConnection: SQLConnection {
    package static var writesAlone: Bool { TestEngine.isSQLite }

    @discardableResult
    package func execute(_ statement: SQLStatement, _ arguments: SQLArguments) throws -> Int {
        switch self {
        case .sqlite(let connection): try connection.execute(statement, arguments)
        case .postgreSQL(let connection): try connection.execute(statement, arguments)
        }
    }

    package func executeLater(_ statement: SQLStatement, _ arguments: SQLArguments) throws {
        switch self {
        case .sqlite(let connection): try connection.executeLater(statement, arguments)
        case .postgreSQL(let connection): try connection.executeLater(statement, arguments)
        }
    }

    package func executeEach(
        _ statement: SQLStatement,
        _ arguments: [SQLArguments]
    ) throws -> [Int] {
        switch self {
        case .sqlite(let connection): try connection.executeEach(statement, arguments)
        case .postgreSQL(let connection): try connection.executeEach(statement, arguments)
        }
    }

    package func queryEach(
        _ statement: SQLStatement,
        _ arguments: [SQLArguments],
        _ body: (Int, TestRow) throws -> Void
    ) throws {
        switch self {
        case .sqlite(let connection):
            try connection.queryEach(statement, arguments) { try body($0, .sqlite($1)) }
        case .postgreSQL(let connection):
            try connection.queryEach(statement, arguments) { try body($0, .postgreSQL($1)) }
        }
    }

    package func finish() throws {
        switch self {
        case .sqlite(let connection): try connection.finish()
        case .postgreSQL(let connection): try connection.finish()
        }
    }

    package func keepProof(_ statement: SQLStatement, _ arguments: SQLArguments) {
        switch self {
        case .sqlite(let connection): connection.keepProof(statement, arguments)
        case .postgreSQL(let connection): connection.keepProof(statement, arguments)
        }
    }

    package func query(
        _ statement: SQLStatement,
        _ arguments: SQLArguments,
        _ body: (TestRow) throws -> Void
    ) throws {
        switch self {
        case .sqlite(let connection):
            try connection.query(statement, arguments) { try body(.sqlite($0)) }
        case .postgreSQL(let connection):
            try connection.query(statement, arguments) { try body(.postgreSQL($0)) }
        }
    }

    package func row<Value>(
        _ statement: SQLStatement,
        _ arguments: SQLArguments,
        _ body: (TestRow) throws -> Value
    ) throws -> Value? {
        switch self {
        case .sqlite(let connection):
            try connection.row(statement, arguments) { try body(.sqlite($0)) }
        case .postgreSQL(let connection):
            try connection.row(statement, arguments) { try body(.postgreSQL($0)) }
        }
    }

    package func apart<Value: Sendable>(
        _ body: @Sendable (TestConnection) throws -> Value
    ) throws -> Value {
        switch self {
        case .sqlite(let connection): try connection.apart { try body(.sqlite($0)) }
        case .postgreSQL(let connection): try connection.apart { try body(.postgreSQL($0)) }
        }
    }
}

/// A row of the engine that the tests run on.
package enum TestRow {
    case sqlite(SQLiteRow)
    case postgreSQL(PostgreSQLRow)
}

extension TestRow: SQLRow {
    package func isNull(_ column: Int) -> Bool {
        switch self {
        case .sqlite(let row): row.isNull(column)
        case .postgreSQL(let row): row.isNull(column)
        }
    }

    package func int64(_ column: Int) throws(UnreadableValue) -> Int64 {
        switch self {
        case .sqlite(let row): try row.int64(column)
        case .postgreSQL(let row): try row.int64(column)
        }
    }

    package func text(
        _ column: Int,
        lengths: ClosedRange<Int>
    ) throws(UnreadableValue) -> String {
        switch self {
        case .sqlite(let row): try row.text(column, lengths: lengths)
        case .postgreSQL(let row): try row.text(column, lengths: lengths)
        }
    }

    package func blob(_ column: Int) throws(UnreadableValue) -> [UInt8] {
        switch self {
        case .sqlite(let row): try row.blob(column)
        case .postgreSQL(let row): try row.blob(column)
        }
    }

    package func name(of column: Int) -> String {
        switch self {
        case .sqlite(let row): row.name(of: column)
        case .postgreSQL(let row): row.name(of: column)
        }
    }
}
