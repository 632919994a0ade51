package import Recurrence

/// What the words of a series' rule depend on beside the rule itself.
package struct RuleSetting: Hashable, Sendable {
    /// The first occurrence, on the wall clock of ``timeZone``.
    package var start: LocalDateTime
    /// Whether the tasks have a day and no time of it.
    package var isAllDay: Bool
    /// The IANA name of the zone in which the rule is expanded.
    package var timeZone: String
    package var monthEnd: MonthEndPolicy
    package var repeats: RepeatBasis

    package init(
        start: LocalDateTime,
        isAllDay: Bool,
        timeZone: String,
        monthEnd: MonthEndPolicy = .skip,
        repeats: RepeatBasis = .onSchedule
    ) {
        self.start = start
        self.isAllDay = isAllDay
        self.timeZone = timeZone
        self.monthEnd = monthEnd
        self.repeats = repeats
    }
}

extension RecurringTask {
    package var ruleSetting: RuleSetting {
        RuleSetting(
            start: start,
            isAllDay: template.isAllDay,
            timeZone: timeZone,
            monthEnd: policies.monthEnd,
            repeats: policies.repeats
        )
    }
}
