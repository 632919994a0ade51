extension CompiledRule {
    /// How many slots come before a slot.
    ///
    /// - Complexity: Where years of one kind have the same slots, a walk over at most 400 years, at
    ///   any distance; otherwise linear in the years.
    func count(below slot: Int) -> Int {
        let leading = leadingSlots.firstIndex(notLessThan: slot)
        let end = min(slot, lastSlot + 1)
        guard end > firstSlot else { return leading }
        if let evenSlots { return leading + evenSlots.count(from: firstSlot, below: end) }
        if pattern.isEveryDay, case .stepped(let steps) = times {
            return leading + count(from: firstSlot, below: end, steps)
        }
        let firstYear = YearShape.year(of: firstSlot.floorDivided(by: 86_400))
        let lastYear = YearShape.year(of: end.floorDivided(by: 86_400))
        var counter = YearCounter(self)
        let years = counter.count(from: stride.firstYear(from: firstYear), below: lastYear)
        return leading + years + countInYear(lastYear, below: end)
            - countInYear(firstYear, below: firstSlot)
    }

    /// How many of the rule's years can be counted in some tens of microseconds; all of them where
    /// years need not be counted one by one.
    var quickYearCount: Int {
        if evenSlots != nil || areSlotsOfKindAlone { return .max }
        if case .stepped = times { return 8 }
        return picks == nil ? 64 : 8
    }

    /// The slot at a place, from 0; nothing beyond the last, or where it lies more than `yearLimit`
    /// of the rule's years after the start.
    ///
    /// - Complexity: As ``count(below:)``.
    func slot(at ordinal: Int, yearLimit: Int = .max) -> Int? {
        if ordinal < leadingSlots.count { return leadingSlots[ordinal] }
        guard firstSlot <= lastSlot else { return nil }
        if let evenSlots {
            let first = evenSlots.first(from: firstSlot)
            let place = ordinal - leadingSlots.count
            guard place <= (lastSlot - first).floorDivided(by: evenSlots.distance) else {
                return nil
            }
            return first + place * evenSlots.distance
        }
        let firstYear = YearShape.year(of: firstSlot.floorDivided(by: 86_400))
        var rest = ordinal - leadingSlots.count + countInYear(firstYear, below: firstSlot)
        var counter = YearCounter(self)
        let year = counter.year(
            holding: &rest,
            from: stride.firstYear(from: firstYear),
            yearLimit: yearLimit
        )
        guard let year, let slot = slot(at: rest, in: window(year)) else { return nil }
        return slot <= lastSlot ? slot : nil
    }

    /// How many slots lie in a range, where only the time of day is limited.
    ///
    /// After ``TimeSteps/dayPeriod`` days the steps meet the same times again.
    private func count(from start: Int, below end: Int, _ steps: TimeSteps) -> Int {
        var counts = DayCounts(steps)
        let days = start.floorDivided(by: 86_400)..<end.floorDivided(by: 86_400)
        let (cycleCount, restCount) = days.count.quotientAndRemainder(
            dividingBy: steps.dayPeriod
        )
        var count = 0
        var cycle = 0
        for offset in 0..<(cycleCount > 0 ? steps.dayPeriod : restCount) {
            let ofDay = counts.count(phase(days.lowerBound + offset))
            cycle += ofDay
            if offset < restCount { count += ofDay }
        }
        count += cycle * cycleCount
        count -= steps.count(below: start.modulo(86_400), phase: phase(days.lowerBound))
        return count + steps.count(below: end.modulo(86_400), phase: phase(days.upperBound))
    }

    // MARK: One year

    fileprivate func count(in window: Window, _ dayCounts: inout DayCounts?) -> Int {
        count(in: window, below: window.shape.dayCount, 0, &dayCounts)
    }

    private func countInYear(_ year: Int, below slot: Int) -> Int {
        guard stride.firstYear(from: year) == year else { return 0 }
        let window = window(year)
        let day = slot.floorDivided(by: 86_400)
        var dayCounts = newDayCounts
        return count(
            in: window,
            below: day - window.shape.firstDay,
            slot.modulo(86_400),
            &dayCounts
        )
    }

    /// How many slots of a year come before a time on one of its days.
    private func count(
        in window: Window,
        below index: Int,
        _ time: Int,
        _ dayCounts: inout DayCounts?
    ) -> Int {
        if let picks, timeCount > 1 { return count(in: window, below: index, time, picks) }
        var count = 0
        let days = window.days.picked
        if dayCounts != nil {
            var day = days.first(from: 0)
            while let current = day, current < index {
                count += dayCounts?.count(phase(window.shape.firstDay + current)) ?? 0
                day = days.first(from: current + 1)
            }
        } else {
            count = days.count(below: index) * timeCount
        }
        if time > 0, days.contains(index) {
            count += times.count(below: time, phase: phase(window.shape.firstDay + index))
        }
        return count
    }

    private func count(in window: Window, below index: Int, _ time: Int, _ picks: Picks) -> Int {
        var count = 0
        var day = window.days.picked.first(from: 0)
        while let current = day, current < index || current == index && time > 0 {
            let end =
                current < index
                ? timeCount : times.count(below: time, phase: 0)
            if pickableTimes.isEmpty {
                let (before, total) = rank(of: current, in: window, picks.period)
                let range = before * timeCount..<before * timeCount + end
                count += picks.positions.count(in: range, of: total * timeCount)
            } else {
                let bits = pickedTimes(of: current, in: window, picks)
                count += (bits & .mask(below: end)).nonzeroBitCount
            }
            day = window.days.picked.first(from: current + 1)
        }
        return count
    }

    /// The slot at a place among a year's slots, from 0.
    private func slot(at ordinal: Int, in window: Window) -> Int? {
        if case .stepped(let steps) = times { return slot(at: ordinal, in: window, steps) }
        var dayCounts = newDayCounts
        // The slot is on the last day that has at most `ordinal` slots before it.
        var (low, high) = (0, window.shape.dayCount - 1)
        while low < high {
            let middle = (low + high + 1) / 2
            if count(in: window, below: middle, 0, &dayCounts) <= ordinal {
                low = middle
            } else {
                high = middle - 1
            }
        }
        guard let index = window.days.picked.first(from: low) else { return nil }
        var rest = ordinal - count(in: window, below: index, 0, &dayCounts)
        var time = firstTime(from: 0, on: index, in: window)
        if picks == nil || timeCount == 1 {
            time = times.time(at: rest, phase: phase(window.shape.firstDay + index))
        } else {
            while rest > 0, let current = time {
                time = firstTime(from: current + 1, on: index, in: window)
                rest -= 1
            }
        }
        return time.map { (window.shape.firstDay + index) * 86_400 + $0 }
    }
}

