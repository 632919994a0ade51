/// Walks through a set's slots, forward: the rules' and the dates', merged, less the exceptions.
struct SlotCursor {
    private let core: SetCore
    private var first: RuleTrack.Cursor
    /// The cursors of further rules and the dates, with the slot that each comes to next.
    private var others: [(cursor: RuleTrack.Cursor, slot: Int)] = []
    private var firstSlot = Int.max
    private var extra: ArraySlice<Int>
    private let isSimple: Bool

    /// Begins with the first slot at or after one.
    init(_ core: SetCore, from slot: Int) {
        self.core = core
        extra = core.extraSlots[core.extraSlots.firstIndex(notLessThan: slot)...]
        first = RuleTrack.Cursor(core.tracks.first ?? .none, from: slot)
        isSimple = core.isSimple
        if isSimple { return }
        firstSlot = first.next() ?? .max
        for track in core.tracks.dropFirst() {
            var cursor = RuleTrack.Cursor(track, from: slot)
            if let slot = cursor.next() { others.append((cursor, slot)) }
        }
    }

    @inline(__always) mutating func next() -> Int? {
        if isSimple { return first.next() }
        var removedCount = 0
        while let slot = nextCandidate() {
            if !core.isRemoved(slot) { return slot }
            removedCount += 1
            if removedCount % SetCore.coverageTurn == 0 { skipCoveredDays() }
        }
        return nil
    }

    @inline(never) private mutating func skipCoveredDays() {
        guard let coverage = core.coverage, firstSlot < .max else { return }
        let day = firstSlot.floorDivided(by: 86_400)
        guard let next = coverage.firstDay(from: day) else {
            firstSlot = .max
            return
        }
        guard next > day, let track = core.tracks.first else { return }
        var cursor = RuleTrack.Cursor(track, from: next * 86_400)
        firstSlot = cursor.next() ?? .max
        first = cursor
    }

    @inline(never) private mutating func nextCandidate() -> Int? {
        var slot = min(firstSlot, extra.first ?? .max)
        for other in others { slot = min(slot, other.slot) }
        guard slot < .max else { return nil }
        if firstSlot == slot { firstSlot = first.next() ?? .max }
        if extra.first == slot { extra.removeFirst() }
        for index in others.indices where others[index].slot == slot {
            others[index].slot = others[index].cursor.next() ?? .max
        }
        return slot
    }
}
