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
    /// The occurrences without the dates and exceptions beside the rule, and how many of them come
    /// before the slot.
    private let ruleSet: SeriesOccurrences
    private let ruleOrdinal: Int
    private let zone: Zone

    /// Creates the split of a series at one of its slots; none if the rule does not have the slot.
    ///
    /// - Parameters:
    ///   - series: The series as it is stored.
    ///   - slot: The first slot after the cut.
    ///   - zone: The zone in which the rule is expanded.
    package init?(of series: RecurringTask, at slot: LocalDateTime, in zone: Zone) {
        guard let rule = series.rule else { return nil }
        let start = series.start(in: zone)
        set = SeriesOccurrences(of: rule.rule, from: start, with: series.policies)
        guard let ordinal = set.ordinal(of: slot) else { return nil }
        if series.policies.dates.isEmpty, series.policies.exceptionDates.isEmpty {
            ruleSet = set
            ruleOrdinal = ordinal
        } else {
            let others = SeriesOccurrences(
                of: rule.rule,
                from: start,
                with: series.policies.dateless
            )
            ruleSet = others
            let next = others.occurrences(from: slot).first { _ in true }
            ruleOrdinal =
                next.flatMap { others.ordinal(of: $0.recurrenceID) } ?? others.count(upTo: .max)
        }
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
        // The start counts as an occurrence of the rule even if the rule would not produce it.
        let kept = max(1, ruleOrdinal)
        for end in untilsBefore {
            let before = rule.ending(.until(end))
            if leavesOrdinal(before) { return before }
        }
        return rule.ending(.count(kept))
    }

    /// The same rule from the slot on.
    package func ruleFromSlot() -> SeriesRule {
        var rule = rule
        if series.policies.monthEnd != .skip { rule = rule.sayingItsDay(from: series.start.date) }
        guard ordinal > 0, case .count(let count) = rule.rule.end else { return rule }
        return rule.ending(.count(max(1, count - ruleOrdinal)))
    }

    /// The policies before the slot, or from it on, where the slots from it on move.
    func policies(before isBefore: Bool, movedBy seconds: Int64 = 0) -> SeriesPolicies {
        var policies = series.policies
        let belongs = { (date: LocalDateTime) in (date < slot) == isBefore }
        let moved = { (date: LocalDateTime) in date.advanced(bySeconds: seconds) }
        policies.dates = policies.dates.filter(belongs).map(moved)
        policies.exceptionDates = policies.exceptionDates.filter(belongs).map(moved)
        return policies
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
        let set = SeriesOccurrences(
            of: rule.rule,
            from: series.start(in: zone),
            with: series.policies.dateless
        )
        return set.count(upTo: max(1, ruleOrdinal) + 1) == max(1, ruleOrdinal)
    }
}
