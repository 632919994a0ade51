import Recurrence

extension SaidParts {
    /// Returns what was said, or throws the first word that does not go with the others.
    func meaning(orThrow end: ParseError) throws(ParseError) -> RuleMeaning {
        var rule = rule
        var cycle = cycle
        let times = try timesOfDay()
        if try areMonthsOfCycle() { rule.interval = 1 }
        guard let token = dayToken ?? timeToken ?? exceptWeekdays?.1 else {
            guard cycle != nil || rule.months != 0, rule.skip == .omit, noteToken == nil else {
                throw end
            }
            rule.frequency = cycle ?? .yearly
            try takeOutMonths(of: &rule)
            try checkSpan(of: rule)
            return RuleMeaning(rule.with(weekStart), times: [])
        }
        try checkCompletion(times)
        if let spanToken { try readSpan(&rule, &cycle, spanToken) }
        try takeLimits(of: &rule, token)
        rule.frequency = frequency(of: rule, cycle)
        try takeOutWeekdays(of: &rule)
        try takeOutMonths(of: &rule)
        try setDays(of: &rule, times.count, token)
        if hasOpenSteps, let steps {
            try check(rule.isFilter, .unexpectedWord, timeToken ?? token, .phrase)
            (rule.frequency, rule.interval) = steps
        }
        try checkSpan(of: rule)
        let meaning = RuleMeaning(rule.with(weekStart), times: times)
        try check(meaning.isOneRule, .inexpressible, timeToken ?? token, .oneRule)
        return meaning
    }

    func check(
        _ isSound: Bool,
        _ problem: ParseError.Problem,
        _ token: WordToken,
        _ expected: ParseError.Expectation
    ) throws(ParseError) {
        if !isSound { throw ParseError(problem, token, expected) }
    }

    // MARK: Times

    /// The times of day, ascending.
    private func timesOfDay() throws(ParseError) -> [Int] {
        if !stepTimes.isEmpty {
            if let (_, token) = part { throw ParseError(.unexpectedWord, token, .phrase) }
            return stepTimes
        }
        var times: [Int] = []
        for said in saidTimes {
            var time = said.time
            if let (part, _) = part {
                guard let inPart = part.time(saidAs: time), said.isOpen || inPart == time else {
                    throw ParseError(.outOfRange, said.token, .time)
                }
                time = inPart
            }
            try checkNight(time, said)
            guard !times.contains(time) else {
                throw ParseError(.unexpectedWord, said.token, .once)
            }
            times.append(time)
        }
        if let (part, token) = part, times.isEmpty {
            let example = "\(token.text) \(grammar.at([part.example]))"
            throw ParseError(.incomplete, token, .time, suggestions: [example])
        }
        return times.sorted()
    }

    private func checkCompletion(_ times: [Int]) throws(ParseError) {
        guard let completionToken else { return }
        let isSuitable = steps == nil && times.count <= 1
        try check(isSuitable, .inexpressible, completionToken, .oneRule)
    }

    /// Refuses "every year from 3 March to 10 March", which is one day or several of each year.
    private func checkSpan(of rule: RecurrenceRule) throws(ParseError) {
        guard let yearSpanToken, rule.frequency == .yearly else { return }
        throw ambiguous(yearSpanToken, [])
    }

    // MARK: Days

    private func frequency(of rule: RecurrenceRule, _ cycle: Frequency?) -> Frequency {
        if let cycle { return cycle }
        if !rule.weekNumbers.isEmpty { return .yearly }
        let hasDaysOfMonth =
            !dayNumbers.isEmpty || !limitNumbers.isEmpty || !rule.ordinalWeekdays.isEmpty
            || !rule.setPositions.isEmpty
        if !hasDaysOfMonth {
            if rule.weekdays != 0 { return .weekly }
            return rule.months == 0 || steps != nil ? .daily : .yearly
        }
        let isOfYear =
            rule.months != 0
            && (rule.setPositions.isEmpty || rule.months.nonzeroBitCount == 1)
        return isOfYear ? .yearly : .monthly
    }

