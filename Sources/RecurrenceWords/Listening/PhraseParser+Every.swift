import Recurrence

extension PhraseParser {
    /// Reads "every" and a period, weekdays, days or a month.
    mutating func parseEvery() throws(ParseError) {
        index += 1
        if let token = token(), token.kind == .exclamation {
            index += 1
            try said.setCompletion(token)
        }
        guard let first = token() else { throw unexpected(.repeated) }
        if let hours = hoursAhead {
            index += first.kind.isCardinal ? 2 : 1
            return try said.setSteps(.hourly, hours, first)
        }
        var interval = 1
        if first.kind == .other {
            interval = 2
            index += 1
        } else if let number = first.kind.ordinaryNumber, isPeriod(1) {
            if first.kind == .ordinal(1) {
                // "Every first month" is not every month.
                guard kind(1) == .unit(.daily), kind(2) == .of else { throw unexpected(.repeated) }
                return try parseNumbers(isEach: true)
            }
            if grammar.hasInclusiveOrdinals, first.kind == .ordinal(3), kind(1) == .unit(.daily) {
                throw ambiguous(.thirdDay, first)
            }
            interval = number
            index += 1
        } else if isAlternating(first) {
            interval = 2
            index += 1
        } else if case .number(let number) = first.kind, isPlainWeekend {
            interval = number
            index += 1
        } else if first.kind == .second, kind(1)?.weekdays == nil {
            return try parseEverySecond(first)
        } else if first.kind.isNumber {
            if !isDate(first), kind(1)?.isMonth == true {
                index += 1
                throw unexpected(.repeated)
            }
            try refuseNumberedWeekday(first)
            return try parseNumbers(isEach: true)
        }
        guard (1...RecurrenceRule.numberLimit).contains(interval) else {
            throw ParseError(.outOfRange, first, .positiveNumber)
        }
        try parseRepeated(interval, first)
    }

    /// Reads "every second", where "second" numbers nothing.
    private mutating func parseEverySecond(_ second: WordToken) throws(ParseError) {
        index += 1
        // "Every second March" is nothing that happens each second.
        if kind()?.isRepeatable == true || kind()?.isNumber == true { throw unexpected(.repeated) }
        // "Every second of March" may be a day.
        if let next = token(), next.kind == .of, next.isGenitive, case .month(let month)? = kind(1)
        {
            let date = grammar.on(grammar.date(day: 2, month: month))
            throw ambiguous(
                second,
                [
                    "\(grammar.every(.yearly, interval: 1)) \(date)",
                    "\(grammar.every(.secondly, interval: 1)) \(grammar.within(months: [month]))",
                ]
            )
        }
        try said.setSteps(.secondly, 1, second)
    }

    /// The number of hours of "4h" and "4 h", behind "every".
    private var hoursAhead: Int? {
        guard let first = token(), !first.isWord else { return nil }
        switch first.kind {
        case .time(let time) where first.hasHourLetter && time > 0: return time / 3600
        case .number(let hours) where kind(1) == .hourMark && token(1)?.text.lowercased() == "h":
            return (1...RecurrenceRule.numberLimit).contains(hours) ? hours : nil
        default: return nil
        }
    }

    /// Whether "second" is "other", as before "weekend" and "morning".
    private func isAlternating(_ number: WordToken) -> Bool {
        guard number.kind == .second || number.kind == .ordinal(2) else { return false }
        if case .dayPart? = kind(1) { return true }
        return isPlainWeekend
    }

    /// Whether weekends come next that are not those of a month.
    private var isPlainWeekend: Bool {
        kind(1) == .weekend && kind(2) != .of && kind(2) != .per
    }

    /// Whether a number before a month can be its day: "every 3rd March" may leave out years.
    private func isDate(_ number: WordToken) -> Bool {
        switch number.kind {
        case .ordinal(1): true
        case .number: !grammar.hasPointOrdinals && !number.isWord
        default: grammar.hasPointOrdinals && !number.isWord
        }
    }

