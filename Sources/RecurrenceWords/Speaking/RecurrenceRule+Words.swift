public import Recurrence

extension RecurrenceRule {
    /// Returns what the rule means in plain language: "every other Tuesday at 9:00 until 3 March
    /// 2027", "the last workday of each month at 17:00, 5 times".
    ///
    /// The words say all that the start fills in, such as the weekday, the day of the month and the
    /// time of day, so that ``SpokenRecurrence`` makes the same set of occurrences from the words
    /// and the start. The words do not say the start itself. So they do not say which week "every
    /// other week" begins with, nor at which time steps of hours, minutes or seconds begin. Where
    /// not every month or year has a date, the words say whether it is left out or moved.
    ///
    /// Rules are read with the options' default values.
    ///
    /// - Parameters:
    ///   - start: The first date-time of the series.
    ///   - isAllDay: Whether the start is a day; times are then not said.
    ///   - zone: The zone that the start is in; an UNTIL in UTC is said as this zone's clocks show
    ///     it. Nothing for a floating start.
    ///   - language: The language to say it in.
    /// - Returns: The words, or nothing where they would not be exact. That is so for BYSETPOS
    ///   among several times of a day, or in several months together; for parts about days that
    ///   rarely stand together, such as BYWEEKNO with BYMONTH; for steps that do not come at the
    ///   same times every day, if only some of these times are allowed; for more than 24 times of a
    ///   day without equal steps; for words longer than ``SpokenRecurrence/lengthLimit``; for an
    ///   UNTIL in UTC at which the zone's clocks show a time for the second time; and for most
    ///   rules that never yield anything.
    /// - Complexity: Linear in the number of values of the rule's parts.
    public func words(
        start: LocalDateTime,
        isAllDay: Bool = false,
        zone: Zone?,
        language: RecurrenceLanguage
    ) -> String? {
        guard
            let meaning = RuleMeaning(self, start: start, isAllDay: isAllDay, zone: zone),
            let words = RuleSpeaker(meaning, language.grammar).words(),
            words.utf8.count <= SpokenRecurrence.lengthLimit
        else { return nil }
        return words
    }
}
