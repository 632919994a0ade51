package import Recurrence
package import Tasks

extension SQLStore: StoppedSeriesStore {
    package func stoppedSeries(
        after id: Identifier<RecurringTask>,
        limit: Int,
        in locationID: LocationID,
        deciding decide: @escaping @Sendable (StoppedSeries) throws -> StoppedVerdict
    ) async throws -> (found: [Identifier<RecurringTask>], end: Identifier<RecurringTask>?) {
        var arguments = SQLArguments(in: locationID)
        arguments.append(.integer(id.rawValue), for: "seriesID")
        arguments.append(.integer(limit), for: "limit")
        return try await scan(for: nil) { [arguments] connection in
            let looked = try connection.rows(StoppedStatements.part, arguments) { row in
                (id: Identifier<RecurringTask>(try row.int64(0)), isStopped: try row.int64(1) != 0)
            }
            let transaction = self.transaction(in: locationID, on: connection)
            let found = try looked.filter(\.isStopped).map(\.id).filter { id in
                guard let stopped = try transaction.stopped(id) else { return false }
                return try decide(stopped) != .hasEnded
            }
            return (found, looked.count < limit ? nil : looked.last?.id)
        }
    }

    package func mendStopped(
        _ address: SeriesAddress,
        at now: Timestamp,
        deciding decide: @escaping @Sendable (StoppedSeries) throws -> StoppedVerdict
    ) async throws -> StoppedFinding? {
        try await change(in: address.locationID, at: now) { transaction, _ in
            guard let stopped = try transaction.stopped(address.seriesID) else { return (nil, nil) }
            let former = stopped.hasClock ? stopped.snapshot.clock : nil
            switch try decide(stopped) {
            case .hasEnded: return (nil, nil)
            case .goesOn(let clock):
                var plan = ChangePlan(.updated)
                plan.clocks = [ClockSetting(seriesID: address.seriesID, clock: clock)]
                try transaction.carryOut(plan, by: nil, at: now)
                return (.goesOn(address, from: clock.fireAt ?? now), plan)
            case .setAside(let reason):
                if former == nil {
                    let clock = stopped.snapshot.clock.stopped
                    try transaction.store(ClockSetting(seriesID: address.seriesID, clock: clock))
                }
                _ = try transaction.setAside(address.seriesID, former, because: reason, at: now)
                return (.setAside(address, reason: reason), nil)
            }
        }
    }
}

extension LocationTransaction {
    /// A series whose clock does not fire and that is not set aside; none if it is not so.
    fileprivate func stopped(_ id: Identifier<RecurringTask>) throws -> StoppedSeries? {
        let isStopped = try connection.row(StoppedStatements.one, key(of: id)) { _ in true }
        guard isStopped ?? false, let mended = try mendedSeries(id) else { return nil }
        var flaws = mended.flaws
        let stored = try mendedClock(of: mended.series, &flaws)
        let clock = try stored ?? clockByTasks(of: mended.series)
        let snapshot = try firingSnapshot(of: mended.series, after: clock)
        return StoppedSeries(snapshot: snapshot, hasClock: stored != nil, flaws: flaws)
    }

    /// The clock that a series would have by the tasks that it has.
    private func clockByTasks(of series: RecurringTask) throws -> SeriesClock {
        let made = try connection.row(StoppedStatements.madeSlots, key(of: series.id)) { row in
            (last: try row.optionalInt64(0), count: try row.int(1))
        }
        let last = made?.last.map { LocalDateTime(secondsSince1970: $0) }
        return SeriesClock(
            materializedThrough: max(last ?? series.start, series.start)
                .advanced(bySeconds: last == nil ? -1 : 0),
            nextAt: nil,
            fireAt: nil,
            occurrenceCount: made?.count ?? 0
        )
    }
}

private enum StoppedStatements {
    private static let isStopped = """
        series.isDeleted = 0 AND series.ruleText IS NOT NULL
            AND clock.fireAt IS NULL AND clock.setAsideAt IS NULL
        """

    private static let clock = """
        LEFT JOIN seriesClock AS clock ON clock.shard = series.shard
            AND clock.locationID = series.locationID AND clock.seriesID = series.seriesID
        """

    /// A part of a location's series, and whether the clock of each does not fire.
    static let part = SQLStatement(
        """
        SELECT series.seriesID, CASE WHEN \(isStopped) THEN 1 ELSE 0 END
        FROM series \(clock)
        WHERE series.shard = :shard AND series.locationID = :locationID
            AND series.seriesID > :seriesID
        ORDER BY series.seriesID LIMIT :limit
        """
    )

    /// One row if the clock of a series does not fire.
    static let one = SQLStatement(
        """
        SELECT 1 FROM series \(clock)
        WHERE series.shard = :shard AND series.locationID = :locationID
            AND series.seriesID = :seriesID AND \(isStopped)
        """
    )

    /// The last slot that has a task, and how many have; it reads an index only.
    static let madeSlots = SQLStatement(
        """
        SELECT MAX(recurrenceID), COUNT(DISTINCT recurrenceID) FROM task
        WHERE shard = :shard AND locationID = :locationID AND seriesID = :seriesID
            AND recurrenceID BETWEEN \(ClosedRange<Int64>.slots.lowerBound)
                AND \(ClosedRange<Int64>.slots.upperBound)
        """
    )
}
