package import Recurrence
import Synchronization

/// Holds what locations store to their quotas.
///
/// It remembers in memory how many tasks each location made in the current hour, so each process
/// counts for itself and begins anew when it starts.
package final class QuotaKeeper: Sendable {
    private struct State {
        /// The hours since 1970 of ``madeCounts``.
        var hour: Int64 = 0
        var madeCounts: [LocationID: Int] = [:]
        /// How many series a location may certainly begin before its series are counted again.
        var seriesLeft: [LocationID: Int] = [:]

        /// Forgets the counts of any other hour.
        mutating func begin(_ hour: Int64) {
            guard self.hour != hour else { return }
            self.hour = hour
            madeCounts = [:]
        }
    }

    private let quotas: LocationQuotas
    private let state = Mutex(State())

    package init(_ quotas: LocationQuotas) {
        self.quotas = quotas
    }

    /// What a check needs to know of what a location has stored.
    package struct Use {
        /// How many series have occurrences to come.
        package var seriesCount: () throws -> Int
        /// How many tasks are open.
        package var openTaskCount: () throws -> Int

        package init(
            seriesCount: @escaping () throws -> Int,
            openTaskCount: @escaping () throws -> Int
        ) {
            self.seriesCount = seriesCount
            self.openTaskCount = openTaskCount
        }
    }

    /// Refuses a plan by which a location would store more than it may.
    ///
    /// A plan that makes nothing more of a kind passes, so that what is too much can be ended.
    ///
    /// - Parameters:
    ///   - plan: What a person's command does.
    ///   - formerClocks: The clocks that the plan's series have.
    ///   - locationID: The location.
    ///   - now: The time.
    ///   - use: What the location has stored. It is asked only where it matters.
    /// - Throws: ``QuotaExceeded``; what the use throws.
    package func check(
        _ plan: ChangePlan,
        replacing formerClocks: [SeriesClock?],
        in locationID: LocationID,
        at now: Timestamp,
        use: Use
    ) throws {
        try checkSpacing(of: plan.series)
        if let limit = quotas.seriesLimit {
            let running = plan.clocks.count { $0.clock?.fireAt != nil }
            let count = running - formerClocks.count { $0?.fireAt != nil }
            try checkSeries(beginning: count, in: locationID, limit: limit, use.seriesCount)
        }
        if let limit = quotas.openTaskLimit {
            let count = plan.tasks.reduce(0) { count, task in
                count + (task.after.state == .open ? 1 : 0)
                    - (task.before?.state == .open ? 1 : 0)
            }
            if count > 0, try use.openTaskCount() + count > limit {
                throw QuotaExceeded.openTasks(limit: limit)
            }
        }
        let made = plan.tasks.count { $0.before == nil }
        if made > 0, let left = hourlyTasksLeft(of: locationID, at: now), made > left {
            throw hourIsSpent(at: now)
        }
    }

    /// How many tasks a location may make of what has come due, or because a reader looks.
    ///
    /// - Returns: A number above 0.
    /// - Throws: ``QuotaExceeded`` if there is none left; what the use throws.
    package func taskAllowance(
        in locationID: LocationID,
        at now: Timestamp,
        use: Use
    ) throws -> Int {
        let hourly = hourlyTasksLeft(of: locationID, at: now) ?? .max
        if hourly <= 0 { throw hourIsSpent(at: now) }
        guard let limit = quotas.openTaskLimit else { return hourly }
        let open = try limit - use.openTaskCount()
        if open <= 0 { throw QuotaExceeded.openTasks(limit: limit) }
        return min(hourly, open)
    }

    /// Notes that a location made tasks, once they are stored for good.
    package func note(_ count: Int, madeIn locationID: LocationID, at now: Timestamp) {
        guard count > 0, quotas.hourlyTaskLimit != nil else { return }
        state.withLock { state in
            state.begin(now.hour)
            state.madeCounts[locationID, default: 0] += count
        }
    }

    // MARK: - Parts

    private func hourlyTasksLeft(of locationID: LocationID, at now: Timestamp) -> Int? {
        guard let limit = quotas.hourlyTaskLimit else { return nil }
        return state.withLock { state in
            state.begin(now.hour)
            return limit - (state.madeCounts[locationID] ?? 0)
        }
    }

    private func hourIsSpent(at now: Timestamp) -> QuotaExceeded {
        let end = Timestamp(seconds: (now.hour + 1) * 3600)
        let seconds = (end.microseconds - now.microseconds + 999_999) / 1_000_000
        return .hourlyTasks(limit: quotas.hourlyTaskLimit ?? 0, retryAfterSeconds: Int(seconds))
    }

    /// Refuses to begin more series than a location may have.
    ///
    /// The series are counted only when as many were begun as were left at the last count, so one
    /// creation among many pays for it.
    private func checkSeries(
        beginning count: Int,
        in locationID: LocationID,
        limit: Int,
        _ seriesCount: () throws -> Int
    ) throws {
        guard count > 0 else { return }
        let isCovered = state.withLock { state in
            guard let left = state.seriesLeft[locationID], left >= count else { return false }
            state.seriesLeft[locationID] = left - count
            return true
        }
        if isCovered { return }
        let left = try limit - seriesCount() - count
        if left < 0 { throw QuotaExceeded.series(limit: limit) }
        state.withLock { $0.seriesLeft[locationID] = left }
    }

    /// Refuses series whose occurrences come closer to each other than they may.
    ///
    /// A series that stands already keeps its rule, also where it is split.
    private func checkSpacing(of series: [Replacement<RecurringTask>]) throws {
        let minimum = quotas.minimumSpacing
        guard minimum > 1 else { return }
        for change in series where change.before?.rule != change.after.rule {
            guard let spacing = change.after.spacing, spacing < minimum else { continue }
            let former = series.compactMap { $0.before?.spacing }.min()
            if let former, former <= spacing { continue }
            throw QuotaExceeded.spacing(seconds: spacing, minimum: minimum)
        }
    }
}

extension Timestamp {
    /// The full hours since 1970 in UTC.
    fileprivate var hour: Int64 {
        let hour: Int64 = 3_600_000_000
        return (microseconds - ((microseconds % hour) + hour) % hour) / hour
    }
}

extension RecurringTask {
    /// The shortest time between two of its first occurrences on the clock, in seconds; none if it
    /// has fewer than two.
    ///
    /// It costs as many occurrences as a series begins with.
    fileprivate var spacing: Int64? {
        guard let rule else { return nil }
        // UTC's clocks show each time once, so nothing but the rule counts.
        let slots = rule.occurrences(from: WallClockTime(local: start, zone: .utc)).occurrences()
            .prefix(Horizon.stepLimit)
            .map(\.recurrenceID.secondsSince1970)
        return zip(slots, slots.dropFirst()).map { $1 - $0 }.min()
    }
}
