import Recurrence

/// French, with cardinal days of the month except the first, and a clock of 24 hours.
struct FrenchGrammar: RecurrenceGrammar {
    let ordinalSuffixes: Set<String> = ["er", "re", "e", "eme", "ere", "ieme", "nd", "nde"]
    let hasPointOrdinals = false
    let hasCardinalDays = true
    let hasSpokenMinutes = false
    let saysOfForFrom = true
    let saysAtForTo = false
    let saysOfInDates = true
    let dayArticles: Set<String> = ["le", "au", "du"]
    let dateOrder: DateOrder? = .dayFirst

    var vocabulary: Vocabulary { FrenchGrammar.words }
    var letterWeekdays: [String: Int] { FrenchGrammar.letterWeekdays }
    var weekdayNames: [String] { FrenchGrammar.weekdayNames }
    var monthNames: [String] { FrenchGrammar.monthNames }

    func every(_ unit: Frequency, interval: Int) -> String {
        let (name, article) = FrenchGrammar.unitNames[unit.rawValue]
        return interval == 1 ? "\(article) les \(name)" : "\(article) les \(interval) \(name)"
    }

    func weekly(_ weekdays: UInt8, interval: Int) -> String {
        if interval == 1 { return each(weekdays) }
        return "\(every(.weekly, interval: interval)) \(on(weekdays: weekdays))"
    }

    func each(_ weekdays: UInt8) -> String {
        weekdays == .everyDay ? "tous les jours" : "tous \(on(weekdays: weekdays))"
    }

    func each(_ weekday: Weekday, onMonthDay day: Int) -> String {
        "tous les \(weekdayNames[weekday.rawValue])s \(cardinal(day))"
    }

    func on(_ days: String) -> String { days }

    func monthDays(_ days: [Int]) -> String {
        if let day = days.first, days.count == 1, day > 0 { return "le \(cardinal(day))" }
        return numberedDays(days)
    }

    func orLastDay(_ days: String) -> String { "\(days) ou le dernier jour" }

    func yearDays(_ days: [Int]) -> String { numberedDays(days) }

    func ordinalWeekdays(_ weekdays: [OrdinalWeekday]) -> String {
        let groups = weekdays.groupedByWeekday.flatMap { weekday, ordinals in
            phrases(ordinals, weekdayNames[weekday.rawValue])
        }
        return list(groups, "et")
    }

    func picks(_ positions: [Int], of weekdays: UInt8) -> String {
        let names = list(weekdays.indicesOfSetBits.map { weekdayNames[$0] }, "ou")
        return list(phrases(positions, weekdays == .workdays ? "jour ouvré" : names), "et")
    }

    func near(_ picks: String, _ day: Int, _ isAfter: Bool) -> String {
        "\(picks) \(isAfter ? "après" : "avant") le \(day)"
    }

    func days(_ weekdays: UInt8, ofWeeks weeks: [Int]) -> String {
        let names = weekdays.indicesOfSetBits.map { weekdayNames[$0] }
        let days = weekdays == .everyDay ? "tous les jours" : "le \(list(names, "et"))"
        let fromStart = weeks.filter { $0 > 0 }
        let fromEnd = phrases(weeks.filter { $0 < 0 }, "semaine", isFeminine: true)
        let noun = fromStart.count == 1 ? "la semaine" : "les semaines"
        let numbered = "\(noun) \(list(fromStart.map(String.init), "et"))"
        return "\(days) de " + list((fromStart.isEmpty ? [] : [numbered]) + fromEnd, "et")
    }

    func both(_ first: String, _ second: String) -> String { "\(first) et \(second)" }

    func date(day: Int, month: Int) -> String { "le \(cardinal(day)) \(monthNames[month - 1])" }

    func ofEach(_ unit: Frequency) -> String {
        "de chaque \(FrenchGrammar.periodNames[unit.rawValue])"
    }

    func of(months: [Int]) -> String {
        let names = list(months.map { monthNames[$0 - 1] }, "et")
        return names.hasPrefix("a") || names.hasPrefix("o") ? "d'\(names)" : "de \(names)"
    }

