import Recurrence

extension PhraseParser {
    /// Numbers of days, weeks or weekdays.
    private struct NumberList {
        var numbers: [Int] = []
        /// The first number that was said as a cardinal, such as "15".
        var cardinal: WordToken?
    }

    /// Reads numbers and what they number: "the 1st and last day", "2nd and 4th Friday", "2 June".
    mutating func parseNumbers(isEach: Bool = false, isAfterNoun: Bool = false) throws(ParseError) {
        guard let first = token() else { throw unexpected(.days) }
        let list = try parseNumberList()
        switch kind() {
        case .weekdays?, .weekend?, .weekdayOrOrdinal?:
            if isAfterNoun { throw unexpected(.period) }
            if let cardinal = list.cardinal {
                throw ParseError(.unexpectedWord, cardinal, .ordinal)
            }
            try parseNumberedWeekdays(list.numbers, first)
        case .unit(.daily)?:
            // "Días 1 y 15 y el último día" has the noun before and behind.
            let cardinal =
                isAfterNoun ? token(-1).flatMap { $0.kind.isCardinal ? $0 : nil } : list.cardinal
            if let cardinal { throw ParseError(.unexpectedWord, cardinal, .ordinal) }
            index += 1
            try said.addDays(try countedFromEnd(list.numbers), first)
            parseLastDay()
        case .unit(.weekly)?:
            if let cardinal = list.cardinal {
                throw ParseError(.unexpectedWord, cardinal, .ordinal)
            }
            index += 1
            try said.addWeeks(try countedFromEnd(list.numbers), first)
        case .unit? where !isAfterNoun: throw unexpected(.period)
        case .cycle(_, 2...)? where !isAfterNoun: throw unexpected(.period)
        default:
            if !isAfterNoun, !grammar.hasCardinalDays, said.cardinalToken == nil {
                said.cardinalToken = list.cardinal
            }
            try said.addDays(list.numbers, first)
            parseLastDay()
            if kind()?.isMonth == true { try parseMonths(isDirectlyAfterDays: true) }
        }
    }

    /// Reads "or the last day": the day that is used where a month lacks the other.
    private mutating func parseLastDay() {
        guard kind() == .or, kind(1) == .last, kind(2) == .unit(.daily), said.rule.skip == .omit
        else { return }
        index += 3
        said.rule.skip = .backward
    }

    /// Reads "day 15" and "week 20"; "day" or "week" without a number is refused.
    mutating func parseNumbersAfterNoun(_ noun: WordToken) throws(ParseError) {
        index += 1
        guard let first = token(), first.kind.isNumber else {
            throw ParseError(.unexpectedWord, noun, .phrase)
        }
        if noun.kind == .unit(.daily) { return try parseNumbers(isAfterNoun: true) }
        let list = try parseNumberList(stoppingAtLast: true)
        try said.addWeeks(list.numbers, first)
    }

    /// Reads numbers with commas, "and" or "to" between them.
    private mutating func parseNumberList(
        stoppingAtLast: Bool = false
    ) throws(ParseError) -> NumberList {
        var list = NumberList()
        repeat {
            guard let token = token() else { throw unexpected(.wholeNumber) }
            if let run = parseRun(token) {
                list.numbers += run
                continue
            }
            let number = try parseNumber()
            if token.kind.isCardinal, number > 0, list.cardinal == nil { list.cardinal = token }
            list.numbers.append(number)
            if kind()?.isTo == true, kind(1)?.isNumber == true, try !isEndAhead() {
                index += 1
                let last = try parseNumber()
                guard number > 0, number < last, last <= 366 else {
                    throw ParseError(.outOfRange, token, .wholeNumber)
                }
                list.numbers += (number + 1)...last
            }
        } while skipSeparator { kind, next in
            kind.isNumber && next != .times && !(stoppingAtLast && !kind.isCardinal)
        }
        return list
    }

    /// Whether a word that is both "to" and "until" is followed by a whole date; without a year,
    /// "1 bis 5 March" may be a range or an end.
    private func isEndAhead() throws(ParseError) -> Bool {
        guard let until = token(), case .until = until.kind else { return false }
        let hasOf = kind(2) == .of
        if hasOf, !grammar.saysOfInDates { return false }
        let distance = hasOf ? 3 : 2
        guard kind(distance)?.isMonth == true else { return false }
        let year = kind(distance + 1) == .of ? distance + 2 : distance + 1
        guard isYear(year) else { throw ParseError(.ambiguous, until, .oneMeaning) }
        return true
    }

