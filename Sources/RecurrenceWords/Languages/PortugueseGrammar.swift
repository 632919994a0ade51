import Recurrence

/// Portuguese, with cardinal days of the month and a clock of 24 hours.
struct PortugueseGrammar: RecurrenceGrammar {
    let ordinalSuffixes: Set<String> = ["º", "°", "ª", "o", "a"]
    let hasPointOrdinals = false
    let hasCardinalDays = true
    let hasSpokenMinutes = true
    let saysOfForFrom = true
    let saysAtForTo = false
    let hasNumberedWeekdays = true
    let hasBareHours = true
    let saysOfInDates = true
    let dayArticles: Set<String> = ["o", "ao", "do"]
    let dateOrder: DateOrder? = .dayFirst

    var vocabulary: Vocabulary { PortugueseGrammar.words }
    var letterWeekdays: [String: Int] { [:] }
    var weekdayNames: [String] { PortugueseGrammar.weekdayNames }
    var monthNames: [String] { PortugueseGrammar.monthNames }

    func every(_ unit: Frequency, interval: Int) -> String {
        let (single, plural) = PortugueseGrammar.unitNames[unit.rawValue]
        return interval == 1 ? single : "a cada \(interval) \(plural)"
    }

    func weekly(_ weekdays: UInt8, interval: Int) -> String {
        if interval == 1 { return each(weekdays) }
        return "\(every(.weekly, interval: interval)) \(on(weekdays: weekdays))"
    }

    func each(_ weekdays: UInt8) -> String {
        switch weekdays {
        case .workdays: "todos os dias úteis"
        case .everyDay: "todos os dias"
        default: "\(isMasculine(weekdays) ? "todos os" : "todas as") \(plurals(of: weekdays))"
        }
    }

    func each(_ weekday: Weekday, onMonthDay day: Int) -> String {
        // But for "sexta-feira 13", a number alone may be an hour.
        let noun = day < 24 && day != 13 ? "dia " : ""
        return "\(each(1 << UInt8(weekday.rawValue))) \(noun)\(day)"
    }

    func on(_ days: String) -> String { days }

    func monthDays(_ days: [Int]) -> String { numberedDays(days) }

    func orLastDay(_ days: String) -> String { "\(days) ou no último dia" }

    func yearDays(_ days: [Int]) -> String { numberedDays(days) }

    func ordinalWeekdays(_ weekdays: [OrdinalWeekday]) -> String {
        let groups = weekdays.groupedByWeekday.flatMap { weekday, ordinals in
            let isMasculine = isMasculine(1 << UInt8(weekday.rawValue))
            return phrases(ordinals, weekdayNames[weekday.rawValue], isMasculine: isMasculine)
        }
        return list(groups, "e")
    }

    func picks(_ positions: [Int], of weekdays: UInt8) -> String {
        let names = list(weekdays.indicesOfSetBits.map { weekdayNames[$0] }, "ou")
        let isWork = weekdays == .workdays
        return list(
            phrases(
                positions,
                isWork ? "dia útil" : names,
                isMasculine: isWork || isMasculine(weekdays)
            ),
            "e"
        )
    }

    func near(_ picks: String, _ day: Int, _ isAfter: Bool) -> String {
        "\(picks) \(isAfter ? "depois" : "antes") do dia \(day)"
    }

    func days(_ weekdays: UInt8, ofWeeks weeks: [Int]) -> String {
        let names = list(weekdays.indicesOfSetBits.map { weekdayNames[$0] }, "e")
        let article = isMasculine(weekdays) ? "no" : "na"
        let days = weekdays == .everyDay ? "todos os dias" : "\(article) \(names)"
        let fromStart = weeks.filter { $0 > 0 }
        let fromEnd = weeks.filter { $0 < 0 }.map { week in
            week == -1
                ? "última semana" : "\(-week).ª semana a contar do fim"
        }
        let noun = fromStart.count == 1 ? "semana" : "semanas"
        let numbered = "\(noun) \(list(fromStart.map(String.init), "e"))"
        return "\(days) \(fromStart.count > 1 ? "das" : "da") "
            + list((fromStart.isEmpty ? [] : [numbered]) + fromEnd, "e")
    }

    func both(_ first: String, _ second: String) -> String { "\(first) e \(second)" }

    func date(day: Int, month: Int) -> String { "no dia \(day) de \(monthNames[month - 1])" }

    func ofEach(_ unit: Frequency) -> String {
        "de cada \(PortugueseGrammar.periodNames[unit.rawValue])"
    }

