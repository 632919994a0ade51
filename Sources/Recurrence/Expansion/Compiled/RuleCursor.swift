/// Walks through a rule's slots, forward, without allocating for any of them.
///
/// The slots come in runs, such as up to 64 days, the hours of a day, the minutes of an hour or the
/// seconds of a minute. ``SlotRuns`` says which.
struct RuleCursor {
    private let rule: CompiledRule
    private let lastSlot: Int
    private var run = SlotRun()
    private var leading: ArraySlice<Int>
    private var years: YearCursor
    /// The days left in the current word of the year, without the current day.
    private var daysLeft: UInt64 = 0
    private var word = 0
    /// The words after the current one that contain a day.
    private var wordsLeft: UInt8 = 0
    /// The current day in the year, or -1 where none has been reached.
    private var index = -1
    /// The current day's midnight.
    private var midnight = 0
    /// The first time of the current day that has not been passed; for equal steps, the next slot.
    private var time = 0
    /// The first step of the current day.
    private var phase = 0
    private var clockLeft = ClockRest()
    /// The picked times of the current day that have not been passed.
    private var picksLeft: UInt64 = 0

    /// The hours, minutes and seconds that have not been passed.
    private struct ClockRest {
        var hours: UInt64 = 0
        var minutes: UInt64 = 0
        var seconds: UInt64 = 0
        /// Seconds after midnight.
        var hourStart = 0
        var minuteStart = 0
    }

    /// Begins with the first slot at or after `slot`, and ends after `last` or with the rule.
    init(_ rule: CompiledRule, from slot: Int, through last: Int = .max) {
        self.rule = rule
        lastSlot = min(last, rule.lastSlot)
        run.unit = rule.runs.unit
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
        guard first <= lastSlot, year <= 9999 else {
            years = YearCursor(rule, beginningIn: 9999)
            end()
            return
        }
        years = YearCursor(rule, beginningIn: year)
        years.enter()
        wordsLeft = years.days.words
        guard year == givenYear else { return }
        let start = day - years.shape.firstDay
        word = start >> 6
        wordsLeft &= ~0 << UInt8(word + 1)
        daysLeft = years.days.picked.word(word) & (~0 << UInt64(start & 63))
        if daysLeft >> UInt64(start & 63) & 1 == 1 {
            enter(day: start, from: first - day * 86_400)
        }
    }

    /// Enters the day on which the walk begins; its slots before `time` have passed.
    private mutating func enter(day: Int, from time: Int) {
        let offset = rule.runs.offset
        if rule.runs.kind == .days {
            // The day itself stays among the days left, unless its only time has passed.
            if offset < time { daysLeft &= daysLeft &- 1 }
            return
        }
        daysLeft &= daysLeft &- 1
        setDay(day)
        switch rule.runs.kind {
        case .even, .days: break
        case .hours: clockLeft.hours = hoursOfDay & (~0 << UInt64((time - offset + 3599) / 3600))
        case .minutes:
            guard enterHour(of: time) else { return }
            clockLeft.minutes &= ~0 << UInt64((time % 3600 - offset + 59) / 60)
        case .seconds:
            guard enterHour(of: time) else { return }
            let minute = UInt64(time / 60 % 60)
            clockLeft.minutes &= ~0 << minute
            guard clockLeft.minutes >> minute & 1 == 1 else { return }
            takeMinute()
            clockLeft.seconds &= ~0 << UInt64(time % 60)
        case .picked:
            guard let picks = rule.picks else { return }
            let passed = rule.pickableTimes.firstIndex(notLessThan: time)
            picksLeft = rule.pickedTimes(of: day, in: years.window, picks) & ~.mask(below: passed)
        case .general: self.time = time
        }
    }

    /// Keeps the day's hours from the hour of a time on.
    ///
    /// If that hour is one of them, begins it and returns true.
    private mutating func enterHour(of time: Int) -> Bool {
        let hour = UInt64(time / 3600)
        clockLeft.hours = hoursOfDay & (~0 << hour)
        guard clockLeft.hours >> hour & 1 == 1 else { return false }
        takeHour()
        return true
    }

    /// The next slot, or nothing after the last.
    @inline(__always) mutating func next() -> Int? {
        if run.isEmpty, !advance() { return nil }
        let slot = run.removeFirst()
        if slot <= lastSlot { return slot }
        end()
        return nil
    }

    /// Drops all slots to come, except leading ones.
    mutating func end() {
        run.bits = 0
        time = .max
        daysLeft = 0
        wordsLeft = 0
        index = -1
        years.end()
        clockLeft = ClockRest()
        picksLeft = 0
    }

