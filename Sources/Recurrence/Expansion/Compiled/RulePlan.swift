/// A rule's times and stride, in the simplest form.
///
/// Three things are reduced: a frequency whose interval is whole units of a coarser one; steps that
/// divide a minute, an hour or a day; and BYSETPOS within a day.
struct RulePlan {
    private(set) var times: TimeSet
    private(set) var timeCount = 0
    private(set) var stepOrigin = 0
    private(set) var stride: DayStride = .every
    private(set) var picks: CompiledRule.Picks?
    private(set) var isEmpty = false
    private(set) var spacing = 1

    init(_ rule: RecurrenceRule, start: LocalDateTime, options: RecurrenceOptions) {
        var frequency = rule.frequency
        var interval = rule.interval
        var clock = rule.clock(from: start)
        var picked: [Int]?
        let positions = rule.setPositions.isEmpty ? nil : PositionSet(rule.setPositions)
        if let positions {
            switch frequency {
            case .secondly:
                isEmpty = positions.first(from: 0, of: 1) == nil
            case .minutely:
                let seconds = positions.picks(of: clock.seconds.indicesOfSetBits)
                clock.seconds = seconds.reduce(0) { $0 | 1 << UInt64($1) }
            case .hourly: picked = positions.picks(of: TimeSteps.times(ofHour: clock))
            case .daily:
                picked = RulePlan.picks(positions, of: clock)
            case .weekly, .monthly, .yearly: break
            }
        }
        RulePlan.coarsen(&frequency, &interval, &clock, &picked, start)
        times = .product(clock)
        stride = RulePlan.stride(rule, frequency, interval, start)
        switch frequency {
        case .secondly, .minutely, .hourly:
            if let unit = TimeSteps.Unit(frequency) {
                setSteps(unit, interval, clock, picked, start)
            }
        case .daily: if let picked { times = .list(picked) }
        case .weekly, .monthly, .yearly: setPicks(rule, positions)
        }
        switch times {
        case .product(let clock): timeCount = clock.count
        case .list(let times): timeCount = times.count
        case .stepped(let steps): if !steps.canMeet(origin: stepOrigin) { isEmpty = true }
        }
        if timeCount == 0, !isStepped || clock.isEmpty { isEmpty = true }
        if let picks, picks.positions.first(from: 0, of: dayLimit(rule) * timeCount) == nil {
            isEmpty = true
        }
        spacing = timeCount == 1 ? 86_400 : RulePlan.spacing(of: clock, picked)
    }

    /// The most days that a period of the rule can have.
    private func dayLimit(_ rule: RecurrenceRule) -> Int {
        switch rule.frequency {
        case .weekly: rule.ordinalWeekdays.isEmpty ? max(rule.weekdays.nonzeroBitCount, 1) : 7
        case .monthly: 31
        default: 366
        }
    }

    var isStepped: Bool {
        if case .stepped = times { true } else { false }
    }

    /// Turns sixty seconds into a minute, and so on up to days.
    private static func coarsen(
        _ frequency: inout RecurrenceRule.Frequency,
        _ interval: inout Int,
        _ clock: inout ClockMask,
        _ picked: inout [Int]?,
        _ start: LocalDateTime
    ) {
        let (hour, minute, second) = start.time
        if frequency == .secondly, interval % 60 == 0 {
            frequency = .minutely
            interval /= 60
            clock.seconds &= 1 << UInt64(second)
        }
        if frequency == .minutely, interval % 60 == 0 {
            frequency = .hourly
            interval /= 60
            clock.minutes &= 1 << UInt64(minute)
        }
        if frequency == .hourly, interval % 24 == 0 {
            frequency = .daily
            interval /= 24
            clock.hours &= 1 << UInt32(hour)
            picked = picked.map { times in
                clock.hours == 0 ? [] : times.map { $0 + hour * 3600 }
            }
        }
    }

    private static func picks(_ positions: PositionSet, of clock: ClockMask) -> [Int] {
        var picks: [Int] = []
        let total = clock.count
        var next = positions.first(from: 0, of: total)
        while let index = next, let time = clock.time(at: index) {
            picks.append(time)
            next = positions.first(from: index + 1, of: total)
        }
        return picks
    }

    private static func stride(
        _ rule: RecurrenceRule,
        _ frequency: RecurrenceRule.Frequency,
        _ interval: Int,
        _ start: LocalDateTime
    ) -> DayStride {
        let day = start.date.daysSince1970
        guard interval > 1 else { return .every }
        switch frequency {
        case .yearly: return .years(interval, origin: start.date.components.year)
        case .monthly:
            let (year, month, _) = start.date.components
            return .months(interval, origin: year * 12 + month - 1)
        case .weekly:
            let passed = YearShape.weekday(of: day) - rule.weekStart.rawValue
            return .weeks(interval, origin: day - passed.modulo(7))
        case .daily: return .days(interval, origin: day)
        case .hourly, .minutely, .secondly: return .every
        }
    }

    private mutating func setSteps(
        _ unit: TimeSteps.Unit,
        _ interval: Int,
        _ clock: ClockMask,
        _ picked: [Int]?,
        _ start: LocalDateTime
    ) {
        stepOrigin = Int(start.secondsSince1970).floorDivided(by: unit.rawValue)
        var clock = clock
        if clock.keepSteps(of: unit, every: interval, from: start) {
            times = .product(clock)
            if let picked {
                let hours = clock.hours.indicesOfSetBits
                times = .list(hours.flatMap { hour in picked.map { hour * 3600 + $0 } })
            }
            return
        }
        let steps = TimeSteps(unit: unit, interval: interval, clock: clock, hourTimes: picked)
        times = .stepped(steps)
        if let days = steps.meetingDays(origin: stepOrigin) {
            stride = .remainders(days, of: steps.dayPeriod)
        } else if interval > unit.countPerDay {
            stride = .steps(interval, countPerDay: unit.countPerDay, origin: stepOrigin)
        }
    }

    private mutating func setPicks(_ rule: RecurrenceRule, _ positions: PositionSet?) {
        guard let positions else { return }
        let period: CompiledRule.Picks.Period =
            rule.frequency == .weekly
            ? .week(start: rule.weekStart.rawValue) : rule.frequency == .monthly ? .month : .year
        picks = CompiledRule.Picks(period: period, positions: positions)
    }

    /// A lower bound of the distance between two times, in seconds.
    private static func spacing(of clock: ClockMask, _ picked: [Int]?) -> Int {
        if picked != nil || clock.seconds.nonzeroBitCount > 1 { return 1 }
        return clock.minutes.nonzeroBitCount > 1 ? 60 : 3600
    }
}
