extension RecurrenceSet {
    /// All occurrences in the order of their slots, computed as they are asked for.
    ///
    /// - Complexity: Some nanoseconds for each occurrence, without allocation.
    public func occurrences() -> Occurrences {
        Occurrences(core: core, from: .beforeAllSlots, utc: nil)
    }

    /// The occurrences after a slot, which need not be one of the set's.
    ///
    /// - Complexity: As ``next(after:inclusive:)`` to begin with, then as ``occurrences()``.
    public func occurrences(after slot: LocalDateTime) -> Occurrences {
        Occurrences(core: core, from: core.slot(named: slot) + 1, utc: nil)
    }

    /// The occurrences from a slot on, which need not be one of the set's.
    ///
    /// - Complexity: As ``occurrences(after:)``.
    public func occurrences(from slot: LocalDateTime) -> Occurrences {
        Occurrences(core: core, from: core.slot(named: slot), utc: nil)
    }

    /// The occurrences whose instants lie in a range, in the order of their slots.
    ///
    /// - Complexity: As ``occurrences(after:)``.
    public func occurrences(in range: Range<Timestamp>) -> Occurrences {
        let utc = range.lowerBound.firstSecond..<range.upperBound.firstSecond
        return Occurrences(
            core: core,
            from: Int(core.table.firstLocal(from: utc.lowerBound)),
            utc: utc
        )
    }

    /// The occurrence that takes place first after a point in time, or at it if `inclusive`.
    ///
    /// Of two slots that a gap puts on one instant, it is the first.
    ///
    /// - Complexity: The same at any distance: some hundred nanoseconds for most rules. A rule that
    ///   matches rarely takes up to a hundred nanoseconds for each year without a match, so one
    ///   that never matches takes a millisecond or two. Each exception rule adds as much again.
    ///   Linear in the number of rules, and in the number of exception dates that follow each
    ///   other. Where COUNT ends a rule decades after its start, slots before that end have to be
    ///   counted.
    public func next(after timestamp: Timestamp, inclusive: Bool = false) -> Occurrence? {
        let utc = inclusive ? timestamp.firstSecond : timestamp.clampedSeconds + 1
        let segment = core.table.segment(atUTC: utc)
        let local = utc + segment.offset
        // When the clocks show an overlap the second time, the next slot comes after its end.
        var slot = core.first(from: Int(max(local, segment.local.lowerBound)))
        if segment.echo.contains(local) {
            // Slots in the gap take place at the same time as those after it.
            let gapSlot = core.first(from: Int(utc + segment.previousOffset))
            if let gapSlot, gapSlot < segment.local.lowerBound,
                core.utc(gapSlot) <= slot.map(core.utc) ?? .max
            {
                slot = gapSlot
            }
        } else if let found = slot {
            let gap = core.table.segment(atLocal: Int64(found)).gap
            if gap.contains(Int64(found)), let later = core.first(from: Int(gap.upperBound)),
                core.utc(later) < core.utc(found)
            {
                slot = later
            }
        }
        return slot.map(core.occurrence)
    }

    /// The occurrence that takes place last before a point in time, or at it if `inclusive`.
    ///
    /// - Complexity: As ``next(after:inclusive:)``.
    public func previous(before timestamp: Timestamp, inclusive: Bool = false) -> Occurrence? {
        let utc = inclusive ? timestamp.clampedSeconds : timestamp.firstSecond - 1
        guard let slot = core.last(through: Int(core.table.lastLocal(through: utc))) else {
            return nil
        }
        let segment = core.table.segment(atLocal: Int64(slot))
        let isPast = core.utc(slot) <= utc
        // A slot in a gap may take place later than one after the gap.
        if segment.echo.contains(Int64(slot)) || !isPast {
            let offset = isPast ? segment.previousOffset : segment.offset
            let gapEnd = isPast ? segment.local.lowerBound : segment.local.upperBound
            let other = core.last(through: Int(min(utc + offset, gapEnd - 1)))
            guard let other else { return isPast ? core.occurrence(slot) : nil }
            if !isPast || core.utc(other) > core.utc(slot) { return core.occurrence(other) }
        }
        return core.occurrence(slot)
    }

    /// Tells whether a slot is one of the set's.
    ///
    /// - Complexity: The same for any slot; linear in the number of rules.
    public func contains(_ slot: LocalDateTime) -> Bool {
        core.contains(core.slot(named: slot))
    }

    /// Whether there is no occurrence at all.
    ///
    /// - Complexity: As ``next(after:inclusive:)``.
    public var isEmpty: Bool {
        core.first(from: .beforeAllSlots) == nil
    }

    /// The place of a slot among the set's slots, from 0; nothing where it is not one of them.
    ///
    /// - Complexity: As ``occurrence(at:)``.
    public func ordinal(of slot: LocalDateTime) -> Int? {
        let slot = core.slot(named: slot)
        return core.contains(slot) ? core.count(below: slot) : nil
    }

    /// The occurrence at a place, from 0; nothing beyond the last.
    ///
    /// - Complexity: For one rule with any dates: O(1) where its slots are equally far apart; at
    ///   most 400 years where years of one kind have the same slots; otherwise linear in the years,
    ///   up to some milliseconds, or some tens of milliseconds where few days have the same steps
    ///   and some days have many. Linear in the ordinal for several rules and with exception rules.
    public func occurrence(at ordinal: Int) -> Occurrence? {
        ordinal < 0 ? nil : core.slot(at: ordinal).map(core.occurrence)
    }

    /// How many occurrences there are, but no more than a limit.
    ///
    /// - Complexity: As ``occurrence(at:)``.
    public func count(upTo limit: Int) -> Int {
        if core.isPlain { return min(core.count(below: .afterAllSlots), limit) }
        var cursor = SlotCursor(core, from: .beforeAllSlots)
        var count = 0
        while count < limit, cursor.next() != nil { count += 1 }
        return count
    }

    /// How many occurrences have their instants in a range.
    ///
    /// - Complexity: As ``occurrence(at:)``.
    public func count(in range: Range<Timestamp>) -> Int {
        count(before: range.upperBound.firstSecond) - count(before: range.lowerBound.firstSecond)
    }

    private func count(before utc: Int64) -> Int {
        let end = Int(core.table.lastLocal(through: utc - 1)) + 1
        let late = core.table.overshoot(of: utc - 1)
        var count = core.count(below: end)
        if !late.isEmpty {
            count -= core.count(below: Int(late.upperBound))
            count += core.count(below: Int(late.lowerBound))
        }
        return count
    }
}

extension Timestamp {
    /// The whole seconds, kept within what zones and calendars can take.
    var clampedSeconds: Int64 {
        min(max(seconds, -1 << 40), 1 << 40)
    }

    /// The first whole second that is not before the timestamp.
    var firstSecond: Int64 {
        clampedSeconds + (microseconds % 1_000_000 == 0 ? 0 : 1)
    }
}
