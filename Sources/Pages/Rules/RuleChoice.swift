import Recurrence
import Wording

/// A rule as the builder's form says it: every part that people use, and what it says of others.
struct RuleChoice: Hashable, Sendable {
    enum Unit: String, CaseIterable, Sendable {
        case days = "DAILY"
        case weeks = "WEEKLY"
        case months = "MONTHLY"
        case years = "YEARLY"
    }

    /// On which day of a month.
    enum MonthDay: Hashable, Sendable {
        case day(Int)
        case last
        /// The weekday is that of a number of which Monday's is 0.
        case weekday(ordinal: Int, Int)
    }

    enum Ending: Hashable, Sendable {
        case never
        case on(CivilDate)
        case after(Int)
    }

    var unit = Unit.weeks
    var interval = 1
    /// Of weeks: Monday's number is 0.
    var weekdays: Set<Int> = []
    var monthDay = MonthDay.day(1)
    /// Of years.
    var month = 1
    var ending = Ending.never

    static let dayNames = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]

    /// The choice that a date suggests.
    init(on date: CivilDate) {
        weekdays = [date.weekday]
        monthDay = .day(date.components.day)
        month = date.components.month
    }

    // MARK: Rules

    /// Reads a rule; nothing where it has parts that the form does not have.
    init?(_ rule: String, from start: CivilDate) {
        self.init(on: start)
        var parts: [String: String] = [:]
        for part in rule.uppercased().split(separator: ";") {
            let pair = part.split(separator: "=", maxSplits: 1)
            if pair.count == 2 { parts[String(pair[0])] = String(pair[1]) }
        }
        let known: Set = [
            "FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "COUNT", "UNTIL", "WKST",
        ]
        guard Set(parts.keys).isSubset(of: known),
            let unit = parts["FREQ"].flatMap({ Unit(rawValue: $0) }),
            let interval = Int(parts["INTERVAL"] ?? "1"), (1...999).contains(interval)
        else { return nil }
        self.unit = unit
        self.interval = interval
        guard take(days: parts["BYDAY"], monthDay: parts["BYMONTHDAY"], parts["BYMONTH"]) else {
            return nil
        }
        if let count = parts["COUNT"].flatMap({ Int($0) }) { ending = .after(count) }
        if let until = parts["UNTIL"] {
            let digits = until.prefix(8)
            guard digits.count == 8, let year = Int(digits.prefix(4)),
                let month = Int(digits.dropFirst(4).prefix(2)), let day = Int(digits.suffix(2)),
                let date = CivilDate(year: year, month: month, day: day)
            else { return nil }
            ending = .on(date)
        }
    }

    private mutating func take(days: String?, monthDay: String?, _ months: String?) -> Bool {
        if let months {
            guard unit == .years, let month = Int(months), (1...12).contains(month) else {
                return false
            }
            self.month = month
        }
        if let monthDay {
            guard unit == .months || unit == .years, days == nil, let day = Int(monthDay),
                day == -1 || (1...31).contains(day)
            else { return false }
            self.monthDay = day == -1 ? .last : .day(day)
        }
        guard let days else { return true }
        let items = days.split(separator: ",")
        switch unit {
        case .weeks:
            let numbers = items.compactMap { Self.dayNames.firstIndex(of: String($0)) }
            guard numbers.count == items.count else { return false }
            weekdays = Set(numbers)
        case .months, .years:
            guard unit == .months || months != nil, items.count == 1, let item = items.first,
                let weekday = Self.dayNames.firstIndex(of: String(item.suffix(2))),
                let ordinal = Int(item.dropLast(2)), [1, 2, 3, 4, 5, -1, -2].contains(ordinal)
            else { return false }
            self.monthDay = .weekday(ordinal: ordinal, weekday)
        case .days: return false
        }
        return true
    }

    /// The rule, as RFC 5545 has it.
    var rule: String {
        var parts = ["FREQ=\(unit.rawValue)"]
        if interval != 1 { parts.append("INTERVAL=\(interval)") }
        switch unit {
        case .days: break
        case .weeks:
            let days = weekdays.sorted().map { Self.dayNames[$0] }
            if !days.isEmpty { parts.append("BYDAY=\(days.joined(separator: ","))") }
        case .months: parts.append(dayPart)
        case .years: parts += ["BYMONTH=\(month)", dayPart]
        }
        switch ending {
        case .never: break
        case .after(let count): parts.append("COUNT=\(count)")
        case .on(let date):
            let digits = date.shown.replacing("-", with: "")
            parts.append("UNTIL=\(digits)T235959")
        }
        return parts.joined(separator: ";")
    }

    private var dayPart: String {
        switch monthDay {
        case .day(let day): "BYMONTHDAY=\(day)"
        case .last: "BYMONTHDAY=-1"
        case .weekday(let ordinal, let weekday): "BYDAY=\(ordinal)\(Self.dayNames[weekday])"
        }
    }

    // MARK: The form

    /// Reads the fields of the builder.
    init(_ form: Form, from start: CivilDate) {
        self.init(on: start)
        unit = form["rule-unit"].flatMap { Unit(rawValue: $0) } ?? .weeks
        interval = min(max(form.number("rule-interval") ?? 1, 1), 999)
        let days = form.all("rule-day").compactMap { Int($0) }.filter { (0...6).contains($0) }
        weekdays = days.isEmpty ? [start.weekday] : Set(days)
        month = form.number("rule-month").flatMap { (1...12).contains($0) ? $0 : nil } ?? month
        switch form["rule-month-way"] {
        case "weekday":
            let ordinal = form.number("rule-ordinal") ?? 1
            let weekday = form.number("rule-weekday") ?? start.weekday
            monthDay = .weekday(
                ordinal: [1, 2, 3, 4, 5, -1, -2].contains(ordinal) ? ordinal : 1,
                (0...6).contains(weekday) ? weekday : start.weekday
            )
        case "last": monthDay = .last
        default:
            let day = form.number("rule-month-day") ?? start.components.day
            monthDay = .day(min(max(day, 1), 31))
        }
        switch form["rule-end"] {
        case "on":
            let until = form.said("rule-until").flatMap { CivilDate(shown: $0) }
            ending = until.map { .on($0) } ?? .never
        case "after": ending = .after(min(max(form.number("rule-count") ?? 10, 1), 9999))
        default: ending = .never
        }
    }
}

