import Recurrence

extension RuleMeaning {
    private typealias Frequency = RecurrenceRule.Frequency

    /// Reads the meaning of a rule; nothing where no words can say its parts together.
    init?(_ rule: RecurrenceRule, start: LocalDateTime, isAllDay: Bool, zone: Zone?) {
        self.init(rule, times: [])
        guard readTimes(start, isAllDay: isAllDay) else { return nil }
        let isSingleTime = times.count == 1
        switch self.rule.frequency {
        case .secondly, .minutely, .hourly, .daily: guard readDaily() else { return nil }
        case .weekly: guard readWeekly(start.date, isSingleTime) else { return nil }
        case .monthly: guard readMonthly(start.date, isSingleTime) else { return nil }
        case .yearly: guard readYearly(start.date, isSingleTime) else { return nil }
        }
        guard readEnd(isAllDay ? .utc : zone ?? .utc), readSkip() else { return nil }
        readWeekStart(start.date)
        if isAllDay { times = [] }
    }

    // MARK: Times

    /// Turns hours, minutes and seconds into times of day; into midnight if the set is all-day.
    private mutating func readTimes(_ start: LocalDateTime, isAllDay: Bool) -> Bool {
        let isStepped = rule.frequency.rawValue < Frequency.daily.rawValue
        if isAllDay {
            if isStepped { return false }
            times = [0]
        } else {
            if isStepped {
                dropImpliedTimes(start)
                guard rule.setPositions.isEmpty else { return false }
                if rule.hours == 0, rule.minutes == 0, rule.seconds == 0 { return true }
            }
            guard let clock = rule.clockOfEveryDay(from: start),
                (1...RuleMeaning.timeLimit).contains(clock.count)
            else { return false }
            var next = clock.first(from: 0)
            while let time = next {
                times.append(time)
                next = clock.first(from: time + 1)
            }
            if isStepped { (rule.frequency, rule.interval) = (.daily, 1) }
        }
        (rule.hours, rule.minutes, rule.seconds) = (0, 0, 0)
        if rule.frequency == .daily, !rule.setPositions.isEmpty {
            times = PositionSet(rule.setPositions).picks(of: times)
            rule.setPositions = []
        }
        return !times.isEmpty
    }

    /// Takes out a BYMINUTE or BYSECOND that says the same as the start.
    private mutating func dropImpliedTimes(_ start: LocalDateTime) {
        let (_, minute, second) = start.time
        if rule.frequency == .hourly, rule.minutes == 1 << UInt64(minute) { rule.minutes = 0 }
        if rule.frequency != .secondly, rule.seconds == 1 << UInt64(second) { rule.seconds = 0 }
    }

    // MARK: Days

    /// Reads a rule of single days, some of which the other parts leave out.
    private mutating func readDaily() -> Bool {
        if rule.weekdays == .everyDay { rule.weekdays = 0 }
        if rule.months == RecurrenceRule.allMonths { rule.months = 0 }
        guard rule.yearDays.isEmpty else { return false }
        if !rule.monthDays.isEmpty {
            guard rule.skip == .omit, dropMissingMonthDays() else { return false }
        }
        guard rule.frequency == .daily, rule.interval == 1 else {
            return rule.monthDays.isEmpty || rule.weekdays == 0
        }
        if !rule.monthDays.isEmpty {
            rule.frequency = .monthly
            joinYear()
        } else if rule.weekdays != 0 {
            rule.frequency = .weekly
        }
        return true
    }

    private mutating func readWeekly(_ start: CivilDate, _ isSingleTime: Bool) -> Bool {
        if rule.months == RecurrenceRule.allMonths { rule.months = 0 }
        if rule.weekdays == 0 { rule.weekdays = 1 << UInt8(start.weekday) }
        if !rule.setPositions.isEmpty {
            guard isSingleTime, rule.months == 0 else { return false }
            let first = rule.weekStart.rawValue
            let days = rule.weekdays.indicesOfSetBits.map { ($0 - first).modulo(7) }.sorted()
            let picked = PositionSet(rule.setPositions).picks(of: days)
            rule.weekdays = picked.reduce(0) { $0 | 1 << UInt8(($1 + first) % 7) }
            rule.setPositions = []
            guard rule.weekdays != 0 else { return false }
        }
        if rule.interval == 1, rule.weekdays == .everyDay {
            rule.frequency = .daily
            rule.weekdays = 0
        }
        return true
    }

