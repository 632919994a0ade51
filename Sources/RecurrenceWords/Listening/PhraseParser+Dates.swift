import Recurrence

extension PhraseParser {
    var today: CivilDate { now.date }

    // MARK: The end

    /// Reads "until 3 March 2027 at 17:00".
    ///
    /// A time belongs to the end if it follows the date directly. A time after "at" belongs to the
    /// end only if the times of day are known already.
    mutating func parseUntil() throws(ParseError) {
        guard let until = token() else { throw unexpected(.date) }
        index += 1
        var monthEnd = MonthEnd.unclear
        if case .until(let reading) = until.kind { monthEnd = reading }
        let day = try parseDay(isStart: false, monthEnd)
        let time = try parseTimeOfEnd(day)
        if time != nil, kind()?.dayPart != nil { throw unexpected(.phrase) }
        try refuseJoinedDay()
        if let first = said.firstDay, case .date(let date) = day, date < first {
            throw ParseError(.outOfRange, until, .date)
        }
        guard let time else { return try said.setEnd(.until(day), until) }
        guard case .date(let date) = day else { throw ParseError(.inexpressible, until, .date) }
        try said.setEnd(.untilTime(date, time), until)
    }

    /// Reads the time of an end, where it is no time of the occurrences.
    private mutating func parseTimeOfEnd(_ day: SaidDay) throws(ParseError) -> Int? {
        if case .time(let time)? = kind() {
            index += 1
            return time
        }
        guard kind()?.isAt == true else { return nil }
        guard case .time(let time)? = kind(1), kind(2)?.dayPart == nil, let token = token(1) else {
            guard said.hasTimes else { return nil }
            // "Until 3 March at 5" may be 5:00 or 17:00, and so may "at 5:00 pm".
            index += 1
            throw unexpected(.time)
        }
        // "Every day until 25 December at noon" may end at noon, or be done at noon.
        if !said.hasTimes { throw ambiguous(token, [timesBeforeEnd(day, time)]) }
        index += 2
        return time
    }

    /// "At 12:00 until 25 December 2026".
    private func timesBeforeEnd(_ day: SaidDay, _ time: Int) -> String {
        let date = day.date(from: max(said.firstDay ?? today, today))
        return "\(grammar.at([time])) \(grammar.until(date, at: nil))"
    }

    // MARK: Days

    /// Reads a day as it is said after "from" and "until".
    mutating func parseDay(
        isStart: Bool,
        _ monthEnd: MonthEnd = .unclear
    ) throws(ParseError) -> SaidDay {
        guard let first = token() else { throw unexpected(.date) }
        switch first.kind {
        case .date(let date):
            index += 1
            return .date(date)
        case .today(let days):
            index += 1
            return .date(today.advanced(byDays: days))
        case .now where isStart:
            index += 1
            return .date(today)
        case .monthDay(let month, let day):
            index += 1
            return try withYear(month, day, first)
        case .slashDate(let one, let other, let year):
            index += 1
            let (month, day) = try monthAndDay(one, other, first)
            guard let year else { return try withYear(month, day, first) }
            return .date(try date(year, month, day, first))
        case .next: return try parseNext(isStart: isStart)
        case .weekdays, .weekdayOrOrdinal: return try parseWeekday(first, isStart: isStart)
        case .last: return try parseEndOfPeriod(isStart: isStart)
        case .month(let month) where kind(1)?.ordinaryNumber == nil || isYear(1):
            return try parseMonth(month, isStart: isStart, monthEnd)
        case .unit(.daily) where grammar.hasCardinalDays && kind(1)?.isCardinal == true:
            index += 1
            return try isDayAlone ? parseDayAlone() : parseWrittenDate(first)
        case .of where isStart && kind(1)?.isCardinal == true: return try parseDistance()
        case .ordinal where isDayAlone, .number where isDayAlone: return try parseDayAlone()
        default: return try parseWrittenDate(first)
        }
    }

    /// Whether a number is a day of the next month that has it, as in "until the 15th".
    private var isDayAlone: Bool {
        guard let token = token(), !token.kind.isCardinal || isCardinalDay(token) else {
            return false
        }
        switch kind(1) {
        case nil, .at?, .time?, .cycle(.daily, _)?: return true
        case .comma?: return kind(2)?.isNumber == false && kind(2)?.isMonth == false
        case .every?: return kind(2) == .unit(.daily) || kind(2)?.plainWeekdays != nil
        default: return false
        }
    }

    /// Reads "15th": refused on a 15th, because it may mean this one or the next.
    private mutating func parseDayAlone() throws(ParseError) -> SaidDay {
        guard let token = token(), let day = token.kind.ordinaryNumber, (1...31).contains(day)
        else { throw unexpected(.dayOfMonth, .outOfRange) }
        if day == today.components.day { throw ambiguous(.other, token) }
        index += 1
        return .dayOfMonth(day)
    }

