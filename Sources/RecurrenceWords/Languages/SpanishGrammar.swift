import Recurrence

/// Spanish, with cardinal days of the month and a clock of 24 hours.
struct SpanishGrammar: RecurrenceGrammar {
    let ordinalSuffixes: Set<String> = ["º", "°", "ª", "o", "a", "er", "ro", "do", "to"]

    let hasPointOrdinals = false
    let hasCardinalDays = true
    let hasSpokenMinutes = true
    let saysOfForFrom = true
    let saysAtForTo = true
    let hasInclusiveOrdinals = true
    let hasBareHours = true
    let saysOfInDates = true
    let dayArticles: Set<String> = ["el", "del"]
    let dateOrder: DateOrder? = .dayFirst

    var vocabulary: Vocabulary { SpanishGrammar.words }
    var letterWeekdays: [String: Int] { SpanishGrammar.letterWeekdays }
    var weekdayNames: [String] { SpanishGrammar.weekdayNames }
    var monthNames: [String] { SpanishGrammar.monthNames }

    func every(_ unit: Frequency, interval: Int) -> String {
        let (name, plural) = SpanishGrammar.unitNames[unit.rawValue]
        if interval > 1 { return "cada \(interval) \(plural)" }
        switch unit {
        case .daily, .monthly, .yearly: return "todos los \(plural)"
        case .weekly: return "todas las \(plural)"
        case .secondly, .minutely, .hourly: return "cada \(name)"
        }
    }

    func weekly(_ weekdays: UInt8, interval: Int) -> String {
        if interval == 1 { return each(weekdays) }
        return "\(every(.weekly, interval: interval)) \(on(weekdays: weekdays))"
    }

    func each(_ weekdays: UInt8) -> String { "todos \(on(weekdays: weekdays))" }

    func each(_ weekday: Weekday, onMonthDay day: Int) -> String {
        // But for "viernes 13", a number alone may be an hour.
        let noun = day < 24 && day != 13 ? "día " : ""
        return "todos los \(plural(weekday.rawValue)) \(noun)\(day)"
    }

    func on(_ days: String) -> String { days }

    func monthDays(_ days: [Int]) -> String {
        if let day = days.first, days.count == 1, day > 0 { return "el \(day)" }
        return numberedDays(days)
    }

    func orLastDay(_ days: String) -> String { "\(days) o el último día" }

    func yearDays(_ days: [Int]) -> String { numberedDays(days) }

    func ordinalWeekdays(_ weekdays: [OrdinalWeekday]) -> String {
        let groups = weekdays.groupedByWeekday.flatMap { weekday, ordinals in
            phrases(ordinals, SpanishGrammar.weekdayNames[weekday.rawValue])
        }
        return list(groups, "y")
    }

    func picks(_ positions: [Int], of weekdays: UInt8) -> String {
        let names = weekdays.indicesOfSetBits.map { SpanishGrammar.weekdayNames[$0] }
        return list(
            phrases(positions, weekdays == .workdays ? "día laborable" : list(names, "o")),
            "y"
        )
    }

    func near(_ picks: String, _ day: Int, _ isAfter: Bool) -> String {
        "\(picks) \(isAfter ? "después" : "antes") del \(day)"
    }

    func days(_ weekdays: UInt8, ofWeeks weeks: [Int]) -> String {
        let names = weekdays.indicesOfSetBits.map { SpanishGrammar.weekdayNames[$0] }
        let days = weekdays == .everyDay ? "todos los días" : "el \(list(names, "y"))"
        let fromStart = weeks.filter { $0 > 0 }
        let fromEnd = phrases(weeks.filter { $0 < 0 }, "semana", isFeminine: true)
        let numbers = list(fromStart.map(String.init), "y")
        let noun = fromStart.count == 1 ? "la semana" : "las semanas"
        return "\(days) de "
            + list((fromStart.isEmpty ? [] : ["\(noun) \(numbers)"]) + fromEnd, "y")
    }

    func both(_ first: String, _ second: String) -> String { "\(first) y \(second)" }

    func date(day: Int, month: Int) -> String { "el \(day) de \(name(ofMonth: month))" }

    func ofEach(_ unit: Frequency) -> String {
        "de cada \(SpanishGrammar.unitNames[unit.rawValue].0)"
    }

