package import Recurrence

/// What "this and following" does to a rule: where it is cut, and what is left of it.
///
/// A split at the slot with ordinal *k* leaves *k* occurrences before it. The rule before the cut
/// keeps its words and its parts in their order; its end alone is rewritten, to `COUNT=`*k* where it
/// counted, else to an `UNTIL` just before the slot. A rule that goes on unchanged from the slot
/// counts what remains, `COUNT` − *k*; an `UNTIL` stays. Occurrences that were deleted count too,
/// as exceptions do in RFC 5545, section 3.8.5.1.
package struct SeriesSplit: Sendable {
    /// The series as it stands, and its rule.
    package let series: RecurringTask
    package let rule: SeriesRule
    /// The first slot after the cut.
    package let slot: LocalDateTime
    /// How many occurrences come before the slot.
    package let ordinal: Int
    private let set: RecurrenceSet
    private let zone: Zone

    /// Creates the split of a series at one of its slots; none where the rule does not have it.
    ///
    /// - Parameters:
    ///   - series: The series as it stands.
    ///   - slot: The first slot after the cut.
    ///   - zone: The zone in which the rule is expanded.
    package init?(of series: RecurringTask, at slot: LocalDateTime, in zone: Zone) {
        guard let rule = series.rule else { return nil }
        set = rule.occurrences(from: series.start, in: zone)
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

    /// The rule up to the slot; none where nothing comes before it.
    ///
    /// - Throws: Nothing that a rule which was read can cause.
    package func ruleBefore() throws -> SeriesRule? {
        guard ordinal > 0 else { return nil }
        let end =
            switch rule.rule.end {
            case .count: "COUNT=\(ordinal)"
            case .until(.date): "UNTIL=\(Self.digits(slot.date.advanced(byDays: -1)))"
            case .until(.instant), .until(.local), .never: "UNTIL=\(lastSecondBefore())Z"
            }
        return try rule.ending(end)
    }

    /// The same rule from the slot on.
    ///
    /// - Throws: Nothing that a rule which was read can cause.
    package func ruleFromSlot() throws -> SeriesRule {
        guard ordinal > 0, case .count(let count) = rule.rule.end else { return rule }
        return try rule.ending("COUNT=\(count - ordinal)")
    }

    private func lastSecondBefore() -> String {
        let last = Zone.utc.localDateTime(at: zone.timestamp(of: slot)).advanced(bySeconds: -1)
        let (hour, minute, second) = last.time
        return Self.digits(last.date) + "T" + Self.digits(hour, 2) + Self.digits(minute, 2)
            + Self.digits(second, 2)
    }

    private static func digits(_ date: CivilDate) -> String {
        let (year, month, day) = date.components
        return digits(year, 4) + digits(month, 2) + digits(day, 2)
    }

    private static func digits(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}

extension SeriesRule {
    /// The rule with another end: in the place of the old one, or after the last part.
    fileprivate func ending(_ end: String) throws -> SeriesRule {
        var parts = text.split(separator: ";", omittingEmptySubsequences: true).map(String.init)
        let isEnd = { (part: String) in
            let name = part.prefix { $0 != "=" }.uppercased()
            return name == "COUNT" || name == "UNTIL"
        }
        if let index = parts.firstIndex(where: isEnd) {
            parts[index] = end
        } else {
            parts.append(end)
        }
        return try SeriesRule(parsing: parts.joined(separator: ";"))
    }
}
