package import Recurrence
package import RecurrenceWords

/// A set that was read from a calendar's text or from words, and what there is to say about it.
package struct RecurrenceReading {
    /// The set.
    package let set: RecurrenceSet
    /// What is unusual about the text, and how it was read.
    package let remarks: [CalendarRemark]

    /// The start from which the rule counts, where words give another than the one that was given.
    package let otherStart: LocalDateTime?

    /// The set of a calendar's text.
    package init(_ calendar: CalendarRecurrence) {
        self.init(set: calendar.set, remarks: calendar.remarks)
    }

    init(set: RecurrenceSet, remarks: [CalendarRemark], otherStart: LocalDateTime? = nil) {
        self.set = set
        self.remarks = remarks
        self.otherStart = otherStart
    }

    /// The set's rules, each on a line of its own; empty if it has none.
    package var rule: String { self.set.rules.map(\.description).joined(separator: "\n") }

    /// Returns the set in plain language; nothing where words would not be exact.
    ///
    /// A start that the set includes and that its rule yields anyway takes no words.
    package func words(in language: RecurrenceLanguage) -> String? {
        guard set.options.start == .include, !hasAddedStart else {
            return set.words(language: language)
        }
        return withoutAddedStart?.words(language: language)
    }

    /// Whether the set has its start although its rules do not yield it.
    package var hasAddedStart: Bool {
        guard self.set.options.start == .include, !self.set.rules.isEmpty else { return false }
        let first = withoutAddedStart?.occurrences(from: set.start).first { _ in true }
        return first?.recurrenceID != set.start && !set.exceptionDates.contains(set.start)
    }

    /// The set's rules and exceptions, with the start only if they yield it.
    private var withoutAddedStart: RecurrenceSet? {
        var options = self.set.options
        options.start = .omit
        return try? RecurrenceSet(
            start: set.start,
            isAllDay: set.isAllDay,
            zone: set.zone,
            rules: set.rules,
            exceptionRules: set.exceptionRules,
            dates: set.dates,
            exceptionDates: set.exceptionDates,
            options: options
        )
    }
}
