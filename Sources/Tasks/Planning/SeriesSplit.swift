package import Recurrence

/// What "this and following" does to a rule: where it is cut, and which rules result.
///
/// A split at the slot with ordinal *k* leaves *k* occurrences before it. The rule before the cut
/// keeps its text and the order of its parts; only its end is rewritten. The new end is an `UNTIL`
/// just before the slot. It is `COUNT=`*k* if the rule had a `COUNT`, or if no such `UNTIL` is
/// exact. A rule that goes on unchanged from the slot gets the rest of the count, `COUNT` − *k*; an
/// `UNTIL` stays. Occurrences that were deleted count too, as exceptions do in RFC 5545, section
/// 3.8.5.1.
///
/// `RecurrenceSet.split(at:)` divides COUNT in the same way. But it returns sets, not the text that
/// the series was made with. It gives the second set a start of its own, and changes other parts of
/// its rule if that start requires it. LionDesk's clients are promised the slot and an end, and no
/// more.
package struct SeriesSplit: Sendable {
    /// The series as it is stored, and its rule.
    package let series: RecurringTask
    package let rule: SeriesRule
    /// The first slot after the cut.
    package let slot: LocalDateTime
    /// How many occurrences come before the slot.
    package let ordinal: Int
    private let set: SeriesOccurrences
    private let zone: Zone

    /// Creates the split of a series at one of its slots; none if the rule does not have the slot.
    ///
    /// - Parameters:
    ///   - series: The series as it is stored.
    ///   - slot: The first slot after the cut.
    ///   - zone: The zone in which the rule is expanded.
    package init?(of series: RecurringTask, at slot: LocalDateTime, in zone: Zone) {
        guard let rule = series.rule else { return nil }
        set = rule.occurrences(from: series.start(in: zone))
        guard let ordinal = set.ordinal(of: slot) else { return nil }
        self.series = series
        self.rule = rule
        self.slot = slot
        self.ordinal = ordinal
        self.zone = zone
    }

    /// The tasks that stand for occurrences from the slot on, each with its place among them.
    func members(of tasks: [TaskInstance]) -> [(task: TaskInstance, place: Int)] {
        tasks.compactMap { task in
            task.slot.flatMap { set.ordinal(of: $0.recurrenceID) }.map { (task, $0 - ordinal) }
        }
    }

    /// The rule up to the slot; none if no occurrence comes before it.
    package func ruleBefore() -> SeriesRule? {
        guard ordinal > 0 else { return nil }
        for end in untilsBefore {
            let before = rule.ending(.until(end))
            if leavesOrdinal(before) { return before }
        }
        return rule.ending(.count(ordinal))
    }

    /// The same rule from the slot on.
    package func ruleFromSlot() -> SeriesRule {
        guard ordinal > 0, case .count(let count) = rule.rule.end else { return rule }
        return rule.ending(.count(count - ordinal))
    }

    /// The last day or second before the slot, in the same form as the rule's end.
    ///
    /// Empty if the end is a COUNT.
    private var untilsBefore: [RecurrenceRule.Until] {
        let utc = Timestamp(seconds: set.timestamp(of: slot).seconds - 1)
        // In a zone west of Greenwich, the last evening of the calendar has no date in UTC.
        let isInCalendar = Zone.utc.localDateTime(at: utc).date <= .latest
        let untils: [RecurrenceRule.Until] = isInCalendar ? [.instant(utc)] : []
        return switch rule.rule.end {
        case .count: []
        case .until(.date): [.date(slot.date.advanced(byDays: -1))] + untils
        case .until(.instant), .until(.local), .never: untils
        }
    }

    /// Tells whether a rule with an earlier end has all occurrences before the slot.
    ///
    /// An end that is a date may lose a slot of the same day. An end in UTC may lose a slot that a
    /// gap in the clocks moves past it.
    private func leavesOrdinal(_ rule: SeriesRule) -> Bool {
        rule.occurrences(from: series.start(in: zone)).count(upTo: ordinal + 1) == ordinal
    }
}
