import Recurrence

/// What a phrase has said so far; checks that the parts can stand together.
struct SaidParts {
    typealias ParseError = SpokenRecurrence.ParseError
    typealias Frequency = RecurrenceRule.Frequency

    /// All words of the phrase.
    let tokens: [WordToken]
    /// The language in which readings are offered.
    let grammar: any RecurrenceGrammar
    /// The parts about days.
    ///
    /// Its frequency has no meaning; see ``frequency()``.
    var rule = RecurrenceRule(frequency: .daily)
    var firstDay: CivilDate?
    /// The time of "starting now", which counts if no time of day is said.
    var firstTime: Int?
    /// The end; nothing if none was said.
    private(set) var end: SaidEnd?
    /// The first word of an end that may come before all dates.
    private(set) var endToken: WordToken?
    private(set) var weekStart: RecurrenceRule.Weekday?
    private(set) var completionToken: WordToken?
    /// Whether a month has been said with its days.
    ///
    /// More days would then belong to another date and are refused.
    var closesDates = false
    /// Whether "and" stands before the clause that is read.
    var isJoined = false
    /// Whether "only" stands before the clause that is read, so that its days limit the others.
    var isLimit = false

    var cycle: Frequency?
    /// Whether weekdays were said with the interval, as in "every other Monday".
    var isCycleOfWeekdays = false
    /// A period whose days are told by what else is said.
    var openPeriod: (ambiguity: Ambiguity, token: WordToken)?
    /// Whether the period was said as "of each month".
    private(set) var hasPeriod = false
    /// The first word of a named period of several months, such as "quarterly".
    private(set) var spanToken: WordToken?
    private(set) var steps: (unit: Frequency, interval: Int)?
    private(set) var stepRange: ClosedRange<Int>?
    private(set) var stepTimes: [Int] = []
    private(set) var saidTimes: [SaidTime] = []
    private(set) var part: (DayPart, WordToken)?
    /// Numbers of days.
    ///
    /// Whether they are days of a month or of a year may be said later.
    private(set) var dayNumbers: [Int] = []
    private(set) var limitNumbers: [Int] = []
    private(set) var limitWeekdays: UInt8 = 0
    private(set) var exceptWeekdays: (UInt8, WordToken)?
    private(set) var exceptMonths: (UInt16, WordToken)?
    /// A day that was said as a cardinal number alone, which might be meant as something else.
    var cardinalToken: WordToken?
    /// A cardinal number without the noun "day".
    var bareDayToken: WordToken?
    /// The number of a week that was said as an ordinal.
    var numberedWeekToken: WordToken?
    /// Whether the weekday and the days of the month were said as one: "Friday the 13th".
    private(set) var hasDatedWeekday = false
    /// The first word of the days.
    private(set) var dayToken: WordToken?
    private(set) var timeToken: WordToken?
    /// The first month, unless it was said after "only".
    private(set) var monthToken: WordToken?
    /// The months' first word, wherever they were said.
    private(set) var namedMonthToken: WordToken?
    /// The first word of a range of days that every year has.
    private(set) var yearSpanToken: WordToken?
    private(set) var noteToken: WordToken?
    private(set) var hasEachWeekday = false
    private var hasDaysBeforeTimes = false
    private var hasDaysAfterTimes = false

    init(_ tokens: [WordToken], _ grammar: any RecurrenceGrammar) {
        self.tokens = tokens
        self.grammar = grammar
    }

    var hasDays: Bool { dayToken != nil }

    /// Whether weekdays without numbers were said.
    var hasPlainWeekdays: Bool {
        rule.weekdays != 0 && rule.setPositions.isEmpty && !hasDatedWeekday
    }

    var hasException: Bool { exceptWeekdays != nil || exceptMonths != nil }

    /// Whether steps were said, but no times at which they begin and end.
    var hasOpenSteps: Bool { steps != nil && stepRange == nil }

    /// Whether the times of day are known, so that another time belongs to the end.
    var hasTimes: Bool { !saidTimes.isEmpty || steps != nil }

    /// Whether "and" stands between a rule and what is said next.
    private var joinsRule: Bool { isJoined && (hasDays || cycle != nil || hasTimes) }

    private func refuse(_ token: WordToken) -> ParseError {
        ParseError(.secondRule, token, .oneRule)
    }

    // MARK: Periods

    /// Takes "every other week"; steps of hours, minutes and seconds may go with another period.
    mutating func setCycle(
        _ unit: Frequency,
        _ interval: Int,
        _ token: WordToken
    ) throws(ParseError) {
        if unit.rawValue < Frequency.daily.rawValue { return try setSteps(unit, interval, token) }
        if joinsRule { throw refuse(token) }
        guard cycle == nil else { throw ParseError(.unexpectedWord, token, .once) }
        cycle = unit
        rule.interval = interval
    }

    /// Takes "quarterly", or "every 2 quarters".
    mutating func setNamedCycle(
        _ unit: Frequency,
        _ interval: Int,
        _ token: WordToken
    ) throws(ParseError) {
        try setCycle(unit, interval, token)
        if unit == .monthly, interval > 1 { spanToken = token }
    }

