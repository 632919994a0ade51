/// Walks through a rule's slots, forward, without allocating for any of them.
struct RuleCursor {
    private let rule: CompiledRule
    private let lastSlot: Int
    private let mode: Mode
    private var leading: ArraySlice<Int>
    private var years: YearCursor
    /// The days left in the current word of the year, the current one not among them.
    private var daysLeft: UInt64 = 0
    private var word = 5
    /// The current day in the year, or -1 where none has been reached.
    private var index = -1
    /// The current day's midnight.
    private var midnight = 0
    /// The first time of the current day that has not been passed; for equal steps, the next slot.
    private var time = 0
    /// The first step of the current day.
    private var phase = 0
    private let clock: ClockMask
    /// The unit and the length of steps that a mask over the next greater unit can show.
    private let steps: TimeSteps.Masks?
    private var clockLeft = ClockRest()
    /// The picked times of the current day that have not been passed.
    private var picksLeft: UInt64 = 0

    private enum Mode {
        /// Slots that are equally far apart.
        case even(Int)
        /// One time a day.
        case single(Int)
        /// Hours, minutes and seconds by masks.
        case clock
        /// Times that BYSETPOS picks.
        case picked(CompiledRule.Picks)
        /// Whatever the rule says of the day.
        case general
    }

    /// The hours, minutes and seconds of a day that have not been passed.
    private struct ClockRest {
        var hours: UInt64 = 0
        var minutes: UInt64 = 0
        var seconds: UInt64 = 0
        /// Seconds after midnight.
        var hourStart = 0
        var minuteStart = 0
    }

    /// Begins with the first slot at or after one.
    init(_ rule: CompiledRule, from slot: Int) {
        self.rule = rule
        lastSlot = rule.lastSlot
        (mode, clock, steps) = RuleCursor.mode(of: rule)
        leading = rule.leadingSlots[rule.leadingSlots.firstIndex(notLessThan: slot)...]
        let first = max(slot, rule.firstSlot)
        if let even = rule.evenSlots {
            years = YearCursor(rule, beginningIn: 9999)
            time = first <= lastSlot ? even.first(from: first) : .max
            return
        }
        let day = first.floorDivided(by: 86_400)
        let givenYear = YearShape.year(of: day)
        let year = rule.stride.firstYear(from: givenYear)
        guard first <= rule.lastSlot, year <= 9999 else {
            years = YearCursor(rule, beginningIn: 9999)
            end()
            return
        }
        years = YearCursor(rule, beginningIn: year)
        years.enter()
        (daysLeft, word) = (years.days.picked.word(0), 0)
        guard year == givenYear else { return }
        let start = day - years.shape.firstDay
        word = start >> 6
        daysLeft = years.days.picked.word(word) & (~0 << UInt64(start & 63))
        if daysLeft >> UInt64(start & 63) & 1 == 1 {
            enter(day: start, from: first - day * 86_400)
        }
    }

    private static func mode(of rule: CompiledRule) -> (Mode, ClockMask, TimeSteps.Masks?) {
        let none = ClockMask(hours: 0, minutes: 0, seconds: 0)
        if let even = rule.evenSlots { return (.even(even.distance), none, nil) }
        switch rule.times {
        case .product(let clock):
            if rule.timeCount == 1, let time = clock.first(from: 0) {
                return (.single(time), clock, nil)
            }
            guard let picks = rule.picks else { return (.clock, clock, nil) }
            return (rule.pickableTimes.isEmpty ? .general : .picked(picks), none, nil)
        case .stepped(let steps):
            guard rule.picks == nil, let masks = steps.masks else { return (.general, none, nil) }
            return (.clock, steps.clock, masks)
        case .list: return (.general, none, nil)
        }
    }

    /// Begins with the first slot of the start's day, unless it has passed.
    private mutating func enter(day: Int, from time: Int) {
        switch mode {
        case .even: break
        case .single(let single):
            // A day that is still to come stays among the days left.
            if single < time { daysLeft &= daysLeft &- 1 }
        case .clock:
            daysLeft &= daysLeft &- 1
            setDay(day)
            let (hour, minute, second) = (time / 3600, time / 60 % 60, time % 60)
            let hours = hoursOfDay
            clockLeft.hours = hours & (~0 << UInt64(hour + 1))
            guard hours >> UInt64(hour) & 1 == 1 else { return }
            clockLeft.hourStart = hour * 3600
            let minutes = minutesOfHour
            clockLeft.minutes = minutes & (~0 << UInt64(minute + 1))
            guard minutes >> UInt64(minute) & 1 == 1 else { return }
            clockLeft.minuteStart = hour * 3600 + minute * 60
            clockLeft.seconds = secondsOfMinute & (~0 << UInt64(second))
        case .picked(let picks):
            daysLeft &= daysLeft &- 1
            setDay(day)
            let passed = rule.pickableTimes.firstIndex(notLessThan: time)
            picksLeft = rule.pickedTimes(of: day, in: years.window, picks) & ~.mask(below: passed)
        case .general:
            daysLeft &= daysLeft &- 1
            setDay(day)
            self.time = time
        }
    }

