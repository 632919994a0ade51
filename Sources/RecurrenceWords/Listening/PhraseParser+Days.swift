import Recurrence

extension PhraseParser {
    /// Numbers of days, weeks or weekdays.
    struct NumberList {
        var numbers: [Int] = []
        /// The first number that was said as a cardinal, such as "15".
        var cardinal: WordToken?
    }

    /// Reads numbers and what they number: "the 1st and last day", "2nd and 4th Friday", "2 June".
    mutating func parseNumbers(isEach: Bool = false, isAfterNoun: Bool = false) throws(ParseError) {
        guard let first = token() else { throw unexpected(.days) }
        if !said.dayNumbers.isEmpty, !said.isJoined, !said.isLimit, !isAfterNoun, kind(-1) != .comma
        {
            throw ParseError(.unexpectedWord, first, .once)
        }
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
            said.numberedWeekToken = said.numberedWeekToken ?? first
            try said.addWeeks(try countedFromEnd(list.numbers), first)
        case .ambiguous(.openDays)?:
            guard let token = token() else { return }
            let readings = [UInt8.workdays, 0b011_1111].map {
                "\(grammar.picks(list.numbers, of: $0)) \(grammar.ofEach(.monthly))"
            }
            throw ambiguous(token, readings)
        case .unit? where !isAfterNoun: throw unexpected(.period)
        case .cycle(_, 2...)? where !isAfterNoun: throw unexpected(.period)
        default:
            if !isAfterNoun, !grammar.hasCardinalDays, said.cardinalToken == nil {
                said.cardinalToken = list.cardinal
            }
            if !isAfterNoun { said.bareDayToken = said.bareDayToken ?? list.cardinal }
            try said.addDays(list.numbers, first)
            parseLastDay()
            if kind()?.isMonth == true { try parseMonths(isDirectlyAfterDays: true) }
        }
    }

    /// Reads "or the last day": the day that is used where a month lacks the other.
    private mutating func parseLastDay() {
        guard kind() == .or, let last = token(1), last.kind == .last, kind(2) == .unit(.daily),
            said.rule.skip == .omit
        else { return }
        index += 3
        said.noteLastDay(last)
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
    mutating func parseNumberList(
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
            if kind()?.isTo == true, kind(1)?.isNumber == true, kind(1) != .last, try !isEndAhead(),
                try !isAtAhead(behind: token)
            {
                index += 1
                let last = try parseNumber()
                guard number > 0, number < last, last <= 366 else {
                    throw ParseError(.outOfRange, token, .dayOfYear)
                }
                list.numbers += (number + 1)...last
            }
        } while skipSeparator { kind, next in
            if kind.isOrdinalToo { return next?.plainWeekdays != nil && list.cardinal == nil }
            return kind.isNumber && next != .times && !(stoppingAtLast && !kind.isCardinal)
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
        case .weekdayOrOrdinal(let number): return number
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
    mutating func parseNumberedWeekdays(
        _ numbers: [Int],
        _ first: WordToken
    ) throws(ParseError) {
        var weekdays: [UInt8] = []
        var isChoice = false
        repeat {
            guard let token = token(), let mask = token.kind.plainWeekdays else {
                throw unexpected(.weekday)
            }
            // In "the 1st Monday and the Tuesday" the number may not be meant of the Tuesday, and in
            // "the 15th on Mondays" it is not.
            if token.isAfterFiller {
                throw weekdays.isEmpty
                    ? ParseError(.secondRule, token, .oneRule)
                    : ParseError(.ambiguous, token, .oneMeaning)
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
        if isChoice || weekdays.count == 1, try parseNearDay(union, numbers, first) { return }
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
}