extension CompiledRule {
    /// A counter of the steps of days; nothing where the times are not stepped.
    fileprivate var newDayCounts: DayCounts? {
        if case .stepped(let steps) = times { DayCounts(steps) } else { nil }
    }

    /// The slot at a place among a year's slots, from 0, where the times are stepped.
    private func slot(at ordinal: Int, in window: Window, _ steps: TimeSteps) -> Int? {
        var counts = DayCounts(steps)
        var rest = ordinal
        var day = window.days.all.first(from: 0)
        while let current = day {
            let phase = phase(window.shape.firstDay + current)
            let count = counts.count(phase)
            if rest < count {
                return times.time(at: rest, phase: phase).map {
                    (window.shape.firstDay + current) * 86_400 + $0
                }
            }
            rest -= count
            day = window.days.all.first(from: current + 1)
        }
        return nil
    }
}

/// How many steps days have; days with the same first step are counted once.
private struct DayCounts {
    private let steps: TimeSteps
    /// How many steps a day has, by its first step; -1 where not yet counted.
    ///
    /// Empty where days have few steps.
    ///
    /// Counting all of them takes no more steps than a day has units.
    private var counts: [Int]
    /// The least distance between two different first steps.
    private let divisor: Int

    /// A day with at most this many steps has few.
    private static let fewSteps = 8

    init(_ steps: TimeSteps) {
        self.steps = steps
        let period = steps.dayPeriod
        divisor = steps.interval / period
        let isKept = steps.interval * DayCounts.fewSteps < steps.unit.countPerDay
        counts = isKept ? Array(repeating: -1, count: period) : []
    }

    mutating func count(_ phase: Int) -> Int {
        if counts.isEmpty { return steps.count(below: 86_400, phase: phase) }
        let index = phase / divisor
        if counts[index] < 0 { counts[index] = steps.count(below: 86_400, phase: phase) }
        return counts[index]
    }
}

/// Counts the slots of whole years; counts years of one kind only once.
private struct YearCounter {
    private let rule: CompiledRule
    private var counts: [Int]
    private var dayCounts: DayCounts?

    init(_ rule: CompiledRule) {
        self.rule = rule
        dayCounts = rule.newDayCounts
        counts = rule.areSlotsOfKindAlone ? Array(repeating: -1, count: YearShape.kindCount) : []
    }

    private var interval: Int { rule.stride.yearInterval }

    /// The number of the rule's years after which their kinds repeat.
    private var cycleLength: Int {
        YearShape.cycleYearCount / interval.greatestCommonDivisor(YearShape.cycleYearCount)
    }

    private mutating func count(in year: Int) -> Int {
        if counts.isEmpty { return rule.count(in: rule.window(year), &dayCounts) }
        let kind = YearShape(year).kind
        if counts[kind] < 0 { counts[kind] = rule.count(in: rule.window(year), &dayCounts) }
        return counts[kind]
    }

    /// How many slots the rule's years have, from the year `first` up to, but not including, `end`.
    mutating func count(from first: Int, below end: Int) -> Int {
        guard first < end else { return 0 }
        var steps = (end - first + interval - 1) / interval
        var count = 0
        if !counts.isEmpty, steps > cycleLength {
            count = steps / cycleLength * sum(from: first, steps: cycleLength)
            steps %= cycleLength
        }
        return count + sum(from: first, steps: steps)
    }

    private mutating func sum(from first: Int, steps: Int) -> Int {
        var sum = 0
        for step in 0..<steps { sum += count(in: first + step * interval) }
        return sum
    }

    /// The year that contains the slot with `rest` slots before it, counted from the year `first`;
    /// nothing where that takes more than `yearLimit` years.
    ///
    /// `rest` becomes the slot's place in that year.
    mutating func year(holding rest: inout Int, from first: Int, yearLimit: Int) -> Int? {
        var year = first
        var stepCount = 0
        let total = rest
        while year <= 9999, stepCount < yearLimit {
            let count = count(in: year)
            if rest < count { return year }
            rest -= count
            year += interval
            stepCount += 1
            guard stepCount == cycleLength, !counts.isEmpty else { continue }
            // Each further cycle has as many slots as the first.
            let cycle = total - rest
            guard cycle > 0 else { return nil }
            // No rule gets beyond the year 9999.
            let cycles = min(rest / cycle, 10_000)
            year += cycles * cycleLength * interval
            rest -= cycles * cycle
        }
        return nil
    }
}
