import Recurrence

/// One or several words that have one meaning in a phrase about recurrence.
struct WordToken: Hashable {
    /// What words mean, whatever their language.
    enum Kind: Hashable {
        // MARK: Periods and numbers

        /// "every", "each".
        case every
        /// "other", as in "every other".
        case other
        /// "in two", as in French "one Monday in two"; behind what is repeated.
        case outOf(Int)
        case number(Int)
        /// An ordinal number; negative ones count from the end.
        case ordinal(Int)
        /// "second": the second, or the sixtieth part of a minute.
        case second
        /// A weekday of Portuguese that is an ordinal too: "segunda", 2, is Monday.
        case weekdayOrOrdinal(Int)
        /// "last".
        case last
        /// "to last": the number before it counts from the end.
        case fromEnd
        case unit(RecurrenceRule.Frequency)
        /// "quarterly", "quarter".
        case cycle(RecurrenceRule.Frequency, Int)
        /// "times", after a number.
        case times
        /// "once", "twice".
        case count(Int)

        // MARK: Days

        /// One weekday, or those that have a name in common.
        case weekdays(UInt8)
        case weekend
        case month(Int)
        case date(CivilDate)
        /// A day of every year, such as Christmas.
        case monthDay(month: Int, day: Int)
        /// Two numbers and perhaps a year, such as `12/31/2027`: which is the month?
        case slashDate(Int, Int, year: Int?)
        /// "today", "tomorrow": how many days from today.
        case today(Int)
        case now
        /// "next", before a weekday or a length.
        case next
        /// "before", between weekdays and the day of the month from which they are counted.
        case before(includingDay: Bool)
        case after(includingDay: Bool)

        // MARK: Times

        /// Seconds after midnight.
        case time(Int)
        /// `9.30`, which may be a time; otherwise it is not a whole number.
        case decimal(Int, minute: Int?)
        /// "o'clock", behind an hour.
        case hourMark
        /// "half past", before an hour: how many minutes are added.
        case minutesBefore(Int)
        /// "y cuarto", behind an hour: how many minutes are added.
        case minutesBehind(Int)
        /// "past", between minutes and an hour.
        case minutesPast
        /// "vor", between minutes and an hour.
        case minutesTo
        /// "menos", which is also "except": between an hour and minutes.
        case minus
        case dayPart(DayPart)

        // MARK: Joints

        /// "of", "in": before a month or a period.
        case of
        /// "per": before a period, or before a length.
        case per
        /// "for": before a length or a count.
        case lasting
        /// "during": before a month or a length.
        case during
        /// "lang", behind a length.
        case lastingBehind
        case at
        /// A word that is both "at" and "to", such as French "à".
        case atOrTo
        case from
        /// "between": "from" that is followed by "and".
        case between
        case to
        case until(MonthEnd)
        case and
        case or
        case comma
        /// "only", "if": what follows must be true too.
        case only
        /// "except": what follows is left out.
        case except

        // MARK: What stands beside the rule

        /// "after completion".
        case completion
        /// "!", behind "every": after completion.
        case exclamation
        /// "weeks starting on".
        case weekStart
        case note(SkipNote)

        // MARK: Words without one meaning

        case ambiguous(Ambiguity)
        /// Words that are understood, but that no rule can say, such as "holidays".
        case inexpressible
        /// Words that add nothing, such as "the".
        case filler
    }

    let kind: Kind
    /// The words as they were written.
    let text: String
    /// How many bytes of UTF-8 come before them.
    let offset: Int
    /// The filler that stands directly before them, as it was written.
    var filler: String?

    /// Whether a filler stands directly before them.
    var isAfterFiller: Bool { filler != nil }

    /// Whether it is a word for "of" that a month follows in a date, and not one for "in".
    var isGenitive: Bool { ["of", "de", "del", "do", "du"].contains(text.lowercased()) }

    /// Whether it was written in letters.
    var isWord: Bool { text.unicodeScalars.first?.isDigit == false }
}

/// Which days "until March" still includes.
enum MonthEnd: Hashable {
    /// "until": the month is not included.
    case excluded
    /// "through": the month is included.
    case included
    /// People differ; the word may also stand between the first and the last of a range.
    case unclear
}

extension UInt8 {
    /// The most of these weekdays that a number of consecutive days can have.
    func mostDays(in length: Int) -> Int {
        let rest = (0..<7).map { first in
            (0..<length % 7).count { self >> UInt8((first + $0) % 7) & 1 == 1 }
        }
        return length / 7 * nonzeroBitCount + (rest.max() ?? 0)
    }

    /// Monday to Friday.
    static let workdays: UInt8 = 0b001_1111
    /// Saturday and Sunday.
    static let weekend: UInt8 = 0b110_0000
    /// Monday to Sunday.
    static let everyDay: UInt8 = 0b111_1111
}

extension WordToken.Kind {
    /// Whether it can be a number before or after a noun.
    var isNumber: Bool {
        switch self {
        case .number, .ordinal, .second, .last: true
        default: false
        }
    }

    /// The positive number that it means, as an ordinal or a cardinal.
    var ordinaryNumber: Int? {
        switch self {
        case .number(let number): number
        case .ordinal(let number) where number > 0: number
        case .second: 2
        default: nil
        }
    }

    /// Whether it is a cardinal number.
    var isCardinal: Bool {
        if case .number = self { true } else { false }
    }

    /// Whether it is a month.
    var isMonth: Bool {
        if case .month = self { true } else { false }
    }

    /// The weekdays that it names.
    var weekdays: UInt8? {
        switch self {
        case .weekdays(let weekdays): weekdays
        case .weekend: .weekend
        default: nil
        }
    }

    /// Whether it may stand between the first and the last of a range.
    var isTo: Bool {
        switch self {
        case .to, .atOrTo, .until(.included), .until(.unclear): true
        default: false
        }
    }

    var isOrdinal: Bool {
        if case .ordinal = self { true } else { false }
    }

    /// Whether it is "at".
    var isAt: Bool { self == .at || self == .atOrTo }

    var dayPart: DayPart? {
        if case .dayPart(let part) = self { part } else { nil }
    }
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
