import Recurrence
package import Tasks

extension SQLStore: ReminderLedger {
    package func reminders(
        _ query: ReminderQuery,
        in locationID: LocationID,
        after last: PlannedReminder?,
        limit: Int
    ) async throws -> [PlannedReminder] {
        let (statement, arguments) = LedgerStatements.page(
            query,
            in: locationID,
            after: last,
            limit
        )
        return try await scan(for: locationID) { [unreadableRows] connection in
            try connection.readableRows(statement, arguments, telling: unreadableRows) { row in
                try PlannedReminder(row, in: locationID)
            }.values
        }
    }
}

private enum LedgerStatements {
    static func page(
        _ query: ReminderQuery,
        in locationID: LocationID,
        after last: PlannedReminder?,
        _ limit: Int
    ) -> (SQLStatement, SQLArguments) {
        var arguments = SQLArguments(in: locationID)
        var conditions = ["shard = :shard", "locationID = :locationID"]
        func restrict(_ condition: String, _ name: String, _ value: Int64?) {
            guard let value else { return }
            conditions.append(condition)
            arguments.append(.integer(value), for: name)
        }
        restrict("taskID = :ofTask", "ofTask", query.taskID?.rawValue)
        restrict("userID = :ofUser", "ofUser", query.userID?.rawValue)
        restrict("way = :byWay", "byWay", query.way.map { Int64(StoredReminderWay($0).rawValue) })
        restrict("fireAt >= :from", "from", query.from?.microseconds)
        restrict("fireAt < :until", "until", query.until?.microseconds)
        if let state = query.state {
            let states = StoredReminderState.allCases.filter { $0.shown == state }
            let list = states.map { "\($0.rawValue)" }.joined(separator: ", ")
            conditions.append("state IN (\(list))")
        }
        if let last {
            conditions.append("fireAt >= :lastFireAt")
            conditions.append(
                """
                (fireAt, \(PlannedReminder.keyColumns)) > (
                    :lastFireAt, :taskID, :userID, :way, :cause, :offsetSeconds, :plannedAt
                )
                """
            )
            arguments.append(.integer(last.fireAt.microseconds), for: "lastFireAt")
            arguments.append(last.key)
        }
        arguments.append(.integer(limit), for: "limit")
        let statement = SQLStatement(
            dynamic:
                """
                SELECT \(PlannedReminder.columns) FROM reminder
                WHERE \(conditions.joined(separator: " AND "))
                ORDER BY fireAt, \(PlannedReminder.keyColumns) LIMIT :limit
                """
        )
        return (statement, arguments)
    }
}
