import Recurrence

/// A second implementation, as simple as possible.
///
/// It goes through all days one by one, and through each period's members. It has no masks, no
/// arithmetic and no seeking.
struct PlainExpander {
    var frequency: RecurrenceRule.Frequency
    var interval = 1
    var weekStart = 0
    var months: [Int] = []
    var weekNumbers: [Int] = []
    var yearDays: [Int] = []
    var monthDays: [Int] = []
    /// The number of a weekday (0 for every week), and the weekday (0 for Monday).
    var weekdays: [(ordinal: Int, weekday: Int)] = []
    var hours: [Int] = []
    var minutes: [Int] = []
    var seconds: [Int] = []
    var setPositions: [Int] = []
    var start: LocalDateTime
    var options = RecurrenceOptions()

    /// One day, with what the calendar says about it.
    struct Day {
        var number: Int
        var year: Int
        var month: Int
        var day: Int

        var weekday: Int { ((number + 3) % 7 + 7) % 7 }
        var monthLength: Int { CivilDate.dayCount(ofMonth: month, year: year) }
        var yearLength: Int { CivilDate.isLeap(year) ? 366 : 365 }
        var dayOfYear: Int {
            (1..<month).reduce(day) { $0 + CivilDate.dayCount(ofMonth: $1, year: year) }
        }

        init(_ number: Int) {
            self.number = number
            (year, month, day) = CivilDate(daysSince1970: number).components
        }

        mutating func advance() {
            number += 1
            day += 1
            if day > monthLength { (month, day) = (month + 1, 1) }
            if month > 12 { (year, month) = (year + 1, 1) }
        }
    }

    /// The rule's slots in a number of days that begin with the start's period; not more than a
    /// limit.
    func slots(dayCount: Int, limit: Int) -> [Int] {
        var slots: [Int] = []
        var period: [Int] = []
        var periodKey: Int?
        func close() {
            let first = Int(start.secondsSince1970)
            let isCut = options.setPositions == .cut
            slots += picked(isCut ? period.filter { $0 >= first } : period).filter { $0 >= first }
            period = []
        }
        var day = Day(firstDay)
        let end = firstDay + dayCount
        while day.number < end, slots.count < limit {
            if matches(day) {
                for slot in times(of: day) {
                    let next = key(of: slot, day)
                    if next != periodKey { close() }
                    periodKey = next
                    period.append(slot)
                }
            }
            day.advance()
        }
        // Only whole periods count.
        if slots.count < limit, periodKey != key(of: end * 86_400, day) { close() }
        return Array(slots.prefix(limit))
    }

    private var startDay: Day { Day(start.date.daysSince1970) }

    private var firstDay: Int {
        let day = startDay
        switch frequency {
        case .yearly: return day.number - day.dayOfYear + 1
        case .monthly: return day.number - day.day + 1
        case .weekly: return weekBeginning(day)
        default: return day.number
        }
    }

    private func weekBeginning(_ day: Day) -> Int {
        day.number - (day.weekday - weekStart + 7) % 7
    }

    private func picked(_ period: [Int]) -> [Int] {
        if setPositions.isEmpty { return period }
        return period.indices.filter { index in
            setPositions.contains(index + 1) || setPositions.contains(index - period.count)
        }.map { period[$0] }
    }

    private func key(of slot: Int, _ day: Day) -> Int {
        switch frequency {
        case .yearly: day.year
        case .monthly: day.year * 12 + day.month
        case .weekly: weekBeginning(day)
        case .daily: day.number
        case .hourly: unit(slot, 3600)
        case .minutely: unit(slot, 60)
        case .secondly: slot
        }
    }

    private func unit(_ slot: Int, _ length: Int) -> Int {
        (slot - ((slot % length) + length) % length) / length
    }

    // MARK: Days

    private func matches(_ day: Day) -> Bool {
        let first = startDay
        let hasDayPart =
            !weekNumbers.isEmpty || !yearDays.isEmpty || !monthDays.isEmpty || !weekdays.isEmpty
        switch frequency {
        case .yearly:
            guard (day.year - first.year) % interval == 0 else { return false }
            if !hasDayPart {
                if day.day != first.day { return false }
                if months.isEmpty, day.month != first.month { return false }
            }
            guard options.reading == .table || matchesFilled(day) else { return false }
        case .monthly:
            let passed = (day.year - first.year) * 12 + day.month - first.month
            guard passed % interval == 0 else { return false }
            if !hasDayPart, day.day != first.day { return false }
        case .weekly:
            let passed = weekBeginning(day) - weekBeginning(first)
            guard passed / 7 % interval == 0 else { return false }
            if weekdays.isEmpty, day.weekday != first.weekday { return false }
        case .daily: guard (day.number - first.number) % interval == 0 else { return false }
        case .hourly, .minutely, .secondly: break
        }
        return (months.isEmpty || months.contains(day.month)) && matchesMonthDay(day)
            && matchesYearDay(day) && matchesWeekNumber(day) && matchesWeekday(day)
    }

