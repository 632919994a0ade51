import Recurrence

/// Words that people use with two meanings; each is refused, and its readings are offered.
enum Ambiguity: Hashable {
    /// "twice a week", "three times a day": the words leave the days or times open.
    case timesAPeriod(Int, RecurrenceRule.Frequency)
    /// "biweekly".
    case biweekly
    /// "quincenal": twice a month, or every two weeks.
    case fortnight
    /// "quincena", "quinzaine": half a month, or two weeks.
    case halfMonth
    /// "cada tercer día", in Mexico each second day.
    case thirdDay
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
    /// "half", which before an hour is half past it or half an hour before it.
    case half
    /// "at 8 and 10 pm", and all others for which no readings can be offered.
    case other

    /// Whether days or times that are said beside it can tell what is meant.
    var isOpenPeriod: Bool {
        switch self {
        case .timesAPeriod, .biweekly, .fortnight: true
        default: false
        }
    }

    /// The readings, as phrases that are understood.
    func readings(in grammar: any RecurrenceGrammar) -> [String] {
        let twiceAMonth = "\(grammar.on(grammar.monthDays([1, 15]))) \(grammar.ofEach(.monthly))"
        let twiceAWeek = grammar.each(0b000_1001)
        switch self {
        case .timesAPeriod(2, .weekly): return [twiceAWeek, grammar.each(0b001_0010)]
        case .timesAPeriod(3, .weekly): return [grammar.each(0b001_0101), grammar.each(0b010_1010)]
        case .timesAPeriod(2, .monthly), .fortnight, .halfMonth:
            return [twiceAMonth, grammar.every(.weekly, interval: 2)]
        case .timesAPeriod(2, .yearly):
            return [
                grammar.every(.monthly, interval: 6),
                join(
                    grammar.every(.yearly, interval: 1),
                    grammar.on(grammar.monthDays([1])),
                    grammar.of(months: [1, 7])
                ),
            ]
        case .timesAPeriod(let count, .daily) where (2...3).contains(count):
            let hours = count == 2 ? [9, 17] : [8, 12, 18]
            return [
                join(
                    grammar.every(.daily, interval: 1),
                    grammar.at(hours.map { $0 * 3600 })
                ),
                grammar.every(.hourly, interval: 24 / count),
            ]
        case .biweekly: return [grammar.every(.weekly, interval: 2), twiceAWeek]
        case .bimonthly: return [grammar.every(.monthly, interval: 2), twiceAMonth]
        case .biannually:
            return [
                grammar.every(.monthly, interval: 6), grammar.every(.yearly, interval: 2),
            ]
        case .fifteenDays:
            return [grammar.every(.weekly, interval: 2), grammar.every(.daily, interval: 15)]
        case .thirdDay:
            return [grammar.every(.daily, interval: 2), grammar.every(.daily, interval: 3)]
        case .eightDays:
            return [grammar.every(.weekly, interval: 1), grammar.every(.daily, interval: 8)]
        case .openDays: return [grammar.each(.workdays), grammar.each(0b011_1111)]
        case .timesAPeriod, .half, .other: return []
        }
    }

    private func join(_ words: String...) -> String { words.joined(separator: " ") }
}