    private mutating func readMonthly(_ start: CivilDate, _ isSingleTime: Bool) -> Bool {
        if rule.months == RecurrenceRule.allMonths { rule.months = 0 }
        if rule.hasNoDays { rule.monthDays.insert(start.components.day) }
        if rule.interval % 12 == 0 {
            let month: UInt16 = 1 << UInt16(start.components.month - 1)
            guard rule.months == 0 || rule.months & month != 0 else { return false }
            (rule.frequency, rule.interval, rule.months) = (.yearly, rule.interval / 12, month)
        }
        return readDaysOfMonths(isSingleTime)
    }

    private mutating func readYearly(_ start: CivilDate, _ isSingleTime: Bool) -> Bool {
        let hasWeeksOrYearDays = !rule.weekNumbers.isEmpty || !rule.yearDays.isEmpty
        if rule.hasNoDays {
            rule.monthDays.insert(start.components.day)
            if rule.months == 0 { rule.months = 1 << UInt16(start.components.month - 1) }
        }
        if hasWeeksOrYearDays { return readWeeksOrYearDays() }
        if rule.setPositions.isEmpty {
            if rule.months == 0, !rule.monthDays.isEmpty { rule.months = RecurrenceRule.allMonths }
            return rule.months == 0 ? readDaysOfYear(isSingleTime) : readDaysOfMonths(isSingleTime)
        }
        // BYSETPOS counts in the whole year, so the rule must have only one month.
        switch rule.months.nonzeroBitCount {
        case 0: return readDaysOfYear(isSingleTime)
        case 1: return readDaysOfMonths(isSingleTime)
        default: return false
        }
    }

    private mutating func readWeeksOrYearDays() -> Bool {
        guard rule.monthDays.isEmpty, rule.ordinalWeekdays.isEmpty, rule.setPositions.isEmpty,
            rule.months == 0, rule.weekNumbers.isEmpty || rule.yearDays.isEmpty
        else { return false }
        if !rule.weekNumbers.isEmpty, rule.weekdays == 0 { rule.weekdays = .everyDay }
        if !rule.yearDays.isEmpty, rule.weekdays == .everyDay { rule.weekdays = 0 }
        return true
    }

    /// Reads weekdays of a whole year.
    private mutating func readDaysOfYear(_ isSingleTime: Bool) -> Bool {
        guard rule.monthDays.isEmpty else { return false }
        dropRepeatedWeekdays()
        if !rule.ordinalWeekdays.isEmpty { return rule.setPositions.isEmpty }
        if rule.setPositions.isEmpty { return readEachWeekday() }
        guard isSingleTime else { return false }
        if rule.weekdays == .everyDay {
            rule.yearDays = rule.setPositions
            (rule.weekdays, rule.setPositions) = (0, [])
        } else if let weekday = rule.weekdays.singleWeekday {
            rule.ordinalWeekdays = rule.setPositions.filter { abs($0) <= 53 }.map {
                .init($0, weekday)
            }
            (rule.weekdays, rule.setPositions) = (0, [])
            return !rule.ordinalWeekdays.isEmpty
        }
        rule.setPositions.removeAll { abs($0) > rule.weekdays.mostDays(in: 366) }
        return !rule.setPositions.isEmpty
    }

    /// Reads days of months, in a monthly or a yearly rule.
    private mutating func readDaysOfMonths(_ isSingleTime: Bool) -> Bool {
        if !rule.setPositions.isEmpty {
            guard isSingleTime, readPicks() else { return false }
        }
        if !rule.ordinalWeekdays.isEmpty {
            rule.ordinalWeekdays.removeAll { abs($0.ordinal) > 5 }
            guard rule.monthDays.isEmpty, !rule.ordinalWeekdays.isEmpty || rule.weekdays != 0
            else { return false }
            dropRepeatedWeekdays()
        }
        if !rule.ordinalWeekdays.isEmpty {
            guard rule.setPositions.isEmpty else { return false }
        } else if rule.monthDays.isEmpty {
            guard !rule.setPositions.isEmpty || readEachWeekday() else { return false }
        } else {
            if rule.weekdays == .everyDay { rule.weekdays = 0 }
            guard dropMissingMonthDays() else { return false }
        }
        joinYear()
        return true
    }

