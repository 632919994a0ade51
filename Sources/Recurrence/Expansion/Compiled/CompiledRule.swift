/// A rule made ready for its start: masks over days and times on the local clock, where a slot is a
/// number of seconds since 1970-01-01T00:00:00.
///
/// COUNT and the zone are not known here. UNTIL is known, as the last slot.
final class CompiledRule: Sendable {
    /// The first period's slots where BYSETPOS counts from the start; otherwise empty.
    let leadingSlots: [Int]
    /// The first slot that the masks may yield; the leading slots come before it.
    let firstSlot: Int
    /// The last slot that the rule may yield.
    let lastSlot: Int
    let times: TimeSet
    /// How many times a day has, unless they are stepped.
    let timeCount: Int
    /// A step, in units since 1970-01-01T00:00:00, if the times are stepped.
    let stepOrigin: Int
    let stride: DayStride
    let pattern: DayPattern
    let picks: Picks?
    /// The times of a day that BYSETPOS picks from, if there are 2 to 64.
    let pickableTimes: [Int]
    /// No two slots are closer than this, in seconds.
    let spacing: Int
    /// The slots from ``firstSlot`` on, if they are equally far apart.
    let evenSlots: EvenSlots?
    /// The kind of runs in which a cursor takes the slots.
    let runs: SlotRuns

    /// The places that BYSETPOS picks, and the periods that it picks them from.
    struct Picks {
        enum Period {
            case week(start: Int)
            case month
            case year
        }

        let period: Period
        let positions: PositionSet
    }

    init(_ rule: RecurrenceRule, start: LocalDateTime, last: Int, options: RecurrenceOptions) {
        let plan = RulePlan(rule, start: start, options: options)
        pattern = DayPattern(rule, start: start, reading: options.reading)
        times = plan.times
        timeCount = plan.timeCount
        stepOrigin = plan.stepOrigin
        stride = pattern.skippedDays == nil ? plan.stride : .every
        picks = plan.picks
        let isPickedByBits = plan.picks != nil && (2...64).contains(plan.timeCount)
        pickableTimes =
            isPickedByBits
            ? (0..<plan.timeCount).compactMap { [times] in times.time(at: $0, phase: 0) } : []
        spacing = plan.spacing
        firstSlot = Int(start.secondsSince1970)
        lastSlot = plan.isEmpty ? firstSlot - 1 : min(last, Int.lastSlot)
        evenSlots =
            pattern.isEveryDay
            ? CompiledRule.evenSlots(times, stride, stepOrigin: stepOrigin, start: start) : nil
        runs = SlotRuns(plan, isPickedByBits: isPickedByBits, even: evenSlots)
        leadingSlots = []
    }

    /// The slots, if they are equally far apart; only an interval may limit the days.
    private static func evenSlots(
        _ times: TimeSet,
        _ stride: DayStride,
        stepOrigin: Int,
        start: LocalDateTime
    ) -> EvenSlots? {
        switch (times, stride) {
        case (.product(let clock), .every):
            guard let time = clock.first(from: 0), let distance = clock.distance else { return nil }
            return EvenSlots(anchor: time, distance: distance)
        case (.product(let clock), .days(let interval, let origin)):
            guard clock.count == 1, let time = clock.first(from: 0) else { return nil }
            return EvenSlots(anchor: origin * 86_400 + time, distance: interval * 86_400)
        case (.stepped(let steps), _): return steps.evenSlots(origin: stepOrigin)
        default: return nil
        }
    }

    /// Creates the same rule with leading slots in place of those before `firstSlot`, so that
    /// BYSETPOS counts from the start in the first period.
    init(cutting rule: CompiledRule, leadingSlots: [Int], firstSlot: Int) {
        pattern = rule.pattern
        times = rule.times
        timeCount = rule.timeCount
        stepOrigin = rule.stepOrigin
        stride = rule.stride
        picks = rule.picks
        pickableTimes = rule.pickableTimes
        spacing = rule.spacing
        evenSlots = rule.evenSlots
        runs = rule.runs
        self.leadingSlots = leadingSlots.filter { $0 <= rule.lastSlot }
        self.firstSlot = firstSlot
        lastSlot = rule.lastSlot
    }

    /// Where the slots begin, including the leading ones.
    var earliestSlot: Int { leadingSlots.first ?? firstSlot }

    /// Whether years of one ``YearShape/kind`` have the same days.
    var areDaysOfKindAlone: Bool {
        stride.dependsOnYearKindAlone && pattern.skippedDays == nil
    }

    /// Whether years of one ``YearShape/kind`` have the same slots.
    var areSlotsOfKindAlone: Bool {
        if case .stepped = times { false } else { areDaysOfKindAlone }
    }

    /// After this many of the rule's years without a day, no later year has one.
    var emptyYearLimit: Int {
        areDaysOfKindAlone ? YearShape.cycleYearCount + 1 : .max
    }

    /// A year's days, before and after BYSETPOS.
    struct Days {
        let all: YearMask
        let picked: YearMask
        /// Which words of the picked days contain a day, as bits.
        let words: UInt8

        init(all: YearMask = YearMask(), picked: YearMask = YearMask()) {
            self.all = all
            self.picked = picked
            words = picked.occupiedWords
        }
    }

    /// A year and its days.
    struct Window {
        let shape: YearShape
        let days: Days
    }

    func days(_ shape: YearShape) -> Days {
        let allowed = pattern.mask(shape)
        if allowed.isEmpty { return Days() }
        let all = stride.limit(allowed, shape)
        return Days(all: all, picked: picks.map { pickedDays(of: all, shape, $0) } ?? all)
    }

