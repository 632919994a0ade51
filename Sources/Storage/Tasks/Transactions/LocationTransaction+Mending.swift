import Recurrence
import Tasks

extension LocationTransaction {
    /// A series as far as it can be read; what cannot be read is told of.
    func mendedSeries(_ id: Identifier<RecurringTask>) throws -> MendedSeries? {
        let mended = try connection.row(SeriesStatements.byID, key(of: id)) { row in
            try MendedSeries(row, in: locationID)
        }
        if let row = mended?.unreadable { unreadableRows.note(row) }
        return mended
    }

    /// The clock of a series.
    ///
    /// In the place of one that cannot be read, and is told of, stands a clock that has stopped. It
    /// counts the occurrences that have tasks.
    func mendedClock(
        of series: RecurringTask,
        _ flaws: inout SeriesFlaws
    ) throws -> SeriesClock? {
        do {
            return try clock(of: series.id)
        } catch let error as UnreadableRow {
            unreadableRows.note(error)
            flaws.add(.clock, because: "\(error)")
        }
        let count = try connection.row(MendingStatements.occurrenceCount, key(of: series.id)) {
            row in try row.int(0)
        }
        return SeriesClock(
            materializedThrough: series.start.advanced(bySeconds: -1),
            nextAt: nil,
            fireAt: nil,
            occurrenceCount: count ?? 0
        )
    }

    /// The tasks of a series by slot, without those that cannot be read, which are told of.
    func readableTasks(
        of series: RecurringTask,
        _ flaws: inout SeriesFlaws
    ) throws -> [TaskInstance] {
        let (tasks, rowCount) = try connection.readableRows(
            TaskStatements.wholeSeries,
            key(of: series.id),
            telling: unreadableRows
        ) { row in try task(row, of: series) }
        if tasks.count < rowCount {
            flaws.add(.tasks, because: "\(rowCount - tasks.count) of its tasks cannot be read")
        }
        return tasks
    }

    /// Stores a series with the substitutes for what could not be read of it.
    ///
    /// A transaction does this before a change that replaces or deletes the series. If the change is
    /// refused after all, this is undone with it.
    func rewrite(_ series: RecurringTask) throws {
        try connection.execute(SeriesStatements.update, SQLArguments(series, in: locationID))
    }
}

private enum MendingStatements {
    /// How many occurrences of a series have tasks; it reads an index only.
    static let occurrenceCount = SQLStatement(
        """
        SELECT COUNT(DISTINCT recurrenceID) FROM task
        WHERE shard = :shard AND locationID = :locationID AND seriesID = :seriesID
        """
    )
}
