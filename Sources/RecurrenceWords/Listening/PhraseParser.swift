import Recurrence

/// Understands the tokens of a phrase.
///
/// The clauses may come in any order; each begins with a word that tells its kind.
struct PhraseParser {
    typealias ParseError = SpokenRecurrence.ParseError
    typealias Frequency = RecurrenceRule.Frequency

    private let tokens: [WordToken]
    /// The phrase's length in bytes.
    private let length: Int
    var index = 0
    var said = SaidParts()

    init(_ tokens: [WordToken], length: Int) {
        self.tokens = tokens
        self.length = length
    }

    /// Returns what the phrase means, and the first day if it says one.
    mutating func parse() throws(ParseError) -> (RuleMeaning, firstDay: CivilDate?) {
        while let token = token() { try parseClause(token) }
        if let last = tokens.last?.kind, last == .and || last == .only { throw missing() }
        let end = missing()
        return (try said.meaning(orThrow: end), said.firstDay)
    }

    private mutating func parseClause(_ token: WordToken) throws(ParseError) {
        switch token.kind {
        case .comma, .and, .only: index += 1
        case .every: try parseEvery()
        case .cycle(let unit, let interval):
            index += 1
            try said.setCycle(unit, interval, token)
        case .number where kind(1) == .times, .count: try parseCount()
        case .number, .ordinal, .second, .last: try parseNumbers()
        case .unit(.daily) where kind(1)?.isNumber == true, .unit(.weekly):
            try parseNumbersAfterNoun(token)
        case .weekdays, .weekend: try parseWeekdays(isEach: false)
        case .month: try parseMonths()
        case .of: try parseOf()
        case .at, .time: try parseTimes()
        case .from: try parseFrom()
        case .until: try parseUntil()
        case .weekStart: try parseWeekStart()
        case .note(let note):
            index += 1
            said.note(note)
        case .ambiguous: throw ParseError(.ambiguous, token)
        case .other, .fromEnd, .unit, .date, .meridiem, .times, .to, .or, .filler:
            throw ParseError(.unexpectedWord, token)
        }
    }

    // MARK: Tokens

    func token(_ distance: Int = 0) -> WordToken? {
        index + distance < tokens.count ? tokens[index + distance] : nil
    }

    func kind(_ distance: Int = 0) -> WordToken.Kind? { token(distance)?.kind }

    /// The error for the next token, or for the end of the phrase.
    func unexpected(_ problem: ParseError.Problem = .unexpectedWord) -> ParseError {
        token().map { ParseError(problem, $0) } ?? missing()
    }

    private func missing() -> ParseError { ParseError(.incomplete, word: "", offset: length) }

    /// Skips a comma, "and" or both, if a token of some kind follows them.
    mutating func skipSeparator(
        includingOr: Bool = false,
        before isMatch: (WordToken.Kind, _ next: WordToken.Kind?) -> Bool
    ) -> Bool {
        var count = 0
        while let kind = kind(count), kind == .comma || kind == .and || kind == .or && includingOr {
            count += 1
        }
        guard count > 0, let found = kind(count), isMatch(found, kind(count + 1)) else {
            return false
        }
        index += count
        return true
    }

    // MARK: Clauses

    /// Reads "every" and a period, weekdays, days or a month.
    private mutating func parseEvery() throws(ParseError) {
        index += 1
        guard let first = token() else { throw unexpected() }
        var interval = 1
        if first.kind == .other {
            interval = 2
            index += 1
        } else if let number = first.kind.ordinaryNumber, case .unit? = kind(1) {
            interval = number
            index += 1
        } else if first.kind == .second, kind(1)?.weekdays == nil {
            index += 1
            return try said.setSteps(.secondly, 1, first)
        } else if first.kind.isNumber {
            try refuseNumberedWeekday(first)
            return try parseNumbers()
        }
        guard (1...RecurrenceRule.numberLimit).contains(interval) else {
            throw ParseError(.outOfRange, first)
        }
        try parseRepeated(interval)
    }

    /// Reads what is repeated.
    private mutating func parseRepeated(_ interval: Int) throws(ParseError) {
        guard let noun = token() else { throw unexpected() }
        switch noun.kind {
        case .unit(.daily) where interval == 1 && isOfNumberedWeek(1):
            index += 1
            try said.addEach(.everyDay, isEach: true, noun)
        case .unit(let unit):
            index += 1
            try said.setCycle(unit, interval, noun)
        case .cycle(let unit, let count) where interval == 1:
            index += 1
            try said.setCycle(unit, count, noun)
        case .second:
            index += 1
            try said.setCycle(.secondly, interval, noun)
        case .weekdays, .weekend:
            if interval > 1 { try said.setCycle(.weekly, interval, noun) }
            try parseWeekdays(isEach: true)
        case .month where interval == 1: try parseMonths()
        default: throw unexpected()
        }
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
        guard kind(1)?.weekdays != nil, token.kind != .ordinal(1), token.kind != .last else {
            return
        }
        if kind(2) == .of, kind(3) == .unit(.monthly) || kind(3) == .unit(.yearly) { return }
        if kind(2) == .of, kind(3) == .every { return }
        throw ParseError(.ambiguous, token)
    }

    /// Reads "5 times"; "once a month" is a period, and "twice a month" is refused as ambiguous.
    private mutating func parseCount() throws(ParseError) {
        guard let token = token() else { return }
        index += 1
        let count: Int
        switch token.kind {
        case .count(let number): count = number
        case .number(let number):
            count = number
            index += 1
        default: return
        }
        let distance = kind() == .of ? 1 : 0
        switch kind(distance) {
        case .unit(let unit)?:
            guard count == 1 else { throw ParseError(.ambiguous, token) }
            index += distance + 1
            try said.setCycle(unit, 1, token)
        case .every?, .cycle?:
            guard count == 1 else { throw ParseError(.ambiguous, token) }
        default: try said.setCount(count, token)
        }
    }

    /// Reads what follows "of" or "in": a period, months, weeks, or a range of times or weekdays.
    private mutating func parseOf() throws(ParseError) {
        index += 1
        guard let token = token() else { throw unexpected() }
        switch token.kind {
        case .unit(let unit):
            guard !isNumberedWeek(token) else { return }
            index += 1
            try said.setPeriod(unit, 1, token)
        case .every:
            if case .month? = kind(1) {
                index += 1
                return try parseMonths()
            }
            try parsePeriod()
        case .month: try parseMonths()
        case .time where said.hasOpenSteps, .number where said.hasOpenSteps: try parseTimeRange()
        case .number where kind(1) == .to, .weekdays, .weekend, .ordinal, .last: break
        default: throw unexpected()
        }
    }

    private func isNumberedWeek(_ token: WordToken) -> Bool {
        token.kind == .unit(.weekly) && kind(1)?.isNumber == true
    }

    /// Reads "each month", "every other month", "every 3 months" after "of".
    private mutating func parsePeriod() throws(ParseError) {
        index += 1
        let interval = kind() == .other ? 2 : kind()?.ordinaryNumber
        if interval != nil { index += 1 }
        guard let token = token(), case .unit(let unit) = token.kind else { throw unexpected() }
        guard (1...RecurrenceRule.numberLimit).contains(interval ?? 1) else {
            throw unexpected(.outOfRange)
        }
        index += 1
        try said.setPeriod(unit, interval ?? 1, token)
    }

    private mutating func parseWeekStart() throws(ParseError) {
        index += 1
        guard let weekday = kind()?.weekdays?.singleWeekday else { throw unexpected() }
        index += 1
        said.weekStart = weekday
    }
}
