import Recurrence

/// What a phrase has said so far; checks that the parts can stand together.
struct SaidParts {
    typealias ParseError = SpokenRecurrence.ParseError
    typealias Frequency = RecurrenceRule.Frequency

    /// The parts about days and the end.
    ///
    /// Its frequency has no meaning; see ``frequency()``.
    var rule = RecurrenceRule(frequency: .daily)
    var firstDay: CivilDate?
    var weekStart: RecurrenceRule.Weekday?
    /// Whether a month has been said with its days.
    ///
    /// More days would then belong to another date and are refused.
    var closesDates = false

    private var cycle: Frequency?
    private var steps: (unit: Frequency, interval: Int)?
    private var stepRange: ClosedRange<Int>?
    private var times: [Int] = []
    /// Numbers of days.
    ///
    /// Whether they are days of a month or of a year may be said later.
    private var dayNumbers: [Int] = []
    /// The first word of the days.
    private var dayToken: WordToken?
    private var timeToken: WordToken?
    private var hasEachWeekday = false

    var hasDays: Bool { dayToken != nil }

    /// Whether steps were said, but no times at which they begin and end.
    var hasOpenSteps: Bool { steps != nil && stepRange == nil }

    /// Whether the times of day are known, so that another time belongs to the end.
    var hasTimes: Bool { !times.isEmpty || steps != nil }

    // MARK: Periods

    /// Takes "every other week"; steps of hours, minutes and seconds may go with another period.
    mutating func setCycle(
        _ unit: Frequency,
        _ interval: Int,
        _ token: WordToken
    ) throws(ParseError) {
        if unit.rawValue < Frequency.daily.rawValue { return try setSteps(unit, interval, token) }
        guard cycle == nil else { throw ParseError(.unexpectedWord, token) }
        cycle = unit
        rule.interval = interval
    }

    mutating func setSteps(
        _ unit: Frequency,
        _ interval: Int,
        _ token: WordToken
    ) throws(ParseError) {
        guard steps == nil, times.isEmpty else { throw ParseError(.unexpectedWord, token) }
        steps = (unit, interval)
        timeToken = token
    }

    /// Takes "of each month"; in a yearly rule, that means all months.
    mutating func setPeriod(
        _ unit: Frequency,
        _ interval: Int,
        _ token: WordToken
    ) throws(ParseError) {
        if interval == 1, cycle == unit || cycle == .daily && unit == .weekly { return }
        if cycle == .yearly, unit == .monthly, interval == 1, rule.months == 0 {
            rule.months = RecurrenceRule.allMonths
            return
        }
        guard unit.rawValue >= Frequency.weekly.rawValue else {
            throw ParseError(.unexpectedWord, token)
        }
        try setCycle(unit, interval, token)
    }

    // MARK: Days

    /// Takes days of a month or of a year, by number.
    mutating func addDays(_ numbers: [Int], _ token: WordToken) throws(ParseError) {
        try startDays(token)
        dayNumbers += numbers
    }

    mutating func addWeeks(_ numbers: [Int], _ token: WordToken) throws(ParseError) {
        try startDays(token)
        guard numbers.allSatisfy({ $0 != 0 && abs($0) <= 53 }) else {
            throw ParseError(.outOfRange, token)
        }
        for number in numbers { rule.weekNumbers.insert(number) }
    }

    mutating func addWeekdays(
        _ weekdays: [RecurrenceRule.OrdinalWeekday],
        _ token: WordToken
    ) throws(ParseError) {
        try startDays(token)
        rule.ordinalWeekdays += weekdays
    }

    /// Takes "the last workday": the places that BYSETPOS picks among some weekdays.
    mutating func addPicks(
        _ positions: [Int],
        of weekdays: UInt8,
        _ token: WordToken
    ) throws(ParseError) {
        try startDays(token)
        guard rule.weekdays == 0 || rule.weekdays == weekdays && !rule.setPositions.isEmpty else {
            throw ParseError(.inexpressible, token)
        }
        rule.weekdays = weekdays
        rule.setPositions += positions
    }