    private func isPeriod(_ distance: Int) -> Bool {
        if case .unit? = kind(distance) { true } else { false }
    }

    /// Reads what is repeated.
    private mutating func parseRepeated(
        _ interval: Int,
        _ first: WordToken
    ) throws(ParseError) {
        guard let noun = token() else { throw unexpected(.repeated) }
        switch noun.kind {
        case .unit(.daily) where interval == 1 && isOfNumberedWeek(1):
            index += 1
            try said.addEach(.everyDay, isEach: true, noun)
        case .unit(.daily) where interval == 1 && isNumberedDay(1):
            try parseNumbersAfterNoun(noun)
        case .unit(let unit):
            index += 1
            try said.setCycle(unit, interval, noun)
        case .cycle(let unit, let count) where interval == 1:
            index += 1
            try said.setNamedCycle(unit, count, noun)
        case .second:
            index += 1
            try said.setCycle(.secondly, interval, noun)
        case .weekdays, .weekend, .weekdayOrOrdinal:
            try parseRepeatedWeekdays(interval, noun)
        case .month where interval == 1: try parseMonths()
        case .monthDay where interval == 1: try parseMonthDay()
        case .time(let time) where noun.isWord:
            index += 1
            try said.setCycle(.daily, interval, noun)
            try said.addTimes([SaidTime(time: time, isExplicit: true, token: noun)], noun)
        case .dayPart(let part) where part != .beforeNoon && part != .afterNoon:
            index += 1
            try said.setCycle(.daily, interval, noun)
            try said.setPart(part, noun)
        default: throw unexpected(.repeated)
        }
    }

    /// Whether a day of the month follows "day", as in "todo dia 15"; not in a language whose days
    /// of the month are ordinals.
    private func isNumberedDay(_ distance: Int) -> Bool {
        guard grammar.hasCardinalDays, kind(distance)?.isNumber == true else { return false }
        return kind(distance + 1) != .times && !isTimeAhead(distance)
    }

    private mutating func parseRepeatedWeekdays(
        _ interval: Int,
        _ noun: WordToken
    ) throws(ParseError) {
        if case .weekdayOrOrdinal = noun.kind, interval == 1 {
            return try parseWeekdayOrOrdinal(isEach: true)
        }
        if interval > 1 {
            if case .weekdays(let mask) = noun.kind, mask.singleWeekday == nil {
                throw ParseError(.inexpressible, noun, .repeated)
            }
            try said.setCycle(.weekly, interval, noun)
            if said.hasDays { throw ParseError(.secondRule, noun, .oneRule) }
        }
        try parseWeekdays(isEach: true)
        if interval > 1 { said.isCycleOfWeekdays = true }
    }

    /// Whether "of week 20" or "of the 2nd to last week" follows.
    private func isOfNumberedWeek(_ distance: Int) -> Bool {
        guard kind(distance) == .of else { return false }
        let numbers = (1...3).prefix { step in
            kind(distance + step)?.isNumber == true || kind(distance + step) == .fromEnd
        }
        let noun = distance + numbers.count + 1
        return kind(noun) == .unit(.weekly)
            && (!numbers.isEmpty || kind(noun + 1)?.isNumber == true)
    }

    /// Refuses "every 3rd Friday": some people mean the third Friday of each month, others mean
    /// every third Friday.
    private func refuseNumberedWeekday(_ token: WordToken) throws(ParseError) {
        guard let weekdays = kind(1)?.weekdays, token.kind != .ordinal(1), token.kind != .last
        else {
            return
        }
        let isOfPeriod = kind(2) == .of || kind(2) == .per
        if !token.kind.isCardinal, isOfPeriod {
            switch kind(3) {
            case .unit(.monthly)?, .unit(.yearly)?, .every?, .cycle?, .month?: return
            default: break
            }
        }
        guard let weekday = weekdays.singleWeekday, let number = token.kind.ordinaryNumber,
            (2...5).contains(number)
        else { throw ParseError(.inexpressible, token, .repeated) }
        let ofMonth = grammar.ordinalWeekdays([.init(number, weekday)])
        throw ParseError(
            .ambiguous,
            token,
            .oneMeaning,
            suggestions: [
                "\(ofMonth) \(grammar.ofEach(.monthly))",
                grammar.weekly(weekdays, interval: number),
            ]
        )
    }

