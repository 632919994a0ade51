import Recurrence

/// What a language must provide: the words that are understood, and the phrases that are said.
///
/// Months and days of months count from 1; negative numbers count from the end, -1 being the last.
/// Sets of weekdays have Monday in bit 0. Every phrase that is said must also be understood.
protocol RecurrenceGrammar: Sendable {
    typealias Frequency = RecurrenceRule.Frequency
    typealias Weekday = RecurrenceRule.Weekday
    typealias OrdinalWeekday = RecurrenceRule.OrdinalWeekday

    /// The words that are understood.
    var vocabulary: Vocabulary { get }
    /// The suffixes that make digits an ordinal, such as `nd` in `2nd`; without a full stop.
    var ordinalSuffixes: Set<String> { get }
    /// Whether a full stop makes digits an ordinal, as in German `3.`.
    var hasPointOrdinals: Bool { get }
    /// Whether days of the month are cardinal numbers, so that a number alone is a day.
    var hasCardinalDays: Bool { get }
    /// Whether "9 and 15" is said of a quarter past nine, so that it is refused as two times.
    var hasSpokenMinutes: Bool { get }
    /// Whether the word for "of" is also that for "from", as in "de 9 a 17".
    var saysOfForFrom: Bool { get }
    /// Whether the word for "at" is also that for "to" behind a time, as in "de las 9 a las 17".
    var saysAtForTo: Bool { get }
    /// Whether the word for "of" may stand between the day and the month of a date, as in "the 10th of
    /// November"; in German "am 10. im November" is a day of a month in each year.
    var saysOfInDates: Bool { get }
    /// Whether "every third day" is also said of each second day, as "cada tercer día" in Mexico.
    var hasInclusiveOrdinals: Bool { get }
    /// Whether a feminine ordinal in digits is a weekday, as in Portuguese "2ª a 6ª".
    var hasNumberedWeekdays: Bool { get }
    /// Whether "Monday 9" is said of an hour as well as of a day of the month.
    var hasBareHours: Bool { get }
    /// The article by which a date follows its weekday behind a comma, as in German "Freitag, den
    /// 13."; nothing where the day of the month is then another day.
    var dateArticle: String? { get }
    /// Names of weekdays that may mean a month where they stand alone: "every mo".
    var unclearWeekdays: Set<String> { get }
    /// The last words before a cardinal number that make it a day of the month, as in "hasta el 15".
    var dayArticles: Set<String> { get }
    /// The articles that make a period one, as in "for a week"; none where they are numbers.
    var indefiniteArticles: Set<String> { get }
    /// The articles before "next week" that make it a length, as in "for the next week".
    var lengthArticles: Set<String> { get }
    /// Which number of `3/4` is the month; nothing where people differ.
    var dateOrder: DateOrder? { get }
    /// The weekdays, 0 for Monday, that one or two letters beside a slash mean, as in `M/W/F`;
    /// letters of two weekdays are not among them.
    var letterWeekdays: [String: Int] { get }
    /// From Monday to Sunday, as they are written.
    var weekdayNames: [String] { get }
    /// From January to December, as they are written.
    var monthNames: [String] { get }

    /// "every 3 weeks".
    func every(_ unit: Frequency, interval: Int) -> String
    /// "every other Tuesday".
    func weekly(_ weekdays: UInt8, interval: Int) -> String
    /// "every Monday", within a longer period.
    func each(_ weekdays: UInt8) -> String
    /// "every Friday the 13th".
    func each(_ weekday: Weekday, onMonthDay day: Int) -> String
    /// "on", and then the days; it is said after a period.
    func on(_ days: String) -> String

    /// "the 1st and 15th".
    func monthDays(_ days: [Int]) -> String
    /// "the 31st or the last day".
    func orLastDay(_ days: String) -> String
    /// "the 100th day".
    func yearDays(_ days: [Int]) -> String
    /// "the 2nd and 4th Friday".
    func ordinalWeekdays(_ weekdays: [OrdinalWeekday]) -> String
    /// "the last workday", "the 1st Monday or Tuesday".
    func picks(_ positions: [Int], of weekdays: UInt8) -> String
    /// "the 1st workday after the 15th", or before it.
    func near(_ picks: String, _ day: Int, _ isAfter: Bool) -> String
    /// "Monday of week 20"; every day where there is no weekday.
    func days(_ weekdays: UInt8, ofWeeks weeks: [Int]) -> String
    /// Two kinds of days, "and" between them.
    func both(_ first: String, _ second: String) -> String
    /// "2 June".
    func date(day: Int, month: Int) -> String

    /// "of each month".
    func ofEach(_ unit: Frequency) -> String
    /// "of June and July".
    func of(months: [Int]) -> String
    /// "in June and July".
    func within(months: [Int]) -> String
    /// "but only", and then a phrase that begins with "on" or "in".
    func only(_ phrase: String) -> String
    /// "on Monday and Tuesday".
    func on(weekdays: UInt8) -> String

    /// "(skipping shorter months)".
    func note(_ note: SkipNote) -> String
    /// "(weeks starting on Sunday)".
    func weeks(startingOn weekday: Weekday) -> String
    /// "at 9:00 and 17:30", from seconds after midnight.
    func at(_ times: [Int]) -> String
    /// "every 20 minutes from 9:00 to 17:00".
    func every(_ unit: Frequency, interval: Int, from first: Int, to last: Int) -> String
    /// "until 3 March 2027 at 17:00".
    func until(_ date: CivilDate, at time: Int?) -> String
    /// "5 times".
    func times(_ count: Int) -> String
}

extension RecurrenceGrammar {
    var hasInclusiveOrdinals: Bool { false }
    var hasNumberedWeekdays: Bool { false }
    var hasBareHours: Bool { false }
    var dateArticle: String? { nil }
    var dayArticles: Set<String> { [] }
    var unclearWeekdays: Set<String> { [] }
    var indefiniteArticles: Set<String> { [] }
    var lengthArticles: Set<String> { [] }
}

/// What is said of a date that not every month or year has.
enum SkipNote: Hashable {
    /// Months without it are left out.
    case shorterMonths
    /// Years without it are left out.
    case otherYears
    /// The day before is used instead.
    case dayBefore
    /// The day after is used instead.
    case dayAfter
}

/// Returns a time of day as `9:00`, or as `9:00:30` where it has seconds.
func clockText(_ time: Int) -> String {
    func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let text = "\(time / 3600):\(twoDigits(time / 60 % 60))"
    return time % 60 == 0 ? text : "\(text):\(twoDigits(time % 60))"
}

/// Returns a year in four digits, by which it is told from other numbers.
func yearText(_ year: Int) -> String {
    String(repeating: "0", count: max(0, 4 - "\(year)".utf8.count)) + "\(year)"
}

/// Returns numbers in words; three or more consecutive numbers become a range.
func runs(of numbers: [Int], to: String, _ word: (Int) -> String) -> [String] {
    var runs: [ClosedRange<Int>] = []
    for number in numbers {
        if let run = runs.last, run.upperBound == number - 1 {
            runs[runs.count - 1] = run.lowerBound...number
        } else {
            runs.append(number...number)
        }
    }
    return runs.flatMap { run in
        run.count < 3
            ? run.map(word) : ["\(word(run.lowerBound)) \(to) \(word(run.upperBound))"]
    }
}

/// Returns items with commas between them and a word before the last: `a, b and c`.
func list(_ items: [String], _ conjunction: String) -> String {
    guard let last = items.last, items.count > 1 else { return items.first ?? "" }
    return items.dropLast().joined(separator: ", ") + " \(conjunction) \(last)"
}
