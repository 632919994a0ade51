/// Steps of a number of hours, minutes or seconds.
///
/// Only the steps that a clock mask allows count.
struct TimeSteps {
    enum Unit: Int {
        case hour = 3600
        case minute = 60
        case second = 1

        var countPerDay: Int { 86_400 / rawValue }
    }

    let unit: Unit
    /// How many units one step takes.
    let interval: Int
    /// The allowed units; each second of the mask within such a unit is an occurrence.
    let clock: ClockMask
    /// The times within an hour of hourly steps, ascending, in seconds; empty for other units.
    let hourTimes: [Int]

    /// Steps of a unit; `hourTimes` replaces the clock's minutes and seconds in hourly steps.
    init(unit: Unit, interval: Int, clock: ClockMask, hourTimes: [Int]?) {
        self.unit = unit
        self.interval = interval
        self.clock = clock
        guard unit == .hour else {
            self.hourTimes = []
            return
        }
        self.hourTimes = hourTimes ?? TimeSteps.times(ofHour: clock)
    }

    static func times(ofHour clock: ClockMask) -> [Int] {
        clock.minutes.indicesOfSetBits.flatMap { minute in
            clock.seconds.indicesOfSetBits.map { minute * 60 + $0 }
        }
    }

    /// The days on which a step falls on an allowed unit, as remainders modulo ``dayPeriod``;
    /// nothing where there are too many for a list to help.
    func meetingDays(origin: Int) -> [Int]? {
        let units = ClockMask(
            hours: clock.hours,
            minutes: unit == .hour ? 1 : clock.minutes,
            seconds: unit == .second ? clock.seconds : 1
        )
        let period = dayPeriod
        guard units.count <= TimeSteps.meetingLimit, units.count * 4 <= period else { return nil }
        let divisor = interval.greatestCommonDivisor(unit.countPerDay)
        let inverse = (unit.countPerDay / divisor).inverse(modulo: period)
        var days: [Int] = []
        for ordinal in 0..<units.count {
            guard let time = units.time(at: ordinal) else { break }
            // A step falls on the time if the distance from the origin is whole intervals.
            let distance = origin - time / unit.rawValue
            if distance.modulo(divisor) != 0 { continue }
            days.append((distance / divisor).modulo(period) * inverse % period)
        }
        return days
    }

    private static let meetingLimit = 64

    /// The number of days after which the steps fall on the same times of day again.
    var dayPeriod: Int {
        interval / interval.greatestCommonDivisor(unit.countPerDay)
    }

    /// The first step at or after a day's midnight, in units after midnight; the origin is any
    /// step, in units since 1970-01-01T00:00:00.
    func phase(ofDay day: Int, origin: Int) -> Int {
        (origin - day * unit.countPerDay).modulo(interval)
    }

    /// Tells whether a step can ever fall on an allowed time.
    func canMeet(origin: Int) -> Bool {
        let divisor = interval.greatestCommonDivisor(unit.countPerDay)
        let steps = TimeSteps(unit: unit, interval: divisor, clock: clock, hourTimes: hourTimes)
        return steps.first(from: 0, phase: origin.modulo(divisor)) != nil
    }

    // MARK: Forward

    func first(from time: Int, phase: Int) -> Int? {
        guard time < 86_400, phase < unit.countPerDay else { return nil }
        switch unit {
        case .hour:
            let hour = time / 3600
            var step = aligned(notBelow: hour, phase)
            while step < 24 {
                if clock.hours >> UInt32(step) & 1 == 1 {
                    let index = step > hour ? 0 : hourTimes.firstIndex(notLessThan: time % 3600)
                    if index < hourTimes.count { return step * 3600 + hourTimes[index] }
                }
                step += interval
            }
            return nil
        case .minute:
            let minute = time / 60
            guard let step = firstMinute(from: minute, phase) else { return nil }
            if step > minute { return step * 60 + clock.seconds.trailingZeroBitCount }
            let seconds = clock.seconds & (~0 << UInt64(time % 60))
            if seconds != 0 { return step * 60 + seconds.trailingZeroBitCount }
            return firstMinute(from: minute + 1, phase).map {
                $0 * 60 + clock.seconds.trailingZeroBitCount
            }
        case .second: return firstSecond(from: time, phase)
        }
    }