    /// Reads "the last 3" or "les 3 derniers", before a noun.
    private mutating func parseRun(_ token: WordToken) -> [Int]? {
        let isNoun = kind(2) == .unit(.daily) || kind(2)?.weekdays != nil
        guard isNoun, let next = kind(1) else { return nil }
        let (count, end): (Int, WordToken.Kind)
        switch (token.kind, next) {
        case (.number(let number), .last), (.number(let number), .ordinal(1)):
            (count, end) = (number, next)
        case (.last, .number(let number)), (.ordinal(1), .number(let number)):
            (count, end) = (number, token.kind)
        default: return nil
        }
        guard (1...31).contains(count) else { return nil }
        index += 2
        return (1...count).map { end == .last ? -$0 : $0 }
    }

    /// Reads one number: "2nd", "last", "2nd to last", "second last".
    private mutating func parseNumber() throws(ParseError) -> Int {
        guard let token = token() else { throw unexpected(.wholeNumber) }
        index += 1
        switch token.kind {
        case .last: return -1
        case .ordinal(let number) where number < 0: return number
        default: break
        }
        guard let number = token.kind.ordinaryNumber else {
            throw ParseError(.unexpectedWord, token, .wholeNumber)
        }
        guard number > 0, !token.kind.isCardinal, kind() == .last || kind() == .fromEnd else {
            return number
        }
        if number == 1, kind() == .last { throw unexpected(.days) }
        index += 1
        return -number
    }

    /// Negates the last number where "counting from the end" follows.
    private mutating func countedFromEnd(_ numbers: [Int]) throws(ParseError) -> [Int] {
        guard kind() == .fromEnd else { return numbers }
        guard let last = numbers.last, last > 0 else { throw unexpected(.phrase) }
        index += 1
        return numbers.dropLast() + [-last]
    }

    /// Reads the weekdays after numbers.
    ///
    /// Each of them is numbered by itself ("the 1st Monday and Tuesday"), or all of them together
    /// ("the 1st Monday or Tuesday", "the last workday").
    private mutating func parseNumberedWeekdays(
        _ numbers: [Int],
        _ first: WordToken
    ) throws(ParseError) {
        var weekdays: [UInt8] = []
        var isChoice = false
        repeat {
            guard let token = token(), let mask = token.kind.plainWeekdays else {
                throw unexpected(.weekday)
            }
            // In "the 1st Monday and the Tuesday" the number may not be meant of the Tuesday.
            if !weekdays.isEmpty, token.isAfterFiller {
                throw ParseError(.ambiguous, token, .oneMeaning)
            }
            if token.kind == .weekend {
                throw ParseError(
                    .ambiguous,
                    token,
                    .oneMeaning,
                    suggestions: numbers.count == 1
                        ? [
                            "\(grammar.picks(numbers, of: .weekend)) \(grammar.ofEach(.monthly))",
                            "\(weekendDays(numbers)) \(grammar.ofEach(.monthly))",
                        ] : []
                )
            }
            index += 1
            weekdays.append(mask)
            isChoice = isChoice || kind() == .or
        } while skipSeparator(includingOr: true) { kind, _ in kind.plainWeekdays != nil }
        let numbers = try countedFromEnd(numbers)
        let union = weekdays.reduce(0, |)
        if weekdays.count == 1, try parseNearDay(union, numbers, first) { return }
        if isChoice || weekdays.count == 1 && union.singleWeekday == nil {
            return try said.addPicks(numbers, of: union, first)
        }
        for mask in weekdays {
            guard let weekday = mask.singleWeekday else {
                throw ParseError(.inexpressible, first, .oneRule)
            }
            try said.addWeekdays(numbers.map { .init($0, weekday) }, first)
        }
    }

    private func weekendDays(_ numbers: [Int]) -> String {
        grammar.ordinalWeekdays(
            numbers.flatMap { [.init($0, .saturday), .init($0, .sunday)] }
        )
    }