    /// Whether "one Monday in two" comes next.
    var isOutOf: Bool {
        if case .outOf? = kind(2) { true } else { false }
    }

    /// Reads "one Monday in two".
    mutating func parseOutOf() throws(ParseError) {
        index += 1
        guard let noun = token(), case .outOf(let interval)? = kind(1) else { return }
        switch noun.kind {
        case .unit(let unit):
            index += 2
            try said.setCycle(unit, interval, noun)
        case .weekdays(let mask) where mask.singleWeekday != nil:
            index += 2
            try said.setCycle(.weekly, interval, noun)
            try said.addEach(mask, isEach: true, noun)
            said.isCycleOfWeekdays = true
        default: throw unexpected(.repeated)
        }
    }

    // MARK: Counts and lengths

    /// Reads "5 times"; "once a month" is a period, and "twice a month" is refused as ambiguous.
    mutating func parseCount() throws(ParseError) {
        guard let token = token() else { return }
        let before = self.token(-1)?.kind
        index += 1
        let count: Int
        switch token.kind {
        case .count(let number): count = number
        case .number(let number):
            count = number
            index += 1
        default: return
        }
        let hasPreposition = kind() == .of || kind() == .per
        if hasPreposition || isPeriod(0) || kind() == .every {
            let distance = (kind() == .of || kind() == .per || kind() == .every) ? 1 : 0
            if count == 1, hasPreposition, case .cycle? = kind(1) {
                index += 1
                return
            }
            guard case .unit(let unit)? = kind(distance) else {
                guard kind() == .every, count == 1 else { throw countError(nil, count, token) }
                return
            }
            index += distance + 1
            if count == 1 { return try said.setCycle(unit, 1, token) }
            return try said.setOpenPeriod(.timesAPeriod(count, unit), token)
        }
        if case .cycle(let unit, 1)? = kind(), count != 1 {
            index += 1
            return try said.setOpenPeriod(.timesAPeriod(count, unit), token)
        }
        if case .cycle? = kind(), count != 1 { throw countError(nil, count, token) }
        if count == 1, case .cycle? = kind() { return }
        guard (1...RecurrenceRule.numberLimit).contains(count) else {
            throw ParseError(.outOfRange, token, .positiveNumber)
        }
        // "Every day twice" may mean twice each day, but nothing is to be done ten times of a day.
        let isMany = token.kind.isCardinal && count > 7 && before?.isNamedPeriod == true
        if before?.isRepeatable == true && !isMany || before == .and {
            throw countError(said.rule.interval == 1 ? said.cycle : nil, count, token, isEnd: true)
        }
        try said.setEnd(.count(count), token)
    }

    /// The error for "twice a week", where the words leave the days open, and for "every week twice",
    /// where they may also be an end.
    private func countError(
        _ unit: Frequency?,
        _ count: Int,
        _ token: WordToken,
        isEnd: Bool = false
    ) -> ParseError {
        guard let unit else {
            let end = "\(grammar.each(said.rule.weekdays)), \(grammar.times(count))"
            let isEndOfWeekdays = isEnd && said.hasPlainWeekdays && said.cycle == nil
            return ParseError(
                .ambiguous,
                token,
                .oneMeaning,
                suggestions: isEndOfWeekdays ? [end] : []
            )
        }
        let readings = Ambiguity.timesAPeriod(count, unit).readings(in: grammar)
        let period = grammar.every(unit, interval: 1)
        guard isEnd, let first = count == 1 ? period : readings.first else {
            return ambiguous(.timesAPeriod(count, unit), token)
        }
        let end = "\(period), \(grammar.times(count))"
        return ParseError(.ambiguous, token, .oneMeaning, suggestions: [end, first])
    }

