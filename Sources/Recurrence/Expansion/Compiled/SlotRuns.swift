/// How a cursor takes a rule's slots: in runs of one unit, the finest of which the rule has several
/// values.
///
/// A rule of one time a day has runs of days, a rule of 9:00 and 17:00 runs of hours, and a rule of
/// every ten minutes runs of minutes. Up to 64 slots are then found at once, as the bits of a
/// ``SlotRun``.
struct SlotRuns {
    /// What one bit of a run stands for.
    enum Kind {
        /// Slots that are equally far apart.
        case even
        /// Days, each with one time.
        case days
        /// The hours of a day, each with one time.
        case hours
        /// The minutes of an hour, each with one time.
        case minutes
        /// The seconds of a minute.
        case seconds
        /// Times that BYSETPOS picks, one by one.
        case picked
        /// All other times, one by one.
        case general
    }

    let kind: Kind
    /// The length of a unit, in seconds.
    let unit: Int
    /// How long after the beginning of its unit each slot lies, in seconds.
    let offset: Int
    /// The clock's times, if the kind is one of its units.
    let clock: ClockMask
    /// The steps among the clock's times, where there are any.
    let steps: TimeSteps.Masks?

    init(_ plan: RulePlan, isPickedByBits: Bool, even: EvenSlots?) {
        let clock: ClockMask
        switch plan.times {
        case .product(let product): (clock, steps) = (product, nil)
        case .list: (clock, steps) = (ClockMask(hours: 0, minutes: 0, seconds: 0), nil)
        case .stepped(let stepped): (clock, steps) = (stepped.clock, stepped.masks)
        }
        self.clock = clock
        let minute = clock.minutes.trailingZeroBitCount
        let second = clock.seconds.trailingZeroBitCount
        if let even {
            (kind, unit, offset) = (.even, even.distance, 0)
        } else if isPickedByBits {
            (kind, unit, offset) = (.picked, 1, 0)
        } else if clock.isEmpty || plan.picks != nil && plan.timeCount != 1
            || plan.isStepped && steps == nil
        {
            (kind, unit, offset) = (.general, 1, 0)
        } else if clock.seconds.nonzeroBitCount > 1 || steps?.unit == .second {
            (kind, unit, offset) = (.seconds, 1, 0)
        } else if clock.minutes.nonzeroBitCount > 1 || steps?.unit == .minute {
            (kind, unit, offset) = (.minutes, 60, second)
        } else if clock.hours.nonzeroBitCount > 1 || steps?.unit == .hour {
            (kind, unit, offset) = (.hours, 3600, minute * 60 + second)
        } else {
            let hour = clock.hours.trailingZeroBitCount
            (kind, unit, offset) = (.days, 86_400, hour * 3600 + minute * 60 + second)
        }
    }
}

/// Up to 64 slots as bits, such as the minutes of an hour; the distance between two slots is a
/// number of whole units.
struct SlotRun {
    /// The slot that bit 0 stands for.
    var start = 0
    /// The length of the unit that one bit stands for, in seconds.
    var unit = 1
    var bits: UInt64 = 0

    var isEmpty: Bool { bits == 0 }

    /// Removes the first slot and returns it.
    @inline(__always) mutating func removeFirst() -> Int {
        let slot = start + bits.trailingZeroBitCount * unit
        bits &= bits &- 1
        return slot
    }
}