    private func firstMinute(from minute: Int, _ phase: Int) -> Int? {
        var step = aligned(notBelow: minute, phase)
        while step < 1440 {
            let (hour, minuteOfHour) = (step / 60, step % 60)
            let hours = UInt64(clock.hours) & (~0 << UInt64(hour))
            guard hours != 0 else { return nil }
            if hours >> UInt64(hour) & 1 == 0 {
                step = aligned(notBelow: hours.trailingZeroBitCount * 60, phase)
                continue
            }
            let minutes = clock.minutes & (~0 << UInt64(minuteOfHour))
            if minutes >> UInt64(minuteOfHour) & 1 == 1 { return step }
            let next = minutes == 0 ? (hour + 1) * 60 : hour * 60 + minutes.trailingZeroBitCount
            step = aligned(notBelow: next, phase)
        }
        return nil
    }

    private func firstSecond(from second: Int, _ phase: Int) -> Int? {
        var step = aligned(notBelow: second, phase)
        while step < 86_400 {
            // Steps before the next allowed time are not allowed.
            guard let next = clock.first(from: step) else { return nil }
            if next == step { return step }
            step = aligned(notBelow: next, phase)
        }
        return nil
    }

    private func aligned(notBelow value: Int, _ phase: Int) -> Int {
        value <= phase ? phase : value + (phase - value).modulo(interval)
    }

    // MARK: Backward

    func last(through time: Int, phase: Int) -> Int? {
        guard time >= 0, phase < unit.countPerDay else { return nil }
        switch unit {
        case .hour:
            let hour = time / 3600
            var step = aligned(notAbove: hour, phase)
            while step >= 0 {
                if clock.hours >> UInt32(step) & 1 == 1 {
                    let limit = step < hour ? 3599 : time % 3600
                    let index = hourTimes.firstIndex(notLessThan: limit + 1)
                    if index > 0 { return step * 3600 + hourTimes[index - 1] }
                }
                step -= interval
            }
            return nil
        case .minute:
            let minute = time / 60
            guard let step = lastMinute(through: minute, phase) else { return nil }
            let lastSecond = 63 - clock.seconds.leadingZeroBitCount
            if step < minute { return step * 60 + lastSecond }
            let seconds = clock.seconds & .mask(below: time % 60 + 1)
            if seconds != 0 { return step * 60 + 63 - seconds.leadingZeroBitCount }
            return lastMinute(through: minute - 1, phase).map { $0 * 60 + lastSecond }
        case .second:
            var step = aligned(notAbove: time, phase)
            while step >= 0 {
                guard let next = clock.last(through: step) else { return nil }
                if next == step { return step }
                step = aligned(notAbove: next, phase)
            }
            return nil
        }
    }

    private func lastMinute(through minute: Int, _ phase: Int) -> Int? {
        // Only hours and minutes matter here, so the mask has any one second.
        let minutes = ClockMask(hours: clock.hours, minutes: clock.minutes, seconds: 1)
        var step = aligned(notAbove: minute, phase)
        while step >= 0 {
            guard let next = minutes.last(through: step * 60) else { return nil }
            if next == step * 60 { return step }
            step = aligned(notAbove: next / 60, phase)
        }
        return nil
    }

    /// The last step that is not above a value; negative where there is none.
    private func aligned(notAbove value: Int, _ phase: Int) -> Int {
        value < phase ? -1 : value - (value - phase) % interval
    }

    // MARK: Counting

    func count(below time: Int, phase: Int) -> Int {
        guard phase < unit.countPerDay else { return 0 }
        var count = 0
        switch unit {
        case .hour:
            for step in stride(from: phase, to: 24, by: interval)
            where clock.hours >> UInt32(step) & 1 == 1 {
                let end = time - step * 3600
                if end <= 0 { break }
                count += end >= 3600 ? hourTimes.count : hourTimes.firstIndex(notLessThan: end)
            }
        case .minute where interval >= 60, .second where interval >= 60:
            let end = (time + unit.rawValue - 1) / unit.rawValue
            for step in stride(from: phase, to: end, by: interval) {
                count += self.count(inStep: step, below: time)
            }
        case .minute, .second: count = countByMasks(below: time, phase)
        }
        return count
    }

