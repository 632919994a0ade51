import Recurrence

/// One or several words that have one meaning in a phrase about recurrence.
struct WordToken: Hashable {
    /// What words mean, whatever their language.
    enum Kind: Hashable {
        /// "every", "each".
        case every
        /// "other", as in "every other".
        case other
        case number(Int)
        /// An ordinal number; negative ones count from the end.
        case ordinal(Int)
        /// "second": the second, or the sixtieth part of a minute.
        case second
        /// "last".
        case last
        /// "to last": the number before it counts from the end.
        case fromEnd
        case unit(RecurrenceRule.Frequency)
        /// "quarterly".
        case cycle(RecurrenceRule.Frequency, Int)
        /// One weekday, or those that have a name in common.
        case weekdays(UInt8)
        case weekend
        case month(Int)
        case date(CivilDate)
        /// Seconds after midnight.
        case time(Int)
        /// "am", "pm"; part of the time before it.
        case meridiem(isAfternoon: Bool)
        /// "times", after a number.
        case times
        /// "once", "twice".
        case count(Int)
        /// "of", "in": before a month or a period.
        case of
        case at
        case from
        case to
        case until
        case and
        case or
        case comma
        /// "only", "if": what follows must be true too.
        case only
        /// "weeks starting on".
        case weekStart
        case note(SkipNote)
        /// Words with two meanings.
        case ambiguous
        /// Words without a meaning here.
        case filler
    }

    let kind: Kind
    /// The words as they were written.
    let text: String
    /// How many bytes of UTF-8 come before them.
    let offset: Int
}

extension UInt8 {
    /// Monday to Friday.
    static let workdays: UInt8 = 0b001_1111
    /// Saturday and Sunday.
    static let weekend: UInt8 = 0b110_0000
    /// Monday to Sunday.
    static let everyDay: UInt8 = 0b111_1111
}

extension [RecurrenceRule.OrdinalWeekday] {
    /// The numbers of each weekday, in the order of the weekdays' first appearance.
    var groupedByWeekday: [(weekday: RecurrenceRule.Weekday, ordinals: [Int])] {
        var groups: [(weekday: RecurrenceRule.Weekday, ordinals: [Int])] = []
        for item in self {
            if let index = groups.firstIndex(where: { $0.weekday == item.weekday }) {
                groups[index].ordinals.append(item.ordinal)
            } else {
                groups.append((item.weekday, [item.ordinal]))
            }
        }
        return groups
    }
}
