package import Recurrence

/// A recurrence rule with the words in which it was written.
///
/// The text is shown as it came, less an `RRULE:` before it; a split rewrites its end and nothing
/// else.
package struct SeriesRule: Hashable, Sendable {
    package let text: String
    package let rule: RecurrenceRule

    /// Reads a rule.
    ///
    /// - Throws: `RecurrenceRule.ParseError`, which names the part and the reason.
    package init(parsing text: String) throws(RecurrenceRule.ParseError) {
        rule = try RecurrenceRule(parsing: text)
        let prefix = "RRULE:"
        self.text =
            text.prefix(prefix.count).uppercased() == prefix
            ? String(text.dropFirst(prefix.count)) : text
    }

    /// Tells whether two rules mean the same, whatever their words.
    package func means(_ other: SeriesRule) -> Bool {
        rule == other.rule
    }

    /// The occurrences of the rule from a start on.
    ///
    /// The start is the first occurrence even where the rule would not produce it, and of slots
    /// that a gap in the zone's clocks puts on one point in time the first remains.
    package func occurrences(from start: LocalDateTime, in zone: Zone) -> RecurrenceSet {
        RecurrenceSet(
            start: start,
            zone: zone,
            rule: rule,
            options: RecurrenceOptions(policy: .dedupe, start: .include)
        )
    }
}