    func of(months: [Int]) -> String { "de \(list(months.map(name(ofMonth:)), "y"))" }

    func within(months: [Int]) -> String { "en \(list(months.map(name(ofMonth:)), "y"))" }

    func only(_ phrase: String) -> String { "pero solo \(phrase)" }

    func on(weekdays: UInt8) -> String {
        switch weekdays {
        case .workdays: "los días laborables"
        default: "los \(list(weekdays.indicesOfSetBits.map(plural), "y"))"
        }
    }

    func note(_ note: SkipNote) -> String {
        switch note {
        case .shorterMonths: "(se omiten los meses más cortos)"
        case .otherYears: "(se omiten los años sin ese día)"
        case .dayBefore: "(o el día anterior si no existe)"
        case .dayAfter: "(o el día siguiente si no existe)"
        }
    }

    func weeks(startingOn weekday: Weekday) -> String {
        "(semanas que empiezan en \(SpanishGrammar.weekdayNames[weekday.rawValue]))"
    }

    func at(_ times: [Int]) -> String {
        let article = times.first.map { $0 / 3600 } == 1 ? "a la" : "a las"
        return "\(article) \(list(times.map(clockText), "y"))"
    }

    func every(_ unit: Frequency, interval: Int, from first: Int, to last: Int) -> String {
        "\(every(unit, interval: interval)) de \(clockText(first)) a \(clockText(last))"
    }

    func until(_ date: CivilDate, at time: Int?) -> String {
        let (year, month, day) = date.components
        let text = "hasta \(self.date(day: day, month: month)) de \(yearText(year))"
        return time.map { "\(text) \(at([$0]))" } ?? text
    }

    func times(_ count: Int) -> String { count == 1 ? "una vez" : "\(count) veces" }

    // MARK: Names

    /// "el primer y segundo día", "el último día": one phrase for all numbers that count from the
    /// beginning, and one phrase for each number that counts from the end.
    private func phrases(_ numbers: [Int], _ noun: String, isFeminine: Bool = false) -> [String] {
        let article = isFeminine ? "la" : "el"
        let fromStart = numbers.filter { $0 > 0 }.map(ordinal)
        let fromEnd = numbers.filter { $0 < 0 }.map { number in
            switch number {
            case -1: "\(article) \(isFeminine ? "última" : "último") \(noun)"
            case -2: "\(article) \(isFeminine ? "penúltima" : "penúltimo") \(noun)"
            default:
                "\(article) \(-number).\(isFeminine ? "ª" : "º") \(noun) contando desde el final"
            }
        }
        if fromStart.isEmpty { return fromEnd }
        return ["\(article) \(list(fromStart, "y")) \(noun)"] + fromEnd
    }

    private func numberedDays(_ days: [Int]) -> String {
        let fromStart = days.filter { $0 > 0 }
        let noun = fromStart.count == 1 ? "el día" : "los días"
        let numbers = list(runs(of: fromStart, to: "a") { "\($0)" }, "y")
        let first = fromStart.isEmpty ? [] : ["\(noun) \(numbers)"]
        return list(first + phrases(days.filter { $0 < 0 }, "día"), "y")
    }

    private func ordinal(_ number: Int) -> String {
        let names = ["primer", "segundo", "tercer", "cuarto", "quinto"]
        return names.indices.contains(number - 1) ? names[number - 1] : "\(number).º"
    }

    private func plural(_ weekday: Int) -> String {
        let name = SpanishGrammar.weekdayNames[weekday]
        return name.hasSuffix("s") ? name : "\(name)s"
    }

    private func name(ofMonth month: Int) -> String { SpanishGrammar.monthNames[month - 1] }

    private static let unitNames = [
        ("segundo", "segundos"), ("minuto", "minutos"), ("hora", "horas"), ("día", "días"),
        ("semana", "semanas"), ("mes", "meses"), ("año", "años"),
    ]

    private static let letterWeekdays = ["l": 0, "x": 2, "j": 3, "v": 4, "s": 5, "d": 6]

    private static let weekdayNames = [
        "lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo",
    ]

    private static let monthNames = [
        "enero", "febrero", "marzo", "abril", "mayo", "junio",
        "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
    ]
}
