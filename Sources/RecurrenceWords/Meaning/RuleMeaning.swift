import Recurrence

/// What a rule means.
///
/// Words are made from a meaning, and a phrase is read into a meaning.
///
/// A meaning that is made from a rule and its start has all that the start fills in, except the
/// time for steps of hours, minutes or seconds. Rules that mean the same have one form.
struct RuleMeaning: Hashable {
    /// FREQ, INTERVAL, the parts about days and the end; BYSETPOS picks days, never times.
    ///
    /// A yearly rule has all twelve months set where its days are days of each month.
    var rule: RecurrenceRule
    /// Seconds after midnight, ascending; empty where the start or the steps give the times.
    var times: [Int] = []

    /// The most times of a day that a meaning may have.
    static let timeLimit = 1440

    init(_ rule: RecurrenceRule, times: [Int]) {
        self.rule = rule
        self.times = times
    }
}

extension RuleMeaning {
    // MARK: To a rule

    /// Whether one rule can say the meaning: the times are all combinations of some hours, minutes
    /// and seconds, or a daily rule with the same days can pick the times by BYSETPOS.
    var isOneRule: Bool {
        guard times.count > 1, clock.count != times.count else { return true }
        guard let last = times.last.flatMap(clock.index(of:)) else { return false }
        return last < 366 && isFilterOfDays
    }

    /// Whether the days are those of a daily rule with the same parts.
    private var isFilterOfDays: Bool {
        guard rule.ordinalWeekdays.isEmpty, rule.setPositions.isEmpty, rule.yearDays.isEmpty,
            rule.weekNumbers.isEmpty, rule.skip == .omit
        else { return false }
        switch rule.frequency {
        case .daily: return true
        case .weekly: return rule.interval == 1 && rule.weekdays != 0
        case .monthly, .yearly: return rule.interval == 1 && !rule.monthDays.isEmpty
        case .secondly, .minutely, .hourly: return false
        }
    }

    /// The hours, minutes and seconds that the times have.
    private var clock: ClockMask {
        var clock = ClockMask(hours: 0, minutes: 0, seconds: 0)
        for time in times {
            clock.hours |= 1 << UInt32(time / 3600)
            clock.minutes |= 1 << UInt64(time / 60 % 60)
            clock.seconds |= 1 << UInt64(time % 60)
        }
        return clock
    }

    /// The rule that means the same with a start; it does not repeat the start's time.
    func rule(from start: LocalDateTime) -> RecurrenceRule {
        var rule = rule
        if times.isEmpty || times == [start.secondOfDay] { return rule }
        let clock = clock
        rule.hours = clock.hours
        rule.minutes = clock.minutes
        if clock.seconds != 1 << UInt64(start.time.second) { rule.seconds = clock.seconds }
        if clock.count != times.count {
            rule.frequency = .daily
            rule.setPositions = times.compactMap { clock.index(of: $0) }.map { $0 + 1 }
        }
        return rule
    }
}

extension RecurrenceRule {
    /// All months, in ``months``.
    static let allMonths: UInt16 = 0xFFF

    /// The day of the month after which the first of some weekdays is picked, or before which the
    /// last is: among the seven days beside it.
    var nearDay: (day: Int, isAfter: Bool)? {
        guard skip == .omit, weekdays != 0, weekdays != .everyDay, monthDays.negative == 0,
            setPositions == [1] || setPositions == [-1]
        else { return nil }
        let days = monthDays.numbers.sorted()
        guard let first = days.first, let last = days.last, days.count == 7, last == first + 6,
            last <= 28
        else { return nil }
        let isAfter = setPositions == [1]
        return isAfter && first == 1 ? nil : (isAfter ? first - 1 : last + 1, isAfter)
    }

    /// How many days the shortest and the longest of its months have.
    var monthLengths: (shortest: Int, longest: Int) {
        let months = months == 0 ? RecurrenceRule.allMonths : months
        let lengths = months.indicesOfSetBits.map {
            CivilDate.dayCount(ofMonth: $0 + 1, year: 2000)
        }
        let shortest = months & 2 == 2 ? 28 : lengths.min()
        return (shortest ?? 31, lengths.max() ?? 31)
    }
}

extension ClockMask {
    /// How many times of the mask come before one of them.
    fileprivate func index(of time: Int) -> Int? {
        contains(time) ? count(below: time) : nil
    }
}
