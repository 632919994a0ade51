import Recurrence
import TestSupport

extension PlainExpander {
    /// A random rule of any frequency that the parser accepts.
    init(using generator: inout SplitMix64) {
        let frequencies = RecurrenceRule.Frequency.allCases
        // Rules of seconds take the longest time to walk through.
        let frequency = frequencies[max(0, (Int.random(in: 2..<21, using: &generator)) / 3)]
        let day = Int.random(in: 0..<25_000, using: &generator)
        let isRound = Bool.random(using: &generator)
        let second = Int.random(in: 0..<86_400, using: &generator) / (isRound ? 3600 : 1)
        self.init(
            frequency: frequency,
            start: LocalDateTime(
                CivilDate(daysSince1970: day),
                secondOfDay: second * (isRound ? 3600 : 1)
            )
        )
        if generator.isLucky(oneIn: 2) {
            interval = Int.random(
                in: 1...(generator.isLucky(oneIn: 4) ? 100 : 8),
                using: &generator
            )
        }
        if generator.isLucky(oneIn: 3) { weekStart = Int.random(in: 0..<7, using: &generator) }
        addDays(&generator)
        addTimes(&generator)
        let hasPart =
            !months.isEmpty || !weekNumbers.isEmpty || !yearDays.isEmpty || !monthDays.isEmpty
            || !weekdays.isEmpty || !hours.isEmpty || !minutes.isEmpty || !seconds.isEmpty
        if hasPart, generator.isLucky(oneIn: 4) {
            setPositions = generator.signedNumbers(generator.isLucky(oneIn: 3) ? 60 : 5, upTo: 3)
        }
        let oddity = frequency == .yearly ? 2 : 4
        if generator.isLucky(oneIn: oddity) { options.setPositions = .cut }
        if generator.isLucky(oneIn: oddity) { options.reading = .fill }
    }

    private mutating func addDays(_ generator: inout SplitMix64) {
        let isYearly = frequency == .yearly
        let isSubDaily = frequency.rawValue <= RecurrenceRule.Frequency.hourly.rawValue
        if generator.isLucky(oneIn: 4) { months = generator.numbers(1...12, upTo: 6) }
        if isYearly, generator.isLucky(oneIn: 5) {
            weekNumbers = generator.signedNumbers(53, upTo: 4)
        }
        if isYearly || isSubDaily, generator.isLucky(oneIn: 6) {
            yearDays = generator.signedNumbers(366, upTo: isSubDaily ? 200 : 8)
        }
        if frequency != .weekly, generator.isLucky(oneIn: 4) {
            monthDays = generator.signedNumbers(31, upTo: 8)
        }
        if generator.isLucky(oneIn: 2) {
            weekdays = generator.numbers(0...6, upTo: 5).map { (0, $0) }
            let takesOrdinals = frequency == .monthly || isYearly && weekNumbers.isEmpty
            if takesOrdinals, Bool.random(using: &generator) {
                let limit = isYearly && generator.isLucky(oneIn: 2) ? 53 : 5
                for index in weekdays.indices where Bool.random(using: &generator) {
                    weekdays[index].ordinal = generator.signedNumbers(limit, upTo: 1)[0]
                }
            }
        }
    }

    private mutating func addTimes(_ generator: inout SplitMix64) {
        if generator.isLucky(oneIn: 4) { hours = generator.numbers(0...23, upTo: 5) }
        if generator.isLucky(oneIn: 4) { minutes = generator.numbers(0...59, upTo: 5) }
        if generator.isLucky(oneIn: 5) { seconds = generator.numbers(0...59, upTo: 4) }
    }

    /// How many days to walk through: enough slots to compare, and not too much time.
    var dayCount: Int {
        switch frequency {
        case .secondly: 1
        case .minutely: 6
        case .hourly: 50
        case .daily, .weekly: 300
        case .monthly, .yearly: 1100
        }
    }
}
