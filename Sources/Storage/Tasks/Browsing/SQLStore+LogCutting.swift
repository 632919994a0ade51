package import Recurrence
import Tasks

extension SQLStore: LogCuttingStore {
    package func cutLogs(before time: Timestamp) async throws -> Int {
        let locations = try await scan(for: nil) { connection in
            try connection.rows(LogCuttingStatements.locations, [:]) { row in
                LocationID(try row.text(0, lengths: .names))
            }
        }
        var count = 0
        for locationID in locations {
            var cut = 0
            repeat {
                try Task.checkCancellation()
                cut = try await cutLog(of: locationID, before: time)
                count += cut
            } while cut == LogCuttingStatements.stepLimit
        }
        return count
    }

    /// Forgets the first changes of a location, some at a time; the last of a log stays.
    private func cutLog(of locationID: LocationID, before time: Timestamp) async throws -> Int {
        var arguments = SQLArguments(in: locationID)
        arguments.append(.integer(time.microseconds), for: "before")
        return try await write { [arguments] connection in
            try connection.lock([locationID])
            let last = try connection.row(LogCuttingStatements.lastOfStep, arguments) { row in
                try row.optionalInt64(0)
            }
            guard let last, let last else { return 0 }
            var cut = SQLArguments(in: locationID)
            cut.append(.integer(last), for: "last")
            let count = try connection.execute(LogCuttingStatements.cut, cut)
            // Their origins are looked for in the whole location, so only once, at the end.
            if count < LogCuttingStatements.stepLimit {
                try connection.execute(LogCuttingStatements.cutOrigins, cut)
            }
            return count
        }
    }
}

private enum LogCuttingStatements {
    /// The most changes that are forgotten in one transaction.
    static let stepLimit = 500

    static let locations = SQLStatement("SELECT locationID FROM location")

    static let lastOfStep = SQLStatement(
        """
        SELECT MAX(changeNumber) FROM (
            SELECT changeNumber, changedAt FROM change
            WHERE shard = :shard AND locationID = :locationID
            ORDER BY changeNumber LIMIT \(stepLimit)
        ) AS step WHERE changedAt <= :before
        """
    )

    static let cut = SQLStatement(
        """
        DELETE FROM change
        WHERE shard = :shard AND locationID = :locationID AND changeNumber <= :last
        """
    )

    static let cutOrigins = SQLStatement(
        """
        DELETE FROM changedOrigin
        WHERE shard = :shard AND locationID = :locationID AND changeNumber <= :last
        """
    )
}
