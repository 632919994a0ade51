import Recurrence

extension PhraseParser {
    /// Reads weekdays, and the day of the month on which they must fall: "Friday the 13th".
    mutating func parseWeekdays(isEach: Bool) throws(ParseError) {
        let before = kind(-1)
        guard let first = token(), let union = try parseWeekdayList(isEach: isEach) else {
            throw unexpected(.weekday)
        }
        if union.singleWeekday != nil, grammar.unclearWeekdays.contains(first.text.lowercased()) {
            throw ParseError(
                .ambiguous,
                first,
                .oneMeaning,
                suggestions: [grammar.each(union), grammar.every(.monthly, interval: 1)]
            )
        }
        // "Every Monday on weekends" is neither a list nor one day.
        if said.hasPlainWeekdays, !said.isJoined, !said.isLimit, before != .comma {
            throw ParseError(.unexpectedWord, first, .once)
        }
        if isDateBehindComma, union.singleWeekday != nil { index += 1 }
        let hasNoun = union.singleWeekday != nil && isDayBehind
        if hasNoun { index += 1 }
        switch kind() {
        case .ordinal?, .last?, .second?: break
        case .number? where grammar.hasCardinalDays && kind(1) != .times && !isTimeAhead(): break
        case .number? where kind(1) != .times && !isTimeAhead() && !isHourAhead && !isLengthBehind:
            throw unexpected(.ordinal, .ambiguous)
        case .before?, .after?: throw unexpected(.ordinal, .ambiguous)
        default: return try said.addEach(union, isEach: isEach, first)
        }
        if kind() == .last || kind(1)?.plainWeekdays != nil || said.isLimit {
            return try said.addEach(union, isEach: isEach, first)
        }
        let number = token()
        let list = try parseNumberList()
        if let number, !hasNoun { try refuseHours(list, number, of: union) }
        if let number, !list.numbers.allSatisfy({ $0 != 0 && abs($0) <= 31 }) {
            throw ParseError(.outOfRange, number, .dayOfMonth)
        }
        guard union.singleWeekday != nil, kind()?.plainWeekdays == nil else {
            throw ParseError(.secondRule, first, .oneRule)
        }
        if kind() == .unit(.daily) || kind() == .unit(.weekly) { throw unexpected(.period) }
        try said.addDatedWeekday(union, list.numbers, first)
        if kind()?.isMonth == true { try parseMonths(isDirectlyAfterDays: true) }
    }

    /// Whether "día 9" comes next.
    private var isDayBehind: Bool {
        grammar.hasCardinalDays && kind() == .unit(.daily) && kind(1)?.isCardinal == true
            && kind(2) != .times && !isTimeAhead(1)
    }

    /// Refuses "lunes 9 a 17" and "lunes 9", which may be hours as well as days of the month; nobody
    /// means an hour by "viernes 13".
    private func refuseHours(
        _ list: NumberList,
        _ number: WordToken,
        of weekdays: UInt8
    ) throws(ParseError) {
        guard list.cardinal != nil, let first = list.numbers.first, !isMonthAhead else { return }
        if list.numbers.count > 1 { throw ParseError(.ambiguous, number, .oneMeaning) }
        let hasTime = said.hasTimes || kind()?.isAt == true || isTimeAhead()
        guard grammar.hasBareHours, !hasTime, first < 24, first != 13,
            let weekday = weekdays.singleWeekday
        else { return }
        throw ParseError(
            .ambiguous,
            number,
            .oneMeaning,
            suggestions: [
                "\(grammar.each(weekdays)) \(grammar.at([first * 3600]))",
                grammar.each(weekday, onMonthDay: first),
            ]
        )
    }

    /// Whether ", den 13." comes next.
    private var isDateBehindComma: Bool {
        guard kind() == .comma, let day = token(1), case .ordinal = day.kind,
            let article = grammar.dateArticle
        else { return false }
        return day.filler == article
    }

    /// Reads weekdays with commas, "and" or "to" between them; nothing where none comes next.
    mutating func parseWeekdayList(isEach: Bool = false) throws(ParseError) -> UInt8? {
        guard kind()?.plainWeekdays != nil else { return nil }
        var union: UInt8 = 0
        repeat {
            guard let token = token(), var mask = token.kind.plainWeekdays else { break }
            index += 1
            if kind()?.isTo == true, let last = kind(1)?.plainWeekdays {
                try refuseEnd(mask, last, isEach: isEach)
                guard let from = mask.singleWeekday, let to = last.singleWeekday, from != to else {
                    throw unexpected(.weekday)
                }
                index += 2
                mask = UInt8.weekdays(from: from, to: to)
            }
            guard union & mask == 0 else { throw ParseError(.unexpectedWord, token, .once) }
            union |= mask
        } while skipSeparator { kind, next in
            kind.plainWeekdays != nil && !(kind.isOrdinalToo && next?.plainWeekdays != nil)
        } || isWeekdayBeside
        return union
    }

    /// Whether a weekday stands beside the last one, as in "Mo We Fr".
    private var isWeekdayBeside: Bool {
        guard let token = token(), case .weekdays = token.kind, !token.isAfterFiller,
            case .weekdays? = kind(-1),
            kind(1)?.isNumber != true || kind(2) == .times || isTimeAhead(1)
        else { return false }
        return true
    }

