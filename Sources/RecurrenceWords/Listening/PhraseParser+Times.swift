import Recurrence

extension PhraseParser {
    /// Reads times of day: "at 9:00, 12:00 and 5pm", "at 9".
    mutating func parseTimes() throws(ParseError) {
        guard let first = token() else { throw unexpected() }
        if first.kind == .at { index += 1 }
        var times: [Int] = []
        repeat {
            times.append(try parseTime())
        } while skipSeparator { kind, next in
            if case .time = kind { return true }
            return kind.isCardinal && (next == nil || next == .comma || next == .and)
        }
        try said.addTimes(times, first)
    }

    /// Reads one time of day; a number is an hour.
    private mutating func parseTime() throws(ParseError) -> Int {
        guard let token = token() else { throw unexpected() }
        index += 1
        switch token.kind {
        case .time(let time): return time
        case .number(let hour):
            guard hour < 24 else { throw ParseError(.outOfRange, token) }
            return hour * 3600
        default: throw ParseError(.unexpectedWord, token)
        }
    }

    /// Reads "9:00 to 17:00", the range of the steps that were said.
    mutating func parseTimeRange() throws(ParseError) {
        guard let first = token() else { throw unexpected() }
        let start = try parseTime()
        guard kind() == .to || kind() == .until || kind() == .and else { throw unexpected() }
        index += 1
        if kind() == .at { index += 1 }
        guard let last = token() else { throw unexpected() }
        let end = try parseTime()
        guard start < end else { throw ParseError(.outOfRange, last) }
        try said.setStepRange(start...end, first)
    }

    /// Reads "from 9:00 to 17:00", "between 9 and 17" or "from 3 March 2027".
    mutating func parseFrom() throws(ParseError) {
        index += 1
        if kind() == .at { index += 1 }
        guard let token = token() else { throw unexpected() }
        let isRange =
            switch (token.kind, kind(1)) {
            case (.time, _), (.number, .to?), (.number, .and?), (.number, .until?): true
            default: false
            }
        if isRange {
            guard said.hasOpenSteps else { throw unexpected() }
            return try parseTimeRange()
        }
        if token.kind.weekdays != nil { return }
        guard said.firstDay == nil else { throw unexpected() }
        said.firstDay = try parseDate()
    }

    /// Reads "until 3 March 2027 at 17:00".
    ///
    /// A time belongs to the end if it follows the date directly. A time after "at" belongs to the
    /// end only if the times of day are known already.
    mutating func parseUntil() throws(ParseError) {
        guard let until = token() else { throw unexpected() }
        index += 1
        let date = try parseDate()
        var time: Int?
        if case .time(let value)? = kind() {
            time = value
            index += 1
        } else if kind() == .at, said.hasTimes {
            index += 1
            time = try parseTime()
        }
        try said.setEnd(
            .until(time.map { .local(.init(date, secondOfDay: $0)) } ?? .date(date)),
            until
        )
    }

    /// Reads "2027-03-03", "3 March 2027", "March 3rd, 2027" or "3rd of March of 2027".
    private mutating func parseDate() throws(ParseError) -> CivilDate {
        guard let first = token() else { throw unexpected() }
        if case .date(let date) = first.kind {
            index += 1
            return date
        }
        let (day, month): (Int, Int)
        if case .month = first.kind {
            month = try parseMonth()
            day = try parseDay()
        } else {
            day = try parseDay()
            month = try parseMonth()
        }
        if kind() == .of || kind() == .comma { index += 1 }
        guard case .number(let year)? = kind() else { throw unexpected(.incomplete) }
        guard let date = CivilDate(year: year, month: month, day: day) else {
            throw ParseError(.outOfRange, first)
        }
        index += 1
        return date
    }

    private mutating func parseDay() throws(ParseError) -> Int {
        guard let day = kind()?.ordinaryNumber else { throw unexpected() }
        index += 1
        return day
    }

    private mutating func parseMonth() throws(ParseError) -> Int {
        if kind() == .of { index += 1 }
        guard case .month(let month)? = kind() else { throw unexpected() }
        index += 1
        return month
    }
}
