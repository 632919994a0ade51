extension RecurrenceRule {
    /// A value of BYDAY: a weekday in every week, or one weekday of a month or year by its number.
    public enum Day: Hashable, Sendable {
        /// The weekday in every week.
        case every(Weekday)
        /// One weekday of the month or the year, by its number.
        case numbered(OrdinalWeekday)

        /// The first of the month or the year.
        public static func first(_ weekday: Weekday) -> Day { .nth(1, weekday) }

        /// The last of the month or the year.
        public static func last(_ weekday: Weekday) -> Day { .nth(-1, weekday) }

        /// One by its number: 1 for the first to 53, or -1 for the last to -53.
        public static func nth(_ ordinal: Int, _ weekday: Weekday) -> Day {
            .numbered(OrdinalWeekday(ordinal, weekday))
        }
    }

    /// Creates a rule of its parts (RFC 5545, section 3.3.10).
    ///
    /// It accepts and refuses the same rules as ``init(parsing:)``. The order of values and
    /// repeated values make no difference; a part without values counts as missing. A leap second
    /// in `bySecond` is taken for the second before it (section 3.3.12), and an end within a second
    /// for that second.
    ///
    /// - Parameters:
    ///   - frequency: FREQ.
    ///   - interval: INTERVAL, 1 to 2,147,483,647.
    ///   - byMonth: BYMONTH, 1 to 12.
    ///   - byWeekNumber: BYWEEKNO, 1 to 53 or -1, the last, to -53; yearly rules only.
    ///   - byYearDay: BYYEARDAY, 1 to 366 or -1 to -366; not in daily, weekly and monthly rules.
    ///   - byMonthDay: BYMONTHDAY, 1 to 31 or -1 to -31; not in weekly rules.
    ///   - byDay: BYDAY; numbered ones in monthly and yearly rules only, and not with BYWEEKNO.
    ///   - byHour: BYHOUR, 0 to 23.
    ///   - byMinute: BYMINUTE, 0 to 59.
    ///   - bySecond: BYSECOND, 0 to 60.
    ///   - bySetPosition: BYSETPOS, 1 to 366 or -1 to -366; needs another BY part.
    ///   - weekStart: WKST.
    ///   - skip: SKIP (RFC 7529, section 4.1).
    ///   - end: COUNT, 1 to 2,147,483,647, or UNTIL, in the years 1 to 9999.
    /// - Throws: ``ParseError`` with the part, by its name in the text, and the reason.
    /// - Complexity: O(*n* log *n*) in the number of values.
    public init(
        frequency: Frequency,
        interval: Int = 1,
        byMonth: [Int] = [],
        byWeekNumber: [Int] = [],
        byYearDay: [Int] = [],
        byMonthDay: [Int] = [],
        byDay: [Day] = [],
        byHour: [Int] = [],
        byMinute: [Int] = [],
        bySecond: [Int] = [],
        bySetPosition: [Int] = [],
        weekStart: Weekday = .monday,
        skip: Skip = .omit,
        end: End = .never
    ) throws(ParseError) {
        var rule = RecurrenceRule(frequency: frequency)
        func insert(_ numbers: [Int], into part: NumberPart) throws(ParseError) {
            for number in numbers { try rule.insert(number, into: part) }
        }
        try rule.insert(interval, into: .interval)
        try end.check()
        rule.end = end.inWholeSeconds
        try insert(byMonth, into: .months)
        try insert(byWeekNumber, into: .weekNumbers)
        try insert(byYearDay, into: .yearDays)
        try insert(byMonthDay, into: .monthDays)
        for day in byDay { try rule.insert(day) }
        try insert(byHour, into: .hours)
        try insert(byMinute, into: .minutes)
        try insert(bySecond, into: .seconds)
        try insert(bySetPosition, into: .setPositions)
        rule.weekStart = weekStart
        rule.skip = skip
        try rule.finish()
        self = rule
    }
}

// Each part as an array of its values in the order of the rule's text, empty where it is not there.
extension RecurrenceRule {
    /// BYMONTH: 1 for January to 12, ascending.
    ///
    /// - Complexity: Linear in the number of values; so are the next ones.
    public var byMonth: [Int] { months.indicesOfSetBits.map { $0 + 1 } }

    /// BYWEEKNO: weeks of the year, ascending from 1; then those from the last, -1, descending.
    public var byWeekNumber: [Int] { weekNumbers.numbers }

    /// BYYEARDAY: days of the year, ascending; those from the last, -1, come first.
    public var byYearDay: [Int] { yearDays }

    /// BYMONTHDAY: days of the month, ascending from 1; then those from the last, -1, descending.
    public var byMonthDay: [Int] { monthDays.numbers }

    /// BYDAY: weekdays from Monday on; then numbered weekdays, ascending by number, so that those
    /// counted from the last come first, and then by day.
    public var byDay: [Day] {
        weekdays.indicesOfSetBits.compactMap(Weekday.init).map(Day.every)
            + ordinalWeekdays.map(Day.numbered)
    }

    /// BYHOUR: hours of the day, 0 to 23, ascending.
    public var byHour: [Int] { hours.indicesOfSetBits }

    /// BYMINUTE: minutes of the hour, 0 to 59, ascending.
    public var byMinute: [Int] { minutes.indicesOfSetBits }

    /// BYSECOND: seconds of the minute, 0 to 59, ascending.
    public var bySecond: [Int] { seconds.indicesOfSetBits }

    /// BYSETPOS: places in the period's set, ascending; those from the last, -1, come first.
    public var bySetPosition: [Int] { setPositions }
}
