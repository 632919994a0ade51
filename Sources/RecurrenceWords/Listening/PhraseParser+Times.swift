import Recurrence

extension PhraseParser {
    /// Whether a time of day comes next, and not only a number that may be something else; where a
    /// range may come, a number before "to" counts too.
    func isTimeAhead(_ distance: Int = 0, rangeToo: Bool = false) -> Bool {
        switch kind(distance) {
        case .time?, .minutesBefore?: return true
        case .decimal(_, let minute)?:
            // "Mon 9.30" has a time, and "3.12" may be a date.
            let isTime = distance == 0 && kind(-1)?.plainWeekdays != nil && (minute ?? 0) > 12
            return isTimeMark(kind(distance + 1)) || rangeToo || isTime
        case .number?:
            let next = kind(distance + 1)
            if token(distance)?.isClockOfFourDigits == true, next != .times { return true }
            if next == .minutesPast || next == .minutesTo { return true }
            let isRange = next?.isTo == true || next == .until(.excluded) || next == .and
            return isTimeMark(next) || rangeToo && isRange
        default: return false
        }
    }

    /// Whether "9 und 16 Uhr" comes next, where days of the month are ordinals.
    var isHourAhead: Bool {
        guard !grammar.hasCardinalDays, let token = token(), case .number(let hour) = token.kind,
            hour < 24, !token.isAfterFiller, kind(1) == .and
        else { return false }
        return kind(2)?.isCardinal == true && isTimeMark(kind(3))
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
        // "At midnight at 12" is one time or two.
        if !said.saidTimes.isEmpty, !said.isJoined, !said.hasException, kind(-1) != .comma {
            throw unexpected(.once)
        }
        var isAfterAt = first.kind.isAt
        if isAfterAt { index += 1 }
        var times = [try parseTime(.single)]
        while isAnotherTime {
            let isPair = kind() == .and && (isAfterAt || times.count == 1)
            if kind() == .comma { index += 1 }
            if kind() == .and { index += 1 }
            isAfterAt = kind()?.isAt == true
            if isAfterAt { index += 1 }
            times.append(try parseTime(isAfterAt ? .single : .listed))
            if isPair, !isAfterAt { try refuseSpokenMinutes(times) }
        }
        // "At 8 and 10 pm" may mean 8:00 or 20:00.
        if times.contains(where: \.isExplicit), let open = times.first(where: \.isOpen) {
            throw halfOfDay(open, times)
        }
        try said.addTimes(times, first)
    }

    /// The error for times of which only some say the half of the day.
    private func halfOfDay(_ open: SaidTime, _ times: [SaidTime]) -> ParseError {
        let early = times.map(\.time)
        let late = times.map { $0.isOpen ? ($0.time + 43_200) % 86_400 : $0.time }
        return ParseError(
            .ambiguous,
            open.token,
            .oneMeaning,
            suggestions: [early, late].map { grammar.at($0.sorted()) }
        )
    }

    /// Refuses "a las 9 y 15", which may mean 9:15 or 9:00 and 15:00.
    private func refuseSpokenMinutes(_ times: [SaidTime]) throws(ParseError) {
        guard grammar.hasSpokenMinutes, let minute = times.last, minute.token.kind.isCardinal,
            token(-1) == minute.token
        else { return }
        let hour = times[times.count - 2]
        guard hour.token.kind.isCardinal, hour.time % 3600 == 0 else { return }
        throw ParseError(
            .ambiguous,
            minute.token,
            .oneMeaning,
            suggestions: [
                grammar.at([hour.time + minute.time / 60]),
                grammar.at([hour.time, minute.time].sorted()),
            ]
        )
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

    /// Where a time of day stands.
    private enum TimePlace {
        /// Alone, or behind "at".
        case single
        /// In a list, behind another time.
        case listed
        /// At an end of a range.
        case range
    }

    /// Reads one time of day; a number is an hour.
    private mutating func parseTime(_ place: TimePlace) throws(ParseError) -> SaidTime {
        var added = place == .range ? nil : try parseMinutesAhead()
        if case .minutesBefore(let minutes)? = kind() {
            added = (added ?? 0) + minutes
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
        case .number(let number):
            // "0930" and "930" have their minutes.
            let hasMinutes = added == nil && token.hasMinuteDigits
            let (hour, minute) = hasMinutes ? (number / 100, number % 100) : (number, 0)
            guard hour < 24, minute < 60 else { throw ParseError(.outOfRange, token, .time) }
            time = hour * 3600 + minute * 60
        default:
            index -= 1
            throw unexpected(.time)
        }
        if added == nil { added = try parseMinutes(token, place) }
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
            said.part = part
        }
        if !token.isWord || token.kind.isCardinal { try parseNamedTime(&said) }
        return said
    }