    /// Whether a day of a yearly rule is in the start's month or on its weekday, where the rule
    /// has BYMONTHDAY without BYMONTH or BYWEEKNO without BYDAY.
    private func matchesFilled(_ day: Day) -> Bool {
        guard weekdays.isEmpty, yearDays.isEmpty else { return true }
        switch (weekNumbers.isEmpty, monthDays.isEmpty) {
        case (true, false): return !months.isEmpty || day.month == startDay.month
        case (false, true): return day.weekday == startDay.weekday
        case (true, true), (false, false): return true
        }
    }

    private func matchesMonthDay(_ day: Day) -> Bool {
        monthDays.isEmpty || monthDays.contains(day.day)
            || monthDays.contains(day.day - day.monthLength - 1)
    }

    private func matchesYearDay(_ day: Day) -> Bool {
        if yearDays.isEmpty { return true }
        let number = day.dayOfYear
        return yearDays.contains(number) || yearDays.contains(number - day.yearLength - 1)
    }

    private func matchesWeekNumber(_ day: Day) -> Bool {
        if weekNumbers.isEmpty { return true }
        // A week belongs to the year of its fourth day, so December 28th is always in the last
        // week.
        let fourth = Day(weekBeginning(day) + 3)
        let number = (fourth.dayOfYear - 1) / 7 + 1
        guard let end = CivilDate(year: fourth.year, month: 12, day: 28) else { return false }
        let count = (Day(weekBeginning(Day(end.daysSince1970)) + 3).dayOfYear - 1) / 7 + 1
        return weekNumbers.contains(number) || weekNumbers.contains(number - count - 1)
    }

    private func matchesWeekday(_ day: Day) -> Bool {
        if weekdays.isEmpty { return true }
        let isOfYear = frequency == .yearly && months.isEmpty
        let place = isOfYear ? day.dayOfYear : day.day
        let length = isOfYear ? day.yearLength : day.monthLength
        return weekdays.contains { ordinal, weekday in
            guard weekday == day.weekday else { return false }
            return ordinal == 0 || ordinal == (place - 1) / 7 + 1
                || ordinal == -((length - place) / 7 + 1)
        }
    }

    // MARK: Times

    private func times(of day: Day) -> [Int] {
        let (hour, minute, second) = start.time
        func values(
            _ part: [Int],
            _ own: Int,
            _ frequency: RecurrenceRule.Frequency,
            _ end: Int
        )
            -> [Int]
        {
            if !part.isEmpty { return part.sorted() }
            return self.frequency.rawValue <= frequency.rawValue ? Array(0..<end) : [own]
        }
        var times: [Int] = []
        for hour in values(hours, hour, .hourly, 24) {
            let hourSlot = day.number * 86_400 + hour * 3600
            if frequency == .hourly, !isStep(hourSlot, 3600) { continue }
            for minute in values(minutes, minute, .minutely, 60) {
                let minuteSlot = hourSlot + minute * 60
                if frequency == .minutely, !isStep(minuteSlot, 60) { continue }
                for second in values(seconds, second, .secondly, 60) {
                    let slot = minuteSlot + second
                    if frequency == .secondly, !isStep(slot, 1) { continue }
                    times.append(slot)
                }
            }
        }
        return times
    }

    private func isStep(_ slot: Int, _ length: Int) -> Bool {
        (unit(slot, length) - unit(Int(start.secondsSince1970), length)) % interval == 0
    }
}

extension PlainExpander {
    /// The rule's text.
    var text: String {
        let names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
        var parts = ["FREQ=\(frequency)".uppercased()]
        if interval > 1 { parts.append("INTERVAL=\(interval)") }
        func append(_ name: String, _ values: [Int]) {
            guard !values.isEmpty else { return }
            parts.append("\(name)=" + values.map(String.init).joined(separator: ","))
        }
        append("BYMONTH", months)
        append("BYWEEKNO", weekNumbers)
        append("BYYEARDAY", yearDays)
        append("BYMONTHDAY", monthDays)
        if !weekdays.isEmpty {
            let days = weekdays.map { ($0.ordinal == 0 ? "" : "\($0.ordinal)") + names[$0.weekday] }
            parts.append("BYDAY=" + days.joined(separator: ","))
        }
        append("BYHOUR", hours)
        append("BYMINUTE", minutes)
        append("BYSECOND", seconds)
        append("BYSETPOS", setPositions)
        if weekStart > 0 { parts.append("WKST=\(names[weekStart])") }
        return parts.joined(separator: ";")
    }
}
