public import Recurrence

extension RecurrenceSet {
    /// Returns what the set means in plain language, if that is what one rule means.
    ///
    /// Single dates and exceptions are not said, and a rule without them would be another set: show
    /// the rule's own words beside the dates, which `dates` and `exceptionDates` list.
    ///
    /// - Parameter language: The language to say it in.
    /// - Returns: The words of ``RecurrenceRule/words(start:isAllDay:zone:language:)``; nothing where
    ///   they would not be exact, nor for a set with no rule or several, with dates or exceptions,
    ///   or with another reading than the RFC's, whatever the policy.
    /// - Complexity: As that of the rule.
    public func words(language: RecurrenceLanguage) -> String? {
        guard rules.count == 1, exceptionRules.isEmpty, dates.isEmpty, exceptionDates.isEmpty,
            options == RecurrenceOptions(policy: options.policy)
        else { return nil }
        return rules[0].words(start: start, isAllDay: isAllDay, zone: zone, language: language)
    }
}