    /// Reads "noon" behind "12": the two are one time.
    private mutating func parseNamedTime(_ said: inout SaidTime) throws(ParseError) {
        let distance = kind() == .of ? 1 : 0
        guard let name = token(distance), name.isWord, case .time(let time) = name.kind else {
            return
        }
        let isSame = said.isExplicit ? said.time == time : said.time == 43_200 || said.time == time
        guard isSame else { throw ParseError(.unexpectedWord, name, .once) }
        index += distance + 1
        said.time = time
        said.isExplicit = true
    }

    /// Reads minutes before an hour: "ten past", "fünf vor".
    private mutating func parseMinutesAhead() throws(ParseError) -> Int? {
        guard case .number(let minutes)? = kind(), let token = token(), (1..<60).contains(minutes)
        else { return nil }
        let distance = kind(1) == .unit(.minutely) ? 2 : 1
        let hour = kind(distance + 1)
        switch kind(distance) {
        case .minutesPast?:
            index += distance + 1
            return minutes
        case .minutesTo?:
            index += distance + 1
            return -minutes
        case .to? where hour?.isCardinal == true && !said.hasOpenSteps && minutes % 5 == 0:
            // "At 10 to 12" may be a quarter of an hour before noon, or two hours.
            guard token.isWord || distance == 2 || minutes > 12 else {
                let time = (hour?.ordinaryNumber ?? 0) * 3600 - minutes * 60
                let readings = (0..<86_400).contains(time) ? [grammar.at([time])] : []
                throw ParseError(.ambiguous, token, .oneMeaning, suggestions: readings)
            }
            index += distance + 1
            return -minutes
        default: return nil
        }
    }

    /// Reads what stands behind an hour: "o'clock", "y cuarto", "heures 30", "Uhr 30".
    private mutating func parseMinutes(
        _ hour: WordToken,
        _ place: TimePlace
    ) throws(ParseError) -> Int {
        var hasMark = false
        if kind() == .hourMark || kind() == .unit(.hourly) {
            index += 1
            hasMark = true
        }
        hasMark = hasMark || hour.hasHourLetter
        guard hour.kind.hasNoMinutes, hasMark || !hour.hasMinuteDigits else { return 0 }
        if case .minutesBehind(let minutes)? = kind() {
            index += 1
            return minutes
        }
        if grammar.hasSpokenMinutes, kind() == .and, kind(1) == .ordinal(4) {
            // "Y cuarto": a quarter past.
            index += 2
            return 15
        }
        if kind() == .minus, case .number(let minutes)? = kind(1), (1..<60).contains(minutes) {
            index += 2
            return -minutes
        }
        if let minutes = spokenMinutes(hour, place) {
            index += 2
            return minutes
        }
        guard case .number(let minute)? = kind(), let token = token(), !token.isAfterFiller,
            kind(1) != .times, !isLengthBehind
        else { return 0 }
        // "At 9 15" may mean 9:15 or the 15th; behind "heures" or "Uhr" minutes follow.
        let isSpoken =
            hour.isWord && hour.kind.isCardinal && token.isWord && minute >= 10 && isEndOfTime(1)
        guard hasMark || isSpoken else { throw ParseError(.ambiguous, token, .oneMeaning) }
        guard minute < 60 else { throw ParseError(.outOfRange, token, .time) }
        index += 1
        return minute
    }

