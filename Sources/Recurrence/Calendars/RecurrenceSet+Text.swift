extension RecurrenceSet {
    /// Reads a set from calendar text as ``CalendarRecurrence`` does, without the remarks.
    ///
    /// - Throws: ``ParseError`` with the property, component or part and the reason.
    /// - Complexity: Linear in the text's length, which is at most 16,777,216 bytes, and then as
    ///   ``init(start:isAllDay:zone:rules:exceptionRules:dates:exceptionDates:options:)``.
    public init(
        parsing text: String,
        zones: some ZoneSource,
        readerZone: Zone? = nil,
        strictness: CalendarStrictness = .lenient,
        options: RecurrenceOptions = .init()
    ) throws(ParseError) {
        self = try CalendarRecurrence(
            parsing: text,
            zones: zones,
            readerZone: readerZone,
            strictness: strictness,
            options: options
        ).set
    }
}

extension RecurrenceSet: CustomStringConvertible {
    /// The set's lines, separated by newlines; parsing them gives the same set.
    ///
    /// A zone is there by its name alone, also one that only a calendar defined.
    ///
    /// - Complexity: Linear in the rules and dates.
    public var description: String {
        var lines = ["DTSTART" + dates([start])]
        lines += rules.map { "RRULE:\($0)" }
        lines += exceptionRules.map { "EXRULE:\($0)" }
        if !dates.isEmpty { lines.append("RDATE" + dates(dates)) }
        if !exceptionDates.isEmpty { lines.append("EXDATE" + dates(exceptionDates)) }
        return lines.joined(separator: "\n")
    }

    private func dates(_ dates: [LocalDateTime]) -> String {
        if isAllDay {
            return ";VALUE=DATE:" + dates.map { "\($0.date)" }.joined(separator: ",")
        }
        let isUTC = zone?.identifier == Zone.utc.identifier
        let parameter =
            isUTC ? "" : zone.map { ";TZID=\(RecurrenceSet.quoted($0.identifier))" } ?? ""
        let values = dates.map { isUTC ? "\($0)Z" : "\($0)" }
        return "\(parameter):" + values.joined(separator: ",")
    }

    /// A parameter's value, in quotes if it needs them (RFC 5545, section 3.1).
    private static func quoted(_ value: String) -> String {
        value.utf8.contains { ":;,".utf8.contains($0) } ? "\"\(value)\"" : value
    }
}
