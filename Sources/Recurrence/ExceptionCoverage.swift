/// Which days of a rule its exception rules take away whole, so that no one has to walk through
/// them; a rule that nothing is left of is found empty by masks.
struct ExceptionCoverage {
    private let rule: CompiledRule
    /// Exception rules that together take away every time of a day they all have.
    private let groups: [[CompiledRule]]
    /// The last day that all of them reach.
    private let lastDay: Int
    /// How many years without a day that is left prove that there is none up to the last day.
    private let yearLimit: Int

    /// Nothing where no exception rule takes away whole days.
    init?(_ track: RuleTrack, exceptions: [RuleTrack]) {
        guard let clock = track.rule.clock else { return nil }
        var candidates: [(rule: CompiledRule, clock: ClockMask, lastSlot: Int)] = []
        for exception in exceptions {
            let rule = exception.rule
            guard rule.picks == nil, rule.leadingSlots.isEmpty, case .product(let own) = rule.times
            else { continue }
            candidates.append((rule, own, exception.lastSlot))
        }
        var groups = candidates.filter { clock.isCovered(by: [$0.clock]) }.map { [$0.rule] }
        if groups.isEmpty, clock.isCovered(by: candidates.map(\.clock)) {
            groups = [candidates.map(\.rule)]
        }
        guard !groups.isEmpty, let last = candidates.map(\.lastSlot).min() else { return nil }
        rule = track.rule
        self.groups = groups
        let repeats = (groups.joined() + [track.rule]).allSatisfy {
            $0.areSlotsOfKindAlone && $0.stride.yearInterval == 1
        }
        // The start's year and the calendar's whole cycle.
        yearLimit = repeats ? YearShape.cycleYearCount + 1 : .max
        lastDay = (last + 1).floorDivided(by: 86_400) - 1
    }

    /// The first day from one on that the exceptions leave something of.
    func firstDay(from day: Int) -> Int? {
        var day = day
        var yearsLeft = yearLimit
        while day <= lastDay {
            yearsLeft -= 1
            if yearsLeft < 0 { return lastDay + 1 }
            let year = YearShape.year(of: day)
            let shape = YearShape(year)
            guard year <= 9999 else { return nil }
            if let index = daysLeft(shape).first(from: day - shape.firstDay) {
                return shape.firstDay + index
            }
            day = shape.firstDay + shape.dayCount
        }
        return day
    }

    /// The last day up to one that the exceptions leave something of.
    func lastDay(through day: Int) -> Int? {
        if day > lastDay { return day }
        var day = day
        let firstDay = rule.firstSlot.floorDivided(by: 86_400)
        var yearsLeft = yearLimit
        while day >= firstDay {
            yearsLeft -= 1
            if yearsLeft < 0 { return nil }
            let shape = YearShape(YearShape.year(of: day))
            if let index = daysLeft(shape).last(through: day - shape.firstDay) {
                return shape.firstDay + index
            }
            day = shape.firstDay - 1
        }
        return nil
    }

    /// A year's days less those that lose all; rules and exceptions begin with the same slot.
    private func daysLeft(_ shape: YearShape) -> YearMask {
        var days = rule.reachedDays(shape)
        for group in groups {
            var covered = days
            for exception in group { covered = covered.intersection(exception.reachedDays(shape)) }
            days = days.subtracting(covered)
        }
        return days
    }
}

extension CompiledRule {
    /// A product that all of the rule's times are part of, if there is one.
    fileprivate var clock: ClockMask? {
        switch times {
        case .product(let clock): clock
        case .stepped(let steps): steps.clock
        case .list: nil
        }
    }

    fileprivate func reachedDays(_ shape: YearShape) -> YearMask {
        stride.firstYear(from: shape.year) == shape.year ? days(shape).picked : YearMask()
    }
}

extension ClockMask {
    /// Tells whether every time is one of some other clocks.
    fileprivate func isCovered(by clocks: [ClockMask]) -> Bool {
        for hour in hours.indicesOfSetBits {
            let atHour = clocks.filter { $0.hours >> UInt32(hour) & 1 == 1 }
            for minute in minutes.indicesOfSetBits {
                var union: UInt64 = 0
                for clock in atHour where clock.minutes >> UInt64(minute) & 1 == 1 {
                    union |= clock.seconds
                }
                if seconds & ~union != 0 { return false }
            }
        }
        return true
    }
}
