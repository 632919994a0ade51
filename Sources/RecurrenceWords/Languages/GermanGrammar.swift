import Recurrence

/// German, with ordinals in digits and a clock of 24 hours.
struct GermanGrammar: RecurrenceGrammar {
    let ordinalSuffixes: Set<String> = ["te", "ten", "ter", "tes", "ste", "sten"]
    let hasPointOrdinals = true
    let hasCardinalDays = false
    let hasSpokenMinutes = false
    let saysOfForFrom = false
    let saysAtForTo = false
    let saysOfInDates = false
    let dateOrder: DateOrder? = .dayFirst
    let dateArticle: String? = "den"

    var vocabulary: Vocabulary { GermanGrammar.words }
    var letterWeekdays: [String: Int] { [:] }
    var weekdayNames: [String] { GermanGrammar.weekdayNames }
    var monthNames: [String] { GermanGrammar.monthNames }

    func every(_ unit: Frequency, interval: Int) -> String {
        let (single, plural) = GermanGrammar.unitNames[unit.rawValue]
        return interval == 1 ? single : "alle \(interval) \(plural)"
    }

    func weekly(_ weekdays: UInt8, interval: Int) -> String {
        if interval == 1 { return each(weekdays) }
        return "\(every(.weekly, interval: interval)) \(on(weekdays: weekdays))"
    }

    func each(_ weekdays: UInt8) -> String {
        switch weekdays {
        case .workdays: "jeden Arbeitstag"
        case .everyDay: "jeden Tag"
        default: "jeden \(names(of: weekdays, "und"))"
        }
    }

    func each(_ weekday: Weekday, onMonthDay day: Int) -> String {
        "jeden \(weekdayNames[weekday.rawValue]) den \(day)."
    }

    func on(_ days: String) -> String { days }

    func monthDays(_ days: [Int]) -> String {
        "am \(ordinals(days))" + (days.contains { $0 < 0 } ? " Tag" : "")
    }

    func orLastDay(_ days: String) -> String { "\(days) oder am letzten Tag" }

    func yearDays(_ days: [Int]) -> String { "am \(ordinals(days)) Tag" }

    func ordinalWeekdays(_ weekdays: [OrdinalWeekday]) -> String {
        let groups = weekdays.groupedByWeekday.map { weekday, ordinals in
            "am \(list(ordinals.map(ordinal), "und")) \(weekdayNames[weekday.rawValue])"
        }
        return list(groups, "und")
    }

    func picks(_ positions: [Int], of weekdays: UInt8) -> String {
        let noun = weekdays == .workdays ? "Arbeitstag" : names(of: weekdays, "oder")
        return "am \(list(positions.map(ordinal), "und")) \(noun)"
    }

    func near(_ picks: String, _ day: Int, _ isAfter: Bool) -> String {
        "\(picks) \(isAfter ? "nach" : "vor") dem \(day)."
    }

    func days(_ weekdays: UInt8, ofWeeks weeks: [Int]) -> String {
        let days = weekdays == .everyDay ? "jeden Tag" : "am \(names(of: weekdays, "und"))"
        let fromStart = list(weeks.filter { $0 > 0 }.map(String.init), "und")
        let fromEnd = weeks.filter { $0 < 0 }.map { "der \(ordinal($0)) Woche" }
        return "\(days) in "
            + list((fromStart.isEmpty ? [] : ["Woche \(fromStart)"]) + fromEnd, "und")
    }

    func both(_ first: String, _ second: String) -> String { "\(first) und \(second)" }

    func date(day: Int, month: Int) -> String { "am \(day). \(monthNames[month - 1])" }

    func ofEach(_ unit: Frequency) -> String {
        switch unit {
        case .yearly: "jedes Jahres"
        case .monthly: "jedes Monats"
        case .weekly: "jeder Woche"
        case .daily, .hourly, .minutely, .secondly: every(unit, interval: 1)
        }
    }

    func of(months: [Int]) -> String { within(months: months) }

    func within(months: [Int]) -> String {
        "im \(list(months.map { monthNames[$0 - 1] }, "und"))"
    }

    func only(_ phrase: String) -> String { "aber nur \(phrase)" }

    func on(weekdays: UInt8) -> String {
        weekdays == .workdays ? "an Arbeitstagen" : "am \(names(of: weekdays, "und"))"
    }

    func note(_ note: SkipNote) -> String {
        switch note {
        case .shorterMonths: "(kürzere Monate entfallen)"
        case .otherYears: "(Jahre ohne diesen Tag entfallen)"
        case .dayBefore: "(ersatzweise am Tag davor)"
        case .dayAfter: "(ersatzweise am Tag danach)"
        }
    }

    func weeks(startingOn weekday: Weekday) -> String {
        "(Wochen beginnen am \(weekdayNames[weekday.rawValue]))"
    }

    func at(_ times: [Int]) -> String { "um \(list(times.map(clockText), "und"))" }

    func every(_ unit: Frequency, interval: Int, from first: Int, to last: Int) -> String {
        "\(every(unit, interval: interval)) von \(clockText(first)) bis \(clockText(last))"
    }

    func until(_ date: CivilDate, at time: Int?) -> String {
        let (year, month, day) = date.components
        let text = "bis zum \(day). \(monthNames[month - 1]) \(yearText(year))"
        return time.map { "\(text) \(at([$0]))" } ?? text
    }

    func times(_ count: Int) -> String { count == 1 ? "einmal" : "\(count) Mal" }

    // MARK: Names

    private func ordinal(_ number: Int) -> String {
        switch number {
        case -1: "letzten"
        case -2: "vorletzten"
        case ..<0: "\(-number).-letzten"
        default: "\(number)."
        }
    }

    private func ordinals(_ days: [Int]) -> String {
        let fromStart = runs(of: days.filter { $0 > 0 }, to: "bis", ordinal)
        return list(fromStart + days.filter { $0 < 0 }.map(ordinal), "und")
    }

    private func names(of weekdays: UInt8, _ conjunction: String) -> String {
        list(weekdays.indicesOfSetBits.map { weekdayNames[$0] }, conjunction)
    }

    private static let unitNames = [
        ("jede Sekunde", "Sekunden"), ("jede Minute", "Minuten"), ("jede Stunde", "Stunden"),
        ("jeden Tag", "Tage"), ("jede Woche", "Wochen"), ("jeden Monat", "Monate"),
        ("jedes Jahr", "Jahre"),
    ]

    private static let weekdayNames = [
        "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag",
    ]

    private static let monthNames = [
        "Januar", "Februar", "März", "April", "Mai", "Juni",
        "Juli", "August", "September", "Oktober", "November", "Dezember",
    ]
}