    /// How many times a step of minutes or seconds has before `time`.
    private func count(inStep step: Int, below time: Int) -> Int {
        let start = step * unit.rawValue
        let (hour, minute) = (start / 3600, start / 60 % 60)
        guard clock.hours >> UInt32(hour) & 1 == 1, clock.minutes >> UInt64(minute) & 1 == 1 else {
            return 0
        }
        if unit == .second { return Int(clock.seconds >> UInt64(start % 60) & 1) }
        return (clock.seconds & .mask(below: min(time - start, 60))).nonzeroBitCount
    }

    private func countByMasks(below time: Int, _ phase: Int) -> Int {
        let masks = Masks(unit, interval: interval)
        var count = 0
        for hour in 0...min(time / 3600, 23) where clock.hours >> UInt32(hour) & 1 == 1 {
            var minutes = clock.minutes & masks.minutes(of: hour * 3600, phase: phase)
            while minutes != 0 {
                let start = hour * 3600 + minutes.trailingZeroBitCount * 60
                if start >= time { break }
                minutes &= minutes &- 1
                let seconds = clock.seconds & masks.seconds(of: start, phase: phase)
                count += (seconds & .mask(below: min(time - start, 60))).nonzeroBitCount
            }
        }
        return count
    }
}

extension TimeSteps {
    /// The slots, if they are equally far apart: the clock allows every unit and each has one time.
    func evenSlots(origin: Int) -> EvenSlots? {
        let offset: Int
        switch unit {
        case .hour:
            guard hourTimes.count == 1 else { return nil }
            offset = hourTimes[0]
        case .minute:
            guard clock.minutes == ClockMask.allMinutes, clock.seconds.nonzeroBitCount == 1 else {
                return nil
            }
            offset = clock.seconds.trailingZeroBitCount
        case .second:
            guard clock.minutes == ClockMask.allMinutes, clock.seconds == ClockMask.allMinutes
            else { return nil }
            offset = 0
        }
        guard clock.hours == ClockMask.allHours else { return nil }
        return EvenSlots(
            anchor: origin * unit.rawValue + offset,
            distance: interval * unit.rawValue
        )
    }

    /// Whether each allowed unit has every minute and second of the clock.
    var isWholeClock: Bool {
        unit != .hour
            || hourTimes.count == clock.minutes.nonzeroBitCount * clock.seconds.nonzeroBitCount
    }

    /// Masks that give all steps of a day, an hour or a minute at once; nothing if steps are rare,
    /// or if an hour lacks some combinations of the clock's minutes and seconds.
    var masks: Masks? {
        guard isWholeClock, interval < 60 || unit == .hour else { return nil }
        return Masks(unit, interval: interval)
    }

    /// The steps of one hour or minute, as bits.
    struct Masks {
        let unit: Unit
        private let interval: Int
        /// Bit 0 and every bit whose index is a multiple of the interval.
        private let comb: UInt64

        init(_ unit: Unit, interval: Int) {
            self.unit = unit
            self.interval = interval
            comb = stride(from: 0, to: 60, by: interval).reduce(0) { $0 | 1 << UInt64($1) }
        }

        /// The hours of a day.
        func hours(phase: Int) -> UInt64 {
            unit == .hour ? (phase < 24 ? comb << UInt64(phase) : 0) : ~0
        }

        /// The minutes of an hour that begins `start` seconds after midnight.
        func minutes(of start: Int, phase: Int) -> UInt64 {
            unit == .minute ? comb(behind: start / 60, phase) : ~0
        }

        /// The seconds of a minute that begins `start` seconds after midnight.
        func seconds(of start: Int, phase: Int) -> UInt64 {
            unit == .second ? comb(behind: start, phase) : ~0
        }

        private func comb(behind start: Int, _ phase: Int) -> UInt64 {
            // This is `phase - start` plus a multiple of the interval, so that it is not negative.
            let first =
                UInt32(truncatingIfNeeded: phase + (interval - 1) * start)
                % UInt32(truncatingIfNeeded: interval)
            return first < 60 ? comb << UInt64(first) : 0
        }
    }
}
