/// Which days of a year a rule's BY parts allow, before INTERVAL and BYSETPOS.
///
/// All parts become masks that depend on the year's shape alone. A numbered weekday of a month
/// needs no loop over months: the first Friday is the Friday among the days 1 to 7 of each month.
struct DayPattern {
    private var common: YearMask
    private var leap: YearMask
    private let weekStart: Int
    private var weekNumbers: SignedSet64?
    private var weekdays: WeekdayPattern?
    /// Whether every day is allowed.
    let isEveryDay: Bool
    /// The days where SKIP moves some of them; INTERVAL is already applied to them.
    let skippedDays: SkippedDays?

    private struct WeekdayPattern {
        let everyWeek: UInt8
        var groups: [Group] = []

        /// The days on which a weekday has one number: the number is -1 on the last seven days of
        /// each month.
        struct Group {
            var common: YearMask
            var leap: YearMask
            let ordinal: Int
            var weekdays: UInt8
        }
    }

    /// Creates the pattern of a rule; the start fills in its missing parts.
    init(_ rule: RecurrenceRule, start: LocalDateTime, reading: RecurrenceOptions.Reading) {
        weekStart = rule.weekStart.rawValue
        let parts = DayParts(rule, start: start, reading: reading)
        isEveryDay = parts.isEmpty
        skippedDays = rule.skip == .omit ? nil : SkippedDays(rule, start: start, parts)
        common = DayPattern.mask(parts, isLeap: false)
        leap = DayPattern.mask(parts, isLeap: true)
        if !parts.weekNumbers.isEmpty { weekNumbers = parts.weekNumbers }
        if parts.weekdays != 0 || !parts.ordinalWeekdays.isEmpty {
            var pattern = WeekdayPattern(everyWeek: parts.weekdays)
            let isOfYear = rule.frequency == .yearly && rule.months == 0
            for weekday in parts.ordinalWeekdays {
                let bit = 1 << UInt8(weekday.weekday.rawValue)
                if let last = pattern.groups.indices.last,
                    pattern.groups[last].ordinal == weekday.ordinal
                {
                    pattern.groups[last].weekdays |= UInt8(bit)
                    continue
                }
                let mask = { (isLeap: Bool) in
                    isOfYear
                        ? DayPattern.week(weekday.ordinal, ofYear: isLeap)
                        : DayPattern.week(weekday.ordinal, ofEachMonthOfYear: isLeap)
                }
                pattern.groups.append(
                    .init(
                        common: mask(false),
                        leap: mask(true),
                        ordinal: weekday.ordinal,
                        weekdays: UInt8(bit)
                    )
                )
            }
            weekdays = pattern
        }
    }

    /// The allowed days of a year.
    func mask(_ shape: YearShape) -> YearMask {
        var mask = skippedDays?.mask(shape) ?? (shape.isLeap ? leap : common)
        if let weekdays {
            var allowed = YearMask(
                weekdays: weekdays.everyWeek,
                firstWeekday: shape.firstWeekday
            )
            for group in weekdays.groups {
                let days = YearMask(weekdays: group.weekdays, firstWeekday: shape.firstWeekday)
                allowed = allowed.union(
                    days.intersection(shape.isLeap ? group.leap : group.common)
                )
            }
            mask = mask.intersection(allowed)
        }
        if weekNumbers != nil { mask = mask.intersection(weekMask(shape)) }
        return mask
    }

    /// Whether any year has an allowed day.
    var hasDays: Bool {
        if skippedDays != nil { return true }
        // The calendar's cycle has at least one year of each kind.
        return (2000..<2000 + YearShape.cycleYearCount).contains { !mask(YearShape($0)).isEmpty }
    }

    // MARK: Weeks of the year

    /// The days whose week has one of the numbers in BYWEEKNO.
    ///
    /// A week at the turn of the year is numbered in the year that it belongs to.
    private func weekMask(_ shape: YearShape) -> YearMask {
        guard let weekNumbers else { return YearMask(below: 366) }
        let first = firstWeek(firstWeekday: shape.firstWeekday)
        let weekCount = weekCount(firstWeekday: shape.firstWeekday, isLeap: shape.isLeap)
        var mask = YearMask()
        let fromEnd = DayPattern.reversed(weekNumbers.negative << UInt64(64 - weekCount))
        var weeks = (weekNumbers.positive | fromEnd) & .mask(below: weekCount)
        while weeks != 0 {
            mask.insert(0x7F, at: first + weeks.trailingZeroBitCount * 7)
            weeks &= weeks &- 1
        }
        if first > 0 {
            let pastIsLeap = CivilDate.isLeap(shape.year - 1)
            let pastFirstWeekday = (shape.firstWeekday - (pastIsLeap ? 366 : 365)).modulo(7)
            let last = self.weekCount(firstWeekday: pastFirstWeekday, isLeap: pastIsLeap)
            if weekNumbers.positive >> UInt64(last - 1) & 1 == 1 || weekNumbers.negative & 1 == 1 {
                mask.insert(.mask(below: first), at: 0)
            }
        }
        let end = first + weekCount * 7
        if end < shape.dayCount {
            let nextFirstWeekday = (shape.firstWeekday + shape.dayCount).modulo(7)
            let nextIsLeap = CivilDate.isLeap(shape.year + 1)
            let count = self.weekCount(firstWeekday: nextFirstWeekday, isLeap: nextIsLeap)
            if weekNumbers.positive & 1 == 1 || weekNumbers.negative >> UInt64(count - 1) & 1 == 1 {
                mask.insert(0x7F, at: end)
            }
        }
        return mask
    }

