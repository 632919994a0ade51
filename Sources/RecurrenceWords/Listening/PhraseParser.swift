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
    let grammar: any RecurrenceGrammar
    let now: LocalDateTime
    let dateOrder: DateOrder?
    var index = 0
    var said: SaidParts

    init(
        _ tokens: [WordToken],
        length: Int,
        _ grammar: any RecurrenceGrammar,
        _ dateOrder: DateOrder?,
        now: LocalDateTime
    ) {
        self.tokens = tokens
        self.length = length
        self.grammar = grammar
        self.dateOrder = dateOrder ?? grammar.dateOrder
        self.now = now
        said = SaidParts(tokens, grammar)
    }

    /// Returns what the phrase means.
    mutating func parse() throws(ParseError) -> (RuleMeaning, SaidParts) {
        while let token = token() {
            (said.isJoined, said.isLimit) = (false, false)
            try parseClause(token)
        }
        try said.settleOpenPeriod()
        return (try said.meaning(orThrow: missing(.phrase)), said)
    }

    private mutating func parseClause(_ token: WordToken) throws(ParseError) {
        switch token.kind {
        case .comma: index += 1
        case .and: try parseJoined()
        case .only: try parseLimit()
        case .except, .minus: try parseException()
        default: try parseDaysClause(token)
        }
    }

    /// Reads "and" between two clauses.
    private mutating func parseJoined() throws(ParseError) {
        guard index > 0 else { throw unexpected(.phrase) }
        index += 1
        guard let next = token() else { throw missing(.phrase) }
        switch next.kind {
        case .comma, .and, .or: throw unexpected(.phrase)
        case .only: try parseLimit()
        case .except, .minus: try parseException()
        default:
            said.isJoined = true
            try parseDaysClause(next)
        }
    }

    /// Reads "only" and the days or months that it stands before.
    private mutating func parseLimit() throws(ParseError) {
        index += 1
        guard let next = token() else { throw missing(.days) }
        said.isLimit = true
        switch next.kind {
        case .weekdays, .weekend: try parseWeekdays(isEach: false)
        case .number, .ordinal, .second, .last, .unit(.daily): try parseLimitNumbers()
        case .weekdayOrOrdinal, .month: try parseDaysClause(next)
        case .of where kind(1)?.isMonth == true: try parseDaysClause(next)
        default: throw unexpected(.days)
        }
    }

    /// Reads the days of the month after "only": all of them limit, even if each has its noun.
    private mutating func parseLimitNumbers() throws(ParseError) {
        guard let first = token() else { return }
        guard said.limitNumbers.isEmpty else { throw ParseError(.secondRule, first, .oneRule) }
        repeat {
            guard let next = token() else { return }
            if next.kind == .unit(.daily) {
                try parseNumbersAfterNoun(next)
            } else {
                try parseNumbers()
            }
        } while skipSeparator { kind, next in kind.isNumber && next != .times }
    }

    private mutating func parseDaysClause(_ token: WordToken) throws(ParseError) {
        switch token.kind {
        case .every: try parseEvery()
        case .cycle(let unit, let interval):
            index += 1
            try said.setNamedCycle(unit, interval, token)
        case .number(1) where isOutOf: try parseOutOf()
        case .number where kind(1) == .times, .count: try parseCount()
        case _ where isStepRangeAhead: try parseTimeRange()
        case _ where isTimeAhead() || isHourAhead: try parseTimes()
        case .number where isLengthBehind: try parseLength()
        case .number, .ordinal, .second, .last: try parseNumbers()
        case .unit(.daily) where kind(1)?.isNumber == true, .unit(.weekly):
            try parseNumbersAfterNoun(token)
        case .weekdays, .weekend: try parseWeekdays(isEach: false)
        case .weekdayOrOrdinal: try parseWeekdayOrOrdinal(isEach: false)
        case .month: try parseMonths()
        case .unit(.monthly) where token.isAfterFiller && isMonthBehind: try parseNamedMonths()
        case .monthDay, .slashDate: try parseMonthDay()
        default: try parseOtherClause(token)
        }
    }

    private mutating func parseOtherClause(_ token: WordToken) throws(ParseError) {
        switch token.kind {
        case .of where isDateRangeAhead: try parseFrom()
        case .of, .per: try parseOf()
        case .during where kind(1)?.isMonth == true: try parseOf()
        case .during where kind(1) == .of && kind(2) == .unit(.monthly):
            index += 1
            try parseOf()
        case .lasting, .during:
            index += 1
            try parseLength()
        case .at: try parseTimes()
        case .atOrTo: try parseAtOrTo()
        case .from: try parseFrom()
        case .between: try parseBetween()
        case .until: try parseUntil()
        case .dayPart(let part) where part != .beforeNoon && part != .afterNoon:
            index += 1
            try said.setPart(part, token)
        case .completion:
            index += 1
            try said.setCompletion(token)
        case .weekStart: try parseWeekStart()
        case .note(let note):
            index += 1
            try said.note(note, token)
        case .ambiguous(let ambiguity) where ambiguity.isOpenPeriod:
            index += 1
            try said.setOpenPeriod(ambiguity, token)
        case .ambiguous(let ambiguity): throw ambiguous(ambiguity, token)
        case .inexpressible: throw ParseError(.inexpressible, token, .oneRule)
        case .decimal: throw ParseError(.outOfRange, token, .wholeNumber)
        case .date: throw ParseError(.inexpressible, token, .repetition)
        default: throw ParseError(.unexpectedWord, token, .phrase)
        }
    }

    // MARK: Tokens

    func token(_ distance: Int = 0) -> WordToken? {
        let place = index + distance
        return place >= 0 && place < tokens.count ? tokens[place] : nil
    }

    func kind(_ distance: Int = 0) -> WordToken.Kind? { token(distance)?.kind }

    /// The error for the next token, or for the end of the phrase.
    func unexpected(
        _ expected: ParseError.Expectation,
        _ problem: ParseError.Problem = .unexpectedWord
    ) -> ParseError {
        guard let token = token() else { return missing(expected) }
        if case .decimal = token.kind, expected != .time {
            return ParseError(.outOfRange, token, .wholeNumber)
        }
        if case .ambiguous(let ambiguity) = token.kind { return ambiguous(ambiguity, token) }
        if token.kind == .inexpressible { return ParseError(.inexpressible, token, .oneRule) }
        return ParseError(problem, token, expected)
    }

    func missing(_ expected: ParseError.Expectation) -> ParseError {
        ParseError(.incomplete, word: "", offset: length, expected: expected)
    }

    func ambiguous(_ ambiguity: Ambiguity, _ token: WordToken) -> ParseError {
        if ambiguity == .half, case .number(let hour)? = kind(1), (1...12).contains(hour) {
            let times = [hour * 3600 + 1800, hour * 3600 - 1800]
            return ambiguous(token, times.map { grammar.at([$0]) })
        }
        return ambiguous(token, ambiguity.readings(in: grammar))
    }

    func ambiguous(_ token: WordToken, _ readings: [String]) -> ParseError {
        ParseError(.ambiguous, token, .oneMeaning, suggestions: readings)
    }

    /// Skips a comma, "and" or both, if a token of some kind follows them.
    mutating func skipSeparator(
        includingOr: Bool = false,
        before isMatch: (WordToken.Kind, _ next: WordToken.Kind?) -> Bool
    ) -> Bool {
        var count = kind() == .comma ? 1 : 0
        if kind(count) == .and || kind(count) == .or && includingOr { count += 1 }
        guard count > 0, let found = kind(count), isMatch(found, kind(count + 1)) else {
            return false
        }
        index += count
        return true
    }

    // MARK: Clauses

    /// Reads what follows "of" or "in": a period, months, weeks, or a range of times or weekdays.
    private mutating func parseOf() throws(ParseError) {
        let preposition = kind()
        index += 1
        guard let token = token() else { throw unexpected(.period) }
        switch token.kind {
        case .unit(.weekly) where kind(1)?.isNumber == true: return
        case .unit(.monthly) where preposition != .per && isMonthBehind:
            try parseNamedMonths()
        case .unit(let unit):
            index += 1
            try said.setPeriod(unit, 1, token)
        case .cycle(let unit, let interval):
            index += 1
            try said.setNamedPeriod(unit, interval, token)
        case .number where preposition == .per: try parseLength()
        case .every where preposition != .per:
            if kind(1)?.isMonth == true {
                index += 1
                return try parseMonths()
            }
            try parsePeriod()
        case .month where preposition != .per: try parseMonths()
        case _ where preposition == .of && !grammar.saysOfForFrom && isRange:
            throw unexpected(.period)
        case _ where said.hasOpenSteps && isTimeAhead(rangeToo: true): try parseTimeRange()
        case .number where kind(1)?.isTo == true && kind(2)?.isNumber == true: return
        case .ordinal where kind(1)?.isTo == true && kind(2)?.isNumber == true && isRangeBegun:
            return
        case .number(let number) where kind(1) == .of && kind(2) == .number(number):
            try parseSteps(of: number, token)
        case .number where isDateBehindOf, .ordinal(1) where isDateBehindOf: return
        case .weekdays(let days) where grammar.saysOfForFrom && days.nonzeroBitCount > 1:
            try parseWeekdays(isEach: false)
        case .weekdays where isWeekdayRange, .weekdayOrOrdinal where isWeekdayRange: return
        case .ordinal, .last: guard isNumberedWeek else { throw unexpected(.period) }
        default: throw unexpected(.period)
        }
    }

    /// Reads "the month of June", which is "June".
    private mutating func parseNamedMonths() throws(ParseError) {
        index += kind(1) == .of ? 2 : 1
        try parseMonths()
    }

    /// Whether "of June" or "June" follows the next word.
    private var isMonthBehind: Bool {
        let hasNoun = !grammar.saysOfInDates && kind(1)?.isMonth == true
        return hasNoun || kind(1) == .of && kind(2)?.isMonth == true
    }

    /// Whether "3 de março" comes next.
    private var isDateBehindOf: Bool {
        grammar.saysOfForFrom && kind(1) == .of && kind(2)?.isMonth == true
    }

    /// Reads "2 em 2 dias".
    private mutating func parseSteps(of number: Int, _ token: WordToken) throws(ParseError) {
        index += 3
        guard grammar.saysOfForFrom, case .unit(let unit)? = kind() else {
            throw unexpected(.repeated)
        }
        guard (1...RecurrenceRule.numberLimit).contains(number) else {
            throw ParseError(.outOfRange, token, .positiveNumber)
        }
        index += 1
        try said.setCycle(unit, number, token)
    }

    /// Whether "9 to 17" or "Monday to Friday" comes next.
    private var isRange: Bool { isWeekdayRange || isTimeAhead(rangeToo: true) }

    /// Whether "Monday to Friday" comes next.
    var isWeekdayRange: Bool { kind(1)?.isTo == true && kind(2)?.plainWeekdays != nil }

    /// Whether "2nd to last week" comes next.
    private var isNumberedWeek: Bool {
        let count = (0..<3).prefix { step in
            kind(step)?.isNumber == true || kind(step) == .fromEnd
        }.count
        return kind(count) == .unit(.weekly)
    }

    /// Reads "each month", "every other month", "every 3 months" after "of".
    private mutating func parsePeriod() throws(ParseError) {
        index += 1
        let interval = kind() == .other ? 2 : kind()?.ordinaryNumber
        if kind() == .ordinal(1) { throw unexpected(.period) }
        if interval != nil { index += 1 }
        guard let token = token() else { throw unexpected(.period) }
        guard (1...RecurrenceRule.numberLimit).contains(interval ?? 1) else {
            throw unexpected(.positiveNumber, .outOfRange)
        }
        index += 1
        switch token.kind {
        case .unit(let unit): try said.setPeriod(unit, interval ?? 1, token)
        case .cycle(let unit, let count) where interval == nil:
            try said.setNamedPeriod(unit, count, token)
        default: throw ParseError(.unexpectedWord, token, .period)
        }
    }

    private mutating func parseWeekStart() throws(ParseError) {
        guard let token = token() else { return }
        index += 1
        let weekday =
            if case .weekdayOrOrdinal(let number)? = kind() {
                RecurrenceRule.Weekday(rawValue: number - 2)
            } else { kind()?.weekdays?.singleWeekday }
        guard let weekday else { throw unexpected(.weekday) }
        index += 1
        try said.setWeekStart(weekday, token)
    }

    /// Reads the weekdays or months after "except".
    private mutating func parseException() throws(ParseError) {
        index += 1
        if kind() == .of || kind() == .atOrTo { index += 1 }
        guard let first = token() else { throw unexpected(.weekdayOrMonth) }
        if first.kind.isMonth {
            try said.except(months: try parseMonthList(), first)
        } else if let weekdays = try parseWeekdayList() {
            if kind() == .of || kind()?.isNumber == true {
                throw ParseError(.inexpressible, first, .weekdayOrMonth)
            }
            try said.except(weekdays: weekdays, first)
        } else {
            let problem: ParseError.Problem =
                first.kind.isNumber || first.kind == .inexpressible
                ? .inexpressible : .unexpectedWord
            throw unexpected(.weekdayOrMonth, problem)
        }
    }
}