    /// Whether no word comes that a number could belong to.
    private func isEndOfTime(_ distance: Int) -> Bool {
        switch kind(distance) {
        case nil, .comma?, .dayPart?, .from?, .between?, .until?, .weekdays?, .every?, .except?,
            .only?, .cycle?, .lasting?:
            true
        default: false
        }
    }

    /// The minutes of "nueve y diez", and of "9 y 10" where "y a las 17" follows.
    ///
    /// "8, 9 y 10" is a list, and "9 y 10" may be one.
    private func spokenMinutes(_ hour: WordToken, _ place: TimePlace) -> Int? {
        guard grammar.hasSpokenMinutes, place == .single, hour.kind.isCardinal, kind() == .and,
            let token = token(1), case .number(let minutes) = token.kind, !token.isAfterFiller,
            (1..<60).contains(minutes)
        else { return nil }
        let isBeforeAt = kind(2) == .and && kind(3)?.isAt == true
        switch kind(2) {
        case nil, .comma?, .dayPart?, .at?, .atOrTo?, .from?, .between?, .until?, .weekdays?,
            .every?, .except?, .only?:
            break
        case .and? where isBeforeAt || kind(3)?.isCardinal == false: break
        default: return nil
        }
        return token.isWord && minutes >= 5 || minutes > 23 || isBeforeAt ? minutes : nil
    }

    /// Reads "at", or "to" as in French: before a time it is "at", before weekdays it is nothing.
    mutating func parseAtOrTo() throws(ParseError) {
        if isTimeAhead(1) || kind(1)?.isCardinal == true { return try parseTimes() }
        if case .decimal? = kind(1) { return try parseTimes() }
        if case .monthDay? = kind(1) {
            index += 1
            return try parseMonthDay()
        }
        if kind(1) == .last || kind(1)?.isOrdinal == true {
            index += 1
            return try parseNumbers()
        }
        guard kind(1)?.plainWeekdays != nil else { throw unexpected(.time) }
        index += 1
        if kind()?.isOrdinalToo == true { return try parseWeekdayOrOrdinal(isEach: false) }
        try parseWeekdays(isEach: false)
    }

    /// Reads "9:00 to 17:00", the range of the steps that were said.
    ///
    /// - Parameter isBetween: Whether it follows "between", so that "and" stands for "to".
    /// - Throws: What was expected, if it is no range, or does not fit what was said.
    mutating func parseTimeRange(isBetween: Bool = false) throws(ParseError) {
        guard let token = token() else { throw unexpected(.timeRange) }
        guard said.hasOpenSteps else { throw unexpected(.timeRange) }
        let start = try parseTime(.range)
        let isJoined =
            switch kind() {
            case .and: isBetween
            case .at: grammar.saysAtForTo
            case .until(.excluded): true
            case let kind: kind?.isTo == true
            }
        guard isJoined else { throw unexpected(.timeRange) }
        index += 1
        if kind() == .at || kind() == .atOrTo { index += 1 }
        guard let last = self.token() else { throw unexpected(.time) }
        let end = try parseTime(.range)
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

extension WordToken {
    /// Whether it is a number that has minutes, such as "0930" and "930".
    fileprivate var hasMinuteDigits: Bool {
        kind.isCardinal && !isWord && (3...4).contains(text.utf8.count)
    }

    /// Whether it is a time such as "0930", and no year.
    fileprivate var isClockOfFourDigits: Bool {
        kind.isCardinal && text.utf8.count == 4 && text.utf8.first == UInt8(ascii: "0")
    }

    /// Whether it is an hour such as "9h".
    var hasHourLetter: Bool { !isWord && (text.hasSuffix("h") || text.hasSuffix("H")) }
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
