extension CompiledRule {
    /// The first slot at or after a slot.
    func first(from slot: Int) -> Int? {
        if let evenSlots, leadingSlots.isEmpty {
            let first = evenSlots.first(from: max(slot, firstSlot))
            return first <= lastSlot ? first : nil
        }
        var cursor = RuleCursor(self, from: slot)
        return cursor.next()
    }

    /// The last slot at or before a slot.
    func last(through slot: Int) -> Int? {
        let limit = min(slot, lastSlot)
        if limit >= firstSlot, let last = lastOfMasks(through: limit) { return last }
        let index = leadingSlots.firstIndex(notLessThan: limit + 1)
        return index > 0 ? leadingSlots[index - 1] : nil
    }

    private func lastOfMasks(through slot: Int) -> Int? {
        if let evenSlots {
            let last = evenSlots.last(through: slot)
            return last >= firstSlot ? last : nil
        }
        let day = slot.floorDivided(by: 86_400)
        let givenYear = YearShape.year(of: day)
        var year = stride.lastYear(through: givenYear)
        let firstYear = YearShape.year(of: firstSlot.floorDivided(by: 86_400))
        var yearsLeft = emptyYearLimit
        while year >= firstYear, yearsLeft > 0 {
            if yearsLeft == emptyYearLimit - YearShape.kindCount, !pattern.hasDays { return nil }
            let window = window(year)
            let isGiven = year == givenYear
            var index = window.days.picked.last(
                through: isGiven ? day - window.shape.firstDay : 365
            )
            while let current = index {
                let midnight = (window.shape.firstDay + current) * 86_400
                let limit = min(slot - midnight, 86_399)
                if let time = lastTime(through: limit, on: current, in: window) {
                    return midnight + time >= firstSlot ? midnight + time : nil
                }
                if midnight < firstSlot { return nil }
                index = window.days.picked.last(through: current - 1)
            }
            year -= stride.yearInterval
            yearsLeft -= 1
        }
        return nil
    }

    /// Tells whether a slot is one of the rule's.
    func contains(_ slot: Int) -> Bool {
        guard slot >= firstSlot, slot <= lastSlot else { return leadingSlots.contains(slot) }
        if let evenSlots { return evenSlots.last(through: slot) == slot }
        let (day, time) = (slot.floorDivided(by: 86_400), slot.modulo(86_400))
        let year = YearShape.year(of: day)
        guard stride.firstYear(from: year) == year else { return false }
        let window = window(year)
        let index = day - window.shape.firstDay
        return window.days.picked.contains(index)
            && firstTime(from: time, on: index, in: window) == time
    }
}
