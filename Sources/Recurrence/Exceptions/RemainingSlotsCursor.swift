/// Walks forward through the slots that exception rules leave of a rule.
struct RemainingSlotsCursor {
    private var filter: ExceptionFilter
    private var slots: ZonedRule.Cursor
    private var exceptions: [ExceptionCursor]
    /// How many slots have been taken away since the last one that was left.
    private var removedCount = 0
    private var firstRemoved = 0
    private let lastSlot: Int

    /// After how many removed slots in a row it pays to look for a day that is left.
    private static let turn = 16

    /// Begins with the first slot at or after `slot`, and ends with the last slot at or before
    /// `lastSlot`.
    init(_ filter: ExceptionFilter, from slot: Int, through lastSlot: Int = .max) {
        self.filter = filter
        self.lastSlot = lastSlot
        slots = ZonedRule.Cursor(filter.track, from: slot)
        exceptions = filter.exceptions.map { ExceptionCursor($0, from: slot) }
    }

    mutating func next() -> Int? {
        removedCount = 0
        while let slot = slots.next(), slot <= lastSlot {
            if !isRemoved(slot) { return slot }
            if removedCount == 0 { firstRemoved = slot }
            removedCount += 1
            if removedCount % RemainingSlotsCursor.turn == 0, !skip(after: slot) { return nil }
        }
        return nil
    }

    private mutating func isRemoved(_ slot: Int) -> Bool {
        for index in exceptions.indices where exceptions[index].contains(slot) { return true }
        return false
    }

    /// Skips what is known to be taken away; tells whether there may be more.
    private mutating func skip(after slot: Int) -> Bool {
        if !filter.isEndKnown { filter = filter.endingKnown }
        if let period = filter.period, removedCount >= period {
            removedCount = 0
            // The period proves nothing if an exception ends within it.
            if filter.hasEnd(in: firstRemoved..<slot) { return true }
            guard let end = filter.nextEnd(from: slot) else { return false }
            slots = ZonedRule.Cursor(filter.track, from: end + 1)
            return true
        }
        let day = slot.floorDivided(by: 86_400)
        guard let next = filter.firstDay(from: day) else { return false }
        if next > day { slots = ZonedRule.Cursor(filter.track, from: next * 86_400) }
        return true
    }
}

/// Tells whether an exception rule has a slot; the slots must be asked for in ascending order.
private struct ExceptionCursor {
    private var track: ZonedRule
    private let uncounted: ZonedRule
    private var cursor: ZonedRule.Cursor
    /// The exception's next slot that has not been passed.
    private var slot: Int

    /// How many steps to try before a new cursor is made, which may cost more than they do.
    private static let reach = 8

    init(_ track: ZonedRule, from slot: Int) {
        self.track = track
        uncounted = track.uncounted
        cursor = ZonedRule.Cursor(uncounted, from: slot)
        self.slot = cursor.next() ?? .max
    }

    mutating func contains(_ other: Int) -> Bool {
        var stepCount = 0
        while slot < other, stepCount < ExceptionCursor.reach {
            slot = cursor.next() ?? .max
            stepCount += 1
        }
        if slot < other {
            cursor = ZonedRule.Cursor(uncounted, from: other)
            slot = cursor.next() ?? .max
        }
        guard slot == other else { return false }
        if !track.surelyReaches(other) { track = track.endingKnown }
        return track.surelyReaches(other)
    }
}

extension ExceptionFilter {
    /// The last slot, at or before a slot, that the exceptions leave.
    func last(through slot: Int) -> Int? {
        var limit = slot
        var removedCount = 0
        let filter = isEndKnown ? self : endingKnown
        while let candidate = filter.track.last(through: limit) {
            // The cursors only go forward, so each day is walked through from its midnight.
            let day = candidate.floorDivided(by: 86_400)
            var cursor = RemainingSlotsCursor(filter, from: day * 86_400, through: candidate)
            var last: Int?
            while let next = cursor.next() { last = next }
            if let last { return last }
            if let period {
                removedCount += filter.track.count(below: candidate + 1)
                removedCount -= filter.track.count(below: day * 86_400)
                // Further back at least as many exceptions apply: all begin with the set.
                if removedCount >= period { return nil }
            }
            guard let left = filter.lastDay(through: day - 1) else { return nil }
            limit = left * 86_400 + 86_399
        }
        return nil
    }
}
