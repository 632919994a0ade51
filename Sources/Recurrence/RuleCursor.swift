/// Walks through a rule's slots, forward.
struct RuleCursor {
    private let rule: CompiledRule
    private var leading: ArraySlice<Int>
    private var window: CompiledRule.Window
    /// The days left in the current word of the window, the current one not among them.
    private var daysLeft: UInt64
    private var word: Int
    /// The current day in the window, or -1 where none has been reached.
    private var index: Int
    /// The current day's midnight.
    private var midnight = 0
    /// The first time of the current day that has not been passed.
    private var time: Int
    private let singleTime: Int
    /// How many years are left to look through without finding a slot.
    private var yearsLeft: Int

    /// Begins with the first slot at or after one.
    init(_ rule: CompiledRule, from slot: Int) {
        self.rule = rule
        leading = rule.leadingSlots[rule.leadingSlots.firstIndex(notLessThan: slot)...]
        let first = max(slot, rule.firstSlot)
        let day = first.floorDivided(by: 86_400)
        let givenYear = YearShape.year(of: day)
        let year = rule.stride.firstYear(from: givenYear)
        singleTime =
            rule.timeCount == 1 && rule.picks == nil
            ? rule.times.first(from: 0, phase: 0) ?? -1 : -1
        yearsLeft = RuleCursor.yearLimit(rule)
        index = -1
        time = 86_400
        guard first <= rule.lastSlot, year <= 9999 else {
            window = CompiledRule.Window(
                shape: YearShape(9999),
                days: YearMask(),
                picked: YearMask()
            )
            (daysLeft, word) = (0, 5)
            return
        }
        window = rule.window(year)
        (daysLeft, word) = (window.picked.word(0), 0)
        guard year == givenYear else { return }
        let start = day - window.shape.firstDay
        word = start >> 6
        daysLeft = window.picked.word(word) & (~0 << UInt64(start & 63))
        if daysLeft >> UInt64(start & 63) & 1 == 1 {
            daysLeft &= daysLeft &- 1
            index = start
            midnight = day * 86_400
            time = first - midnight
        }
    }

    /// How many fruitless years prove that there is no slot to come: a whole cycle of year shapes
    /// where the slots depend on nothing else.
    private static func yearLimit(_ rule: CompiledRule) -> Int {
        rule.dependsOnYearKindAlone ? YearShape.cycleYearCount + 1 : .max
    }

    /// The next slot, or nothing after the last.
    mutating func next() -> Int? {
        if let slot = leading.popFirst() { return slot }
        while true {
            if index >= 0 {
                if singleTime >= 0 {
                    let isAhead = time <= singleTime
                    time = 86_400
                    if isAhead { return bounded(midnight + singleTime) }
                } else if let next = rule.firstTime(from: time, on: index, in: window) {
                    time = next + 1
                    return bounded(midnight + next)
                }
            }
            guard advanceDay() else { return nil }
        }
    }

    private mutating func bounded(_ slot: Int) -> Int? {
        if slot <= rule.lastSlot {
            yearsLeft = RuleCursor.yearLimit(rule)
            return slot
        }
        end()
        return nil
    }

    private mutating func end() {
        index = -1
        (daysLeft, word, yearsLeft) = (0, 5, 0)
    }

    private mutating func advanceDay() -> Bool {
        while daysLeft == 0 {
            word += 1
            if word >= 6, !advanceYear() { return false }
            daysLeft = window.picked.word(word)
        }
        index = word << 6 + daysLeft.trailingZeroBitCount
        daysLeft &= daysLeft &- 1
        midnight = (window.shape.firstDay + index) * 86_400
        time = 0
        return true
    }

    private mutating func advanceYear() -> Bool {
        let year = window.shape.year + rule.stride.yearInterval
        yearsLeft -= 1
        guard yearsLeft >= 0, year <= 9999, YearShape.firstDay(of: year) * 86_400 <= rule.lastSlot
        else {
            end()
            return false
        }
        window = rule.window(year)
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
