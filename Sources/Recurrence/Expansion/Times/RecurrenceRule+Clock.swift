extension RecurrenceRule {
    /// The times of a day if INTERVAL is 1: those that the rule says, and those that the start
    /// fills in.
    func clock(from start: LocalDateTime) -> ClockMask {
        let (hour, minute, second) = start.time
        var clock = ClockMask(hours: hours, minutes: minutes, seconds: seconds)
        if clock.hours == 0 {
            let isFree = frequency.rawValue <= Frequency.hourly.rawValue
            clock.hours = isFree ? ClockMask.allHours : 1 << UInt32(hour)
        }
        if clock.minutes == 0 {
            let isFree = frequency.rawValue <= Frequency.minutely.rawValue
            clock.minutes = isFree ? ClockMask.allMinutes : 1 << UInt64(minute)
        }
        if clock.seconds == 0 {
            clock.seconds = frequency == .secondly ? ClockMask.allMinutes : 1 << UInt64(second)
        }
        return clock
    }

    /// The times of a day, before BYSETPOS, which are the same on every day on which the rule has
    /// an occurrence; nothing where steps of hours, minutes or seconds differ from day to day.
    package func clockOfEveryDay(from start: LocalDateTime) -> ClockMask? {
        var clock = clock(from: start)
        guard let unit = TimeSteps.Unit(frequency) else { return clock }
        return clock.keepSteps(of: unit, every: interval, from: start) ? clock : nil
    }
}

extension ClockMask {
    /// Keeps only the units on which steps from a start fall, if the steps are even: if they come
    /// at the same hours of every day, the same minutes of every hour or the same seconds of every
    /// minute.
    ///
    /// - Returns: Whether the steps are even; if not, the mask stays as it is.
    mutating func keepSteps(
        of unit: TimeSteps.Unit,
        every interval: Int,
        from start: LocalDateTime
    ) -> Bool {
        let (hour, minute, second) = start.time
        switch unit {
        case .hour:
            guard 24 % interval == 0 else { return false }
            hours &= UInt32(truncatingIfNeeded: ClockMask.steps(every: interval, from: hour))
        case .minute:
            guard 60 % interval == 0 else { return false }
            minutes &= ClockMask.steps(every: interval, from: minute)
        case .second:
            guard 60 % interval == 0 else { return false }
            seconds &= ClockMask.steps(every: interval, from: second)
        }
        return true
    }

    /// The numbers below 60 whose distance from `number` is whole intervals, as bits.
    private static func steps(every interval: Int, from number: Int) -> UInt64 {
        stride(from: number % interval, to: 60, by: interval).reduce(0) { $0 | 1 << UInt64($1) }
    }
}

extension TimeSteps.Unit {
    /// The unit that a frequency counts steps in; nothing for days and longer periods.
    init?(_ frequency: RecurrenceRule.Frequency) {
        switch frequency {
        case .hourly: self = .hour
        case .minutely: self = .minute
        case .secondly: self = .second
        case .daily, .weekly, .monthly, .yearly: return nil
        }
    }
}