    /// Reads days of a quarter or of another named period: they lie in its first or last month.
    private func readSpan(
        _ rule: inout RecurrenceRule,
        _ cycle: inout Frequency?,
        _ token: WordToken
    ) throws(ParseError) {
        let positions =
            dayNumbers + rule.ordinalWeekdays.map(\.ordinal) + rule.setPositions + limitNumbers
        guard dayToken != nil, let first = positions.first else {
            try check(rule.weekdays == 0 && limitWeekdays == 0, .inexpressible, token, .oneRule)
            return
        }
        // "Quarterly on the 15th" may mean the 15th day of the quarter or every three months.
        let isClear =
            !hasDatedWeekday && rule.months == 0 && limitNumbers.isEmpty
            && positions.allSatisfy { abs($0) == 1 && $0 == first }
            || hasPeriod && dayNumbers.isEmpty && rule.months == 0
                && positions.allSatisfy { abs($0) <= 4 && $0.signum() == first.signum() }
        if !isClear { throw ambiguous(token, spanReadings(rule.interval)) }
        let length = rule.interval
        try check(12 % length == 0, .inexpressible, token, .oneRule)
        for month in 0..<12 where month % length == (first > 0 ? 0 : length - 1) {
            rule.months |= 1 << UInt16(month)
        }
        rule.interval = 1
        cycle = nil
    }

    /// Puts in what "only" was said of.
    private func takeLimits(
        of rule: inout RecurrenceRule,
        _ token: WordToken
    ) throws(ParseError) {
        if limitWeekdays != 0 {
            try check(rule.weekdays == 0, .inexpressible, token, .oneRule)
            rule.weekdays = limitWeekdays
        }
        try check(limitNumbers.isEmpty || dayNumbers.isEmpty, .inexpressible, token, .oneRule)
    }

    /// Takes out the weekdays after "except": of those that were said, or of every day.
    private func takeOutWeekdays(of rule: inout RecurrenceRule) throws(ParseError) {
        guard let (weekdays, token) = exceptWeekdays else { return }
        let isOfDays = rule.ordinalWeekdays.isEmpty && rule.setPositions.isEmpty
        try check(isOfDays && weekdays != .everyDay, .inexpressible, token, .oneRule)
        if rule.weekdays != 0 {
            let isPart = weekdays & ~rule.weekdays == 0 && weekdays != rule.weekdays
            try check(isPart, .unexpectedWord, token, .weekday)
            rule.weekdays &= ~weekdays
            return
        }
        let isDaily = cycle == .daily || steps != nil && cycle == nil
        let hasDays = isDaily || !dayNumbers.isEmpty || !limitNumbers.isEmpty
        try check(hasDays, .inexpressible, token, .oneRule)
        rule.weekdays = .everyDay & ~weekdays
    }

    /// Takes out the months after "except".
    private func takeOutMonths(of rule: inout RecurrenceRule) throws(ParseError) {
        guard let (months, token) = exceptMonths else { return }
        try check(rule.months == 0 && cycle != .yearly, .inexpressible, token, .oneRule)
        try check(months != RecurrenceRule.allMonths, .never, token, .month)
        rule.months = RecurrenceRule.allMonths & ~months
    }

    private func setDays(
        of rule: inout RecurrenceRule,
        _ timeCount: Int,
        _ token: WordToken
    ) throws(ParseError) {
        let isOfYear = rule.frequency == .yearly && rule.months == 0
        let numbers = dayNumbers + limitNumbers
        let dayLimit = isOfYear ? 366 : 31
        if let number = numbers.first(where: { $0 == 0 || abs($0) > dayLimit }) {
            let word = word(of: number) ?? token
            throw ParseError(.outOfRange, word, isOfYear ? .dayOfYear : .dayOfMonth)
        }
        try checkPositions(of: rule, isOfYear: isOfYear, token)
        // "Every year on the 5" is of some month, and "the 2nd week" may be that of each month.
        if isOfYear, !numbers.isEmpty, let bareDayToken { throw ambiguous(bareDayToken, []) }
        if cycle != .yearly, let numberedWeekToken {
            throw ambiguous(numberedWeekToken, weekReadings(rule))
        }
        if isOfYear {
            rule.yearDays = Set(numbers).sorted()
        } else {
            for day in numbers { rule.monthDays.insert(day) }
            let longest = rule.monthLengths.longest
            if rule.skip == .omit, let number = numbers.first(where: { abs($0) > longest }) {
                throw ParseError(.never, word(of: number) ?? token, .days)
            }
        }
        let ordinals = Set(rule.ordinalWeekdays)
        let positions = Set(rule.setPositions)
        try check(
            ordinals.count == rule.ordinalWeekdays.count
                && positions.count == rule.setPositions.count,
            .unexpectedWord,
            token,
            .once
        )
        rule.ordinalWeekdays = ordinals.sorted()
        rule.setPositions = positions.sorted()
        try checkParts(of: rule, timeCount, token)
        try checkDays(of: rule, token)
    }

