/// Walks forward through a set's slots: those of the rules and dates, merged, less the exceptions.
struct SlotCursor {
    private let core: PreparedSet
    /// The rule's cursor, if the set is one rule and nothing else.
    private var simple: ZonedRule.Cursor
    private let isSimple: Bool
    /// The rules' cursors, each with its next slot.
    private var rules: [(cursor: RemainingSlotsCursor, slot: Int)] = []
    private var extra: ArraySlice<Int>

    /// Begins with the first slot at or after a slot.
    init(_ core: PreparedSet, from slot: Int) {
        self.core = core
        isSimple = core.isSimple
        extra = core.extraSlots[core.extraSlots.firstIndex(notLessThan: slot)...]
        simple = ZonedRule.Cursor(isSimple ? core.tracks[0] : .none, from: slot)
        if isSimple { return }
        let filters =
            core.filters.isEmpty
            ? core.tracks.map { ExceptionFilter($0, exceptions: []) } : core.filters
        for filter in filters {
            var cursor = RemainingSlotsCursor(filter, from: slot)
            if let slot = cursor.next() { rules.append((cursor, slot)) }
        }
    }

    @inline(__always) mutating func next() -> Int? {
        isSimple ? simple.next() : nextOfAll()
    }

    @inline(never) private mutating func nextOfAll() -> Int? {
        while true {
            var slot = extra.first ?? .max
            for rule in rules { slot = min(slot, rule.slot) }
            guard slot < .max else { return nil }
            if extra.first == slot { extra.removeFirst() }
            for index in rules.indices where rules[index].slot == slot {
                rules[index].slot = rules[index].cursor.next() ?? .max
            }
            if !core.isDropped(slot) { return slot }
        }
    }
}