/// What people choose most, each made of the date.
enum RulePreset: String, CaseIterable, Sendable {
    case none
    case daily
    case workdays
    case weekly
    case monthDay
    case monthWeekday
    case monthEnd
    case yearly
    case custom

    /// The rule of the preset on a date; nothing for none, and where the form says it.
    func rule(on date: CivilDate) -> String? {
        let (_, month, day) = date.components
        let weekday = RuleChoice.dayNames[date.weekday]
        return switch self {
        case .none, .custom: nil
        case .daily: "FREQ=DAILY"
        case .workdays: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
        case .weekly: "FREQ=WEEKLY;BYDAY=\(weekday)"
        case .monthDay: "FREQ=MONTHLY;BYMONTHDAY=\(day)"
        case .monthWeekday: "FREQ=MONTHLY;BYDAY=\(Self.ordinal(of: date))\(weekday)"
        case .monthEnd: "FREQ=MONTHLY;BYMONTHDAY=-1"
        case .yearly: "FREQ=YEARLY;BYMONTH=\(month);BYMONTHDAY=\(day)"
        }
    }

    /// The preset whose rule it is on a date.
    init(of rule: String?, on date: CivilDate) {
        guard let rule else {
            self = .none
            return
        }
        self = Self.allCases.first { $0.rule(on: date) == rule } ?? .custom
    }

    /// Which of the same weekday in its month a day is; the fifth is the last.
    private static func ordinal(of date: CivilDate) -> Int {
        let number = (date.components.day - 1) / 7 + 1
        return number == 5 ? -1 : number
    }

    func phrase(on date: CivilDate) -> Phrase {
        let english = ReaderLocale(tag: "en").weekday(date, short: false)
        let spanish = ReaderLocale(tag: "es").weekday(date, short: false)
        switch self {
        case .none: return .doesNotRepeat
        case .daily: return .everyDay
        case .workdays: return .everyWorkday
        case .weekly: return .everyWeekOn((english, spanish))
        case .monthDay: return .everyMonthOnDay(date.components.day)
        case .monthWeekday:
            let ordinal = Phrase.ordinal(Self.ordinal(of: date))
            return .everyMonthOn(
                "\(ordinal.english) \(english)",
                "\(ordinal.spanish) \(spanish)"
            )
        case .monthEnd: return .everyMonthLastDay
        case .yearly: return .everyYear
        case .custom: return .customRule
        }
    }
}
