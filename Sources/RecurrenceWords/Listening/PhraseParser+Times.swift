import Recurrence

extension PhraseParser {
    /// Whether a time of day comes next, and not only a number that may be something else; where a
    /// range may come, a number before "to" counts too.
    func isTimeAhead(_ distance: Int = 0, rangeToo: Bool = false) -> Bool {
        switch kind(distance) {
        case .time?, .minutesBefore?: return true
        case .decimal?: return isTimeMark(kind(distance + 1)) || rangeToo
        case .number?:
            let next = kind(distance + 1)
            let isRange = next?.isTo == true || next == .until(.excluded) || next == .and
            return isTimeMark(next) || rangeToo && isRange
        default: return false
        }
    }

    /// Whether a word makes a time of the number before it.
    private func isTimeMark(_ kind: WordToken.Kind?) -> Bool {
        switch kind {
        case .dayPart?, .hourMark?, .minutesBehind?: true
        default: false
        }
    }

    /// Reads times of day: "at 9:00, 12:00 and 5pm", "at 9".
    mutating func parseTimes() throws(ParseError) {
        guard let first = token() else { throw unexpected(.time) }
        if first.kind == .at || first.kind == .atOrTo { index += 1 }
        var times = [try parseTime()]
        while isAnotherTime {
            if kind() == .comma { index += 1 }
            if kind() == .and { index += 1 }
            if kind() == .at || kind() == .atOrTo { index += 1 }
            times.append(try parseTime())
        }
        // "At 8 and 10 pm" may mean 8:00 or 20:00.
        if times.contains(where: \.isExplicit), let open = times.first(where: \.isOpen) {
            throw ParseError(.ambiguous, open.token, .oneMeaning)
        }
        if grammar.hasSpokenMinutes { try refuseSpokenMinutes(times) }
        try said.addTimes(times, first)
    }

    /// Refuses "a las 9 y 15", which may mean 9:15 or 9:00 and 15:00.
    private func refuseSpokenMinutes(_ times: [SaidTime]) throws(ParseError) {
        guard times.count == 2, token(-2)?.kind == .and, times[1].token.kind.isCardinal,
            times[0].token.kind.isCardinal
        else { return }
        throw ParseError(.ambiguous, times[1].token, .oneMeaning)
    }

    /// Whether a separator and another time of day come next.
    private var isAnotherTime: Bool {
        var distance = kind() == .comma ? 1 : 0
        if kind(distance) == .and { distance += 1 }
        guard distance > 0 else { return false }
        if kind(distance) == .at || kind(distance) == .atOrTo { distance += 1 }
        if isTimeAhead(distance) { return true }
        if case .decimal? = kind(distance) { return true }
        guard kind(distance)?.isCardinal == true else { return false }
        switch kind(distance + 1) {
        case .times?, .month?, .of?, .fromEnd?, .last?, .cycle?, .to?: return false
        case .unit(let unit)?: return unit == .hourly
        default: return kind(distance + 2) != .lastingBehind
        }
    }

    /// Reads one time of day; a number is an hour.
    private mutating func parseTime() throws(ParseError) -> SaidTime {
        var added: Int?
        if case .minutesBefore(let minutes)? = kind() {
            added = minutes
            index += 1
        }
        guard let token = token() else { throw unexpected(.time) }
        index += 1
        var time: Int
        switch token.kind {
        case .time(let value) where added == nil: time = value
        case .decimal(let hour, let minute?) where hour < 24 && added == nil:
            time = hour * 3600 + minute * 60
        case .decimal: throw ParseError(.outOfRange, token, .time)
        case .number(let hour):
            guard hour < 24 else { throw ParseError(.outOfRange, token, .time) }
            time = hour * 3600
        default:
            index -= 1
            throw unexpected(.time)
        }
        if added == nil { added = try parseMinutes(token) }
        // A quarter to one lies in the hour before, of which nobody knows the half of the day.
        if let added, added < 0, (3600..<7200).contains(time) {
            throw ParseError(.ambiguous, token, .oneMeaning)
        }
        time = (time + (added ?? 0) * 60 + 86_400) % 86_400
        var said = SaidTime(time: time, token: token)
        if let part = kind()?.dayPart, let partToken = self.token() {
            guard let inPart = part.time(saidAs: time) else {
                throw ParseError(.outOfRange, partToken, .time)
            }
            index += 1
            said.time = inPart
            said.isExplicit = true
        }
        return said
    }

    /// Reads what stands behind an hour: "o'clock", "y cuarto", "heures 30", "Uhr 30".
    private mutating func parseMinutes(_ hour: WordToken) throws(ParseError) -> Int {
        var hasMark = false
        if kind() == .hourMark || kind() == .unit(.hourly) {
            index += 1
            hasMark = true
        }
        if case .minutesBehind(let minutes)? = kind(), hour.kind.hasNoMinutes {
            index += 1
            return minutes
        }
        if grammar.hasSpokenMinutes, kind() == .and, kind(1) == .ordinal(4) {
            // "Y cuarto": a quarter past.
            index += 2
            return 15
        }
        guard case .number(let minute)? = kind(), let token = token(), !token.isAfterFiller,
            kind(1) != .times, !isLengthBehind
        else { return 0 }
        // "At 9 15" may mean 9:15 or the 15th; behind "heures" or "Uhr" minutes follow.
        guard hasMark, hour.kind.hasNoMinutes else {
            throw ParseError(.ambiguous, token, .oneMeaning)
        }
        guard minute < 60 else { throw ParseError(.outOfRange, token, .time) }
        index += 1
        return minute
    }

    /// Reads "at", or "to" as in French: before a time it is "at", before weekdays it is nothing.
    mutating func parseAtOrTo() throws(ParseError) {
        if isTimeAhead(1) || kind(1)?.isCardinal == true { return try parseTimes() }
        if case .decimal? = kind(1) { return try parseTimes() }
        if case .monthDay? = kind(1) {
            index += 1
            return try parseMonthDay()
        }
        guard kind(1)?.plainWeekdays != nil else { throw unexpected(.time) }
        index += 1
        if kind()?.isOrdinalToo == true { return try parseWeekdayOrOrdinal(isEach: false) }
        try parseWeekdays(isEach: false)
    }

    /// Reads "9:00 to 17:00", the range of the steps that were said.
    mutating func parseTimeRange() throws(ParseError) {
        guard let token = token() else { throw unexpected(.timeRange) }
        guard said.hasOpenSteps else { throw unexpected(.timeRange) }
        let start = try parseTime()
        guard kind()?.isTo == true || kind() == .until(.excluded) || kind() == .and || kind() == .at
        else { throw unexpected(.timeRange) }
        index += 1
        if kind() == .at || kind() == .atOrTo { index += 1 }
        guard let last = self.token() else { throw unexpected(.time) }
        let end = try parseTime()
        let first = start.time
        var final = end.time
        if start.isOpen, end.isExplicit, first < final, first + 43_200 < final {
            // "From 1 to 5 pm" may begin at 1:00 or at 13:00.
            throw ParseError(.ambiguous, start.token, .oneMeaning)
        }
        if first >= final, end.isOpen { final += 43_200 }
        guard first < final, final < 86_400 else { throw ParseError(.outOfRange, last, .timeRange) }
        try said.setStepRange(first...final, token)
    }
}

extension WordToken.Kind {
    /// Whether a time that it says has no minutes yet.
    fileprivate var hasNoMinutes: Bool {
        switch self {
        case .number: true
        case .time(let time): time % 3600 == 0
        default: false
        }
    }
}