    /// Whether an article or the word for "day" before a cardinal number makes it a day: in "hasta las
    /// 15" it is an hour.
    private func isCardinalDay(_ number: WordToken) -> Bool {
        guard grammar.hasCardinalDays else { return false }
        if kind(-1) == .unit(.daily) { return true }
        let word = number.filler ?? token(-1)?.text ?? ""
        let last = word.split { $0 == " " || $0 == "'" || $0 == "\u{2019}" }.last
        return grammar.dayArticles.contains(last?.lowercased() ?? "")
    }

    /// Reads "in 3 days".
    private mutating func parseDistance() throws(ParseError) -> SaidDay {
        guard let number = token(1), case .number(let count) = number.kind else {
            throw unexpected(.date)
        }
        guard (1...100_000).contains(count) else {
            throw ParseError(.outOfRange, number, .lengthNumber)
        }
        index += 2
        switch kind() {
        case .unit(.daily)?: index += 1
        case .unit(.weekly)?:
            index += 1
            return .date(today.daysLater(count * 7))
        case .unit(.monthly)?:
            index += 1
            return .date(today.monthsLater(count))
        case .unit(.yearly)?:
            index += 1
            return .date(today.monthsLater(count * 12))
        default: throw unexpected(.date)
        }
        return .date(today.daysLater(count))
    }

    /// Reads "next Monday", and on Mondays "next week".
    private mutating func parseNext(isStart: Bool) throws(ParseError) -> SaidDay {
        index += 1
        if let token = token(), token.kind == .unit(.weekly) {
            let monday = 7 - today.weekday
            // "Until next week" may include it.
            guard isStart else { throw ambiguous(token, monday - 1, monday + 6) }
            // "Next week" begins on Monday, or is a week from today.
            guard monday == 7 else { throw ambiguous(token, monday, 7) }
            index += 1
            return .date(today.advanced(byDays: 7))
        }
        guard let token = token(), let weekday = token.kind.plainWeekdays?.singleWeekday,
            kind(1)?.isOrdinalToo != true
        else { throw unexpected(.weekday) }
        index += 1
        return .date(try next(weekday, token))
    }

    /// Reads "lundi prochain".
    private mutating func parseNextBehind(
        _ weekday: RecurrenceRule.Weekday,
        _ token: WordToken
    ) throws(ParseError) -> SaidDay {
        index += 2
        return .date(try next(weekday, token))
    }

    /// The next such weekday: refused where it is still to come this week, because some people then
    /// mean the one after it.
    private func next(
        _ weekday: RecurrenceRule.Weekday,
        _ token: WordToken
    ) throws(ParseError) -> CivilDate {
        let days = (weekday.rawValue - today.weekday - 1).modulo(7) + 1
        guard weekday.rawValue <= today.weekday else { throw ambiguous(token, days, days + 7) }
        return today.advanced(byDays: days)
    }

    /// Reads "Monday": refused on a Monday, because it may mean this one or the next.
    private mutating func parseWeekday(
        _ first: WordToken,
        isStart: Bool
    ) throws(ParseError) -> SaidDay {
        guard let weekday = first.kind.plainWeekdays?.singleWeekday,
            kind(1)?.isNumber != true, kind(1)?.plainWeekdays == nil
        else { throw unexpected(.date) }
        if kind(1) == .and || kind(1) == .comma, kind(2)?.plainWeekdays != nil {
            throw ParseError(.ambiguous, first, .date)
        }
        if kind(1) == .next { return try parseNextBehind(weekday, first) }
        guard weekday.rawValue != today.weekday else { throw ambiguous(first, 0, 7) }
        // "Every Monday until Friday" may be every day from Monday to Friday.
        if let before = kind(-2)?.plainWeekdays, !isStart || before != 1 << weekday.rawValue {
            throw ambiguous(first, isStart ? [] : weekdayReadings(before, weekday))
        }
        index += 1
        return .weekday(weekday.rawValue)
    }

    /// The readings of "every Monday until Friday".
    private func weekdayReadings(
        _ first: UInt8,
        _ last: RecurrenceRule.Weekday
    ) -> [String] {
        guard let single = first.singleWeekday, single != last else { return [] }
        let date = SaidDay.weekday(last.rawValue).date(from: today)
        return [
            grammar.each(UInt8.weekdays(from: single, to: last)),
            "\(grammar.each(first)) \(grammar.until(date, at: nil))",
        ]
    }

    /// The error for a day that may lie two numbers of days from today.
    private func ambiguous(_ token: WordToken, _ one: Int, _ other: Int) -> ParseError {
        let dates = [one, other].map { today.advanced(byDays: $0).components }
        return ParseError(
            .ambiguous,
            token,
            .date,
            suggestions: dates.map { grammar.date(day: $0.day, month: $0.month) }
        )
    }

    /// Reads "the last day of June 2027", "the end of the year".
    private mutating func parseEndOfPeriod(isStart: Bool) throws(ParseError) -> SaidDay {
        guard kind(1) == .unit(.daily), kind(2) == .of, !isStart else { throw unexpected(.date) }
        index += 3
        let (year, month, _) = today.components
        switch kind() {
        case .unit(.monthly)?:
            index += 1
            return .date(try lastDay(year, month))
        case .unit(.yearly)?:
            index += 1
            return .date(try lastDay(year, 12))
        case .month(let month)?:
            index += 1
            guard let year = parseYear() else { return .endOfMonth(month) }
            return .date(try lastDay(year, month))
        default: throw unexpected(.month)
        }
    }