    /// The next slot, or nothing after the last.
    @inline(__always) mutating func next() -> Int? {
        if !leading.isEmpty { return leading.removeFirst() }
        let slot: Int
        switch mode {
        case .even(let distance):
            slot = time
            if slot > lastSlot { return nil }
            time += distance
            return slot
        case .single(let time):
            guard advanceDay() else { return nil }
            slot = midnight + time
        case .clock:
            if clockLeft.seconds == 0, !advanceMinute() { return nil }
            slot = midnight + clockLeft.minuteStart + clockLeft.seconds.trailingZeroBitCount
            clockLeft.seconds &= clockLeft.seconds &- 1
        case .picked(let picks):
            if picksLeft == 0, !advancePicks(picks) { return nil }
            slot = midnight + rule.pickableTimes[picksLeft.trailingZeroBitCount]
            picksLeft &= picksLeft &- 1
        case .general:
            guard let next = nextOfAnyKind() else { return nil }
            slot = next
        }
        if slot <= lastSlot { return slot }
        end()
        return nil
    }

    @inline(never) private mutating func nextOfAnyKind() -> Int? {
        while true {
            if index >= 0, let next = rule.firstTime(from: time, on: index, in: years.window) {
                time = next + 1
                return midnight + next
            }
            guard advanceDay() else { return nil }
            time = 0
        }
    }

    private mutating func end() {
        daysLeft = 0
        (index, word) = (-1, 5)
        years.end()
        clockLeft = ClockRest()
        picksLeft = 0
    }

    // MARK: Times

    private var hoursOfDay: UInt64 {
        UInt64(clock.hours) & (steps?.hours(phase: phase) ?? ~0)
    }

    private var minutesOfHour: UInt64 {
        clock.minutes & (steps?.minutes(of: clockLeft.hourStart, phase: phase) ?? ~0)
    }

    private var secondsOfMinute: UInt64 {
        clock.seconds & (steps?.seconds(of: clockLeft.minuteStart, phase: phase) ?? ~0)
    }

    /// Goes to the next minute that has a second.
    private mutating func advanceMinute() -> Bool {
        repeat {
            while clockLeft.minutes == 0 {
                while clockLeft.hours == 0 {
                    guard advanceDay() else { return false }
                    clockLeft.hours = hoursOfDay
                }
                clockLeft.hourStart = clockLeft.hours.trailingZeroBitCount * 3600
                clockLeft.hours &= clockLeft.hours &- 1
                clockLeft.minutes = minutesOfHour
            }
            clockLeft.minuteStart =
                clockLeft.hourStart + clockLeft.minutes.trailingZeroBitCount * 60
            clockLeft.minutes &= clockLeft.minutes &- 1
            clockLeft.seconds = secondsOfMinute
        } while clockLeft.seconds == 0
        return true
    }

    @inline(never) private mutating func advancePicks(_ picks: CompiledRule.Picks) -> Bool {
        repeat {
            guard advanceDay() else { return false }
            picksLeft = rule.pickedTimes(of: index, in: years.window, picks)
        } while picksLeft == 0
        return true
    }

    // MARK: Days

    private mutating func advanceDay() -> Bool {
        while daysLeft == 0 {
            word += 1
            if word >= 6 {
                guard years.advance(through: lastSlot) else {
                    end()
                    return false
                }
                word = 0
            }
            daysLeft = years.days.picked.word(word)
        }
        setDay(word << 6 + daysLeft.trailingZeroBitCount)
        daysLeft &= daysLeft &- 1
        return true
    }

    private mutating func setDay(_ day: Int) {
        index = day
        midnight = (years.shape.firstDay + day) * 86_400
        if steps != nil { phase = rule.phase(years.shape.firstDay + day) }
    }
}
