/// A recurrence set with everything computed that its questions need; slots are seconds on the
/// local clock, or in UTC if ``wallTable`` is given.
final class PreparedSet: Sendable {
    let start: LocalDateTime
    let isAllDay: Bool
    let zone: Zone?
    let rules: [RecurrenceRule]
    let exceptionRules: [RecurrenceRule]
    let dates: [LocalDateTime]
    let exceptionDates: [LocalDateTime]
    let options: RecurrenceOptions

    /// The table that turns slots into instants.
    let table: ZoneTable
    /// The zone's table, if slots are steps of elapsed time, counted in UTC; otherwise nothing.
    let wallTable: ZoneTable?
    let tracks: [ZonedRule]
    /// What is left of each track, if there are exception rules.
    let filters: [ExceptionFilter]
    let exceptionTracks: [ZonedRule]
    /// The slots that are added by dates or by the start and are in no track, ascending.
    let extraSlots: [Int]
    /// Slots that are taken away, ascending; if ``isPlain``, all of them are slots of the track.
    let removedSlots: [Int]

    /// Whether the set is one rule and nothing else.
    var isSimple: Bool {
        tracks.count == 1 && extraSlots.isEmpty && removedSlots.isEmpty && exceptionTracks.isEmpty
    }

    /// Whether the set is one rule with dates added and taken away, so that it can be counted.
    var isPlain: Bool { tracks.count <= 1 && exceptionTracks.isEmpty }

    init(
        start: LocalDateTime,
        isAllDay: Bool,
        zone: Zone?,
        rules: [RecurrenceRule],
        exceptionRules: [RecurrenceRule],
        dates: [LocalDateTime],
        exceptionDates: [LocalDateTime],
        options: RecurrenceOptions
    ) {
        let start = isAllDay ? LocalDateTime(start.date) : start
        let rules = isAllDay ? rules.map { $0.endingOnDay(in: zone ?? .utc) } : rules
        let exceptionRules =
            isAllDay ? exceptionRules.map { $0.endingOnDay(in: zone ?? .utc) } : exceptionRules
        let zoneTable = isAllDay ? Zone.utc.table : (zone ?? .utc).table
        let isElapsed =
            options.policy == .elapsed && !isAllDay && !rules.isEmpty
            && (rules + exceptionRules).allSatisfy(\.isPlainSteps)
        let table = isElapsed ? Zone.utc.table : zoneTable
        let wallTable = isElapsed ? zoneTable : nil
        let slot = { (local: LocalDateTime) in PreparedSet.slot(of: local, wallTable) }
        let first = LocalDateTime(secondsSince1970: Int64(slot(start)))
        self.wallTable = wallTable
        self.start = start
        self.isAllDay = isAllDay
        self.zone = isAllDay ? nil : zone
        self.rules = rules
        self.exceptionRules = exceptionRules
        let cut = { (local: LocalDateTime) in isAllDay ? LocalDateTime(local.date) : local }
        self.dates = dates.isEmpty ? [] : dates.map(cut).sorted()
        self.exceptionDates = exceptionDates.isEmpty ? [] : exceptionDates.map(cut).sorted()
        self.options = options
        self.table = table
        let isStartIncluded = options.start == .include
        let isDeduped = options.policy == .dedupe
        let remaining = PreparedSet.remaining(rules, exceptionRules)
        var all = PreparedSet.inSlots(remaining, isAllDay: isAllDay, wallTable)
            .map { ZonedRule($0, start: first, table: table, options: options) }
        // With dates or several rules, each track is asked about single slots many times.
        let hasDates = !dates.isEmpty || !exceptionDates.isEmpty
        if all.count > 1 || hasDates { all = all.map(\.endingKnown) }
        self.tracks = all
        // An exception rule takes away every slot that it yields, echoes too.
        var exceptionOptions = options
        exceptionOptions.policy = .wall
        exceptionOptions.start = .omit
        let exceptionTracks = PreparedSet.inSlots(exceptionRules, isAllDay: isAllDay, wallTable)
            .map { ZonedRule($0, start: first, table: table, options: exceptionOptions) }
        self.exceptionTracks = exceptionTracks
        filters =
            exceptionTracks.isEmpty
            ? [] : all.map { ExceptionFilter($0, exceptions: exceptionTracks) }
        var added = self.dates.map(slot)
        if isStartIncluded || rules.isEmpty { added.append(slot(start)) }
        let removed = self.exceptionDates.map(slot)
        (extraSlots, removedSlots) =
            added.isEmpty && removed.isEmpty
            ? ([], [])
            : PreparedSet.changes(added, removed, all, exceptionTracks, isDeduped ? table : nil)
    }

