import Recurrence
import Tasks

extension LocationTransaction {
    /// What the location has stored, counted when it is asked for.
    var use: QuotaKeeper.Use {
        QuotaKeeper.Use(
            seriesCount: { try count(UseStatements.series) },
            openTaskCount: { try count(UseStatements.openTasks) }
        )
    }

    /// How many tasks the location may make of what has come due, or because a reader looks.
    ///
    /// - Throws: `QuotaExceeded` if there is none left.
    func taskAllowance(at now: Timestamp) throws -> Int {
        try quotas.taskAllowance(in: locationID, at: now, use: use)
    }

    /// Asks for what a check of the quotas will want to know.
    func prefetchUse() throws {
        if Connection.writesAlone { return }
        try connection.prefetch(UseStatements.openTasks, SQLArguments(in: locationID))
    }

    private func count(_ statement: SQLStatement) throws -> Int {
        try connection.row(statement, SQLArguments(in: locationID)) { row in try row.int(0) } ?? 0
    }
}

private enum UseStatements {
    /// The series of a location that have occurrences to come; it reads an index only.
    static let series = SQLStatement(
        """
        SELECT COUNT(*) FROM seriesClock
        WHERE shard = :shard AND locationID = :locationID AND fireAt IS NOT NULL
        """
    )

    /// The open tasks of a location; it reads a total for each creator.
    static let openTasks = SQLStatement(
        """
        SELECT CAST(COALESCE(SUM(\(TaskStatements.readableTotal)), 0) AS bigint)
        FROM taskTotal AS task
        WHERE task.shard = :shard AND task.locationID = :locationID
            AND task.state = \(TaskState.open.rawValue)
        """
    )
}