    /// Takes weekdays without numbers.
    mutating func addEach(
        _ weekdays: UInt8,
        isEach: Bool,
        _ token: WordToken
    ) throws(ParseError) {
        guard rule.setPositions.isEmpty else { throw ParseError(.inexpressible, token) }
        dayToken = dayToken ?? token
        rule.weekdays |= weekdays
        hasEachWeekday = hasEachWeekday || isEach
    }

    mutating func addMonths(_ months: UInt16, _ token: WordToken) throws(ParseError) {
        guard !closesDates, rule.months == 0 || dayToken == nil else {
            throw ParseError(.inexpressible, token)
        }
        rule.months |= months
        closesDates = dayToken != nil
    }

    private mutating func startDays(_ token: WordToken) throws(ParseError) {
        if closesDates { throw ParseError(.inexpressible, token) }
        dayToken = dayToken ?? token
    }

    mutating func note(_ note: SkipNote) {
        switch note {
        case .shorterMonths, .otherYears: break
        case .dayBefore: rule.skip = .backward
        case .dayAfter: rule.skip = .forward
        }
    }

    // MARK: Times and the end

    mutating func addTimes(_ more: [Int], _ token: WordToken) throws(ParseError) {
        guard steps == nil else { throw ParseError(.unexpectedWord, token) }
        timeToken = timeToken ?? token
        times = Set(times + more).sorted()
    }

    mutating func setStepRange(
        _ range: ClosedRange<Int>,
        _ token: WordToken
    ) throws(ParseError) {
        guard let steps else { throw ParseError(.unexpectedWord, token) }
        let seconds = steps.unit == .hourly ? 3600 : steps.unit == .minutely ? 60 : 1
        guard steps.interval <= 86_400,
            range.count / (steps.interval * seconds) < RuleMeaning.timeLimit
        else { throw ParseError(.outOfRange, token) }
        stepRange = range
        times = Array(
            stride(from: range.lowerBound, through: range.upperBound, by: steps.interval * seconds)
        )
    }

    mutating func setCount(_ count: Int, _ token: WordToken) throws(ParseError) {
        guard (1...RecurrenceRule.numberLimit).contains(count) else {
            throw ParseError(.outOfRange, token)
        }
        try setEnd(.count(count), token)
    }

    mutating func setEnd(
        _ end: RecurrenceRule.End,
        _ token: WordToken
    ) throws(ParseError) {
        guard rule.end == .never else { throw ParseError(.unexpectedWord, token) }
        rule.end = end
    }

    // MARK: All together

    /// Returns what was said, or throws the first word that does not go with the others.
    func meaning(orThrow end: ParseError) throws(ParseError) -> RuleMeaning {
        var rule = rule
        guard let token = dayToken ?? timeToken else {
            guard cycle != nil || rule.months != 0, rule.skip == .omit else { throw end }
            rule.frequency = cycle ?? .yearly
            return RuleMeaning(rule.with(weekStart), times: [])
        }
        rule.frequency = frequency()
        try setDays(of: &rule, token)
        if hasOpenSteps, let steps {
            try check(rule.isFilter, .unexpectedWord, timeToken ?? token)
            (rule.frequency, rule.interval) = steps
        }
        let meaning = RuleMeaning(rule.with(weekStart), times: times)
        try check(meaning.isOneRule, .inexpressible, timeToken ?? token)
        return meaning
    }

    private func frequency() -> Frequency {
        if let cycle { return cycle }
        if !rule.weekNumbers.isEmpty { return .yearly }
        let hasDaysOfMonth =
            !dayNumbers.isEmpty || !rule.ordinalWeekdays.isEmpty || !rule.setPositions.isEmpty
        if !hasDaysOfMonth {
            if rule.weekdays != 0 { return .weekly }
            return rule.months == 0 || steps != nil ? .daily : .yearly
        }
        let isOfYear =
            rule.months != 0
            && (rule.setPositions.isEmpty || rule.months.nonzeroBitCount == 1)
        return isOfYear ? .yearly : .monthly
    }