    /// Reads "before the 15th" behind "the last Friday", and "after the 15th" behind "the first
    /// Friday": they are weekdays on seven days of the month.
    private mutating func parseNearDay(
        _ weekdays: UInt8,
        _ numbers: [Int],
        _ first: WordToken
    ) throws(ParseError) -> Bool {
        let days: (Int) -> ClosedRange<Int>
        switch (kind(), numbers) {
        case (.before(let includingDay)?, [-1]):
            days = { includingDay ? $0 - 6...$0 : $0 - 7...$0 - 1 }
        case (.after(let includingDay)?, [1]):
            days = { includingDay ? $0...$0 + 6 : $0 + 1...$0 + 7 }
        case (.before?, _), (.after?, _): throw unexpected(.period)
        default: return false
        }
        index += 1
        if kind() == .unit(.daily) { index += 1 }
        guard let token = token(), let day = token.kind.ordinaryNumber else {
            throw unexpected(.ordinal)
        }
        guard (1...31).contains(day) else { throw unexpected(.ordinal, .outOfRange) }
        index += 1
        if kind() == .unit(.daily) { index += 1 }
        // Days of two months cannot be said by one rule.
        guard days(day).lowerBound >= 1, days(day).upperBound <= 28 else {
            throw ParseError(.inexpressible, token, .oneRule)
        }
        try said.addDatedWeekday(
            weekdays,
            Array(days(day)),
            position: weekdays.singleWeekday == nil ? numbers[0] : nil,
            first
        )
        return true
    }

    /// Reads weekdays, and the day of the month on which they must fall: "Friday the 13th".
    mutating func parseWeekdays(isEach: Bool) throws(ParseError) {
        guard let first = token(), let union = try parseWeekdayList() else {
            throw unexpected(.weekday)
        }
        switch kind() {
        case .ordinal?, .last?, .second?: break
        case .number? where grammar.hasCardinalDays && kind(1) != .times && !isTimeAhead(): break
        case .number? where kind(1) != .times && !isTimeAhead() && !isLengthBehind:
            throw unexpected(.ordinal, .ambiguous)
        case .before?, .after?: throw unexpected(.ordinal, .ambiguous)
        default: return try said.addEach(union, isEach: isEach, first)
        }
        if kind() == .last || kind(1)?.plainWeekdays != nil || said.isLimit {
            return try said.addEach(union, isEach: isEach, first)
        }
        let list = try parseNumberList()
        guard union.singleWeekday != nil, kind()?.plainWeekdays == nil else {
            throw ParseError(.secondRule, first, .oneRule)
        }
        if kind() == .unit(.daily) || kind() == .unit(.weekly) { throw unexpected(.period) }
        try said.addDatedWeekday(union, list.numbers, first)
        if kind()?.isMonth == true { try parseMonths(isDirectlyAfterDays: true) }
    }

    /// Reads weekdays with commas, "and" or "to" between them; nothing where none comes next.
    mutating func parseWeekdayList() throws(ParseError) -> UInt8? {
        guard kind()?.plainWeekdays != nil else { return nil }
        var union: UInt8 = 0
        repeat {
            guard let token = token(), var mask = token.kind.plainWeekdays else { break }
            index += 1
            if kind()?.isTo == true, let last = kind(1)?.plainWeekdays {
                guard let from = mask.singleWeekday, let to = last.singleWeekday, from != to else {
                    throw unexpected(.weekday)
                }
                index += 2
                for day in 0...(to.rawValue - from.rawValue).modulo(7) {
                    mask |= 1 << UInt8((from.rawValue + day) % 7)
                }
            }
            guard union & mask == 0 else { throw ParseError(.unexpectedWord, token, .once) }
            union |= mask
        } while skipSeparator { kind, next in
            kind.plainWeekdays != nil && !(kind.isOrdinalToo && next?.plainWeekdays != nil)
        }
        return union
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
        if noun == .unit(.weekly) || noun == .unit(.daily) || noun.plainWeekdays != nil {
            guard noun.plainWeekdays == nil || kind(distance + 1) == .of else {
                throw ParseError(.ambiguous, token, .oneMeaning)
            }
            index += distance
            if noun == .unit(.weekly) {
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
                for step in 0...(last - month).modulo(12) {
                    mask |= 1 << UInt16((month - 1 + step) % 12)
                }
            }
            guard months & mask == 0 else { throw ParseError(.unexpectedWord, token, .once) }
            months |= mask
        } while skipSeparator { kind, _ in kind.isMonth }
        return months
    }

    /// Reads a day of every year that is one token: "Christmas", `12/25`.
    mutating func parseMonthDay() throws(ParseError) {
        guard let token = token() else { return }
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