    /// Whether "of June" or "June" comes next.
    var isMonthAhead: Bool { kind()?.isMonth == true || kind() == .of && kind(1)?.isMonth == true }

    /// Whether a length with the word for "long" behind it comes next, such as "2 Wochen lang".
    var isLengthBehind: Bool { kind(2) == .lastingBehind }

    /// Reads "2 weeks", "the next 3 months" or "10 times".
    mutating func parseLength() throws(ParseError) {
        let next = kind() == .next ? token() : nil
        if next != nil { index += 1 }
        guard let first = token() else { throw unexpected(.length) }
        if case .count = first.kind { return try parseCount() }
        var count = 1
        if case .number(let number) = first.kind {
            if kind(1) == .times { return try parseCount() }
            count = number
            index += 1
        }
        let hasNumber = first.kind.isCardinal
        guard let unit = token() else { throw unexpected(.length) }
        index += 1
        if !hasNumber, unit.kind == .unit(.monthly), isMonthAhead {
            // "For the month of June" is "in June".
            if kind() == .of { index += 1 }
            return try parseMonths()
        }
        // "For week 20" is no length, and "for 2 weeks of June" names none.
        if !hasNumber && kind()?.isNumber == true || isMonthAhead { throw unexpected(.phrase) }
        guard hasNumber || isOne(first, after: next) || !unit.kind.isNamedPeriod else {
            throw next.map { ambiguous(.other, $0) } ?? ParseError(.unexpectedWord, first, .length)
        }
        guard (1...100_000).contains(count) else {
            throw ParseError(.outOfRange, first, .lengthNumber)
        }
        if kind() == .lastingBehind { index += 1 }
        switch unit.kind {
        case .unit(.daily): try said.setEnd(.length(days: count, months: 0), first)
        case .unit(.weekly): try said.setEnd(.length(days: count * 7, months: 0), first)
        case .unit(.monthly): try said.setEnd(.length(days: 0, months: count), first)
        case .unit(.yearly): try said.setEnd(.length(days: 0, months: count * 12), first)
        case .cycle(.monthly, let months):
            try said.setEnd(.length(days: 0, months: count * months), first)
        case .cycle(.weekly, 2):
            try said.setEnd(.length(days: count * 14, months: 0), first)
        case .unit: throw ParseError(.inexpressible, unit, .length)
        default:
            index -= 1
            throw unexpected(.length)
        }
    }

    /// Whether a period without a number is one: "for a week" and "for the next week", but neither
    /// "for weeks" nor "for next week", which begins on a Monday.
    private func isOne(_ period: WordToken, after next: WordToken?) -> Bool {
        let articles = next == nil ? grammar.indefiniteArticles : grammar.lengthArticles
        let filler = (next ?? period).filler?.split(separator: " ").last
        return filler.map { articles.contains($0.lowercased()) } ?? false
    }
}

extension WordToken.Kind {
    /// Whether it is something that can be repeated: a period, weekdays, a month or a part of the day.
    fileprivate var isRepeatable: Bool {
        switch self {
        case .unit, .cycle, .second, .weekdays, .weekend, .weekdayOrOrdinal, .month, .monthDay,
            .slashDate, .dayPart, .ambiguous:
            true
        default: false
        }
    }

    /// Whether it is what "every" stands before, and no adverb: "daily ten times" is said of each day.
    fileprivate var isNamedPeriod: Bool {
        switch self {
        case .unit, .weekdays, .weekend, .weekdayOrOrdinal, .month, .monthDay: true
        default: false
        }
    }
}
