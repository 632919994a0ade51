/// Copies all that a database holds into another one, of the same engine or of the other.
///
/// Rows go over in the order of their keys, some thousands in a transaction, so what was copied is
/// always a beginning of each table, and a move that ended on the way goes on where it was. Nothing
/// may write to either database meanwhile.
package struct DatabaseMove<Source: SQLDriver, Target: SQLDriver>: Sendable {
    private let source: Source
    private let target: Target
    /// Is told how far a table is: its name, how many rows are there, and how many it has.
    private let progress: @Sendable (String, Int, Int) -> Void

    /// How many rows are copied in a transaction.
    private static var pageSize: Int { 4_000 }

    /// - Parameters:
    ///   - source: The database that is copied.
    ///   - target: The database that it is copied into.
    ///   - progress: Is told how far a table is.
    package init(
        from source: Source,
        to target: Target,
        progress: @escaping @Sendable (String, Int, Int) -> Void
    ) {
        self.source = source
        self.target = target
        self.progress = progress
    }

    /// Copies what is not there yet, and compares the two databases.
    ///
    /// - Returns: How many rows each table has, in both.
    /// - Throws: ``MoveRefusal``, ``SQLError``, or `UnreadableValue` of the source.
    package func run() async throws -> [(table: String, rowCount: Int)] {
        try await begin()
        for table in StoredTable.all { try await copy(table) }
        var counts: [(table: String, rowCount: Int)] = []
        for table in StoredTable.all {
            let before = try await digest(of: table, in: source)
            let after = try await digest(of: table, in: target)
            guard before == after else {
                throw MoveRefusal.differs(
                    table: table.name,
                    source: before.rowCount,
                    target: after.rowCount
                )
            }
            counts.append((table.name, before.rowCount))
        }
        try await target.write { connection in
            try connection.execute(MoveStatements.end, [:])
        }
        return counts
    }

    /// Notes in the target that it is being filled.
    private func begin() async throws {
        try await target.write { connection in
            if try connection.row(MoveStatements.mark, [:], { _ in true }) == true { return }
            for table in StoredTable.all where !MoveStatements.isOurs(table) {
                let count = try connection.row(table.count, [:]) { try $0.int(0) }
                guard count == 0 else { throw MoveRefusal.notEmpty(table: table.name) }
            }
            try connection.execute(MoveStatements.begin, [:])
        }
    }

    private func copy(_ table: StoredTable) async throws {
        let total = try await source.scan(for: nil) { connection in
            try connection.row(table.count, [:]) { try $0.int(0) } ?? 0
        }
        if MoveStatements.isOurs(table) {
            // A few rows, of which one is the mark.
            let rows = try await rows(of: table, after: nil, in: source)
            try await target.write { connection in
                try connection.execute(MoveStatements.forgetOthers, [:])
                _ = try connection.executeEach(table.insert, rows.map(table.arguments))
            }
            return progress(table.name, total, total)
        }
        var count = try await target.scan(for: nil) { connection in
            try connection.row(table.count, [:]) { try $0.int(0) } ?? 0
        }
        var last = try await target.scan(for: nil) { connection in
            try connection.row(table.last, [:]) { row in try table.values(row) }
        }
        progress(table.name, count, total)
        while true {
            let rows = try await rows(of: table, after: last, in: source)
            guard let newLast = rows.last else { return }
            let insert = table.insert
            _ = try await target.write { connection in
                try connection.executeEach(insert, rows.map(table.arguments))
            }
            last = newLast
            count += rows.count
            progress(table.name, count, total)
        }
    }

    private func digest(
        of table: StoredTable,
        in driver: some SQLDriver
    ) async throws -> TableDigest {
        var digest = TableDigest()
        var last: [SQLValue]?
        while true {
            let rows = try await rows(of: table, after: last, in: driver)
            for row in rows { digest.add(row) }
            guard let newLast = rows.last else { return digest }
            last = newLast
        }
    }

    /// The next rows of a table that are copied.
    private func rows(
        of table: StoredTable,
        after last: [SQLValue]?,
        in driver: some SQLDriver
    ) async throws -> [[SQLValue]] {
        try await driver.scan(for: nil) { connection in
            let rows =
                if let last {
                    try connection.rows(
                        table.following,
                        table.place(after: last, limit: Self.pageSize)
                    ) { row in try table.values(row) }
                } else {
                    try connection.rows(table.first, ["limit": .integer(Self.pageSize)]) { row in
                        try table.values(row)
                    }
                }
            guard MoveStatements.isOurs(table) else { return rows }
            return rows.filter { !MoveStatements.names.contains($0[0]) }
        }
    }
}

/// Why a database was not moved.
package enum MoveRefusal: Error, Hashable {
    /// The target holds something that no move has put there.
    case notEmpty(table: String)
    /// After the copy, the two are not the same: something wrote to one of them meanwhile.
    case differs(table: String, source: Int, target: Int)
}

extension SQLStore {
    /// Whether a move into this database has begun and not ended.
    package func isBeingFilled() async throws -> Bool {
        try await driver.read { connection in
            try connection.row(MoveStatements.mark, [:]) { _ in true } ?? false
        }
    }
}

private enum MoveStatements {
    /// The rows of `numberBlock` that are not the deployment's: the mark of a move, and the one that
    /// probes write.
    static let names: Set<SQLValue> = [.text("move"), .text("probe")]

    static func isOurs(_ table: StoredTable) -> Bool { table.name == "numberBlock" }

    static let mark = SQLStatement("SELECT 1 FROM numberBlock WHERE name = 'move'")
    static let begin = SQLStatement(
        "INSERT INTO numberBlock (name, nextNumber) VALUES ('move', 1)"
    )
    static let end = SQLStatement("DELETE FROM numberBlock WHERE name = 'move'")
    static let forgetOthers = SQLStatement("DELETE FROM numberBlock WHERE name <> 'move'")
}
