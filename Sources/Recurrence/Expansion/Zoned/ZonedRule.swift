/// A rule in its zone: a compiled rule with its end, and without the slots that the policy drops.
///
/// A set calls each of its zoned rules a track.
struct ZonedRule: Sendable {
    let rule: CompiledRule
    private let table: ZoneTable
    private let isDeduped: Bool
    /// Slots in a gap that come before the last slot but take place after UNTIL.
    private let overshoot: Range<Int>
    /// How many slots COUNT allows; the greatest `Int` if ``isEndKnown``.
    private var places: Int
    /// COUNT takes away no slot up to here.
    private var sureEnd: Int
    /// Whether the slots end with ``sureEnd``.
    private(set) var isEndKnown: Bool

    /// Prepares a rule.
    ///
    /// Where the options include the start, a start that the rule does not yield takes the first
    /// place in COUNT.
    init(
        _ rule: RecurrenceRule,
        start: LocalDateTime,
        table: ZoneTable,
        options: RecurrenceOptions
    ) {
        self.table = table
        var last = Int.lastSlot
        var overshoot = 0..<0
        if case .until(let until) = rule.end {
            switch until {
            case .instant(let timestamp):
                last = Int(clamping: table.lastLocal(through: timestamp.seconds))
                let range = table.overshoot(of: timestamp.seconds)
                overshoot = Int(range.lowerBound)..<Int(range.upperBound)
            case .local(let local): last = Int(local.secondsSince1970)
            case .date(let date): last = date.daysSince1970 * 86_400 + 86_399
            }
        }
        self.overshoot = overshoot
        var compiled = CompiledRule(rule, start: start, last: last, options: options)
        if options.setPositions == .cut, !rule.setPositions.isEmpty {
            compiled = compiled.cutting(rule, start: start, options: options)
        }
        self.rule = compiled
        // Slots whose distance is greater than the longest gap cannot fall on one instant.
        isDeduped = options.policy == .dedupe && compiled.spacing <= Int(table.longestGap)
        (places, sureEnd, isEndKnown) = (.max, compiled.lastSlot, true)
        guard case .count(let count) = rule.end else { return }
        let isIncluded = options.start == .include
        let isTaken = isIncluded && !compiled.contains(Int(start.secondsSince1970))
        setPlaces(count - (isTaken ? 1 : 0))
    }

    /// Finds out which slot is COUNT's last, unless it is far away.
    private mutating func setPlaces(_ count: Int) {
        guard count > 0 else {
            sureEnd = .min
            return
        }
        // The last slot that COUNT allows is not earlier than this.
        let reach = rule.firstSlot + min(count - 1, 1 << 40) * rule.spacing
        if rule.leadingSlots.isEmpty, reach >= rule.lastSlot { return }
        // Echoes are counted gap by gap, which takes time for each year.
        let yearLimit = isDeduped ? min(rule.quickYearCount, 64) : rule.quickYearCount
        let isNear = !isDeduped || reach < rule.firstSlot + yearLimit * 366 * 86_400
        if isNear, let end = slot(at: count - 1, yearLimit: yearLimit) {
            sureEnd = end
        } else if yearLimit < .max {
            places = count
            sureEnd = rule.leadingSlots.isEmpty ? reach : .min
            isEndKnown = false
        }
    }

    /// A rule that has no slot.
    static let none = ZonedRule(
        RecurrenceRule(frequency: .daily).ending(.until(.date(.earliest))),
        start: LocalDateTime(.latest),
        table: Zone.utc.table,
        options: RecurrenceOptions()
    )

    // MARK: The end

    /// The last slot; a number less than the first slot where there is none.
    ///
    /// - Complexity: Where COUNT ends the slots far away, linear in the years until then.
    var lastSlot: Int {
        isEndKnown ? sureEnd : slot(at: places - 1) ?? rule.lastSlot
    }

    /// The same rule, with its end worked out.
    var endingKnown: ZonedRule {
        if isEndKnown { return self }
        var track = self
        (track.places, track.sureEnd, track.isEndKnown) = (.max, lastSlot, true)
        return track
    }

    /// The same rule; without its COUNT unless ``isEndKnown``.
    var uncounted: ZonedRule {
        if isEndKnown { return self }
        var track = self
        (track.places, track.sureEnd, track.isEndKnown) = (.max, rule.lastSlot, true)
        return track
    }

    /// Tells whether it is known, without counting, that COUNT does not end the rule before a slot.
    func surelyReaches(_ slot: Int) -> Bool {
        slot <= sureEnd
    }

    /// Tells whether COUNT does not end the rule before a slot.
    private func reaches(_ slot: Int) -> Bool {
        slot <= sureEnd || !isEndKnown && count(below: slot) < places
    }

    // MARK: Slots

    func first(from slot: Int) -> Int? {
        if !isDeduped, overshoot.isEmpty {
            return rule.first(from: slot).flatMap { reaches($0) ? $0 : nil }
        }
        var cursor = Cursor(self, from: slot)
        return cursor.next()
    }

