import Recurrence

/// Words that people use with two meanings; each is refused, and its readings are offered.
enum Ambiguity: Hashable {
    /// "twice a week", which leaves the days open.
    case twiceAWeek
    /// "twice a month".
    case twiceAMonth
    /// "twice a year".
    case twiceAYear
    /// "biweekly".
    case biweekly
    /// "bimonthly".
    case bimonthly
    /// "biannually".
    case biannually
    /// "quince días", which is also said of two weeks.
    case fifteenDays
    /// "ocho días", which is also said of a week.
    case eightDays
    /// "Werktage" and "jours ouvrables", to which Saturday may belong.
    case openDays
    /// "at 8 and 10 pm", and all others for which no readings can be offered.
    case other

    /// The readings, as phrases that are understood.
    func readings(in grammar: any RecurrenceGrammar) -> [String] {
        let twiceAMonth = "\(grammar.on(grammar.monthDays([1, 15]))) \(grammar.ofEach(.monthly))"
        let twiceAWeek = grammar.each(0b000_1001)
        switch self {
        case .twiceAWeek: return [twiceAWeek, grammar.each(0b001_0010)]
        case .twiceAMonth: return [twiceAMonth, grammar.every(.weekly, interval: 2)]
        case .twiceAYear:
            return [
                grammar.every(.monthly, interval: 6),
                join(
                    grammar.every(.yearly, interval: 1),
                    grammar.on(grammar.monthDays([1])),
                    grammar.of(months: [1, 7])
                ),
            ]
        case .biweekly: return [grammar.every(.weekly, interval: 2), twiceAWeek]
        case .bimonthly: return [grammar.every(.monthly, interval: 2), twiceAMonth]
        case .biannually:
            return [
                grammar.every(.monthly, interval: 6), grammar.every(.yearly, interval: 2),
            ]
        case .fifteenDays:
            return [grammar.every(.weekly, interval: 2), grammar.every(.daily, interval: 15)]
        case .eightDays:
            return [grammar.every(.weekly, interval: 1), grammar.every(.daily, interval: 8)]
        case .openDays: return [grammar.each(.workdays), grammar.each(0b011_1111)]
        case .other: return []
        }
    }

    private func join(_ words: String...) -> String { words.joined(separator: " ") }
}
