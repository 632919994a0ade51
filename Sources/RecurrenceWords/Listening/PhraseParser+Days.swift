import Recurrence

extension PhraseParser {
    /// Reads numbers and what they number: "the 1st and last day", "2nd and 4th Friday", "2 June".
    mutating func parseNumbers() throws(ParseError) {
        guard let first = token() else { throw unexpected() }
        let numbers = try parseNumberList()
        switch kind() {
        case .weekdays?, .weekend?: try parseNumberedWeekdays(numbers, first)
        case .unit(.daily)?:
            index += 1
            try said.addDays(try countedFromEnd(numbers), first)
            parseLastDay()
        case .unit(.weekly)?:
            index += 1
            try said.addWeeks(try countedFromEnd(numbers), first)
        default:
            try said.addDays(numbers, first)
            parseLastDay()
        }
    }

    /// Reads "or the last day": the day that is used where a month lacks the other.
    private mutating func parseLastDay() {
        guard kind() == .or, kind(1) == .last, kind(2) == .unit(.daily) else { return }
        index += 3
        said.rule.skip = .backward
    }

    /// Reads "day 15" and "week 20"; "day" or "week" without a number is refused.
    mutating func parseNumbersAfterNoun(_ noun: WordToken) throws(ParseError) {
        index += 1
        guard let first = token(), first.kind.isNumber else {
            throw ParseError(.unexpectedWord, noun)
        }
        if noun.kind == .unit(.daily) { return try parseNumbers() }
        let numbers = try parseNumberList(stoppingAtLast: true)
        try said.addWeeks(numbers, first)
    }

    /// Reads numbers with commas, "and" or "to" between them.
    private mutating func parseNumberList(
        stoppingAtLast: Bool = false
    ) throws(ParseError) -> [Int] {
        var numbers: [Int] = []
        repeat {
            guard let token = token() else { throw unexpected() }
            let number = try parseNumber()
            if let count = parseRunLength(after: token) {
                numbers += (1...count).map { $0 * number.signum() }
                continue
            }
            numbers.append(number)
            if kind() == .to, kind(1)?.isNumber == true {
                index += 1
                let last = try parseNumber()
                guard number > 0, number < last, last <= 366 else {
                    throw ParseError(.outOfRange, token)
                }
                numbers += (number + 1)...last
            }
        } while skipSeparator { kind, next in
            kind.isNumber && next != .times && !(stoppingAtLast && !kind.isCardinal)
        }
        return numbers
    }

    /// Reads the number after "first" or "last": "the last 3 workdays".
    private mutating func parseRunLength(after token: WordToken) -> Int? {
        guard token.kind == .last || token.kind == .ordinal(1),
            case .number(let count)? = kind(), (1...31).contains(count),
            kind(1) == .unit(.daily) || kind(1)?.weekdays != nil
        else { return nil }
        index += 1
        return count
    }

    /// Reads one number: "2nd", "last", "2nd to last", "second last".
    private mutating func parseNumber() throws(ParseError) -> Int {
        guard let token = token() else { throw unexpected() }
        index += 1
        switch token.kind {
        case .last: return -1
        case .ordinal(let number) where number < 0: return number
        default: break
        }
        guard let number = token.kind.ordinaryNumber else {
            throw ParseError(.unexpectedWord, token)
        }
        guard number > 0, kind() == .last || kind() == .fromEnd else { return number }
        index += 1
        return -number
    }

    /// Negates the last number where "counting from the end" follows.
    private mutating func countedFromEnd(_ numbers: [Int]) throws(ParseError) -> [Int] {
        guard kind() == .fromEnd else { return numbers }
        guard let last = numbers.last, last > 0 else { throw unexpected() }
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
            guard let token = token(), let mask = token.kind.weekdays else { throw unexpected() }
            if token.kind == .weekend { throw ParseError(.ambiguous, token) }
            index += 1
            weekdays.append(mask)
            isChoice = isChoice || kind() == .or
        } while skipSeparator(includingOr: true) { kind, _ in kind.weekdays != nil }
        let numbers = try countedFromEnd(numbers)
        let union = weekdays.reduce(0, |)
        if isChoice || weekdays.count == 1 && union.singleWeekday == nil {
            return try said.addPicks(numbers, of: union, first)
        }
        for mask in weekdays {
            guard let weekday = mask.singleWeekday else {
                throw ParseError(.inexpressible, first)
            }
            try said.addWeekdays(numbers.map { .init($0, weekday) }, first)
        }
    }

    /// Whether numbers of days come next.
    private var beginsNumbers: Bool { kind()?.isNumber == true && kind(1) != .times }

    /// Reads weekdays, and the days of the month on which they must fall: "Friday the 13th".
    mutating func parseWeekdays(isEach: Bool) throws(ParseError) {
        guard let first = token() else { throw unexpected() }
        var union: UInt8 = 0
        repeat {
            guard let mask = kind()?.weekdays else { throw unexpected() }
            index += 1
            union |= mask
            if kind() == .to, let from = mask.singleWeekday,
                let to = kind(1)?.weekdays?.singleWeekday
            {
                index += 2
                for day in 0...(to.rawValue - from.rawValue).modulo(7) {
                    union |= 1 << UInt8((from.rawValue + day) % 7)
                }
            }
        } while skipSeparator { kind, _ in kind.weekdays != nil }
        try said.addEach(union, isEach: isEach, first)
        if beginsNumbers { try parseNumbers() }
    }

    /// Reads months, and the days of a month before them: "June and July", "March 3rd".
    mutating func parseMonths() throws(ParseError) {
        guard let first = token() else { throw unexpected() }
        var months: UInt16 = 0
        repeat {
            guard case .month(let month)? = kind() else { throw unexpected() }
            index += 1
            months |= 1 << UInt16(month - 1)
            if kind() == .to, case .month(let last)? = kind(1) {
                index += 2
                for step in 0...(last - month).modulo(12) {
                    months |= 1 << UInt16((month - 1 + step) % 12)
                }
            }
        } while skipSeparator { kind, _ in if case .month = kind { true } else { false } }
        try said.addMonths(months, first)
        if months.nonzeroBitCount == 1, beginsNumbers, !said.hasDays {
            try parseNumbers()
            said.closesDates = true
        }
    }
}

extension WordToken.Kind {
    /// Whether it can be a number before or after a noun.
    var isNumber: Bool {
        switch self {
        case .number, .ordinal, .second, .last: true
        default: false
        }
    }

    /// The positive number that it means, as an ordinal or a cardinal.
    var ordinaryNumber: Int? {
        switch self {
        case .number(let number): number
        case .ordinal(let number) where number > 0: number
        case .second: 2
        default: nil
        }
    }

    /// Whether it is a cardinal number.
    var isCardinal: Bool {
        if case .number = self { true } else { false }
    }

    /// The weekdays that it names.
    var weekdays: UInt8? {
        switch self {
        case .weekdays(let weekdays): weekdays
        case .weekend: .weekend
        default: nil
        }
    }
}
