/// The times of a day at which a rule yields, in seconds from midnight.
///
/// What depends on the day is passed in as `phase`: the first step that falls on it, counted in
/// units from its midnight. Only a ``TimeSet/stepped(_:)`` set looks at it.
enum TimeSet {
    /// Every combination of an hour, a minute and a second.
    case product(ClockMask)
    /// Some times, ascending.
    case list([Int])
    /// Steps that do not divide the day, or not evenly enough to be a product.
    case stepped(TimeSteps)

    /// The first time at or after one.
    func first(from time: Int, phase: Int) -> Int? {
        switch self {
        case .product(let clock): return clock.first(from: time)
        case .list(let times):
            let index = times.firstIndex(notLessThan: time)
            return index < times.count ? times[index] : nil
        case .stepped(let steps): return steps.first(from: time, phase: phase)
        }
    }

    /// The last time at or before one.
    func last(through time: Int, phase: Int) -> Int? {
        switch self {
        case .product(let clock): return clock.last(through: time)
        case .list(let times):
            let index = times.firstIndex(notLessThan: time + 1)
            return index > 0 ? times[index - 1] : nil
        case .stepped(let steps): return steps.last(through: time, phase: phase)
        }
    }

    /// How many times there are before one.
    func count(below time: Int, phase: Int) -> Int {
        switch self {
        case .product(let clock): return clock.count(below: time)
        case .list(let times): return times.firstIndex(notLessThan: time)
        case .stepped(let steps): return steps.count(below: time, phase: phase)
        }
    }

    /// The time that has a number of times before it.
    func time(at ordinal: Int, phase: Int) -> Int? {
        switch self {
        case .product(let clock): return clock.time(at: ordinal)
        case .list(let times): return ordinal < times.count ? times[ordinal] : nil
        case .stepped(let steps):
            var (low, high) = (0, 86_400)
            while low < high {
                let middle = (low + high) / 2
                if steps.count(below: middle + 1, phase: phase) > ordinal {
                    high = middle
                } else {
                    low = middle + 1
                }
            }
            return low < 86_400 ? low : nil
        }
    }
}

/// Every combination of some hours, minutes and seconds.
struct ClockMask: Hashable {
    var hours: UInt32
    var minutes: UInt64
    var seconds: UInt64

    static let allHours: UInt32 = 0xFF_FFFF
    static let allMinutes: UInt64 = .mask(below: 60)

    var isEmpty: Bool { hours == 0 || minutes == 0 || seconds == 0 }

    /// How far apart the times are, from one day to the next too, where they are equally far apart.
    var distance: Int? {
        if seconds.nonzeroBitCount > 1 {
            guard hours == ClockMask.allHours, minutes == ClockMask.allMinutes else { return nil }
            return seconds.distanceOfSetBits(in: 60)
        }
        if minutes.nonzeroBitCount > 1 {
            guard hours == ClockMask.allHours else { return nil }
            return minutes.distanceOfSetBits(in: 60).map { $0 * 60 }
        }
        return UInt64(hours).distanceOfSetBits(in: 24).map { $0 * 3600 }
    }

    var count: Int { hours.nonzeroBitCount * countPerHour }

    private var countPerHour: Int { minutes.nonzeroBitCount * seconds.nonzeroBitCount }

    func contains(_ time: Int) -> Bool {
        let (hour, minute, second) = (time / 3600, time / 60 % 60, time % 60)
        return hours >> UInt32(hour) & 1 == 1 && minutes >> UInt64(minute) & 1 == 1
            && seconds >> UInt64(second) & 1 == 1
    }

    func first(from time: Int) -> Int? {
        guard time < 86_400, !isEmpty else { return nil }
        var (hour, minute, second) = (time / 3600, time / 60 % 60, time % 60)
        let hoursLeft = UInt64(hours) & (~0 << UInt64(hour))
        guard hoursLeft != 0 else { return nil }
        if hoursLeft >> UInt64(hour) & 1 == 1 {
            let minutesLeft = minutes & (~0 << UInt64(minute))
            if minutesLeft >> UInt64(minute) & 1 == 1 {
                let secondsLeft = seconds & (~0 << UInt64(second))
                if secondsLeft != 0 {
                    return hour * 3600 + minute * 60 + secondsLeft.trailingZeroBitCount
                }
            }
            let minutesAfter = minutes & (~0 << UInt64(minute + 1))
            if minutesAfter != 0 {
                minute = minutesAfter.trailingZeroBitCount
                return hour * 3600 + minute * 60 + seconds.trailingZeroBitCount
            }
        }
        let hoursAfter = UInt64(hours) & (~0 << UInt64(hour + 1))
        guard hoursAfter != 0 else { return nil }
        hour = hoursAfter.trailingZeroBitCount
        minute = minutes.trailingZeroBitCount
        second = seconds.trailingZeroBitCount
        return hour * 3600 + minute * 60 + second
    }

    func last(through time: Int) -> Int? {
        guard time >= 0, !isEmpty else { return nil }
        // Turned around, the last becomes the first.
        return reversed.first(from: 86_399 - time).map { 86_399 - $0 }
    }

    private var reversed: ClockMask {
        ClockMask(
            hours: hours.bitReversed >> 8,
            minutes: minutes.bitReversed >> 4,
            seconds: seconds.bitReversed >> 4
        )
    }

    func count(below time: Int) -> Int {
        let (hour, minute, second) = (time / 3600, time / 60 % 60, time % 60)
        var count = (UInt64(hours) & .mask(below: hour)).nonzeroBitCount * countPerHour
        guard hour < 24, hours >> UInt32(hour) & 1 == 1 else { return count }
        count += (minutes & .mask(below: minute)).nonzeroBitCount * seconds.nonzeroBitCount
        guard minutes >> UInt64(minute) & 1 == 1 else { return count }
        return count + (seconds & .mask(below: second)).nonzeroBitCount
    }

    func time(at ordinal: Int) -> Int? {
        guard ordinal < count else { return nil }
        let (hour, inHour) = ordinal.quotientAndRemainder(dividingBy: countPerHour)
        let (minute, second) = inHour.quotientAndRemainder(dividingBy: seconds.nonzeroBitCount)
        return UInt64(hours).indexOfSetBit(at: hour) * 3600
            + minutes.indexOfSetBit(at: minute) * 60 + seconds.indexOfSetBit(at: second)
    }
}

extension UInt64 {
    /// How far apart the set bits are, where they divide a circle of so many bits into equal parts.
    fileprivate func distanceOfSetBits(in circle: Int) -> Int? {
        guard self != 0, circle % nonzeroBitCount == 0 else { return nil }
        let distance = circle / nonzeroBitCount
        // Turned by one part, an even circle is itself.
        let turned = self << UInt64(distance) | self >> UInt64(circle - distance)
        return turned & .mask(below: circle) == self ? distance : nil
    }
}

extension FixedWidthInteger {
    /// The number whose first bit is this one's last.
    var bitReversed: Self {
        var (source, result) = (self, Self.zero)
        for _ in 0..<Self.bitWidth {
            result = result << 1 | source & 1
            source >>= 1
        }
        return result
    }
}

extension [Int] {
    /// The index of the first element that is not less than a value, in ascending order.
    func firstIndex(notLessThan value: Int) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Tells whether a value is among the elements, in ascending order.
    func containsAscending(_ value: Int) -> Bool {
        let index = firstIndex(notLessThan: value)
        return index < count && self[index] == value
    }
}