    private func lastDay(_ year: Int, _ month: Int) throws(ParseError) -> CivilDate {
        let first = CivilDate(year: year, month: month, day: 1)
        guard let first else { throw unexpected(.date, .outOfRange) }
        return first.monthsLater(1).advanced(byDays: -1)
    }

    /// Reads a month without a day, and perhaps its year.
    private mutating func parseMonth(
        _ month: Int,
        isStart: Bool,
        _ monthEnd: MonthEnd
    ) throws(ParseError) -> SaidDay {
        guard let token = token() else { throw unexpected(.date) }
        index += 1
        let year = parseYear()
        if isStart {
            if let year { return .date(try date(year, month, 1, token)) }
            guard today.components.month != month else { throw ambiguous(.other, token) }
            return .monthDay(month: month, day: 1)
        }
        switch monthEnd {
        case .unclear:
            let next = CivilDate(year: year ?? today.components.year, month: month, day: 1)
            let dates = next.map {
                [$0.advanced(byDays: -1), $0.monthsLater(1).advanced(byDays: -1)]
            }
            throw ParseError(
                .ambiguous,
                token,
                .date,
                suggestions: (dates ?? []).map { date in
                    let (_, month, day) = date.components
                    return grammar.date(day: day, month: month)
                }
            )
        case .included:
            return try year.map { (year) throws(ParseError) in .date(try lastDay(year, month)) }
                ?? .endOfMonth(month)
        case .excluded:
            guard let year else {
                guard today.components.month != month else { throw ambiguous(.other, token) }
                return .beforeMonth(month)
            }
            return .date(try date(year, month, 1, token).advanced(byDays: -1))
        }
    }

    /// Reads "3 March 2027", "March 3rd, 2027", "3rd of March of 2027", or one without a year.
    private mutating func parseWrittenDate(_ first: WordToken) throws(ParseError) -> SaidDay {
        let (day, month): (Int, Int)
        if first.kind.isMonth {
            month = try parseMonthName()
            day = try parseDayNumber()
        } else {
            day = try parseDayNumber()
            // "Until 2027" and "until 5" are no days.
            guard isMonthAhead || kind() == .of || kind()?.isTo == true else {
                throw ParseError(.unexpectedWord, first, .date)
            }
            month = try parseMonthName()
        }
        return try withYear(month, day, first)
    }

    /// Reads the year of a day of a month, if there is one.
    private mutating func withYear(
        _ month: Int,
        _ day: Int,
        _ token: WordToken
    ) throws(ParseError) -> SaidDay {
        if let year = parseYear() { return .date(try date(year, month, day, token)) }
        _ = try date(2000, month, day, token)
        return .monthDay(month: month, day: day)
    }

    private func date(
        _ year: Int,
        _ month: Int,
        _ day: Int,
        _ token: WordToken
    ) throws(ParseError) -> CivilDate {
        guard let date = CivilDate(year: year, month: month, day: day) else {
            throw ParseError(.outOfRange, token, .date)
        }
        return date
    }

    /// Whether a year comes next: a number of four digits.
    func isYear(_ distance: Int) -> Bool {
        guard let token = token(distance), token.kind.isCardinal else { return false }
        return token.text.utf8.count == 4 && token.text.unicodeScalars.allSatisfy(\.isDigit)
            && kind(distance + 1) != .times
    }

    private mutating func parseYear() -> Int? {
        let distance = kind() == .of || kind() == .comma ? 1 : 0
        guard isYear(distance), case .number(let year)? = kind(distance) else { return nil }
        index += distance + 1
        return year
    }

    private mutating func parseDayNumber() throws(ParseError) -> Int {
        guard let day = kind()?.ordinaryNumber else { throw unexpected(.date) }
        index += 1
        return day
    }

    private mutating func parseMonthName() throws(ParseError) -> Int {
        if kind() == .of { index += 1 }
        guard case .month(let month)? = kind() else { throw unexpected(.month) }
        index += 1
        return month
    }

    /// Tells the month and the day of `12/31` apart: by their size, or by the date order.
    func monthAndDay(
        _ one: Int,
        _ other: Int,
        _ token: WordToken
    ) throws(ParseError) -> (month: Int, day: Int) {
        let readings = [(one, other), (other, one)].filter { month, day in
            CivilDate(year: 2000, month: month, day: day) != nil
        }
        guard let reading = readings.first else { throw ParseError(.outOfRange, token, .date) }
        switch dateOrder {
        case nil:
            if readings.count == 1 || one == other { return reading }
            throw ParseError(
                .ambiguous,
                token,
                .date,
                suggestions: readings.map { grammar.date(day: $0.1, month: $0.0) }
            )
        case .monthFirst?, .dayFirst?:
            let wanted = dateOrder == .monthFirst ? (one, other) : (other, one)
            guard readings.contains(where: { $0 == wanted }) else {
                throw ParseError(.outOfRange, token, .date)
            }
            return wanted
        }
    }
}