    func within(months: [Int]) -> String { "en \(list(months.map { monthNames[$0 - 1] }, "et"))" }

    func only(_ phrase: String) -> String { "mais seulement \(phrase)" }

    func on(weekdays: UInt8) -> String {
        if weekdays == .workdays { return "les jours ouvrés" }
        return "les \(list(weekdays.indicesOfSetBits.map { "\(weekdayNames[$0])s" }, "et"))"
    }

    func note(_ note: SkipNote) -> String {
        switch note {
        case .shorterMonths: "(en sautant les mois plus courts)"
        case .otherYears: "(en sautant les années sans ce jour)"
        case .dayBefore: "(ou le jour d'avant s'il n'existe pas)"
        case .dayAfter: "(ou le jour d'après s'il n'existe pas)"
        }
    }

    func weeks(startingOn weekday: Weekday) -> String {
        "(semaines commençant le \(weekdayNames[weekday.rawValue]))"
    }

    func at(_ times: [Int]) -> String { "à \(list(times.map(clockText), "et"))" }

    func every(_ unit: Frequency, interval: Int, from first: Int, to last: Int) -> String {
        "\(every(unit, interval: interval)) de \(clockText(first)) à \(clockText(last))"
    }

    func until(_ date: CivilDate, at time: Int?) -> String {
        let (year, month, day) = date.components
        let text = "jusqu'au \(cardinal(day)) \(monthNames[month - 1]) \(yearText(year))"
        return time.map { "\(text) \(at([$0]))" } ?? text
    }

    func times(_ count: Int) -> String { count == 1 ? "une fois" : "\(count) fois" }

    // MARK: Names

    /// "le premier et deuxième lundi", "le dernier lundi": one phrase for all numbers that count
    /// from the beginning, and one phrase for each number that counts from the end.
    private func phrases(_ numbers: [Int], _ noun: String, isFeminine: Bool = false) -> [String] {
        let article = isFeminine ? "la" : "le"
        let fromStart = numbers.filter { $0 > 0 }.map(ordinal)
        let fromEnd = numbers.filter { $0 < 0 }.map { number in
            switch number {
            case -1: "\(article) \(isFeminine ? "dernière" : "dernier") \(noun)"
            case -2: "l'avant-\(isFeminine ? "dernière" : "dernier") \(noun)"
            default: "\(article) \(-number)e \(noun) en partant de la fin"
            }
        }
        if fromStart.isEmpty { return fromEnd }
        return ["\(article) \(list(fromStart, "et")) \(noun)"] + fromEnd
    }

    private func numberedDays(_ days: [Int]) -> String {
        let fromStart = days.filter { $0 > 0 }
        let noun = fromStart.count == 1 ? "le jour" : "les jours"
        let numbers = list(runs(of: fromStart, to: "à") { "\($0)" }, "et")
        let first = fromStart.isEmpty ? [] : ["\(noun) \(numbers)"]
        return list(first + phrases(days.filter { $0 < 0 }, "jour"), "et")
    }

    private func ordinal(_ number: Int) -> String {
        let names = ["premier", "deuxième", "troisième", "quatrième", "cinquième"]
        return names.indices.contains(number - 1) ? names[number - 1] : "\(number)e"
    }

    private func cardinal(_ day: Int) -> String { day == 1 ? "1er" : "\(day)" }

    private static let unitNames = [
        ("secondes", "toutes"), ("minutes", "toutes"), ("heures", "toutes"), ("jours", "tous"),
        ("semaines", "toutes"), ("mois", "tous"), ("ans", "tous"),
    ]

    private static let periodNames = [
        "seconde", "minute", "heure", "jour", "semaine", "mois", "année",
    ]

    private static let letterWeekdays = ["l": 0, "j": 3, "v": 4, "s": 5, "d": 6]

    private static let weekdayNames = [
        "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
    ]

    private static let monthNames = [
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ]
}
