/// Walks through a rule's slots, forward, without allocating.
struct RuleCursor {
    private let rule: CompiledRule
    private let lastSlot: Int
    private let mode: Mode
    private var leading: ArraySlice<Int>
    private var window: CompiledRule.Window
    /// The days left in the current word of the window, the current one not among them.
    private var daysLeft: UInt64 = 0
    private var word = 5
    /// The current day in the window, or -1 where none has been reached.
    private var index = -1
    /// The current day's midnight.
    private var midnight = 0
    /// The first time of the current day that has not been passed; for the last two modes.
    private var time = 0
    /// The first step of the current day; for ``Mode/stepped(_:)``.
    private var phase = 0
    /// What is left of the current day; for ``Mode/clock(_:)``.
    private var clockLeft = ClockRest()
    /// How many years are left to look through without finding a day.
    private var yearsLeft: Int
    private let yearLimit: Int

    private enum Mode {
        /// One time a day.
        case single(Int)
        /// A product of hours, minutes and seconds.
        case clock(ClockMask)
        /// Steps that fall differently on each day.
        case stepped(TimeSteps)
        /// Whatever the rule says of the day.
        case general
    }

    /// The hours, minutes and seconds of a day that have not been passed.
    private struct ClockRest {
        var hours: UInt32 = 0
        var minutes: UInt64 = 0
        var seconds: UInt64 = 0
        var hourStart = 0
        var minuteStart = 0
    }

    /// Begins with the first slot at or after one.
    init(_ rule: CompiledRule, from slot: Int) {
        self.rule = rule
        lastSlot = rule.lastSlot
        mode = RuleCursor.mode(of: rule)
        leading = rule.leadingSlots[rule.leadingSlots.firstIndex(notLessThan: slot)...]
        // A whole cycle of year shapes proves that there is none to come, where the days depend on
        // nothing else.
        yearLimit = rule.dependsOnYearKindAlone ? YearShape.cycleYearCount + 1 : .max
        yearsLeft = yearLimit
        let first = max(slot, rule.firstSlot)
        let day = first.floorDivided(by: 86_400)
        let givenYear = YearShape.year(of: day)
        let year = rule.stride.firstYear(from: givenYear)
        guard first <= rule.lastSlot, year <= 9999 else {
            window = CompiledRule.Window(
                shape: YearShape(9999),
                days: YearMask(),
                picked: YearMask()
            )
            yearsLeft = 0
            return
        }
        window = rule.window(year)
        (daysLeft, word) = (window.picked.word(0), 0)
        guard year == givenYear else { return }
        let start = day - window.shape.firstDay
        word = start >> 6
        daysLeft = window.picked.word(word) & (~0 << UInt64(start & 63))
        if daysLeft >> UInt64(start & 63) & 1 == 1 {
            enter(day: start, from: first - day * 86_400)
        }
    }

    private static func mode(of rule: CompiledRule) -> Mode {
        guard rule.picks == nil else { return .general }
        switch rule.times {
        case .product(let clock):
            guard rule.timeCount == 1, let time = clock.first(from: 0) else { return .clock(clock) }
            return .single(time)
        case .stepped(let steps): return .stepped(steps)
        case .list: return .general
        }
    }

    /// Begins with the first slot of the start's day, unless it has passed.
    private mutating func enter(day: Int, from time: Int) {
        switch mode {
        case .single(let single):
            // A day that is still to come stays among the days left.
            if single < time { daysLeft &= daysLeft &- 1 }
        case .clock(let clock):
            daysLeft &= daysLeft &- 1
            setDay(day)
            guard let first = clock.first(from: time) else { return }
            let (hour, minute, second) = (first / 3600, first / 60 % 60, first % 60)
            clockLeft = ClockRest(
                hours: clock.hours & (~0 << UInt32(hour + 1)),
                minutes: clock.minutes & (~0 << UInt64(minute + 1)),
                seconds: clock.seconds & (~0 << UInt64(second)),
                hourStart: midnight + hour * 3600,
                minuteStart: midnight + hour * 3600 + minute * 60
            )
        case .general, .stepped:
            daysLeft &= daysLeft &- 1
            setDay(day)
            self.time = time
        }
    }

    /// The next slot, or nothing after the last.
    mutating func next() -> Int? {
        if !leading.isEmpty { return leading.removeFirst() }
        let slot: Int
        switch mode {
        case .single(let time):
            guard advanceDay() else { return nil }
            slot = midnight + time
        case .clock(let clock):
            if clockLeft.seconds == 0, !advanceMinute(clock) { return nil }
            slot = clockLeft.minuteStart + clockLeft.seconds.trailingZeroBitCount
            clockLeft.seconds &= clockLeft.seconds &- 1
        case .stepped(let steps):
            guard let next = nextStep(steps) else { return nil }
            slot = next
        case .general:
            guard let next = nextOfAnyKind() else { return nil }
            slot = next
        }
        if slot <= lastSlot { return slot }
        end()
        return nil
    }

