import Recurrence
import TestSupport

/// The parts of a rule, valid or not: a rule and a text can be made from them.
struct RuleParts: Equatable, Sendable {
    var frequency: RecurrenceRule.Frequency
    var interval = 1
    var byMonth: [Int] = []
    var byWeekNumber: [Int] = []
    var byYearDay: [Int] = []
    var byMonthDay: [Int] = []
    var byDay: [RecurrenceRule.Day] = []
    var byHour: [Int] = []
    var byMinute: [Int] = []
    var bySecond: [Int] = []
    var bySetPosition: [Int] = []
    var weekStart = RecurrenceRule.Weekday.monday
    var skip = RecurrenceRule.Skip.omit
    var end = RecurrenceRule.End.never

    /// The rule that is made from the parts.
    func rule() throws -> RecurrenceRule {
        try RecurrenceRule(
            frequency: frequency,
            interval: interval,
            byMonth: byMonth,
            byWeekNumber: byWeekNumber,
            byYearDay: byYearDay,
            byMonthDay: byMonthDay,
            byDay: byDay,
            byHour: byHour,
            byMinute: byMinute,
            bySecond: bySecond,
            bySetPosition: bySetPosition,
            weekStart: weekStart,
            skip: skip,
            end: end
        )
    }

    /// A text of the parts as they are, in the order in which the initializer takes them.
    var text: String {
        var parts = ["RSCALE=GREGORIAN", "FREQ=\(frequency)".uppercased(), "INTERVAL=\(interval)"]
        switch end {
        case .never: break
        case .count(let count): parts.append("COUNT=\(count)")
        case .until(let until): parts.append("UNTIL=\(until)")
        }
        func append(_ name: String, _ values: [String]) {
            if !values.isEmpty { parts.append("\(name)=\(values.joined(separator: ","))") }
        }
        append("BYMONTH", byMonth.map(String.init))
        append("BYWEEKNO", byWeekNumber.map(String.init))
        append("BYYEARDAY", byYearDay.map(String.init))
        append("BYMONTHDAY", byMonthDay.map(String.init))
        append("BYDAY", byDay.map(Self.text))
        append("BYHOUR", byHour.map(String.init))
        append("BYMINUTE", byMinute.map(String.init))
        append("BYSECOND", bySecond.map(String.init))
        append("BYSETPOS", bySetPosition.map(String.init))
        parts.append("WKST=\(Self.name(weekStart))")
        parts.append("SKIP=\(skip)".uppercased())
        return parts.joined(separator: ";")
    }

    private static func text(_ day: RecurrenceRule.Day) -> String {
        switch day {
        case .every(let weekday): name(weekday)
        case .numbered(let weekday): "\(weekday.ordinal)\(name(weekday.weekday))"
        }
    }

    private static func name(_ weekday: RecurrenceRule.Weekday) -> String {
        "\(weekday)".prefix(2).uppercased()
    }
}

extension RuleParts {
    /// The parts that a rule has.
    init(of rule: RecurrenceRule) {
        frequency = rule.frequency
        interval = rule.interval
        byMonth = rule.byMonth
        byWeekNumber = rule.byWeekNumber
        byYearDay = rule.byYearDay
        byMonthDay = rule.byMonthDay
        byDay = rule.byDay
        byHour = rule.byHour
        byMinute = rule.byMinute
        bySecond = rule.bySecond
        bySetPosition = rule.bySetPosition
        weekStart = rule.weekStart
        skip = rule.skip
        end = rule.end
    }

    /// The parts of a random rule, with a random end and a random SKIP.
    init(ofAllowed rule: PlainExpander, _ generator: inout SplitMix64) {
        frequency = rule.frequency
        interval = rule.interval
        byMonth = rule.months
        byWeekNumber = rule.weekNumbers
        byYearDay = rule.yearDays
        byMonthDay = rule.monthDays
        byDay = rule.weekdays.map { ordinal, weekday in
            let weekday = RecurrenceRule.Weekday.allCases[weekday]
            return ordinal == 0 ? .every(weekday) : .nth(ordinal, weekday)
        }
        byHour = rule.hours
        byMinute = rule.minutes
        bySecond = rule.seconds
        bySetPosition = rule.setPositions
        weekStart = RecurrenceRule.Weekday.allCases[rule.weekStart]
        addEnd(&generator)
    }

    /// Random parts.
    ///
    /// Each is sometimes a little out of range, and they may not be allowed together.
    init(anyUsing generator: inout SplitMix64) {
        func numbers(_ range: ClosedRange<Int>) -> [Int] {
            generator.isLucky(oneIn: 5) ? generator.numbers(range, upTo: 3) : []
        }
        let frequencies = RecurrenceRule.Frequency.allCases
        frequency = frequencies[Int.random(in: 0..<7, using: &generator)]
        interval = Int.random(in: generator.isLucky(oneIn: 20) ? 0...0 : 1...3, using: &generator)
        byMonth = numbers(0...13)
        byWeekNumber = numbers(-54...54)
        byYearDay = numbers(-367...367)
        byMonthDay = numbers(-32...32)
        byDay = numbers(-54...54).map { number in
            let weekday = RecurrenceRule.Weekday.allCases[(number + 54) % 7]
            return generator.isLucky(oneIn: 2) ? .every(weekday) : .nth(number, weekday)
        }
        byHour = numbers(0...24)
        byMinute = numbers(0...60)
        bySecond = numbers(0...61)
        bySetPosition = numbers(-367...367)
        addEnd(&generator)
        if generator.isLucky(oneIn: 20) { end = .count(0) }
    }

    private mutating func addEnd(_ generator: inout SplitMix64) {
        let day = CivilDate(daysSince1970: Int.random(in: 0...30_000, using: &generator))
        let time = LocalDateTime(day, secondOfDay: Int.random(in: 0..<86_400, using: &generator))
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: end = .count(Int.random(in: 1...100, using: &generator))
        case 1: end = .until(.date(day))
        case 2: end = .until(.local(time))
        case 3: end = .until(.instant(Timestamp(seconds: time.secondsSince1970)))
        default: break
        }
        let skips: [RecurrenceRule.Skip] = [.omit, .omit, .backward, .forward]
        skip = skips[Int.random(in: 0..<4, using: &generator)]
    }

    /// The same parts with the values of each in another order, the first of them twice.
    func shuffled(using generator: inout SplitMix64) -> RuleParts {
        func shuffle<Value>(_ values: inout [Value]) {
            values = (values.prefix(1) + values).shuffled(using: &generator)
        }
        var parts = self
        shuffle(&parts.byMonth)
        shuffle(&parts.byWeekNumber)
        shuffle(&parts.byYearDay)
        shuffle(&parts.byMonthDay)
        shuffle(&parts.byDay)
        shuffle(&parts.byHour)
        shuffle(&parts.byMinute)
        shuffle(&parts.bySecond)
        shuffle(&parts.bySetPosition)
        return parts
    }
}