    /// The rules in the form that yields slots: for an all-day set without times of day; for
    /// elapsed time with every UNTIL as an instant.
    private static func inSlots(
        _ rules: [RecurrenceRule],
        isAllDay: Bool,
        _ wallTable: ZoneTable?
    ) -> [RecurrenceRule] {
        if isAllDay { return rules.map(\.atMidnight) }
        guard let wallTable else { return rules }
        return rules.map { $0.endingInUTC(wallTable) }
    }

    /// The slots that dates add to those of the rules, and the slots that are taken away,
    /// ascending.
    ///
    /// Where a zone's table is given, no added slot is an echo, and echoes of added slots are taken
    /// away.
    private static func changes(
        _ added: [Int],
        _ removed: [Int],
        _ tracks: [ZonedRule],
        _ exceptionTracks: [ZonedRule],
        _ table: ZoneTable?
    ) -> (extra: [Int], removed: [Int]) {
        var removed = unique(removed)
        var extra = unique(added).filter { slot in
            !removed.containsAscending(slot) && !tracks.contains { $0.contains(slot) }
                && !exceptionTracks.contains { $0.contains(slot) }
        }
        if let table {
            extra = extra.filter { !isEcho($0, table, tracks, extra) }
            removed = unique(removed + extra.compactMap { echo(of: $0, table) })
        }
        let isPlain = tracks.count <= 1 && exceptionTracks.isEmpty
        if isPlain { removed = removed.filter { slot in tracks.contains { $0.contains(slot) } } }
        return (extra, removed)
    }

    /// The rules that no exception takes away as a whole.
    static func remaining(
        _ rules: [RecurrenceRule],
        _ exceptionRules: [RecurrenceRule]
    ) -> [RecurrenceRule] {
        if exceptionRules.isEmpty { return rules }
        return rules.filter { rule in !exceptionRules.contains { $0.takesAway(rule) } }
    }

    private static func unique(_ slots: [Int]) -> [Int] {
        var unique: [Int] = []
        for slot in slots.sorted() where unique.last != slot { unique.append(slot) }
        return unique
    }

    /// Tells whether a slot shares its instant with an earlier slot in a gap.
    static func isEcho(
        _ slot: Int,
        _ table: ZoneTable,
        _ tracks: [ZonedRule],
        _ extra: [Int]
    ) -> Bool {
        let segment = table.segment(atLocal: Int64(slot))
        guard segment.echo.contains(Int64(slot)) else { return false }
        let twin = slot - Int(segment.offset - segment.previousOffset)
        return tracks.contains { $0.contains(twin) } || extra.containsAscending(twin)
    }

    /// The date-time after a gap that shares its instant with a slot in the gap; nothing where the
    /// slot is in no gap.
    static func echo(of slot: Int, _ table: ZoneTable) -> Int? {
        let segment = table.segment(atLocal: Int64(slot))
        return segment.gap.contains(Int64(slot))
            ? slot + Int(segment.nextOffset - segment.offset) : nil
    }

    // MARK: Slots

    func first(from slot: Int) -> Int? {
        if isSimple { return tracks[0].first(from: slot) }
        var cursor = SlotCursor(self, from: slot)
        return cursor.next()
    }

    func last(through slot: Int) -> Int? {
        var limit = slot
        while true {
            var last: Int?
            for index in tracks.indices {
                let slot =
                    filters.isEmpty
                    ? tracks[index].last(through: limit) : filters[index].last(through: limit)
                if let slot { last = max(last ?? slot, slot) }
            }
            let index = extraSlots.firstIndex(notLessThan: limit + 1)
            if index > 0 { last = max(last ?? .min, extraSlots[index - 1]) }
            guard let last else { return nil }
            if !isDropped(last) { return last }
            limit = last - 1
        }
    }

    func contains(_ slot: Int) -> Bool {
        guard tracks.contains(where: { $0.contains(slot) }) || isExtra(slot) else { return false }
        return !isDropped(slot) && !exceptionTracks.contains { $0.contains(slot) }
    }

    func isExtra(_ slot: Int) -> Bool {
        extraSlots.containsAscending(slot)
    }

    /// Tells whether an exception date or the policy takes away a slot that rules or dates yield.
    func isDropped(_ slot: Int) -> Bool {
        if removedSlots.containsAscending(slot) { return true }
        return options.policy == .dedupe && tracks.count > 1
            && PreparedSet.isEcho(slot, table, tracks, [])
    }

    /// How many slots come before a slot.
    func count(below slot: Int) -> Int {
        if isPlain {
            return (tracks.first?.count(below: slot) ?? 0)
                + extraSlots.firstIndex(notLessThan: slot)
                - removedSlots.firstIndex(notLessThan: slot)
        }
        var cursor = SlotCursor(self, from: .beforeAllSlots)
        var count = 0
        while let next = cursor.next(), next < slot { count += 1 }
        return count
    }

