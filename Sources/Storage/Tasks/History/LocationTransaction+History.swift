import Recurrence
import Tasks

/// An entry of the log with its heading, as it is read.
struct LoggedEntry {
    let heading: ChangeHeading
    let detail: LoggedDetail
}

extension LocationTransaction {
    /// Stores which origins of tasks a change concerned.
    func noteOrigins(of plan: ChangePlan, changedBy number: Int64) throws {
        if plan.kind == .materialized { return }
        var origins = Set(plan.series.map(\.after.id.rawValue))
        origins.formUnion(plan.removedSeries.map(\.id.rawValue))
        origins.formUnion(plan.removedTasks.map(\.originID))
        for task in plan.tasks {
            origins.insert(task.after.originID)
            if let before = task.before { origins.insert(before.originID) }
        }
        for origin in origins {
            var arguments = SQLArguments(in: locationID)
            arguments.append(.integer(origin), for: "originID")
            arguments.append(.integer(number), for: "changeNumber")
            try connection.execute(HistoryStatements.noteOrigin, arguments)
        }
    }

    /// Removes records that are to be as if they had never been.
    func remove(_ series: [RecurringTask], _ tasks: [TaskInstance]) throws {
        for task in tasks {
            var arguments = SQLArguments(in: locationID)
            arguments.append(.integer(task.id.rawValue), for: "taskID")
            try connection.execute(HistoryStatements.removeTask, arguments)
        }
        for one in series {
            var idle = one
            idle.policies.rotation = nil
            try storeTurnTakers(of: Replacement(before: one, after: idle))
            try connection.execute(HistoryStatements.removeSeries, key(of: one.id))
        }
    }

    /// The tasks that have some slots of a series.
    func holders(
        of slots: [Slot],
        in seriesID: Identifier<RecurringTask>
    ) throws -> [Identifier<TaskInstance>] {
        let places = slots.map(\.recurrenceID.secondsSince1970)
        guard let first = places.min(), let last = places.max() else { return [] }
        var arguments = key(of: seriesID)
        arguments.append(.integer(first), for: "first")
        arguments.append(.integer(last), for: "last")
        let slots = Set(slots)
        var holders: [Identifier<TaskInstance>] = []
        try connection.query(HistoryStatements.holders, arguments) { row in
            let contactID = try row.int64(2)
            let slot = Slot(
                seriesID: seriesID,
                recurrenceID: LocalDateTime(secondsSince1970: try row.int64(1)),
                contactID: contactID == 0 ? nil : Identifier(contactID)
            )
            if slots.contains(slot) { holders.append(Identifier(try row.int64(0))) }
        }
        return holders
    }

    /// One entry of the log.
    func loggedEntry(_ number: Int64) throws -> LoggedEntry? {
        var arguments = SQLArguments(in: locationID)
        arguments.append(.integer(number), for: "changeNumber")
        return try connection.row(HistoryStatements.entry, arguments) { row in
            try loggedEntry(row)
        }
    }

    /// The entries that concern an origin, the last first, before a number.
    func loggedEntries(
        ofOrigin origin: Int64,
        before number: Int64,
        limit: Int
    ) throws -> [LoggedEntry] {
        var arguments = SQLArguments(in: locationID)
        arguments.append(.integer(origin), for: "originID")
        arguments.append(.integer(number), for: "before")
        arguments.append(.integer(limit), for: "limit")
        return try connection.rows(HistoryStatements.ofOrigin, arguments) { row in
            try loggedEntry(row)
        }
    }

    private func loggedEntry(_ row: some SQLRow) throws -> LoggedEntry {
        do {
            return LoggedEntry(
                heading: ChangeHeading(
                    number: try row.int64(0),
                    at: try row.timestamp(1),
                    actorID: try row.optionalIdentifier(2),
                    door: row.isNull(4) ? nil : try row.value(4),
                    kind: try row.value(3),
                    undoing: try row.optionalInt64(5)
                ),
                detail: try LoggedDetail(parsing: try row.text(6))
            )
        } catch {
            let number = (try? row.int64(0)).map { "\($0)" } ?? "?"
            throw UnreadableRow(
                table: "change",
                key: "\(locationID.rawValue)/\(number)",
                column: "detail",
                reason: "\(error)"
            )
        }
    }
}

private enum HistoryStatements {
    private static let columns = """
        change.changeNumber, change.changedAt, change.actorID, change.kind, change.door,
        change.undoneNumber, change.detail
        """

    static let noteOrigin = SQLStatement(
        """
        INSERT INTO changedOrigin (shard, locationID, originID, changeNumber)
        VALUES (:shard, :locationID, :originID, :changeNumber)
        ON CONFLICT DO NOTHING
        """
    )

    static let removeTask = SQLStatement(
        """
        DELETE FROM task
        WHERE shard = :shard AND locationID = :locationID AND taskID = :taskID
        """
    )

    static let removeSeries = SQLStatement(
        """
        DELETE FROM series
        WHERE shard = :shard AND locationID = :locationID AND seriesID = :seriesID
        """
    )

    static let holders = SQLStatement(
        """
        SELECT taskID, recurrenceID, slotContactID FROM task
        WHERE shard = :shard AND locationID = :locationID AND seriesID = :seriesID
            AND recurrenceID BETWEEN :first AND :last
        """
    )

    static let entry = SQLStatement(
        """
        SELECT \(columns) FROM change
        WHERE shard = :shard AND locationID = :locationID AND changeNumber = :changeNumber
        """
    )

    static let ofOrigin = SQLStatement(
        """
        SELECT \(columns) FROM changedOrigin AS origin
        JOIN change ON change.shard = origin.shard AND change.locationID = origin.locationID
            AND change.changeNumber = origin.changeNumber
        WHERE origin.shard = :shard AND origin.locationID = :locationID
            AND origin.originID = :originID AND origin.changeNumber < :before
        ORDER BY origin.changeNumber DESC LIMIT :limit
        """
    )
}
