public import Recurrence

extension RecurrenceRule {
    /// Returns what the rule means in plain language: "every other Tuesday at 9:00 until 3 March
    /// 2027", "the last workday of each month at 17:00, 5 times".
    ///
    /// The words say all that the start fills in, such as the weekday, the day of the month and the
    /// time of day, so that ``SpokenRecurrence`` makes the same set of occurrences of them and the
    /// start. The start itself is not said: what "every other week" counts from is left to it, and
    /// so is the time of steps of hours, minutes or seconds. A date that not every month or year has
    /// is said to be left out or moved.
    ///
    /// Rules are read with the options' default values.
    ///
    /// - Parameters:
    ///   - start: The first date-time of the series.
    ///   - isAllDay: Whether the start is a day; times are then not said.
    ///   - zone: The zone that the start is in, which an UNTIL in UTC is said for; nothing for a
    ///     floating one.
    ///   - language: The language to say it in.
    /// - Returns: The words, or nothing where they would not be exact: for BYSETPOS among several
    ///   times of a day, or in several months together; for parts about days that are seldom put
    ///   together, such as BYWEEKNO with BYMONTH; for steps that do not come at the same times every
    ///   day and are limited to some; for more than 24 times of a day without equal steps; for more
    ///   than ``SpokenRecurrence/lengthLimit``; for an UNTIL in UTC that the zone's clocks show only
    ///   as their second passage; and for most rules that never yield anything.
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
