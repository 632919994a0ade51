import Tasks

extension TaskStatements {
    /// How many open tasks a user has within a day.
    static let load = SQLStatement(
        """
        SELECT COUNT(*) FROM task
        WHERE shard = :shard AND locationID = :locationID AND assigneeID = :userID
            AND dueAt >= :from AND dueAt < :to AND state = \(TaskState.open.rawValue)
        """
    )

    /// How many tasks of a series that a viewer sees are in each state, by their due times.
    static func countsOfSeries(seenBy viewer: Viewer) -> SQLStatement {
        SQLStatement(
            dynamic: """
                SELECT task.state, COUNT(*) FROM task
                WHERE \(isSeen(by: viewer)) AND task.seriesID = :seriesID
                    AND task.dueAt >= :from AND task.dueAt < :to
                GROUP BY task.state
                """
        )
    }

    /// The first task of an occurrence.
    static let idOfSlot = SQLStatement(
        """
        SELECT taskID FROM task
        WHERE shard = :shard AND locationID = :locationID AND seriesID = :seriesID
            AND recurrenceID = :recurrenceID
        ORDER BY slotContactID LIMIT 1
        """
    )
}