    /// The slot at a place, from 0; nothing beyond the last.
    func slot(at ordinal: Int) -> Int? {
        if isPlain, let track = tracks.first {
            if extraSlots.isEmpty, removedSlots.isEmpty { return track.slot(at: ordinal) }
            return slot(at: ordinal, track)
        }
        var cursor = SlotCursor(self, from: .beforeAllSlots)
        for _ in 0..<ordinal where cursor.next() == nil { return nil }
        return cursor.next()
    }

    /// The slot at a place, from 0, of a track with slots that are added and taken away.
    private func slot(at ordinal: Int, _ track: ZonedRule) -> Int? {
        // Binary search: how many of the added and removed slots come before the wanted slot.
        let changes = (extraSlots + removedSlots).sorted()
        var (low, high) = (0, changes.count)
        while low < high {
            let middle = (low + high) / 2
            if count(below: changes[middle] + 1) <= ordinal {
                low = middle + 1
            } else {
                high = middle
            }
        }
        if low < changes.count, isExtra(changes[low]), count(below: changes[low]) == ordinal {
            return changes[low]
        }
        let end = low == 0 ? Int.min : changes[low - 1] + 1
        let added = extraSlots.firstIndex(notLessThan: end)
        let removed = removedSlots.firstIndex(notLessThan: end)
        return track.slot(at: ordinal - added + removed)
    }

    /// The slot of a local date-time.
    func slot(of local: LocalDateTime) -> Int {
        PreparedSet.slot(of: local, wallTable)
    }

    /// The slot that a local date-time names.
    ///
    /// Where the clocks show it twice under elapsed time, that is the first of the two slots, or
    /// the second if only the second is one of the set's.
    func slot(named local: LocalDateTime) -> Int {
        let first = slot(of: local)
        guard let wallTable else { return first }
        let segment = wallTable.segment(atLocal: local.secondsSince1970)
        guard segment.overlap.contains(local.secondsSince1970), !contains(first) else {
            return first
        }
        let second = first + Int(segment.offset - segment.nextOffset)
        return contains(second) ? second : first
    }

    private static func slot(of local: LocalDateTime, _ wallTable: ZoneTable?) -> Int {
        let seconds = local.secondsSince1970
        return Int(seconds - (wallTable?.segment(atLocal: seconds).offset ?? 0))
    }

    /// What the clocks show for a slot, in seconds: the slot itself, except for elapsed time.
    func shown(_ slot: Int64) -> Int64 {
        guard let wallTable else { return slot }
        return slot + wallTable.segment(atUTC: slot).offset
    }

    func occurrence(_ slot: Int) -> Occurrence {
        let local = LocalDateTime(secondsSince1970: shown(Int64(slot)))
        return Occurrence(recurrenceID: local, timestamp: Timestamp(seconds: utc(slot)))
    }

    func utc(_ slot: Int) -> Int64 {
        Int64(slot) - table.segment(atLocal: Int64(slot)).offset
    }
}

extension RecurrenceRule {
    /// Whether the rule is nothing but equal steps of hours, minutes or seconds.
    fileprivate var isPlainSteps: Bool {
        guard frequency.rawValue <= Frequency.hourly.rawValue else { return false }
        var plain = RecurrenceRule(frequency: frequency)
        (plain.interval, plain.end, plain.weekStart) = (interval, end, weekStart)
        plain.skip = skip
        return self == plain
    }

    /// Whether this rule, as an exception, takes away every slot of another rule.
    ///
    /// Only rules that are equal apart from their ends count; the exception has no end or the same
    /// end.
    fileprivate func takesAway(_ rule: RecurrenceRule) -> Bool {
        (end == .never || end == rule.end) && ending(.never) == rule.ending(.never)
    }

    /// The rule with its end as an instant.
    fileprivate func endingInUTC(_ table: ZoneTable) -> RecurrenceRule {
        let local: Int64
        switch end {
        case .until(.local(let until)): local = until.secondsSince1970
        case .until(.date(let date)): local = Int64(date.daysSince1970) * 86_400 + 86_399
        case .never, .count, .until(.instant): return self
        }
        let utc = local - table.segment(atLocal: local).offset
        return ending(.until(.instant(Timestamp(seconds: utc))))
    }

    /// The rule with its end as a day, if it is a time: the day that it lies on in a zone.
    fileprivate func endingOnDay(in zone: Zone) -> RecurrenceRule {
        switch end {
        case .until(.instant(let until)):
            ending(.until(.date(zone.localDateTime(at: until).date)))
        case .until(.local(let until)): ending(.until(.date(until.date)))
        case .never, .count, .until(.date): self
        }
    }

    /// The rule for an all-day set: BYHOUR, BYMINUTE and BYSECOND are set to midnight.
    fileprivate var atMidnight: RecurrenceRule {
        var rule = self
        (rule.hours, rule.minutes, rule.seconds) = (1, 1, 1)
        return rule
    }
}
