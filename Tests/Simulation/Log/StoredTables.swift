import JSON
import Recurrence
import Storage
import Tasks

/// Reads the tables past the faults, as they are.
struct StoredTables<Driver: SQLDriver>: Sendable {
    private let database: Driver

    init(_ database: Driver) {
        self.database = database
    }

    /// The entries of a location's log after a change number.
    func entries(of location: LocationID, after number: Int64) async throws -> [LogEntry] {
        let texts = try await database.readSnapshot { connection in
            try connection.rows(
                StoredStatements.entries,
                Self.arguments(location, "number", number)
            ) { row in (try row.text(0), try row.text(1)) }
        }
        return try texts.map { try LogEntry(head: $0.0, detail: $0.1) }
    }

    /// All rows of a location's table, by number.
    func rows(
        _ columns: ReplicaRow.Columns,
        of location: LocationID
    ) async throws -> [Int64: ReplicaRow] {
        let statement = SQLStatement(
            dynamic: "\(StoredStatements.selection(columns)) WHERE \(StoredStatements.isHere)"
        )
        let texts = try await database.readSnapshot { connection in
            try connection.rows(statement, Self.arguments(location)) { row in try row.text(0) }
        }
        return try Self.rows(columns, texts)
    }

    /// Some tasks of a location, by number.
    func tasks(_ ids: [Int64], of location: LocationID) async throws -> [Int64: ReplicaRow] {
        let texts = try await database.readSnapshot { connection in
            try ids.flatMap { id in
                try connection.rows(
                    StoredStatements.taskByID,
                    Self.arguments(location, "taskID", id)
                ) { row in try row.text(0) }
            }
        }
        return try Self.rows(ReplicaRow.task, texts)
    }

    /// How far each series of a location is done: its last slot, and how many occurrences.
    func clocks(
        of location: LocationID
    ) async throws -> [Int64: (through: LocalDateTime, count: Int64)] {
        let texts = try await database.readSnapshot { connection in
            try connection.rows(StoredStatements.clocks, Self.arguments(location)) { row in
                try row.text(0)
            }
        }
        var clocks: [Int64: (through: LocalDateTime, count: Int64)] = [:]
        for text in texts {
            let values = try Self.integers(text)
            clocks[values[0]] = (LocalDateTime(secondsSince1970: values[1]), values[2])
        }
        return clocks
    }

    /// The location's last change number.
    func changeNumber(of location: LocationID) async throws -> Int64 {
        let texts = try await database.readSnapshot { connection in
            try connection.rows(StoredStatements.changeNumber, Self.arguments(location)) { row in
                try row.text(0)
            }
        }
        return try texts.first.map { try Self.integers($0)[0] } ?? -1
    }

    /// The stored totals of a location that are not 0, by creator (0 for none) and state.
    func totals(of location: LocationID) async throws -> [[Int64]: Int64] {
        let texts = try await database.readSnapshot { connection in
            try connection.rows(StoredStatements.totals, Self.arguments(location)) { row in
                try row.text(0)
            }
        }
        var totals: [[Int64]: Int64] = [:]
        for text in texts {
            let values = try Self.integers(text)
            totals[[values[0], values[1]]] = values[2]
        }
        return totals
    }

    // MARK: Parts

    private static func arguments(
        _ location: LocationID,
        _ name: String? = nil,
        _ value: Int64 = 0
    ) -> SQLArguments {
        var arguments = SQLArguments(capacity: 3)
        arguments.append(.integer(location.shard), for: "shard")
        arguments.append(.text(location.rawValue), for: "locationID")
        if let name { arguments.append(.integer(value), for: name) }
        return arguments
    }

    private static func rows(
        _ columns: ReplicaRow.Columns,
        _ texts: [String]
    ) throws -> [Int64: ReplicaRow] {
        var rows: [Int64: ReplicaRow] = [:]
        rows.reserveCapacity(texts.count)
        for text in texts {
            guard case .array(let values) = try JSONValue(parsing: Array(text.utf8)),
                case .integer(let id)? = values.first
            else { throw Difference("a row cannot be read: \(text)") }
            rows[id] = ReplicaRow(columns, values: Array(values.dropFirst()))
        }
        return rows
    }

    private static func integers(_ text: String) throws -> [Int64] {
        guard case .array(let values) = try JSONValue(parsing: Array(text.utf8)) else { return [] }
        return values.compactMap { value in
            if case .integer(let number) = value { number } else { nil }
        }
    }
}

/// The statements of `StoredTables`.
private enum StoredStatements {
    // Each row is read as one text, so that a column of any type can be shown.
    static func selection(_ columns: ReplicaRow.Columns) -> String {
        let names = ([columns.key] + columns.names).joined(separator: ", ")
        return "SELECT json_array(\(names)) FROM \(columns.table)"
    }

    static let isHere = "shard = :shard AND locationID = :locationID"

    static let taskByID = SQLStatement(
        "\(selection(ReplicaRow.task)) WHERE \(isHere) AND taskID = :taskID"
    )

    static let entries = SQLStatement(
        """
        SELECT json_array(changeNumber, changedAt, kind), detail FROM change
        WHERE \(isHere) AND changeNumber > :number ORDER BY changeNumber
        """
    )

    static let clocks = SQLStatement(
        """
        SELECT json_array(seriesID, materializedThrough, occurrenceCount) FROM seriesClock
        WHERE \(isHere)
        """
    )

    static let changeNumber = SQLStatement(
        "SELECT json_array(changeNumber) FROM location WHERE \(isHere)"
    )

    static let totals = SQLStatement(
        """
        SELECT json_array(creatorID, state, total) FROM taskTotal WHERE \(isHere) AND total <> 0
        """
    )
}
