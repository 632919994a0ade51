package import Recurrence

/// A recurrence rule with the words in which it was written.
///
/// The text is shown as it was given, without an `RRULE:` at its beginning. A split rewrites the
/// end of the rule and nothing else. If nobody wrote the rule, or if a split meets a text in
/// several lines, the text is canonical.
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

    /// Takes a rule that nobody wrote.
    ///
    /// Its text is the canonical one.
    package init(_ rule: RecurrenceRule) {
        self.rule = rule
        text = rule.description
    }

    private init(text: String, rule: RecurrenceRule) {
        self.text = text
        self.rule = rule
    }

    /// The rule with another end.
    ///
    /// It stands in the place of the old end, or after the last part.
    ///
    /// - Precondition: A count lies between 1 and 2,147,483,647. An `UNTIL` lies in the years 1 to
    ///   9999.
    func ending(_ end: RecurrenceRule.End) -> SeriesRule {
        let rule = rule.ending(end)
        // Lines may be folded anywhere, even within a name (RFC 5545, section 3.1).
        guard !text.contains(where: \.isNewline) else { return SeriesRule(rule) }
        var parts = text.split(separator: ";").map(String.init)
        let words: [String] =
            switch end {
            case .never: []
            case .count(let count): ["COUNT=\(count)"]
            case .until(let until): ["UNTIL=\(until)"]
            }
        let isEnd = { (part: String) in
            let name = part.prefix { $0 != "=" }.uppercased()
            return name == "COUNT" || name == "UNTIL"
        }
        let index = parts.firstIndex(where: isEnd)
        parts.replaceSubrange(index.map { $0..<$0 + 1 } ?? parts.count..<parts.count, with: words)
        return SeriesRule(text: parts.joined(separator: ";"), rule: rule)
    }

    /// The rule with the day of the month that it takes from its start; the rule itself where it says
    /// its days.
    ///
    /// A date that a month does not have can then begin a series that goes on with the day that is
    /// meant.
    func sayingItsDay(from start: CivilDate) -> SeriesRule {
        guard rule.hasNoDays else { return self }
        let (_, month, day) = start.components
        let parts: String
        switch rule.frequency {
        case .monthly: parts = ";BYMONTHDAY=\(day)"
        case .yearly:
            parts = ";BYMONTHDAY=\(day)" + (rule.byMonth.isEmpty ? ";BYMONTH=\(month)" : "")
        case .secondly, .minutely, .hourly, .daily, .weekly: return self
        }
        return (try? SeriesRule(parsing: text + parts)) ?? self
    }

    /// Tells whether two rules mean the same, even if they are written differently.
    package func means(_ other: SeriesRule) -> Bool {
        rule == other.rule
    }

    /// The occurrences of the rule from a start on.
    ///
    /// The start is the first occurrence, even if the rule would not produce it. If a gap in the
    /// zone's clocks puts several slots on one point in time, only the first slot remains.
    package func occurrences(from start: WallClockTime) -> SeriesOccurrences {
        SeriesOccurrences(of: rule, from: start)
    }
}
