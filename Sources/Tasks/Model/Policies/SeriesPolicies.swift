package import Recurrence

/// What a series does about its occurrences beyond what its rule says.
///
/// With the values of ``init()`` every occurrence of the rule is carried out as it comes.
package struct SeriesPolicies: Hashable, Sendable {
    /// From what the next occurrence counts.
    package var repeats = RepeatBasis.onSchedule
    /// What becomes of a date that a month does not have.
    package var monthEnd = MonthEndPolicy.skip
    /// What becomes of an occurrence on a day off; none if all days are alike.
    package var dayOff: DayOffPolicy?
    /// Who takes turns; none if all tasks go to the series' assignee.
    package var rotation: AssigneeRotation?
    package var pause: SeriesPause?
    /// The first point in time at which no occurrence comes any more; none unless it was ended.
    package var endedAt: Timestamp?
    /// Further slots beside those of the rule, ascending (RDATE).
    package var dates: [LocalDateTime] = []
    /// Slots that are left out, ascending (EXDATE).
    package var exceptionDates: [LocalDateTime] = []

    /// The most dates and exceptions of each kind.
    package static let dateLimit = 500

    package init() {}

    /// The policies without dates and exceptions.
    package var dateless: SeriesPolicies {
        var policies = self
        policies.dates = []
        policies.exceptionDates = []
        return policies
    }

    /// Whether every occurrence comes at its own time, until the rule ends.
    package var keepTheSchedule: Bool {
        repeats == .onSchedule && dayOff == nil && pause == nil && endedAt == nil
    }
}

/// From what the next occurrence of a series counts; the numbers are stored.
package enum RepeatBasis: Int, Hashable, Sendable, CaseIterable {
    /// From the start: the rule says every occurrence.
    case onSchedule = 1
    /// From the day on which the last task was completed or skipped.
    ///
    /// One task is there at a time.
    case afterCompletion = 2
}

/// What becomes of a date that a month or a year does not have (RFC 7529); the numbers are stored.
package enum MonthEndPolicy: Int, Hashable, Sendable, CaseIterable {
    case skip = 1
    case lastDay = 2
    case nextDay = 3

    package var skip: RecurrenceRule.Skip {
        switch self {
        case .skip: .omit
        case .lastDay: .backward
        case .nextDay: .forward
        }
    }
}

/// What becomes of an occurrence on a day off of a calendar.
package struct DayOffPolicy: Hashable, Sendable {
    package var calendarID: Identifier<DayCalendar>
    package var then: DayOffMove

    package init(calendarID: Identifier<DayCalendar>, then: DayOffMove) {
        self.calendarID = calendarID
        self.then = then
    }
}

/// What becomes of an occurrence on a day off; the numbers are stored.
package enum DayOffMove: Int, Hashable, Sendable, CaseIterable {
    case keep = 1
    /// Its task is due on the last working day before, at the same time of day.
    case before = 2
    /// Its task is due on the first working day after, at the same time of day.
    case after = 3
    /// It makes no task.
    case skip = 4
}

/// Users who take turns at a series' tasks.
package struct AssigneeRotation: Hashable, Sendable {
    /// The users in their order, at least one and each once.
    package var userIDs: [Identifier<User>]
    package var by: RotationStep
    /// Whose turn is at the series' start, from 0.
    package var firstTurn: Int

    /// The most users.
    package static let userLimit = 100

    package init(userIDs: [Identifier<User>], by: RotationStep, firstTurn: Int = 0) {
        precondition(!userIDs.isEmpty, "somebody takes turns")
        self.userIDs = userIDs
        self.by = by
        self.firstTurn = firstTurn
    }
}

/// When the turn passes to the next user; the numbers are stored.
package enum RotationStep: Int, Hashable, Sendable, CaseIterable {
    /// With every occurrence of the rule, whether it makes a task or not.
    case occurrence = 1
    /// With every day of the calendar.
    case day = 2
    /// With every week, on the first day of the rule's weeks.
    case week = 3
}

/// A time in which a series makes no tasks.
package struct SeriesPause: Hashable, Sendable {
    package var from: Timestamp
    /// The first point in time after it; none if it lasts until the series is resumed.
    package var until: Timestamp?

    package init(from: Timestamp, until: Timestamp? = nil) {
        self.from = from
        self.until = until
    }

    package func contains(_ timestamp: Timestamp) -> Bool {
        timestamp >= from && until.map { timestamp < $0 } ?? true
    }
}