    mutating func setSteps(
        _ unit: Frequency,
        _ interval: Int,
        _ token: WordToken
    ) throws(ParseError) {
        if joinsRule, saidTimes.isEmpty { throw refuse(token) }
        guard steps == nil, saidTimes.isEmpty else {
            throw ParseError(.unexpectedWord, token, .once)
        }
        steps = (unit, interval)
        timeToken = token
    }

    /// Takes "of each month"; in a yearly rule, that means all months.
    mutating func setPeriod(
        _ unit: Frequency,
        _ interval: Int,
        _ token: WordToken
    ) throws(ParseError) {
        let isSame = hasPeriod ? interval == rule.interval : interval == 1
        hasPeriod = true
        // "Every 2nd day of the week" is not every second day.
        let isOfDays = rule.interval == 1 || cycle != .daily && dayToken != nil
        let isKnown = cycle == unit || cycle == .daily && unit == .weekly
        if isSame, spanToken == nil, isKnown, isOfDays || interval == rule.interval { return }
        if cycle == .yearly, unit == .monthly, interval == 1, rule.months == 0 {
            rule.months = RecurrenceRule.allMonths
            return
        }
        guard unit.rawValue >= Frequency.weekly.rawValue else {
            throw ParseError(.unexpectedWord, token, .period)
        }
        guard cycle == nil else { throw ParseError(.unexpectedWord, token, .once) }
        try setCycle(unit, interval, token)
    }

    mutating func setNamedPeriod(
        _ unit: Frequency,
        _ interval: Int,
        _ token: WordToken
    ) throws(ParseError) {
        try setPeriod(unit, interval, token)
        if unit == .monthly, interval > 1 { spanToken = token }
    }

    // MARK: Days

    /// Takes days of a month or of a year, by number.
    mutating func addDays(_ numbers: [Int], _ token: WordToken) throws(ParseError) {
        try startDays(token, continues: !dayNumbers.isEmpty)
        let known = isLimit ? limitNumbers : dayNumbers
        guard Set(numbers).count == numbers.count, known.allSatisfy({ !numbers.contains($0) })
        else { throw ParseError(.unexpectedWord, token, .once) }
        if isLimit {
            limitNumbers += numbers
        } else {
            dayNumbers += numbers
        }
    }

    mutating func addWeeks(_ numbers: [Int], _ token: WordToken) throws(ParseError) {
        try startDays(token, continues: !rule.weekNumbers.isEmpty || rule.weekdays != 0)
        guard numbers.allSatisfy({ $0 != 0 && abs($0) <= 53 }) else {
            throw ParseError(.outOfRange, token, .weekNumber)
        }
        for number in numbers { rule.weekNumbers.insert(number) }
    }

    mutating func addWeekdays(
        _ weekdays: [RecurrenceRule.OrdinalWeekday],
        _ token: WordToken
    ) throws(ParseError) {
        try startDays(token, continues: !rule.ordinalWeekdays.isEmpty || hasEachWeekday)
        rule.ordinalWeekdays += weekdays
    }

    /// Takes "the last workday": the places that BYSETPOS picks among some weekdays.
    mutating func addPicks(
        _ positions: [Int],
        of weekdays: UInt8,
        _ token: WordToken
    ) throws(ParseError) {
        try startDays(token, continues: !rule.setPositions.isEmpty)
        guard rule.weekdays == 0 || rule.weekdays == weekdays && !rule.setPositions.isEmpty else {
            throw refuse(token)
        }
        rule.weekdays = weekdays
        rule.setPositions += positions
    }

    /// Takes "Friday the 13th", and "the last Friday before the 15th" as the days on which it
    /// falls, of which a position may be picked.
    mutating func addDatedWeekday(
        _ weekdays: UInt8,
        _ numbers: [Int],
        position: Int? = nil,
        _ token: WordToken
    ) throws(ParseError) {
        if hasDays { throw refuse(token) }
        try startDays(token, continues: false)
        hasDatedWeekday = true
        rule.weekdays = weekdays
        dayNumbers = numbers
        rule.setPositions = position.map { [$0] } ?? []
    }

    /// Takes weekdays without numbers.
    mutating func addEach(
        _ weekdays: UInt8,
        isEach: Bool,
        _ token: WordToken
    ) throws(ParseError) {
        guard rule.setPositions.isEmpty, !hasDatedWeekday, !isCycleOfWeekdays || !hasDays else {
            throw refuse(token)
        }
        let isSameKind = rule.weekdays != 0 && dayNumbers.isEmpty && rule.weekNumbers.isEmpty
        if isLimit {
            guard limitWeekdays == 0 else { throw refuse(token) }
            limitWeekdays = weekdays
            dayToken = dayToken ?? token
            return
        }
        let isUnion = !rule.ordinalWeekdays.isEmpty && isEach
        try startDays(token, continues: isSameKind && cycleAllowsMore || isUnion)
        guard rule.weekdays & weekdays == 0 else {
            throw ParseError(.unexpectedWord, token, .once)
        }
        rule.weekdays |= weekdays
        hasEachWeekday = hasEachWeekday || isEach
    }

