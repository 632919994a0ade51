import Recurrence

/// English, with ordinals in digits and a clock of 24 hours.
struct EnglishGrammar: RecurrenceGrammar {
    let ordinalSuffixes: Set<String> = ["st", "nd", "rd", "th"]

    let hasPointOrdinals = false
    let hasCardinalDays = false
    let hasSpokenMinutes = false
    let saysOfForFrom = false
    let saysAtForTo = false
    let saysOfInDates = true
    let unclearWeekdays: Set<String> = ["mo"]
    let indefiniteArticles: Set<String> = ["a", "an"]
    let lengthArticles: Set<String> = ["the"]
    let dateOrder: DateOrder? = nil

    var vocabulary: Vocabulary { EnglishGrammar.words }
    var letterWeekdays: [String: Int] { EnglishGrammar.letterWeekdays }
    var weekdayNames: [String] { EnglishGrammar.weekdayNames }
    var monthNames: [String] { EnglishGrammar.monthNames }

    func every(_ unit: Frequency, interval: Int) -> String {
        let name = EnglishGrammar.unitNames[unit.rawValue]
        if interval == 1 { return "every \(name)" }
        if interval == 2, unit.rawValue >= Frequency.daily.rawValue { return "every other \(name)" }
        return "every \(interval) \(name)s"
    }

    func weekly(_ weekdays: UInt8, interval: Int) -> String {
        if interval == 1 { return each(weekdays) }
        if interval == 2, weekdays.nonzeroBitCount == 1 {
            return "every other \(names(of: weekdays, "and"))"
        }
        return "\(every(.weekly, interval: interval)) \(on(weekdays: weekdays))"
    }

    func each(_ weekdays: UInt8) -> String {
        switch weekdays {
        case .workdays: "every weekday"
        case .everyDay: "every day"
        default: "every \(names(of: weekdays, "and"))"
        }
    }

    func each(_ weekday: Weekday, onMonthDay day: Int) -> String {
        "every \(name(weekday)) the \(ordinal(day))"
    }

    func on(_ days: String) -> String { "on \(days)" }

    func monthDays(_ days: [Int]) -> String {
        let noun = days.contains { $0 < 0 } ? " day" : ""
        return "the \(ordinals(days))\(noun)"
    }

    func orLastDay(_ days: String) -> String { "\(days) or the last day" }

    func yearDays(_ days: [Int]) -> String { "the \(ordinals(days)) day" }

    func ordinalWeekdays(_ weekdays: [OrdinalWeekday]) -> String {
        let groups = weekdays.groupedByWeekday.map { weekday, ordinals in
            "the \(list(ordinals.map(ordinal), "and")) \(name(weekday))"
        }
        return list(groups, "and")
    }

    func picks(_ positions: [Int], of weekdays: UInt8) -> String {
        let noun = weekdays == .workdays ? "workday" : names(of: weekdays, "or")
        return "the \(list(positions.map(ordinal), "and")) \(noun)"
    }

    func near(_ picks: String, _ day: Int, _ isAfter: Bool) -> String {
        "\(picks) \(isAfter ? "after" : "before") \(monthDays([day]))"
    }

    func days(_ weekdays: UInt8, ofWeeks weeks: [Int]) -> String {
        let days = weekdays == .everyDay ? "every day" : names(of: weekdays, "and")
        let fromStart = list(weeks.filter { $0 > 0 }.map(String.init), "and")
        let fromEnd = weeks.filter { $0 < 0 }.map { "the \(ordinal($0)) week" }
        return "\(days) of "
            + list((fromStart.isEmpty ? [] : ["week \(fromStart)"]) + fromEnd, "and")
    }

    func both(_ first: String, _ second: String) -> String { "\(first) and \(second)" }

    func date(day: Int, month: Int) -> String { "\(day) \(name(ofMonth: month))" }

    func ofEach(_ unit: Frequency) -> String {
        "of each \(EnglishGrammar.unitNames[unit.rawValue])"
    }

    func of(months: [Int]) -> String { "of \(list(months.map(name(ofMonth:)), "and"))" }

    func within(months: [Int]) -> String { "in \(list(months.map(name(ofMonth:)), "and"))" }

    func only(_ phrase: String) -> String { "but only \(phrase)" }

    func on(weekdays: UInt8) -> String {
        weekdays == .workdays ? "on weekdays" : "on \(names(of: weekdays, "and"))"
    }

    func note(_ note: SkipNote) -> String {
        switch note {
        case .shorterMonths: "(skipping shorter months)"
        case .otherYears: "(skipping years without it)"
        case .dayBefore: "(or the day before if there is none)"
        case .dayAfter: "(or the day after if there is none)"
        }
    }

    func weeks(startingOn weekday: Weekday) -> String { "(weeks starting on \(name(weekday)))" }

    func at(_ times: [Int]) -> String { "at \(list(times.map(clockText), "and"))" }

    func every(_ unit: Frequency, interval: Int, from first: Int, to last: Int) -> String {
        "\(every(unit, interval: interval)) from \(clockText(first)) to \(clockText(last))"
    }

    func until(_ date: CivilDate, at time: Int?) -> String {
        let (year, month, day) = date.components
        let text = "until \(self.date(day: day, month: month)) \(yearText(year))"
        return time.map { "\(text) at \(clockText($0))" } ?? text
    }

    func times(_ count: Int) -> String { count == 1 ? "once" : "\(count) times" }

    // MARK: Names

    private func ordinal(_ number: Int) -> String {
        if number == -1 { return "last" }
        if number < 0 { return "\(ordinal(-number))-to-last" }
        switch (number % 10, number / 10 % 10) {
        case (_, 1): return "\(number)th"
        case (1, _): return "\(number)st"
        case (2, _): return "\(number)nd"
        case (3, _): return "\(number)rd"
        default: return "\(number)th"
        }
    }

    private func ordinals(_ days: [Int]) -> String {
        let fromStart = runs(of: days.filter { $0 > 0 }, to: "to", ordinal)
        return list(fromStart + days.filter { $0 < 0 }.map(ordinal), "and")
    }

    private func name(_ weekday: Weekday) -> String {
        EnglishGrammar.weekdayNames[weekday.rawValue]
    }

    private func names(of weekdays: UInt8, _ conjunction: String) -> String {
        list(weekdays.indicesOfSetBits.map { EnglishGrammar.weekdayNames[$0] }, conjunction)
    }

    private func name(ofMonth month: Int) -> String { EnglishGrammar.monthNames[month - 1] }

    private static let unitNames = ["second", "minute", "hour", "day", "week", "month", "year"]

    private static let letterWeekdays = [
        "m": 0, "t": 1, "tu": 1, "w": 2, "th": 3, "r": 3, "f": 4, "sa": 5, "su": 6,
    ]

    private static let weekdayNames = [
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    ]

    private static let monthNames = [
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ]
}
