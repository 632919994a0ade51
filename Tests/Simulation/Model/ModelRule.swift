import Recurrence

/// A rule as the model knows it: its parts, and how it ends.
struct ModelRule: Hashable {
    var parts: String
    var end: End

    enum End: Hashable {
        case never
        case count(Int)
        /// In UTC, whole seconds.
        case until(Timestamp)
    }

    /// The rule as a client writes it.
    var text: String {
        switch end {
        case .never: parts
        case .count(let count): "\(parts);COUNT=\(count)"
        case .until(let until): "\(parts);UNTIL=\(Zone.utc.localDateTime(at: until))Z"
        }
    }

    /// What the rule gives from a start on; the start is the first occurrence in any case.
    func set(from start: LocalDateTime, in zone: Zone) throws -> RecurrenceSet {
        try RecurrenceSet(
            start: start,
            zone: zone,
            rule: RecurrenceRule(parsing: text),
            options: RecurrenceOptions(policy: .dedupe, start: .include)
        )
    }

    /// The rule that gives only the first occurrences.
    ///
    /// A COUNT becomes smaller. Anything else ends a second before the first occurrence that is
    /// cut off, or after a COUNT where that is not exact.
    func endingAfter(_ count: Int, from start: LocalDateTime, in zone: Zone) throws -> ModelRule {
        var shorter = ModelRule(parts: parts, end: .count(count))
        if case .count = end { return shorter }
        let set = try set(from: start, in: zone)
        guard let next = set.occurrence(at: count) else { return self }
        let last = zone.timestamp(of: next.recurrenceID).advanced(by: .seconds(-1))
        shorter.end = .until(last)
        if try shorter.set(from: start, in: zone).count(upTo: count + 1) != count {
            shorter.end = .count(count)
        }
        return shorter
    }

    /// The same rule without the first occurrences: what is left of a COUNT; an UNTIL stays.
    func without(first count: Int) -> ModelRule {
        guard case .count(let total) = end else { return self }
        return ModelRule(parts: parts, end: .count(total - count))
    }
}
