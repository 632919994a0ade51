package import Recurrence

/// How far a series is materialized, and when it fires next.
package struct SeriesClock: Hashable, Sendable {
    /// The last slot whose tasks are stored, or that was passed over.
    package var materializedThrough: LocalDateTime
    /// When the first slot after it comes; none if no more occurrences come.
    package var nextAt: Timestamp?
    /// When the scheduler takes the series up, to make what has come or to move the horizon; none
    /// if it does not.
    package var fireAt: Timestamp?
    /// How many occurrences were carried out.
    ///
    /// It is 0 for a series that makes its tasks ahead.
    package var occurrenceCount: Int
    /// How many occurrences came while no server ran and were given up.
    package var missedCount: Int
    /// Of a series that counts from completions, when its last task was done; none before.
    package var doneAt: Timestamp?

    package init(
        materializedThrough: LocalDateTime,
        nextAt: Timestamp?,
        fireAt: Timestamp?,
        occurrenceCount: Int = 0,
        missedCount: Int = 0,
        doneAt: Timestamp? = nil
    ) {
        self.materializedThrough = materializedThrough
        self.nextAt = nextAt
        self.fireAt = fireAt
        self.occurrenceCount = occurrenceCount
        self.missedCount = missedCount
        self.doneAt = doneAt
    }

    /// The clock of a series that makes no more tasks.
    package var stopped: SeriesClock {
        var clock = self
        clock.nextAt = nil
        clock.fireAt = nil
        return clock
    }

    /// The clock of a series that could not be taken up now.
    ///
    /// It fires again after as long as the series is late by now, within ``BackOffTime``. So the wait
    /// doubles from try to try, up to five minutes. When it has been late for three hours, the wait
    /// grows again, up to an hour after a day and a half. A series that moves its horizon in good
    /// time waits for five minutes, until it has been postponed for as long.
    ///
    /// - Parameters:
    ///   - now: The time.
    ///   - since: Since when it has been postponed; none if it was not before.
    /// - Returns: The clock.
    package func postponed(at now: Timestamp, since: Timestamp? = nil) -> SeriesClock {
        var clock = self
        clock.fireAt = now.advanced(by: wait(at: now, since: since))
        return clock
    }

    private func wait(at now: Timestamp, since: Timestamp?) -> Duration {
        guard let since = [nextAt, since].compactMap({ $0 }).min(), since <= now else {
            return BackOffTime.longest
        }
        let slowness = 36
        guard since > now.advanced(by: .zero - BackOffTime.longestOfSeries * slowness) else {
            return BackOffTime.longestOfSeries
        }
        let late = since.duration(to: now)
        return max(min(max(late, BackOffTime.shortest), BackOffTime.longest), late / slowness)
    }

    /// Whether the series, one that makes tasks when their occurrences come, was postponed.
    var isPostponed: Bool {
        guard let nextAt, let fireAt else { return false }
        return fireAt > nextAt
    }
}