    private mutating func nextStep(_ steps: TimeSteps) -> Int? {
        while true {
            if index >= 0, let next = steps.first(from: time, phase: phase) {
                time = next + 1
                return midnight + next
            }
            guard advanceDay() else { return nil }
            time = 0
        }
    }

    private mutating func nextOfAnyKind() -> Int? {
        while true {
            if index >= 0, let next = rule.firstTime(from: time, on: index, in: window) {
                time = next + 1
                return midnight + next
            }
            guard advanceDay() else { return nil }
            time = 0
        }
    }

    private mutating func end() {
        daysLeft = 0
        (index, word, yearsLeft) = (-1, 5, 0)
        clockLeft = ClockRest()
    }

    private mutating func advanceMinute(_ clock: ClockMask) -> Bool {
        if clockLeft.minutes == 0 {
            if clockLeft.hours == 0 {
                guard advanceDay() else { return false }
                clockLeft.hours = clock.hours
            }
            clockLeft.hourStart = midnight + clockLeft.hours.trailingZeroBitCount * 3600
            clockLeft.hours &= clockLeft.hours &- 1
            clockLeft.minutes = clock.minutes
        }
        clockLeft.minuteStart = clockLeft.hourStart + clockLeft.minutes.trailingZeroBitCount * 60
        clockLeft.minutes &= clockLeft.minutes &- 1
        clockLeft.seconds = clock.seconds
        return true
    }

    private mutating func advanceDay() -> Bool {
        while daysLeft == 0 {
            word += 1
            if word >= 6, !advanceYear() { return false }
            daysLeft = window.picked.word(word)
        }
        setDay(word << 6 + daysLeft.trailingZeroBitCount)
        daysLeft &= daysLeft &- 1
        return true
    }

    private mutating func setDay(_ day: Int) {
        index = day
        midnight = (window.shape.firstDay + day) * 86_400
        if case .stepped = mode { phase = rule.phase(window.shape.firstDay + day) }
    }

    private mutating func advanceYear() -> Bool {
        let year = window.shape.year + rule.stride.yearInterval
        yearsLeft -= 1
        guard yearsLeft >= 0, year <= 9999, YearShape.firstDay(of: year) * 86_400 <= lastSlot else {
            end()
            return false
        }
        window = rule.window(year)
        if !window.picked.isEmpty { yearsLeft = yearLimit }
        word = 0
        return true
    }
}

extension CompiledRule {
    /// The first slot at or after one.
    func first(from slot: Int) -> Int? {
        var cursor = RuleCursor(self, from: slot)
        return cursor.next()
    }

    /// The last slot at or before one.
    func last(through slot: Int) -> Int? {
        let limit = min(slot, lastSlot)
        if limit >= firstSlot, let last = lastInYears(through: limit) { return last }
        let index = leadingSlots.firstIndex(notLessThan: limit + 1)
        return index > 0 ? leadingSlots[index - 1] : nil
    }

    private func lastInYears(through slot: Int) -> Int? {
        let day = slot.floorDivided(by: 86_400)
        let givenYear = YearShape.year(of: day)
        var year = stride.lastYear(through: givenYear)
        let firstYear = YearShape.year(of: firstSlot.floorDivided(by: 86_400))
        var yearsLeft = dependsOnYearKindAlone ? YearShape.cycleYearCount + 1 : .max
        while year >= firstYear, yearsLeft > 0 {
            let window = window(year)
            let isGiven = year == givenYear
            var index = window.picked.last(through: isGiven ? day - window.shape.firstDay : 365)
            while let current = index {
                let midnight = (window.shape.firstDay + current) * 86_400
                let limit = min(slot - midnight, 86_399)
                if let time = lastTime(through: limit, on: current, in: window) {
                    return midnight + time >= firstSlot ? midnight + time : nil
                }
                if midnight < firstSlot { return nil }
                index = window.picked.last(through: current - 1)
            }
            year -= stride.yearInterval
            yearsLeft -= 1
        }
        return nil
    }

    /// Tells whether a slot is one of the rule's.
    func contains(_ slot: Int) -> Bool {
        guard slot >= firstSlot, slot <= lastSlot else { return leadingSlots.contains(slot) }
        let (day, time) = (slot.floorDivided(by: 86_400), slot.modulo(86_400))
        let year = YearShape.year(of: day)
        guard stride.firstYear(from: year) == year else { return false }
        let window = window(year)
        let index = day - window.shape.firstDay
        return window.picked.contains(index)
            && firstTime(from: time, on: index, in: window) == time
    }
}