    /// The index of the day on which week 1 begins: -3 to 3.
    ///
    /// Week 1 is the first with at least four days in the year.
    private func firstWeek(firstWeekday: Int) -> Int {
        let passed = (firstWeekday - weekStart).modulo(7)
        return passed <= 3 ? -passed : 7 - passed
    }

    private func weekCount(firstWeekday: Int, isLeap: Bool) -> Int {
        let dayCount = isLeap ? 366 : 365
        let next = firstWeek(firstWeekday: (firstWeekday + dayCount).modulo(7))
        return (dayCount + next - firstWeek(firstWeekday: firstWeekday)) / 7
    }

    // MARK: Masks

    private static func mask(_ parts: DayParts, isLeap: Bool) -> YearMask {
        let dayCount = isLeap ? 366 : 365
        var mask = YearMask(below: dayCount)
        if parts.months != 0 {
            var months = YearMask()
            for month in 0..<12 where parts.months >> UInt16(month) & 1 == 1 {
                let first = YearShape.dayCount(beforeMonth: month, isLeap: isLeap)
                let end = YearShape.dayCount(beforeMonth: month + 1, isLeap: isLeap)
                months.insert(.mask(below: end - first), at: first)
            }
            mask = mask.intersection(months)
        }
        if !parts.monthDays.isEmpty {
            var days = YearMask()
            for month in 0..<12 {
                let first = YearShape.dayCount(beforeMonth: month, isLeap: isLeap)
                let count = YearShape.dayCount(beforeMonth: month + 1, isLeap: isLeap) - first
                let fromEnd = parts.monthDays.negative << UInt64(64 - count)
                let bits = parts.monthDays.positive | reversed(fromEnd)
                days.insert(bits & .mask(below: count), at: first)
            }
            mask = mask.intersection(days)
        }
        if !parts.yearDays.isEmpty {
            var days = YearMask()
            for day in parts.yearDays {
                let index = day > 0 ? day - 1 : dayCount + day
                if (0..<dayCount).contains(index) { days.insert(1, at: index) }
            }
            mask = mask.intersection(days)
        }
        return mask
    }

    private static func week(_ ordinal: Int, ofYear isLeap: Bool) -> YearMask {
        let dayCount = isLeap ? 366 : 365
        let first = ordinal > 0 ? (ordinal - 1) * 7 : dayCount + ordinal * 7
        var mask = YearMask()
        mask.insert(0x7F, at: first)
        return mask.intersection(YearMask(below: dayCount))
    }

    private static func week(_ ordinal: Int, ofEachMonthOfYear isLeap: Bool) -> YearMask {
        var mask = YearMask()
        guard abs(ordinal) <= 5 else { return mask }
        for month in 0..<12 {
            let first = YearShape.dayCount(beforeMonth: month, isLeap: isLeap)
            let count = YearShape.dayCount(beforeMonth: month + 1, isLeap: isLeap) - first
            let days: UInt64 = .mask(below: count)
            let week: UInt64 =
                ordinal > 0
                ? 0x7F << UInt64((ordinal - 1) * 7)
                : count + ordinal * 7 >= 0
                    ? 0x7F << UInt64(count + ordinal * 7)
                    : 0x7F >> UInt64(-(count + ordinal * 7))
            mask.insert(week & days, at: first)
        }
        return mask
    }

    private static func reversed(_ bits: UInt64) -> UInt64 {
        var (source, result) = (bits, UInt64(0))
        while source != 0 {
            result |= 1 << UInt64(source.leadingZeroBitCount)
            source &= ~(1 << UInt64(63 - source.leadingZeroBitCount))
        }
        return result
    }
}

/// A rule's parts that choose days, including those that its start fills in.
struct DayParts {
    var months: UInt16
    var monthDays: SignedSet64
    var weekdays: UInt8
    let ordinalWeekdays: [RecurrenceRule.OrdinalWeekday]
    let weekNumbers: SignedSet64
    let yearDays: [Int]

    /// Whether no part limits the days.
    var isEmpty: Bool {
        months == 0 && monthDays.isEmpty && weekdays == 0 && ordinalWeekdays.isEmpty
            && weekNumbers.isEmpty && yearDays.isEmpty
    }

    init(_ rule: RecurrenceRule, start: LocalDateTime, reading: RecurrenceOptions.Reading) {
        months = rule.months
        monthDays = rule.monthDays
        weekdays = rule.weekdays
        ordinalWeekdays = rule.ordinalWeekdays
        weekNumbers = rule.weekNumbers
        yearDays = rule.yearDays
        let hasWeekdays = weekdays != 0 || !ordinalWeekdays.isEmpty
        let date = start.date.components
        let weekday: UInt8 = 1 << UInt8(YearShape.weekday(of: start.date.daysSince1970))
        let startMonth: UInt16 = 1 << UInt16(date.month - 1)
        switch rule.frequency {
        case .secondly, .minutely, .hourly, .daily: break
        case .weekly: if !hasWeekdays { weekdays = weekday }
        case .monthly: if monthDays.isEmpty, !hasWeekdays { monthDays.insert(date.day) }
        case .yearly:
            let fills = reading == .fill && !hasWeekdays && yearDays.isEmpty
            switch (weekNumbers.isEmpty, monthDays.isEmpty) {
            case (true, true):
                if hasWeekdays || !yearDays.isEmpty { break }
                monthDays.insert(date.day)
                if months == 0 { months = startMonth }
            case (true, false): if fills, months == 0 { months = startMonth }
            case (false, true): if fills { weekdays = weekday }
            case (false, false): break
            }
        }
    }
}
