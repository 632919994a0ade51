import Recurrence
import Tasks

extension LocationTransaction {
    /// Takes up what has come of the series of a task, because the series is about to be changed.
    ///
    /// - Throws: What the closure throws, or ``SQLError``.
    func takeUpSeries(
        of task: TaskInstance,
        at now: Timestamp,
        numbers: inout IdentifierSource,
        deciding decide: FiringDecision
    ) throws {
        guard let seriesID = task.slot?.seriesID, let mended = try mendedSeries(seriesID),
            mended.flaws.isEmpty
        else { return }
        var flaws = SeriesFlaws()
        let clock = try mendedClock(of: mended.series, &flaws)
        try takeUp(mended.series, by: clock, at: now, numbers: &numbers, deciding: decide)
    }

    /// Takes up what has come of a series that makes its tasks when their occurrences come, because
    /// the series is about to be changed.
    ///
    /// A series that is far behind takes several steps; if it takes too many, the scheduler is to
    /// take them first.
    ///
    /// - Returns: The series' clock after that.
    /// - Throws: `StoreUnavailable` if the series is too far behind; what the closure throws, or
    ///   ``SQLError``.
    @discardableResult
    func takeUp(
        _ series: RecurringTask,
        by clock: SeriesClock?,
        at now: Timestamp,
        numbers: inout IdentifierSource,
        deciding decide: FiringDecision
    ) throws -> SeriesClock? {
        guard series.dueSchedule != nil else { return clock }
        var clock = clock
        for _ in 0..<Self.stepLimit {
            guard let fired = clock, let fireAt = fired.fireAt, fireAt <= now else { return clock }
            let snapshot = try firingSnapshot(of: series, after: fired)
            try carryOut(decide(snapshot, &numbers), by: nil, at: now)
            clock = try self.clock(of: series.id)
            if clock == fired { return clock }
        }
        guard let fireAt = clock?.fireAt, fireAt <= now else { return clock }
        throw StoreUnavailable(reason: "A series has to make more than a change can wait for")
    }

    /// How many steps a change waits for; enough for all that a series catches up with.
    private static var stepLimit: Int { 8 }
}