    func of(months: [Int]) -> String { "de \(list(months.map { monthNames[$0 - 1] }, "e"))" }

    func within(months: [Int]) -> String { "em \(list(months.map { monthNames[$0 - 1] }, "e"))" }

    func only(_ phrase: String) -> String { "mas só \(phrase)" }

    func on(weekdays: UInt8) -> String {
        if weekdays == .workdays { return "nos dias úteis" }
        return "\(isMasculine(weekdays) ? "aos" : "nas") \(plurals(of: weekdays))"
    }

    func note(_ note: SkipNote) -> String {
        switch note {
        case .shorterMonths: "(saltando os meses mais curtos)"
        case .otherYears: "(saltando os anos sem esse dia)"
        case .dayBefore: "(ou no dia anterior se não existir)"
        case .dayAfter: "(ou no dia seguinte se não existir)"
        }
    }

    func weeks(startingOn weekday: Weekday) -> String {
        let article = isMasculine(1 << UInt8(weekday.rawValue)) ? "no" : "na"
        return "(semanas que começam \(article) \(weekdayNames[weekday.rawValue]))"
    }

    func at(_ times: [Int]) -> String {
        let article = times.first.map { $0 / 3600 } == 1 ? "à" : "às"
        return "\(article) \(list(times.map(clockText), "e"))"
    }

    func every(_ unit: Frequency, interval: Int, from first: Int, to last: Int) -> String {
        "\(every(unit, interval: interval)) das \(clockText(first)) às \(clockText(last))"
    }

    func until(_ date: CivilDate, at time: Int?) -> String {
        let (year, month, day) = date.components
        let text = "até \(day) de \(monthNames[month - 1]) de \(yearText(year))"
        return time.map { "\(text) \(at([$0]))" } ?? text
    }

    func times(_ count: Int) -> String { count == 1 ? "uma vez" : "\(count) vezes" }

    // MARK: Names

    /// "na 1.ª e 2.ª sexta-feira", "no último sábado": one phrase for all numbers that count from
    /// the beginning, and one phrase for each number that counts from the end.
    private func phrases(_ numbers: [Int], _ noun: String, isMasculine: Bool) -> [String] {
        let article = isMasculine ? "no" : "na"
        let ending = isMasculine ? "º" : "ª"
        let fromStart = numbers.filter { $0 > 0 }.map { "\($0).\(ending)" }
        let fromEnd = numbers.filter { $0 < 0 }.map { number in
            switch number {
            case -1: "\(article) \(isMasculine ? "último" : "última") \(noun)"
            case -2: "\(article) \(isMasculine ? "penúltimo" : "penúltima") \(noun)"
            default: "\(article) \(-number).\(ending) \(noun) a contar do fim"
            }
        }
        if fromStart.isEmpty { return fromEnd }
        return ["\(article) \(list(fromStart, "e")) \(noun)"] + fromEnd
    }

    private func numberedDays(_ days: [Int]) -> String {
        let fromStart = days.filter { $0 > 0 }
        let noun = fromStart.count == 1 ? "no dia" : "nos dias"
        let numbers = list(runs(of: fromStart, to: "a") { "\($0)" }, "e")
        let first = fromStart.isEmpty ? [] : ["\(noun) \(numbers)"]
        return list(first + phrases(days.filter { $0 < 0 }, "dia", isMasculine: true), "e")
    }

    /// Whether the first of some weekdays is Saturday or Sunday, whose names are masculine.
    private func isMasculine(_ weekdays: UInt8) -> Bool { weekdays & .workdays == 0 }

    private func plurals(of weekdays: UInt8) -> String {
        list(weekdays.indicesOfSetBits.map { PortugueseGrammar.weekdayPlurals[$0] }, "e")
    }

    private static let unitNames = [
        ("a cada segundo", "segundos"), ("a cada minuto", "minutos"), ("a cada hora", "horas"),
        ("todos os dias", "dias"), ("todas as semanas", "semanas"), ("todos os meses", "meses"),
        ("todos os anos", "anos"),
    ]

    private static let periodNames = ["segundo", "minuto", "hora", "dia", "semana", "mês", "ano"]

    private static let weekdayNames = [
        "segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira",
        "sábado", "domingo",
    ]

    private static let weekdayPlurals = [
        "segundas-feiras", "terças-feiras", "quartas-feiras", "quintas-feiras",
        "sextas-feiras", "sábados", "domingos",
    ]

    private static let monthNames = [
        "janeiro", "fevereiro", "março", "abril", "maio", "junho",
        "julho", "agosto", "setembro", "outubro", "novembro", "dezembro",
    ]
}