    /// Takes out numbered weekdays that the rule has without a number too.
    private mutating func dropRepeatedWeekdays() {
        rule.ordinalWeekdays.removeAll { rule.weekdays >> UInt8($0.weekday.rawValue) & 1 == 1 }
    }

    /// Reads all weekdays of a period.
    private mutating func readEachWeekday() -> Bool {
        if rule.months == RecurrenceRule.allMonths { rule.months = 0 }
        if rule.interval > 1 { return rule.weekdays != .everyDay }
        rule.frequency = rule.weekdays == .everyDay ? .daily : .weekly
        if rule.weekdays == .everyDay { rule.weekdays = 0 }
        return true
    }

    /// Reads BYSETPOS in a month, and replaces it where simpler parts say the same.
    private mutating func readPicks() -> Bool {
        guard rule.ordinalWeekdays.isEmpty else { return false }
        if !rule.monthDays.isEmpty {
            guard rule.skip == .omit else { return false }
            if rule.nearDay != nil {
                // Seven days have each weekday once.
                if rule.weekdays.singleWeekday != nil { rule.setPositions = [] }
                return true
            }
            guard rule.weekdays == 0 || rule.weekdays == .everyDay else { return false }
            rule.weekdays = 0
            return readPickedMonthDays()
        }
        let most = rule.weekdays.mostDays(in: rule.monthLengths.longest)
        rule.setPositions.removeAll { abs($0) > most }
        if rule.weekdays == .everyDay {
            for position in rule.setPositions { rule.monthDays.insert(position) }
            (rule.weekdays, rule.setPositions) = (0, [])
            return !rule.monthDays.isEmpty
        }
        if let weekday = rule.weekdays.singleWeekday {
            rule.ordinalWeekdays = rule.setPositions.map { .init($0, weekday) }
            (rule.weekdays, rule.setPositions) = (0, [])
            return true
        }
        return !rule.setPositions.isEmpty
    }

    /// Reads BYSETPOS among days of the month where it picks the same in months of all lengths.
    private mutating func readPickedMonthDays() -> Bool {
        let (shortest, longest) = rule.monthLengths
        let picks = (shortest...longest).map { length in
            let days = rule.monthDays.numbers.map { $0 > 0 ? $0 : length + 1 + $0 }
            let valid = Set(days.filter { (1...length).contains($0) }).sorted()
            return PositionSet(rule.setPositions).picks(of: valid)
        }
        let fromEnd = zip(picks, shortest...longest).map { days, length in
            days.map { $0 - length - 1 }
        }
        let same = Set(picks).count == 1 ? picks.first : nil
        guard let days = same ?? (Set(fromEnd).count == 1 ? fromEnd.first : nil), !days.isEmpty
        else { return false }
        rule.monthDays = SignedSet64()
        for day in days { rule.monthDays.insert(day) }
        rule.setPositions = []
        return true
    }

    /// Takes out the days that none of the months has; returns whether a day is left.
    private mutating func dropMissingMonthDays() -> Bool {
        let longest = rule.monthLengths.longest
        var days = SignedSet64()
        for day in rule.monthDays.numbers where abs(day) <= longest { days.insert(day) }
        if rule.skip != .omit, days != rule.monthDays { return false }
        rule.monthDays = days
        return !days.isEmpty
    }

    /// Gives monthly and yearly rules one form, where both can say the same.
    private mutating func joinYear() {
        guard rule.interval == 1 else { return }
        if rule.frequency == .yearly, rule.months == RecurrenceRule.allMonths {
            (rule.frequency, rule.months) = (.monthly, 0)
        } else if rule.frequency == .monthly, rule.months != 0,
            rule.setPositions.isEmpty || rule.months.nonzeroBitCount == 1
        {
            rule.frequency = .yearly
        }
    }
}
