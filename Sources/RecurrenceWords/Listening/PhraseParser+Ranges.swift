import Recurrence

extension PhraseParser {
    // MARK: From and between

    /// Reads "from 9:00 to 17:00", "from Monday to Friday", "from March to June", "from 3 March 2027"
    /// or "starting tomorrow".
    mutating func parseFrom() throws(ParseError) {
        guard let from = token() else { return }
        index += 1
        if try parseTimesOfRange(isBetween: false) { return }
        switch kind() {
        case .weekdays? where isWeekdayRange, .weekdayOrOrdinal? where isWeekdayRange:
            return try parseWeekdays(isEach: false)
        case .month? where kind(1)?.isTo == true && kind(2)?.isMonth == true:
            return try parseMonths()
        default: break
        }
        let first = try parseFirstDay()
        if kind() == .after(includingDay: true) { throw unexpected(.phrase) }
        if kind()?.isTo == true && !isTimeBehindAt || kind() == .until(.excluded) {
            try parseUntil()
            said.noteSpan(from: first, from)
        } else {
            try refuseJoinedDay()
        }
    }

    /// Reads "between 9 and 17", "between March and May" or "between tomorrow and Friday".
    mutating func parseBetween() throws(ParseError) {
        guard let between = token() else { return }
        index += 1
        if try parseTimesOfRange(isBetween: true) { return }
        if let first = token(), case .month(let month) = first.kind, kind(1) == .and,
            case .month(let last)? = kind(2),
            kind(3)?.isNumber != true || token(3)?.isAfterFiller == true || kind(4) == .times
        {
            guard month != last else { throw unexpected(.month) }
            index += 3
            return try said.addMonths(UInt16.months(from: month, to: last), first)
        }
        let first = try parseFirstDay()
        guard kind() == .and else { throw unexpected(.otherEnd) }
        try parseUntil()
        said.noteSpan(from: first, between)
    }

    /// Reads the times behind "from" or "between", if there are any.
    private mutating func parseTimesOfRange(isBetween: Bool) throws(ParseError) -> Bool {
        if kind()?.isAt == true {
            index += 1
        } else {
            guard let token = token() else { throw unexpected(isBetween ? .otherEnd : .date) }
            guard isTimeAhead(rangeToo: true) else { return false }
            guard said.hasOpenSteps || !token.kind.isCardinal else { throw unexpected(.timeRange) }
        }
        try parseTimeRange(isBetween: isBetween)
        return true
    }

    private mutating func parseFirstDay() throws(ParseError) -> SaidDay {
        guard said.firstDay == nil else { throw unexpected(.once) }
        if kind() == .now { said.firstTime = now.secondOfDay }
        let day = try parseDay(isStart: true)
        said.firstDay = day.date(from: today)
        return day
    }

    /// Whether "às 9" comes next, the word of which also stands before the end of a range.
    private var isTimeBehindAt: Bool {
        guard kind() == .atOrTo else { return false }
        return isTimeAhead(1)
            || kind(1)?.isCardinal == true && kind(2)?.isMonth != true
                && kind(2) != .of
    }

    /// Refuses "from tomorrow and Friday" and "until March and April": "and" would join another first
    /// or last day.
    func refuseJoinedDay() throws(ParseError) {
        guard kind() == .and, let next = kind(1) else { return }
        switch next {
        case .from, .between, .until, .at, .atOrTo, .only, .except, .minus, .lasting, .completion:
            return
        default: throw unexpected(.phrase)
        }
    }

    // MARK: What comes next

    /// Whether "9am to 5pm" comes next behind steps, where at least one of the two is no mere number.
    var isStepRangeAhead: Bool {
        guard said.hasOpenSteps, let first = timeLength(0), kind(first)?.isTo == true,
            let last = timeLength(first + 1)
        else { return false }
        return isTimeAhead() || isTimeAhead(first + 1) || last > 1
    }

    /// How many tokens of a time begin at a distance: an hour, and perhaps the half of the day.
    private func timeLength(_ distance: Int) -> Int? {
        switch kind(distance) {
        case .time?, .number?, .decimal?: break
        default: return nil
        }
        switch kind(distance + 1) {
        case .dayPart?, .hourMark?: return 2
        default: return 1
        }
    }

    /// Whether "du 5 janvier au 31 mars" comes next, where the preposition is also that of a month.
    var isDateRangeAhead: Bool {
        guard let first = dateLength(1), kind(first + 1)?.isTo == true, isRangeWord(0)
        else { return false }
        return dateLength(first + 2) != nil
    }

    /// Whether the word before is one that a range begins with, as in "du 1er au 15".
    var isRangeBegun: Bool { isRangeWord(-1) }

    private func isRangeWord(_ distance: Int) -> Bool {
        switch token(distance)?.text.lowercased() {
        case "de", "del", "do", "du", "vom": true
        default: false
        }
    }

    /// How many tokens of a date with its month begin at a distance.
    private func dateLength(_ distance: Int) -> Int? {
        var length: Int
        switch kind(distance) {
        case .date?: return 1
        case .slashDate(_, _, .some)?: return 1
        case .slashDate?, .monthDay?: length = 1
        case .number?, .ordinal?:
            length = kind(distance + 1) == .of ? 2 : 1
            guard kind(distance + length)?.isMonth == true else { return nil }
            length += 1
        default: return nil
        }
        let year = kind(distance + length) == .of ? length + 1 : length
        return isYear(distance + year) ? year + 1 : length
    }

    /// Whether the word between two numbers of days says when, as in "dia 5 às 9" and "le 5 à 9
    /// heures", so that the second is an hour.
    ///
    /// - Throws: An error for "le 5 à 9", which may be days or an hour.
    func isAtAhead(behind number: WordToken) throws(ParseError) -> Bool {
        guard kind() == .atOrTo, let word = token(), let hour = token(1) else { return false }
        if isTimeAhead(1) || kind(2) == .unit(.hourly) { return true }
        if word.text.lowercased().hasSuffix("s") { return true }
        guard number.filler?.lowercased() == "le", let last = hour.kind.ordinaryNumber,
            let first = number.kind.ordinaryNumber
        else { return false }
        if last <= first, hour.kind.isCardinal { return true }
        throw ParseError(.ambiguous, hour, .oneMeaning)
    }
}

extension UInt8 {
    /// The weekdays from one to another, over the end of the week too.
    static func weekdays(
        from first: RecurrenceRule.Weekday,
        to last: RecurrenceRule.Weekday
    ) -> UInt8 {
        (0...(last.rawValue - first.rawValue).modulo(7)).reduce(0) { days, step in
            days | 1 << UInt8((first.rawValue + step) % 7)
        }
    }
}

extension UInt16 {
    /// The months from one to another, over the end of the year too.
    static func months(from first: Int, to last: Int) -> UInt16 {
        (0...(last - first).modulo(12)).reduce(0) { months, step in
            months | 1 << UInt16((first - 1 + step) % 12)
        }
    }
}
