import Recurrence

/// What is refused because people mean different things by it, with the readings.
extension SaidParts {
    func ambiguous(_ token: WordToken, _ readings: [String]) -> ParseError {
        ParseError(.ambiguous, token, .oneMeaning, suggestions: readings)
    }

    /// Refuses "Friday night at 1": the night is Friday's, and 1:00 is Saturday's.
    func checkNight(_ time: Int, _ said: SaidTime) throws(ParseError) {
        let parts = [said.part, part?.0]
        guard parts.contains(.night) || parts.contains(.evening), time < 5 * 3600,
            dayToken != nil || exceptWeekdays != nil
        else { return }
        let next = (rule.weekdays << 1 | rule.weekdays >> 6) & .everyDay
        let isPlain =
            rule.weekdays != 0 && rule.interval == 1 && dayNumbers.isEmpty && limitNumbers.isEmpty
            && rule.ordinalWeekdays.isEmpty && rule.setPositions.isEmpty && exceptWeekdays == nil
        throw ambiguous(
            said.token,
            isPlain
                ? [rule.weekdays, next].map { "\(grammar.each($0)) \(grammar.at([time]))" } : []
        )
    }

    /// Whether months were said that are all those of the period: "every 6 months in January and
    /// July".
    ///
    /// - Throws: If some of the period's months are none of them: "every 3 months in January".
    func areMonthsOfCycle() throws(ParseError) -> Bool {
        guard let monthToken, cycle == .monthly, rule.interval > 1 else { return false }
        let first = rule.months.trailingZeroBitCount
        let months = stride(from: first, to: first + 12, by: rule.interval).reduce(UInt16(0)) {
            $0 | 1 << UInt16($1 % 12)
        }
        if 12 % rule.interval == 0, rule.interval < 12, months == rule.months { return true }
        var readings: [String] = []
        if let day = dayNumbers.first, dayNumbers.count == 1, (1...31).contains(day),
            rule.months.nonzeroBitCount == 1, day <= rule.monthLengths.longest
        {
            let date = grammar.date(day: day, month: rule.months.trailingZeroBitCount + 1)
            readings = [
                "\(grammar.every(.yearly, interval: 1)) \(grammar.on(date))",
                "\(grammar.every(.monthly, interval: rule.interval)) "
                    + grammar.on(grammar.monthDays([day])),
            ]
        }
        throw ambiguous(monthToken, readings)
    }

    /// The readings of "quarterly on the 15th".
    func spanReadings(_ length: Int) -> [String] {
        guard !dayNumbers.isEmpty, rule.months == 0, limitNumbers.isEmpty, !hasDatedWeekday,
            dayNumbers.allSatisfy({ (1...31).contains($0) }), 12 % length == 0
        else { return [] }
        let days = grammar.on(grammar.monthDays(dayNumbers))
        let months = stride(from: 1, through: 12, by: length).map(\.self)
        return [
            "\(grammar.every(.monthly, interval: length)) \(days)",
            "\(days) \(grammar.of(months: months))",
        ]
    }

    /// The readings of "the 15th or the last day".
    func lastDayReadings(_ rule: RecurrenceRule) -> [String] {
        guard rule.skip == .backward, rule.months == 0, rule.monthDays.negative == 0 else {
            return []
        }
        return [dayNumbers.sorted(), dayNumbers.sorted() + [-1]].map {
            "\(grammar.on(grammar.monthDays($0))) \(grammar.ofEach(.monthly))"
        }
    }

    /// The readings of "the 1st week".
    func weekReadings(_ rule: RecurrenceRule) -> [String] {
        let weeks = rule.weekNumbers.numbers.sorted()
        let weekdays = rule.weekdays == 0 ? UInt8.everyDay : rule.weekdays
        let ofYear = "\(grammar.days(weekdays, ofWeeks: weeks)) \(grammar.ofEach(.yearly))"
        guard let week = weeks.first, weeks.count == 1, (1...4).contains(week),
            weekdays == .everyDay
        else { return [ofYear] }
        let days = grammar.on(grammar.monthDays(Array(week * 7 - 6...week * 7)))
        return ["\(days) \(grammar.ofEach(.monthly))", ofYear]
    }

    /// The readings of "monthly on Monday".
    func weekdayReadings(_ rule: RecurrenceRule) -> [String] {
        guard rule.frequency == .monthly, rule.interval == 1, rule.months == 0,
            let weekday = rule.weekdays.singleWeekday
        else { return [] }
        return [
            grammar.each(rule.weekdays),
            "\(grammar.ordinalWeekdays([.init(1, weekday)])) \(grammar.ofEach(.monthly))",
        ]
    }
}