    func window(_ year: Int) -> Window {
        let shape = YearShape(year)
        return Window(shape: shape, days: days(shape))
    }

    // MARK: Times of one day

    /// The first time at or after `time` on a day of a window.
    func firstTime(from time: Int, on index: Int, in window: Window) -> Int? {
        guard let picks else {
            return times.first(from: time, phase: phase(window.shape.firstDay + index))
        }
        let (before, total) = rank(of: index, in: window, picks.period)
        let skipped = times.count(below: time, phase: 0)
        guard
            let picked = picks.positions.first(
                from: before * timeCount + skipped,
                of: total * timeCount
            ), picked < (before + 1) * timeCount
        else { return nil }
        return times.time(at: picked - before * timeCount, phase: 0)
    }

    /// The times of a day that BYSETPOS picks, as bits over ``pickableTimes``.
    func pickedTimes(of index: Int, in window: Window, _ picks: Picks) -> UInt64 {
        let (before, total) = rank(of: index, in: window, picks.period)
        return picks.positions.picks(
            from: before * timeCount,
            count: timeCount,
            of: total * timeCount
        )
    }

    /// The last time at or before `time` on a day of a window.
    func lastTime(through time: Int, on index: Int, in window: Window) -> Int? {
        guard let picks else {
            return times.last(through: time, phase: phase(window.shape.firstDay + index))
        }
        let (before, total) = rank(of: index, in: window, picks.period)
        let count = times.count(below: time + 1, phase: 0)
        guard count > 0,
            let picked = picks.positions.last(
                through: before * timeCount + count - 1,
                of: total * timeCount
            ), picked >= before * timeCount
        else { return nil }
        return times.time(at: picked - before * timeCount, phase: 0)
    }

    /// The first step on or after a day, as ``TimeSet`` needs it; 0 unless the times are stepped.
    func phase(_ day: Int) -> Int {
        guard case .stepped(let steps) = times else { return 0 }
        return steps.phase(ofDay: day, origin: stepOrigin)
    }

    // MARK: BYSETPOS

    /// How many of the rule's days in the period of a day come before it, and how many that period
    /// has in all.
    func rank(of index: Int, in window: Window, _ period: Picks.Period) -> (before: Int, total: Int)
    {
        switch period {
        case .year: return (window.days.all.count(below: index), window.days.all.count)
        case .month:
            let month = window.shape.month(of: index)
            let first = window.shape.dayCount(beforeMonth: month)
            let count = window.shape.dayCount(beforeMonth: month + 1) - first
            let days = window.days.all.slice(at: first, count: count)
            return ((days & .mask(below: index - first)).nonzeroBitCount, days.nonzeroBitCount)
        case .week(let start):
            let first = index - (window.shape.firstWeekday + index - start).modulo(7)
            let days = week(at: first, window.days.all, window.shape)
            return ((days & .mask(below: index - first)).nonzeroBitCount, days.nonzeroBitCount)
        }
    }

    /// The seven days from an index on, which may reach into the year before or after.
    private func week(at index: Int, _ days: YearMask, _ shape: YearShape) -> UInt64 {
        if index < 0 {
            let past = YearShape(shape.year - 1)
            return stride.limit(pattern.mask(past), past)
                .slice(at: past.dayCount + index, count: -index)
                | days.slice(at: 0, count: 7 + index) << UInt64(-index)
        }
        let left = shape.dayCount - index
        if left < 7 {
            let next = YearShape(shape.year + 1)
            return days.slice(at: index, count: left)
                | stride.limit(pattern.mask(next), next).slice(at: 0, count: 7 - left)
                << UInt64(left)
        }
        return days.slice(at: index, count: 7)
    }

    private func pickedDays(of days: YearMask, _ shape: YearShape, _ picks: Picks) -> YearMask {
        var picked = YearMask()
        switch picks.period {
        case .year:
            let total = days.count * timeCount
            var next = picks.positions.first(from: 0, of: total)
            while let place = next {
                let ordinal = place / timeCount
                if let day = days.day(at: ordinal) { picked.insert(1, at: day) }
                next = picks.positions.first(from: (ordinal + 1) * timeCount, of: total)
            }
        case .month:
            for month in 0..<12 {
                let first = shape.dayCount(beforeMonth: month)
                let count = shape.dayCount(beforeMonth: month + 1) - first
                let bits = days.slice(at: first, count: count)
                picked.insert(pickedBits(of: bits, picks.positions), at: first)
            }
        case .week(let start):
            var day = days.first(from: 0)
            while let current = day {
                let index = current - (shape.firstWeekday + current - start).modulo(7)
                let bits = week(at: index, days, shape)
                picked.insert(pickedBits(of: bits, picks.positions), at: index)
                day = days.first(from: index + 7)
            }
            picked = picked.intersection(YearMask(below: shape.dayCount))
        }
        return picked
    }

    private func pickedBits(of bits: UInt64, _ positions: PositionSet) -> UInt64 {
        if bits == 0 { return 0 }
        if timeCount == 1 { return positions.picks(of: bits) }
        var picked: UInt64 = 0
        let total = bits.nonzeroBitCount * timeCount
        var next = positions.first(from: 0, of: total)
        while let place = next {
            let ordinal = place / timeCount
            picked |= 1 << UInt64(bits.indexOfSetBit(at: ordinal))
            next = positions.first(from: (ordinal + 1) * timeCount, of: total)
        }
        return picked
    }
}
