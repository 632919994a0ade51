/// A rule that starts again on the day on which the last instance was completed: "every 3 days
/// after it is done".
///
/// The rule's periods start on the day of completion. That day also fills in the weekday or the day
/// of the month, if the rule does not give it. Some examples:
///
/// - Every 2 weeks: 14 days after the completion, on the same weekday.
/// - Every Thursday: the next Thursday.
/// - Every 2 weeks on Monday: the Monday of the week of completion, if it is still to come;
///   otherwise the Monday two weeks later.
///
/// Nobody chose a day of the month that the day of completion fills in. Where a month lacks it, the
/// last day of the month is used instead: a month after January 31st is February 28th or 29th. Days
/// that the rule gives are left out or moved as its SKIP says.
public struct RepeatAfterCompletion: Hashable, Sendable {
    /// Why a rule cannot be repeated after completion.
    public struct UnsuitableRule: Error, Hashable {
        /// The part that is about the time of day: `FREQ`, `BYHOUR`, `BYMINUTE` or `BYSECOND`.
        public let part: String
    }

    /// The rule; its COUNT counts completions.
    public let rule: RecurrenceRule
    /// When an occurrence takes place, in seconds after midnight on the zone's clocks.
    public let secondOfDay: Int
    /// The zone that tells the day of completion, and whose clocks show the time of day.
    public let zone: Zone

    /// Creates a repetition.
    ///
    /// - Parameters:
    ///   - rule: A rule of days, weeks, months or years that leaves the time of day open.
    ///   - secondOfDay: The time of day, in seconds after midnight.
    ///   - zone: The zone of the people who do it.
    /// - Throws: ``UnsuitableRule`` where the rule says something of the time of day.
    /// - Precondition: The second lies between 0 and 86,399.
    /// - Complexity: O(1).
    public init(
        rule: RecurrenceRule,
        secondOfDay: Int,
        zone: Zone
    ) throws(UnsuitableRule) {
        precondition((0..<86_400).contains(secondOfDay), "there is no such second of the day")
        if rule.frequency.rawValue < RecurrenceRule.Frequency.daily.rawValue {
            throw UnsuitableRule(part: "FREQ")
        }
        if rule.hours != 0 { throw UnsuitableRule(part: "BYHOUR") }
        if rule.minutes != 0 { throw UnsuitableRule(part: "BYMINUTE") }
        if rule.seconds != 0 { throw UnsuitableRule(part: "BYSECOND") }
        self.rule = rule
        self.secondOfDay = secondOfDay
        self.zone = zone
    }

    /// Returns the occurrence that follows a completion.
    ///
    /// - Parameters:
    ///   - completion: When the last instance was completed, late or early.
    ///   - completionCount: How many were completed, this one included; skipped ones are not.
    /// - Returns: The rule's first occurrence on a later day than that of the completion, as the
    ///   zone's clocks show it; nothing where COUNT completions are made, or where the occurrence
    ///   would come after UNTIL.
    /// - Complexity: As ``RecurrenceSet/next(after:inclusive:)``, after preparing the set.
    public func next(after completion: Timestamp, completionCount: Int) -> Occurrence? {
        occurrences(after: completion, completionCount: completionCount).first { _ in true }
    }

    /// The occurrences of the rule that follow a completion, of which ``next(after:completionCount:)``
    /// is the first.
    package func occurrences(
        after completion: Timestamp,
        completionCount: Int
    ) -> some Sequence<Occurrence> {
        var rule = rule
        var hasEnded = false
        if case .count(let count) = rule.end {
            hasEnded = completionCount >= count
            rule = rule.ending(.never)
        }
        if rule.takesDayOfMonthFromStart, rule.skip == .omit { rule.skip = .backward }
        let day = zone.localDateTime(at: completion).date
        let set = RecurrenceSet(
            start: LocalDateTime(day, secondOfDay: secondOfDay),
            zone: zone,
            rule: rule
        )
        // Clocks that are set back across midnight first show the beginning of the next day, and
        // then the end of this day again.
        return set.occurrences(from: LocalDateTime(day.advanced(byDays: 1)))
            .lazy.drop { $0.timestamp <= completion }.prefix(hasEnded ? 0 : .max)
    }
}

extension RecurrenceRule {
    fileprivate var takesDayOfMonthFromStart: Bool {
        (frequency == .monthly || frequency == .yearly) && hasNoDays
    }
}
