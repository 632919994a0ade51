package import Recurrence

/// What becomes of a reminder whose time has come.
package enum ReminderVerdict: Hashable, Sendable {
    case sent(at: Timestamp, String)
    case withdrawn(String)
    case missed(String)
    case failed(String)
    /// It was refused, and is tried again at a time.
    case refused(String, tryingAgainAt: Timestamp)
    /// It is not tried before a time.
    case postponed(until: Timestamp)
}

/// How late and how many reminders may be.
package struct ReminderLimits: Hashable, Sendable {
    /// How late a reminder is sent at most.
    package var lateness: Duration
    /// How many mails and messages a person is sent in an hour, and in a day.
    package var hourLimit: Int
    package var dayLimit: Int

    package init(
        lateness: Duration = .seconds(12 * 3600),
        hourLimit: Int = 30,
        dayLimit: Int = 100
    ) {
        self.lateness = lateness
        self.hourLimit = hourLimit
        self.dayLimit = dayLimit
    }
}

/// Decides whether a reminder whose time has come is sent, and when it is tried again.
package struct ReminderJudge: Sendable {
    package let limits: ReminderLimits
    private let zones: any ZoneSource

    package init(_ limits: ReminderLimits, zones: any ZoneSource) {
        self.limits = limits
        self.zones = zones
    }

    /// What becomes of a reminder without its being sent; none if it is to be sent.
    ///
    /// - Parameters:
    ///   - reminder: The reminder.
    ///   - facts: What it goes by, as it is now.
    ///   - now: The time.
    /// - Returns: The verdict.
    package func verdict(
        on reminder: PlannedReminder,
        _ facts: ReminderFacts,
        at now: Timestamp
    ) -> ReminderVerdict? {
        let planner = ReminderPlanner(facts, in: zones)
        if let reason = planner.reasonToWithdraw(reminder.key) { return .withdrawn(reason) }
        let late = reminder.fireAt.duration(to: now)
        if late > limits.lateness {
            return .missed("\(Self.text(late)) late, of \(Self.text(limits.lateness)) at most")
        }
        let fireAt = planner.fireAt(reminder.key, putOffUntil: now)
        return fireAt > now ? .postponed(until: fireAt) : nil
    }

    /// Why a person is not sent one more; none if so many may be sent.
    package func excess(sentInHour hourCount: Int, inDay dayCount: Int) -> ReminderVerdict? {
        if hourCount >= limits.hourLimit {
            return .missed("more than \(limits.hourLimit) an hour")
        }
        return dayCount >= limits.dayLimit ? .missed("more than \(limits.dayLimit) a day") : nil
    }

    /// What becomes of a reminder that was refused, at its so-manieth attempt.
    package func verdict(
        afterRefusal answer: String,
        of reminder: PlannedReminder,
        at now: Timestamp
    ) -> ReminderVerdict {
        let waits: [Duration] = [5, 30, 120, 600, 3600].map { .seconds($0) }
        let wait = waits[min(max(reminder.attempts, 1), waits.count) - 1]
        let next = now.advanced(by: wait)
        return next > reminder.fireAt.advanced(by: limits.lateness)
            ? .failed(answer) : .refused(answer, tryingAgainAt: next)
    }

    /// A length in hours and minutes.
    private static func text(_ length: Duration) -> String {
        let minutes = length.components.seconds / 60
        return minutes % 60 == 0 ? "\(minutes / 60) h" : "\(minutes / 60) h \(minutes % 60) min"
    }
}
