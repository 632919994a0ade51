extension CivilDate {
    /// The day of the week.
    ///
    /// - Complexity: O(1).
    public var dayOfWeek: RecurrenceRule.Weekday {
        RecurrenceRule.Weekday.allCases[weekday]
    }
}