    /// Whether "and every Tuesday" still belongs to the rule: not after "every other Monday".
    private var cycleAllowsMore: Bool { !isCycleOfWeekdays }

    mutating func addMonths(_ months: UInt16, _ token: WordToken) throws(ParseError) {
        if joinsRule { throw refuse(token) }
        guard !closesDates, rule.months == 0, isLimit || !hasPeriod || dayToken == nil else {
            throw refuse(token)
        }
        rule.months |= months
        namedMonthToken = token
        if !isLimit { monthToken = token }
        closesDates = dayToken != nil
    }

    /// Begins a clause of days; it continues one if days of the same kind were said before, so that
    /// "and" may join the two.
    private mutating func startDays(
        _ token: WordToken,
        continues: Bool
    ) throws(ParseError) {
        if !isLimit {
            if joinsRule, !continues { throw refuse(token) }
            if closesDates { throw refuse(token) }
            if hasDaysBeforeTimes { throw refuse(token) }
            if hasTimes { hasDaysAfterTimes = true }
        }
        dayToken = dayToken ?? token
    }

    mutating func except(weekdays: UInt8, _ token: WordToken) throws(ParseError) {
        guard exceptWeekdays == nil else { throw ParseError(.unexpectedWord, token, .once) }
        exceptWeekdays = (weekdays, token)
    }

    mutating func except(months: UInt16, _ token: WordToken) throws(ParseError) {
        guard exceptMonths == nil else { throw ParseError(.unexpectedWord, token, .once) }
        exceptMonths = (months, token)
    }

    mutating func note(_ note: SkipNote, _ token: WordToken) throws(ParseError) {
        guard noteToken == nil, rule.skip == .omit else {
            throw ParseError(.unexpectedWord, token, .once)
        }
        noteToken = token
        switch note {
        case .shorterMonths, .otherYears: break
        case .dayBefore: rule.skip = .backward
        case .dayAfter: rule.skip = .forward
        }
    }

    /// Takes "or the last day".
    mutating func noteLastDay(_ token: WordToken) {
        noteToken = token
        rule.skip = .backward
    }

    // MARK: Times and the end

    mutating func addTimes(_ more: [SaidTime], _ token: WordToken) throws(ParseError) {
        guard steps == nil else { throw ParseError(.unexpectedWord, token, .once) }
        // "At 9 except Fridays at 10" says another time for Fridays.
        if !saidTimes.isEmpty, hasDaysAfterTimes || hasException { throw refuse(token) }
        if isJoined, saidTimes.isEmpty, hasDays || cycle != nil { throw refuse(token) }
        if saidTimes.isEmpty, dayToken != nil { hasDaysBeforeTimes = true }
        timeToken = timeToken ?? token
        saidTimes += more
    }

    mutating func setStepRange(
        _ range: ClosedRange<Int>,
        _ token: WordToken
    ) throws(ParseError) {
        guard let steps else { throw ParseError(.unexpectedWord, token, .phrase) }
        // "Every hour except Fridays from 9 to 12" may leave out those hours of Fridays only.
        if hasException { throw refuse(token) }
        let seconds = steps.unit == .hourly ? 3600 : steps.unit == .minutely ? 60 : 1
        guard steps.interval <= 86_400,
            range.count / (steps.interval * seconds) < RuleMeaning.timeLimit
        else { throw ParseError(.outOfRange, token, .timeRange) }
        stepRange = range
        stepTimes = Array(
            stride(from: range.lowerBound, through: range.upperBound, by: steps.interval * seconds)
        )
    }

    mutating func setPart(_ part: DayPart, _ token: WordToken) throws(ParseError) {
        guard self.part == nil else { throw ParseError(.unexpectedWord, token, .once) }
        if hasException { throw refuse(token) }
        self.part = (part, token)
    }

    mutating func setEnd(_ end: SaidEnd, _ token: WordToken) throws(ParseError) {
        guard self.end == nil else { throw ParseError(.unexpectedWord, token, .once) }
        self.end = end
        if case .count = end { return }
        endToken = token
    }

    /// Takes the first word of "from 3 March to 10 March" or of any other range of days.
    mutating func noteSpan(from first: SaidDay, _ token: WordToken) {
        if case .monthDay = first, case .until(.monthDay)? = end { yearSpanToken = token }
    }

    mutating func setWeekStart(
        _ weekday: RecurrenceRule.Weekday,
        _ token: WordToken
    ) throws(ParseError) {
        guard weekStart == nil else { throw ParseError(.unexpectedWord, token, .once) }
        weekStart = weekday
    }

    mutating func setCompletion(_ token: WordToken) throws(ParseError) {
        guard completionToken == nil else { throw ParseError(.unexpectedWord, token, .once) }
        completionToken = token
    }
}