    // MARK: Runs

    /// Goes to the next run.
    @inline(never) private mutating func advance() -> Bool {
        if let slot = leading.popFirst() {
            begin(slot, 1)
            return true
        }
        switch rule.runs.kind {
        case .even:
            guard time <= lastSlot else { return false }
            begin(time, ~0)
            time += run.unit * 64
        case .days:
            guard daysLeft != 0 || advanceWord() else { return false }
            begin((years.shape.firstDay + word << 6) * 86_400 + rule.runs.offset, daysLeft)
            daysLeft = 0
        case .hours:
            while clockLeft.hours == 0 { guard advanceHours() else { return false } }
            begin(midnight + rule.runs.offset, clockLeft.hours)
            clockLeft.hours = 0
        case .minutes:
            while clockLeft.minutes == 0 { guard advanceHour() else { return false } }
            begin(midnight + clockLeft.hourStart + rule.runs.offset, clockLeft.minutes)
            clockLeft.minutes = 0
        case .seconds:
            while clockLeft.seconds == 0 { guard advanceMinute() else { return false } }
            begin(midnight + clockLeft.minuteStart, clockLeft.seconds)
            clockLeft.seconds = 0
        case .picked:
            while picksLeft == 0 { guard advancePicks() else { return false } }
            begin(midnight + rule.pickableTimes[picksLeft.trailingZeroBitCount], 1)
            picksLeft &= picksLeft &- 1
        case .general:
            guard let slot = nextOfAnyKind() else { return false }
            begin(slot, 1)
        }
        return true
    }

    private mutating func begin(_ start: Int, _ bits: UInt64) {
        run.start = start
        run.bits = bits
    }

    private mutating func nextOfAnyKind() -> Int? {
        while true {
            if index >= 0, let next = rule.firstTime(from: time, on: index, in: years.window) {
                time = next + 1
                return midnight + next
            }
            guard advanceDay() else { return nil }
            time = 0
        }
    }

    // MARK: Times

    private var hoursOfDay: UInt64 {
        UInt64(rule.runs.clock.hours) & (rule.runs.steps?.hours(phase: phase) ?? ~0)
    }

    private mutating func advanceHours() -> Bool {
        guard advanceDay() else { return false }
        clockLeft.hours = hoursOfDay
        return true
    }

    private mutating func advanceHour() -> Bool {
        while clockLeft.hours == 0 { guard advanceHours() else { return false } }
        takeHour()
        return true
    }

    private mutating func advanceMinute() -> Bool {
        while clockLeft.minutes == 0 { guard advanceHour() else { return false } }
        takeMinute()
        return true
    }

    private mutating func takeHour() {
        let start = clockLeft.hours.trailingZeroBitCount * 3600
        clockLeft.hours &= clockLeft.hours &- 1
        clockLeft.hourStart = start
        let steps = rule.runs.steps?.minutes(of: start, phase: phase) ?? ~0
        clockLeft.minutes = rule.runs.clock.minutes & steps
    }

    private mutating func takeMinute() {
        let start = clockLeft.hourStart + clockLeft.minutes.trailingZeroBitCount * 60
        clockLeft.minutes &= clockLeft.minutes &- 1
        clockLeft.minuteStart = start
        let steps = rule.runs.steps?.seconds(of: start, phase: phase) ?? ~0
        clockLeft.seconds = rule.runs.clock.seconds & steps
    }

    private mutating func advancePicks() -> Bool {
        guard let picks = rule.picks, advanceDay() else { return false }
        picksLeft = rule.pickedTimes(of: index, in: years.window, picks)
        return true
    }

    // MARK: Days

    private mutating func advanceDay() -> Bool {
        guard daysLeft != 0 || advanceWord() else { return false }
        setDay(word << 6 + daysLeft.trailingZeroBitCount)
        daysLeft &= daysLeft &- 1
        return true
    }

    /// Goes to the next word that has a day.
    private mutating func advanceWord() -> Bool {
        if wordsLeft == 0 {
            guard years.advance(through: lastSlot) else {
                end()
                return false
            }
            wordsLeft = years.days.words
        }
        word = wordsLeft.trailingZeroBitCount
        wordsLeft &= wordsLeft &- 1
        daysLeft = years.days.picked.word(word)
        return true
    }

    private mutating func setDay(_ day: Int) {
        index = day
        midnight = (years.shape.firstDay + day) * 86_400
        if rule.runs.steps != nil { phase = rule.phase(years.shape.firstDay + day) }
    }
}