    /// Checks the numbers of weekdays: no month has a 6th Monday, and none a 24th workday.
    private func checkPositions(
        of rule: RecurrenceRule,
        isOfYear: Bool,
        _ token: WordToken
    ) throws(ParseError) {
        let limit = isOfYear ? 53 : 5
        let ordinal = rule.ordinalWeekdays.first { $0.ordinal == 0 || abs($0.ordinal) > limit }
        if let number = ordinal?.ordinal {
            let expected: ParseError.Expectation = isOfYear ? .weekdayOfYear : .weekdayOfMonth
            throw ParseError(.outOfRange, word(of: number) ?? token, expected)
        }
        let most = rule.weekdays.mostDays(in: isOfYear ? 366 : rule.monthLengths.longest)
        let position = rule.setPositions.first { $0 == 0 || abs($0) > most }
        guard let position, !hasDatedWeekday else { return }
        throw ParseError(
            position == 0 ? .outOfRange : .never,
            word(of: position) ?? token,
            .ordinal
        )
    }

    /// The word by which a number was said.
    private func word(of number: Int) -> WordToken? {
        tokens.first { token in
            switch token.kind {
            case .number(abs(number)), .ordinal(abs(number)), .ordinal(number): true
            default: false
            }
        }
    }

    private func checkParts(
        of rule: RecurrenceRule,
        _ timeCount: Int,
        _ token: WordToken
    ) throws(ParseError) {
        let hasNumbers = !dayNumbers.isEmpty || !limitNumbers.isEmpty
        let hasOrdinals = !rule.ordinalWeekdays.isEmpty
        let hasPicks = !rule.setPositions.isEmpty
        let hasWeeks = !rule.weekNumbers.isEmpty
        let kinds = [hasNumbers, hasOrdinals, hasPicks && !hasDatedWeekday, hasWeeks]
            .filter(\.self).count
        // "Every Monday and the last Friday" means the dates of both. "The last Friday, only on
        // Monday" would mean only dates that are both, which no rule can say.
        let isUnion = hasEachWeekday && limitWeekdays == 0 && exceptWeekdays == nil
        let isOneKind = kinds <= 1 && (!hasOrdinals || rule.weekdays == 0 || isUnion)
        try check(isOneKind, .secondRule, token, .oneRule)
        try check(!hasPicks || timeCount <= 1, .inexpressible, token, .oneRule)
        try check(rule.skip == .omit || hasNumbers, .unexpectedWord, token, .days)
        if let noteToken {
            try check(hasNumbers, .unexpectedWord, noteToken, .phrase)
            // Each month has a 15th, so that "or the last day" would be dropped.
            let shortest = rule.monthLengths.shortest
            let isMissing =
                rule.yearDays.contains { abs($0) > 365 }
                || rule.monthDays.numbers.contains { abs($0) > shortest }
            if !isMissing { throw ambiguous(noteToken, lastDayReadings(rule)) }
        }
        switch rule.frequency {
        case .secondly, .minutely, .hourly, .daily:
            try check(!hasOrdinals && !hasPicks && !hasWeeks, .unexpectedWord, token, .phrase)
        case .weekly: try check(kinds == 0, .unexpectedWord, token, .weekday)
        case .monthly: try check(!hasWeeks, .unexpectedWord, token, .days)
        case .yearly: try check(!hasWeeks || rule.months == 0, .unexpectedWord, token, .days)
        }
        // "Monthly on Monday" may mean every Monday or one Monday of the month.
        let isPlain = kinds == 0 && rule.weekdays != 0
        let isLong = rule.frequency.rawValue >= Frequency.monthly.rawValue
        if isPlain, isLong, !hasEachWeekday || limitWeekdays != 0 {
            throw ambiguous(token, weekdayReadings(rule))
        }
    }

    /// Checks that days limit others only where the words say so: "the 15th and every Tuesday" is
    /// not a Tuesday that is a 15th.
    private func checkDays(of rule: RecurrenceRule, _ token: WordToken) throws(ParseError) {
        let isLimited = limitWeekdays != 0 || !limitNumbers.isEmpty || exceptWeekdays != nil
        if !dayNumbers.isEmpty || !limitNumbers.isEmpty, rule.weekdays != 0 {
            try check(isLimited || hasDatedWeekday, .secondRule, token, .oneRule)
        }
        if cycle == .daily || cycle == nil && steps != nil {
            let isFilter = limitWeekdays != 0 || exceptWeekdays != nil
            let isPlain =
                rule.interval == 1 && dayNumbers.isEmpty
                && (!hasEachWeekday || cycle == nil)
            try check(
                rule.weekdays == 0 || isFilter || isPlain || hasDatedWeekday && cycle == nil,
                .ambiguous,
                token,
                .oneMeaning
            )
            try check(dayNumbers.isEmpty || cycle == nil, .secondRule, token, .oneRule)
        }
        if let cardinalToken, cycle == nil, rule.months == 0 {
            throw ParseError(.ambiguous, cardinalToken, .ordinal)
        }
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