    /// Refuses "cada lunes hasta el viernes", which may be all days to Friday or an end.
    private func refuseEnd(_ first: UInt8, _ last: UInt8, isEach: Bool) throws(ParseError) {
        guard kind() == .until(.unclear), let token = token(1), isEach || token.isAfterFiller
        else { return }
        let range = (0..<7).reduce(first | last) { days, _ in
            days | (days << 1 & .everyDay & ~(last << 1))
        }
        throw ParseError(
            .ambiguous,
            token,
            .oneMeaning,
            suggestions: [grammar.each(first), grammar.each(range)]
        )
    }

    /// Reads a Portuguese word such as "segunda": an ordinal where a weekday follows and a period
    /// shows that weekdays are numbered, otherwise a weekday.
    mutating func parseWeekdayOrOrdinal(isEach: Bool) throws(ParseError) {
        var distance = 0
        var numbers: [Int] = []
        while case .weekdayOrOrdinal(let number)? = kind(distance) {
            numbers.append(number)
            let hasSeparator = kind(distance + 1) == .and || kind(distance + 1) == .comma
            distance += hasSeparator && kind(distance + 2)?.isOrdinalToo == true ? 2 : 1
            if !hasSeparator { break }
        }
        guard let noun = kind(distance), let token = token() else {
            return try parseWeekdays(isEach: isEach)
        }
        let isDay = noun == .unit(.daily) && kind(distance + 1)?.isCardinal != true
        if noun == .unit(.weekly) || isDay || noun.plainWeekdays != nil {
            // "2ª sexta" is a Friday, and "segunda sexta" may be two days.
            let isClear =
                self.token(distance - 1)?.isWord == false
                && self.token(distance)?.isWord == true
            guard noun.plainWeekdays == nil || isClear || kind(distance + 1) == .of else {
                throw ParseError(.ambiguous, token, .oneMeaning)
            }
            index += distance
            if noun == .unit(.weekly) {
                // "Toda segunda semana" is every other week or the second of each month.
                if isEach { throw ParseError(.ambiguous, token, .oneMeaning) }
                index += 1
                return try said.addWeeks(numbers, token)
            }
            if noun == .unit(.daily) { throw ParseError(.unexpectedWord, token, .phrase) }
            return try parseNumberedWeekdays(numbers, token)
        }
        try parseWeekdays(isEach: isEach)
    }

    /// Reads months, and the days of a month before them: "June and July", "March 3rd".
    mutating func parseMonths(isDirectlyAfterDays: Bool = false) throws(ParseError) {
        guard let first = token() else { throw unexpected(.month) }
        let months = try parseMonthList()
        // In "2 June and July" nobody knows whether the 2nd is said of July.
        if isDirectlyAfterDays, months.nonzeroBitCount > 1 {
            throw ParseError(.ambiguous, first, .oneMeaning)
        }
        try said.addMonths(months, first)
        if months.nonzeroBitCount == 1, isDirectlyAfterDays ? isYear(0) : isYearBehindDay {
            throw ParseError(.inexpressible, first, .repetition)
        }
        guard let next = token(), next.kind.isNumber, kind(1) != .times, !isTimeAhead(),
            !said.hasDays, !isLengthBehind
        else { return }
        if months.nonzeroBitCount == 1 {
            try parseNumbers()
            said.closesDates = true
        } else if !next.isAfterFiller {
            throw ParseError(.ambiguous, next, .oneMeaning)
        }
    }

    /// Whether "1, 2027" comes next.
    private var isYearBehindDay: Bool {
        guard let day = kind()?.ordinaryNumber, day <= 31, !said.hasDays else { return false }
        return isYear(kind(1) == .comma || kind(1) == .of ? 2 : 1)
    }

    /// Reads months with commas, "and" or "to" between them.
    mutating func parseMonthList() throws(ParseError) -> UInt16 {
        var months: UInt16 = 0
        repeat {
            guard let token = token(), case .month(let month) = token.kind else {
                throw unexpected(.month)
            }
            index += 1
            var mask: UInt16 = 1 << UInt16(month - 1)
            if kind()?.isTo == true, case .month(let last)? = kind(1) {
                guard month != last else { throw unexpected(.month) }
                index += 2
                mask = UInt16.months(from: month, to: last)
            }
            guard months & mask == 0 else { throw ParseError(.unexpectedWord, token, .once) }
            months |= mask
        } while skipSeparator { kind, _ in kind.isMonth }
        return months
    }

    /// Reads a day of every year that is one token: "Christmas", `12/25`.
    mutating func parseMonthDay() throws(ParseError) {
        guard let token = token() else { return }
        // "The 2nd Christmas" is not the 2nd and Christmas.
        if kind(-1)?.isNumber == true { throw unexpected(.period) }
        index += 1
        switch token.kind {
        case .monthDay(let month, let day):
            try said.addDays([day], token)
            try said.addMonths(1 << UInt16(month - 1), token)
        case .slashDate(let one, let other, nil):
            let (month, day) = try monthAndDay(one, other, token)
            try said.addDays([day], token)
            try said.addMonths(1 << UInt16(month - 1), token)
        default: throw ParseError(.unexpectedWord, token, .phrase)
        }
    }
}

extension WordToken.Kind {
    /// The weekdays that it names, where it cannot be an ordinal.
    var plainWeekdays: UInt8? {
        if case .weekdayOrOrdinal(let number) = self { return 1 << UInt8(number - 2) }
        return weekdays
    }

    var isOrdinalToo: Bool {
        if case .weekdayOrOrdinal = self { true } else { false }
    }
}