    private func setDays(
        of rule: inout RecurrenceRule,
        _ token: WordToken
    ) throws(ParseError) {
        let isOfYear = rule.frequency == .yearly && rule.months == 0
        let dayLimit = isOfYear ? 366 : 31
        let weekdayLimit = isOfYear ? 53 : 5
        try check(dayNumbers.allSatisfy { $0 != 0 && abs($0) <= dayLimit }, .outOfRange, token)
        try check(
            rule.ordinalWeekdays.allSatisfy { $0.ordinal != 0 && abs($0.ordinal) <= weekdayLimit }
                && rule.setPositions.allSatisfy { $0 != 0 && abs($0) <= 366 },
            .outOfRange,
            token
        )
        if isOfYear {
            rule.yearDays = Set(dayNumbers).sorted()
        } else {
            for day in dayNumbers { rule.monthDays.insert(day) }
        }
        rule.ordinalWeekdays = Set(rule.ordinalWeekdays).sorted()
        rule.setPositions = Set(rule.setPositions).sorted()
        try checkParts(of: rule, token)
    }

    private func checkParts(of rule: RecurrenceRule, _ token: WordToken) throws(ParseError) {
        let hasNumbers = !dayNumbers.isEmpty
        let hasOrdinals = !rule.ordinalWeekdays.isEmpty
        let hasPicks = !rule.setPositions.isEmpty
        let hasWeeks = !rule.weekNumbers.isEmpty
        let kinds = [hasNumbers, hasOrdinals, hasPicks, hasWeeks].filter(\.self).count
        // "Every Monday and the last Friday" means the dates of both. "The last Friday, only on
        // Monday" would mean only dates that are both, which no rule can say.
        let isOneKind = kinds <= 1 && (!hasOrdinals || rule.weekdays == 0 || hasEachWeekday)
        try check(isOneKind, .inexpressible, token)
        try check(!hasPicks || times.count <= 1, .inexpressible, token)
        try check(rule.skip == .omit || hasNumbers, .unexpectedWord, token)
        switch rule.frequency {
        case .secondly, .minutely, .hourly, .daily:
            try check(!hasOrdinals && !hasPicks && !hasWeeks, .unexpectedWord, token)
        case .weekly: try check(kinds == 0, .unexpectedWord, token)
        case .monthly: try check(!hasWeeks, .unexpectedWord, token)
        case .yearly: try check(!hasWeeks || rule.months == 0, .unexpectedWord, token)
        }
        // "Monthly on Monday" may mean every Monday or one Monday of the month.
        let isPlain = kinds == 0 && rule.weekdays != 0
        let isLong = rule.frequency.rawValue >= Frequency.monthly.rawValue
        try check(!(isPlain && isLong) || hasEachWeekday, .ambiguous, token)
    }

    private func check(
        _ isSound: Bool,
        _ problem: ParseError.Problem,
        _ token: WordToken
    ) throws(ParseError) {
        if !isSound { throw ParseError(problem, token) }
    }
}

extension RecurrenceRule {
    /// Whether its parts only leave out days, so that a rule of hours, minutes or seconds can have
    /// them.
    fileprivate var isFilter: Bool {
        guard interval == 1, ordinalWeekdays.isEmpty, setPositions.isEmpty, yearDays.isEmpty,
            weekNumbers.isEmpty, skip == .omit
        else { return false }
        switch frequency {
        case .secondly, .minutely, .hourly, .daily: return true
        case .weekly: return weekdays != 0
        case .monthly, .yearly: return !monthDays.isEmpty
        }
    }

    /// The rule with another first day of the week, if there is one.
    fileprivate func with(_ weekStart: Weekday?) -> RecurrenceRule {
        var rule = self
        rule.weekStart = weekStart ?? rule.weekStart
        return rule
    }
}