    func last(through slot: Int) -> Int? {
        var limit = reaches(slot) ? slot : min(slot, lastSlot)
        while let last = rule.last(through: limit) {
            if overshoot.contains(last) {
                limit = overshoot.lowerBound - 1
            } else if isEcho(last) {
                limit = last - 1
            } else {
                return last
            }
        }
        return nil
    }

    func contains(_ slot: Int) -> Bool {
        rule.contains(slot) && reaches(slot) && !overshoot.contains(slot) && !isEcho(slot)
    }

    /// How many slots come before a slot.
    func count(below slot: Int) -> Int {
        var echoes = newEchoCounter
        return count(below: slot, &echoes)
    }

    private var newEchoCounter: EchoCounter? {
        isDeduped ? EchoCounter(rule, table) : nil
    }

    private func count(below slot: Int, _ echoes: inout EchoCounter?) -> Int {
        let end = isEndKnown ? min(slot, sureEnd + 1) : slot
        var count = rule.count(below: end)
        if end > overshoot.lowerBound, !overshoot.isEmpty {
            count -= rule.count(below: min(end, overshoot.upperBound))
            count += rule.count(below: overshoot.lowerBound)
        }
        return min(count - (echoes?.count(below: end) ?? 0), places)
    }

    /// The slot at a place, from 0; nothing beyond the last, or where it lies more than `yearLimit`
    /// of the rule's years after the start.
    func slot(at ordinal: Int, yearLimit: Int = .max) -> Int? {
        guard ordinal < places else { return nil }
        // Each echo before the slot moves it one place further, and more echoes may then come
        // before it.
        var place = ordinal
        var echoes = newEchoCounter
        while let slot = rule.slot(at: place, yearLimit: yearLimit), !isEndKnown || slot <= sureEnd
        {
            if !isDeduped, overshoot.isEmpty { return slot }
            let count = count(below: slot + 1, &echoes)
            if count == ordinal + 1, !isEcho(slot), !overshoot.contains(slot) { return slot }
            place += max(ordinal + 1 - count, 1)
        }
        return nil
    }

    // MARK: Echoes

    /// Tells whether a slot shares its instant with an earlier one of the rule.
    private func isEcho(_ slot: Int) -> Bool {
        guard isDeduped else { return false }
        let segment = table.segment(atLocal: Int64(slot))
        return segment.echo.contains(Int64(slot))
            && rule.contains(slot - Int(segment.offset - segment.previousOffset))
    }

    /// From here on, a slot may have to be dropped for UNTIL or counted for COUNT.
    private var firstDoubtful: Int {
        if !isEndKnown { return .min }
        return overshoot.isEmpty ? .max : overshoot.lowerBound
    }

    /// Walks through a zoned rule's slots, forward.
    struct Cursor {
        private let track: ZonedRule
        private var rule: RuleCursor
        /// The next local date-times that may be echoes; empty, at the greatest `Int`, where there
        /// are none.
        private var echo: Range<Int> = .max..<Int.max
        private var echoDistance = 0
        /// From here on, a slot may have to be dropped or counted.
        private var firstDoubtful: Int
        /// How many slots are left, unless it is known where they end.
        private var left: Int

        /// Begins with the first slot at or after a slot.
        init(_ track: ZonedRule, from slot: Int) {
            self.track = track
            let isEndKnown = track.isEndKnown
            rule = RuleCursor(track.rule, from: slot, through: isEndKnown ? track.sureEnd : .max)
            left = isEndKnown ? .max : track.places - track.count(below: slot)
            firstDoubtful = track.firstDoubtful
            if track.isDeduped { advanceEcho(to: max(slot, track.rule.earliestSlot)) }
            if left <= 0 { rule.end() }
        }

        @inline(__always) mutating func next() -> Int? {
            while let slot = rule.next() {
                if slot < firstDoubtful || !isDropped(slot) { return slot }
            }
            return nil
        }

        /// Tells whether the track drops a slot; a slot that is kept is counted towards COUNT.
        @inline(never) private mutating func isDropped(_ slot: Int) -> Bool {
            if track.isDeduped, slot >= echo.upperBound { advanceEcho(to: slot) }
            if echo.contains(slot) && track.rule.contains(slot - echoDistance)
                || track.overshoot.contains(slot)
            {
                return true
            }
            left -= 1
            if left == 0 { rule.end() }
            return false
        }

        private mutating func advanceEcho(to slot: Int) {
            firstDoubtful = track.firstDoubtful
            guard let next = track.table.echo(from: Int64(slot)) else {
                echo = .max..<Int.max
                return
            }
            echo = Int(next.range.lowerBound)..<Int(next.range.upperBound)
            echoDistance = Int(next.distance)
            firstDoubtful = min(firstDoubtful, echo.lowerBound)
        }
    }
}
