/// The times of a day that are every combination of some hours, minutes and seconds.
///
/// A time is in seconds after midnight.
package struct ClockMask: Hashable, Sendable {
    /// Bit 0 is the hour that begins at midnight.
    package var hours: UInt32
    package var minutes: UInt64
    package var seconds: UInt64

    static let allHours: UInt32 = 0xFF_FFFF
    static let allMinutes: UInt64 = .mask(below: 60)

    package init(hours: UInt32, minutes: UInt64, seconds: UInt64) {
        self.hours = hours
        self.minutes = minutes
        self.seconds = seconds
    }

    var isEmpty: Bool { hours == 0 || minutes == 0 || seconds == 0 }

    /// The distance between two times, in seconds, if it is always the same; from the last time of
    /// one day to the first of the next too.
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

    /// How many times there are.
    package var count: Int { hours.nonzeroBitCount * countPerHour }

    private var countPerHour: Int { minutes.nonzeroBitCount * seconds.nonzeroBitCount }

    /// Tells whether a time is one of them.
    package func contains(_ time: Int) -> Bool {
        let (hour, minute, second) = (time / 3600, time / 60 % 60, time % 60)
        return hours >> UInt32(hour) & 1 == 1 && minutes >> UInt64(minute) & 1 == 1
            && seconds >> UInt64(second) & 1 == 1
    }

    /// The first time at or after `time`.
    package func first(from time: Int) -> Int? {
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
        // Counted back from the day's end, the last time is the first.
        return reversed.first(from: 86_399 - time).map { 86_399 - $0 }
    }

    private var reversed: ClockMask {
        ClockMask(
            hours: hours.bitReversed >> 8,
            minutes: minutes.bitReversed >> 4,
            seconds: seconds.bitReversed >> 4
        )
    }

    /// How many times there are before `time`.
    package func count(below time: Int) -> Int {
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
    /// The distance between two set bits, if it is always the same in a circle of `circle` bits;
    /// from the last bit to the first too.
    fileprivate func distanceOfSetBits(in circle: Int) -> Int? {
        guard self != 0, circle % nonzeroBitCount == 0 else { return nil }
        let distance = circle / nonzeroBitCount
        // Bits that are equally far apart stay the same when rotated by their distance.
        let turned = self << UInt64(distance) | self >> UInt64(circle - distance)
        return turned & .mask(below: circle) == self ? distance : nil
    }
}

extension FixedWidthInteger {
    /// The same bits in the opposite order.
    var bitReversed: Self {
        var (source, result) = (self, Self.zero)
        for _ in 0..<Self.bitWidth {
            result = result << 1 | source & 1
            source >>= 1
        }
        return result
    }
}
