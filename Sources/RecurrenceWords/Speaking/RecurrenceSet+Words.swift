public import Recurrence

extension RecurrenceSet {
    /// Returns what the set means in plain language, if that is what one rule means.
    ///
    /// Words do not say single dates and exceptions, and without them the rule would be another
    /// set. For such a set, show the words of its rule, and beside them `dates` and
    /// `exceptionDates`.
    ///
    /// - Parameter language: The language to say it in.
    /// - Returns: The words of ``RecurrenceRule/words(start:isAllDay:zone:language:)``; nothing
    ///   where they would not be exact. Nothing either for a set without exactly one rule, with
    ///   dates or exceptions, or with options other than the defaults, except the policy.
    /// - Complexity: As that of the rule.
    public func words(language: RecurrenceLanguage) -> String? {
        guard rules.count == 1, exceptionRules.isEmpty, dates.isEmpty, exceptionDates.isEmpty,
            options == RecurrenceOptions(policy: options.policy)
        else { return nil }
        return rules[0].words(start: start, isAllDay: isAllDay, zone: zone, language: language)
    }
}
