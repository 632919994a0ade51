extension RecurrenceSet {
    /// Splits the set in two at a slot, which need not be one of the set's.
    ///
    /// The first part has exactly the occurrences before the slot, the second exactly those from
    /// the slot on. Together they are the whole. A COUNT is divided: the first part gets the number
    /// of slots before the cut, the second part gets the rest. Any other end becomes an UNTIL just
    /// before the slot in the first part, and stays as it is in the second. Dates and exception
    /// dates go to the part on their side of the slot.
    ///
    /// The second part starts with the first slot that its rules still have. What the rules took
    /// from the old start is written into their parts. In some cases the new start would change the
    /// occurrences. The second part then keeps the old start, and an exception rule takes away what
    /// is before the slot. These are the cases:
    ///
    /// - The new start is outside the periods that the INTERVAL of another rule visits.
    /// - SKIP has moved the new start out of such a period.
    /// - Under ``RecurrenceOptions/Policy/dedupe`` or ``RecurrenceOptions/Policy/elapsed``, the
    ///   hours around the new start depend on the hours before it.
    /// - The slot is in the first period, under ``RecurrenceOptions/SetPositions/cut``.
    ///
    /// Both parts have the set's options. There is one exception: a set with
    /// ``RecurrenceOptions/Policy/elapsed`` that is read as ``RecurrenceOptions/Policy/wall``
    /// because of one of its rules has parts with ``RecurrenceOptions/Policy/wall``.
    ///
    /// - Parameter slot: A local date-time; under ``RecurrenceOptions/Policy/elapsed``, one that
    ///   the clocks show twice means the first.
    /// - Returns: The two parts; nothing for a part without occurrences. The other part then is the
    ///   set itself, unchanged.
    /// - Throws: ``ParseError`` with the part EXRULE, where a set that has exception rules already
    ///   would need one more than is allowed. A set without exception rules is never refused.
    /// - Complexity: As ``ordinal(of:)`` of each rule with COUNT, and as preparing both parts.
    ///   Linear in the dates.
    public func split(
        at slot: LocalDateTime
    ) throws(ParseError) -> (before: RecurrenceSet?, from: RecurrenceSet?) {
        guard let cut = core.first(from: core.slot(of: slot)) else {
            return (isEmpty ? nil : self, nil)
        }
        guard core.last(through: cut - 1) != nil else { return (nil, self) }
        let cutting = SetCut(core, at: cut)
        return (try cutting.before(), try cutting.from())
    }
}

/// A set that is cut in two at one of its slots, which is not its first.
private struct SetCut {
    /// A rule, or an exception rule, and its slots.
    typealias Part = (rule: RecurrenceRule, track: ZonedRule)

    let core: PreparedSet
    /// The first slot of the second part.
    let cut: Int
    /// The rules, without those that an exception rule takes away as a whole.
    let rules: [Part]
    let exceptionRules: [Part]
    let options: RecurrenceOptions
    let startSlot: Int

    init(_ core: PreparedSet, at cut: Int) {
        self.core = core
        self.cut = cut
        rules = Array(zip(PreparedSet.remaining(core.rules, core.exceptionRules), core.tracks))
        exceptionRules = Array(zip(core.exceptionRules, core.exceptionTracks))
        var options = core.options
        // The rule that makes the set be read as `wall` may be missing in one part.
        if options.policy == .elapsed, core.wallTable == nil { options.policy = .wall }
        self.options = options
        startSlot = core.slot(of: core.start)
    }

    // MARK: The parts

    func before() throws(RecurrenceSet.ParseError) -> RecurrenceSet {
        let rules = rules.filter { $0.track.hasSlot(before: cut) }
        if rules.isEmpty { return datesAlone { $0 < cut } }
        return try set(
            start: core.start,
            rules: rules.map { $0.rule.ending(endBefore($0)) },
            exceptionRules: core.exceptionRules,
            dates: core.dates.filter { core.slot(of: $0) < cut },
            exceptionDates: core.exceptionDates.filter { core.slot(of: $0) < cut }
                + rules.flatMap(lateSlots)
        )
    }

    func from() throws(RecurrenceSet.ParseError) -> RecurrenceSet {
        guard rules.contains(where: { $0.track.first(from: cut) != nil }) else {
            return datesAlone { $0 >= cut }
        }
        let isStartBefore = options.start == .include && startSlot < cut
        guard isStartBefore || rules.contains(where: { $0.track.hasSlot(before: cut) }) else {
            return try keepingStart(without: [])
        }
        if let set = movingStart() { return set }
        let all = RecurrenceRule(frequency: core.isAllDay ? .daily : .secondly)
        return try keepingStart(without: [all.ending(.until(lastBefore))])
    }

    /// The dates on one side of the cut, where no rule has a slot.
    private func datesAlone(_ isOnSide: (Int) -> Bool) -> RecurrenceSet {
        let dates = core.extraSlots.filter { isOnSide($0) && core.contains($0) }
            .map { core.occurrence($0).recurrenceID }
        // In a set without rules, the start is an occurrence.
        return RecurrenceSet(
            start: dates[0],
            isAllDay: core.isAllDay,
            zone: core.zone,
            rules: [],
            dates: Array(dates.dropFirst()),
            options: options
        )
    }

    /// The second part with the start of the whole set.
    private func keepingStart(
        without exceptions: [RecurrenceRule]
    ) throws(RecurrenceSet.ParseError) -> RecurrenceSet {
        try set(
            start: core.start,
            rules: core.rules,
            exceptionRules: core.exceptionRules + exceptions,
            dates: core.dates.filter { core.slot(of: $0) >= cut },
            exceptionDates: core.exceptionDates.filter { core.slot(of: $0) >= cut }
                + echoesOfDates()
        )
    }

    /// The second part with a new start; nothing where that would change the occurrences.
    private func movingStart() -> RecurrenceSet? {
        guard let first = rules.compactMap({ $0.track.first(from: cut) }).min() else { return nil }
        let start = core.occurrence(first).recurrenceID
        guard core.slot(of: start) == first else { return nil }
        let rules = rules.filter { $0.track.first(from: first) != nil }
        let exceptionRules = exceptionRules.filter { $0.track.first(from: first) != nil }
        let moved = rules.compactMap { moving($0, to: first, isStartCounted: true) }
        let movedExceptions = exceptionRules.compactMap {
            moving($0, to: first, isStartCounted: false)
        }
        guard moved.count == rules.count, movedExceptions.count == exceptionRules.count else {
            return nil
        }
        let set = try? set(
            start: start,
            rules: moved,
            exceptionRules: movedExceptions,
            dates: core.dates.filter {
                let slot = core.slot(of: $0)
                // A date before the new start is no longer taken away by an exception rule.
                return slot >= first || slot >= cut && core.contains(slot)
            },
            exceptionDates: core.exceptionDates.filter { core.slot(of: $0) >= cut }
        )
        return set.flatMap { isTrue($0.core, rules + exceptionRules, from: first) ? $0 : nil }
    }

    private func set(
        start: LocalDateTime,
        rules: [RecurrenceRule],
        exceptionRules: [RecurrenceRule],
        dates: [LocalDateTime],
        exceptionDates: [LocalDateTime]
    ) throws(RecurrenceSet.ParseError) -> RecurrenceSet {
        try RecurrenceSet(
            start: start,
            isAllDay: core.isAllDay,
            zone: core.zone,
            rules: rules,
            exceptionRules: exceptionRules,
            dates: dates,
            exceptionDates: exceptionDates,
            options: options
        )
    }

    // MARK: Ends

    private func endBefore(_ part: Part) -> RecurrenceRule.End {
        if part.track.first(from: cut) == nil { return part.rule.end }
        if case .count = part.rule.end { return .count(usedCount(of: part, before: cut)) }
        return .until(lastBefore)
    }

    /// How much of a rule's COUNT is used up before a slot.
    private func usedCount(of part: Part, before slot: Int) -> Int {
        part.track.count(below: slot) + (isTaken(startSlot, from: part) ? 1 : 0)
    }

    /// Tells whether COUNT counts a start that the rule does not yield.
    private func isTaken(_ start: Int, from part: Part) -> Bool {
        options.start == .include && !part.track.rule.contains(start)
    }

    /// The last date-time before the cut; in UTC where that ends the rule at the same slot.
    private var lastBefore: RecurrenceRule.Until {
        let local = LocalDateTime(secondsSince1970: Int64(cut - 1))
        if core.isAllDay { return .date(local.date) }
        // Around a gap, slots and instants are not in the same order.
        let segment = core.table.segment(atLocal: Int64(cut))
        let isAtGap = segment.gap.contains(Int64(cut)) || segment.echo.contains(Int64(cut))
        if core.zone == nil || isAtGap { return .local(local) }
        return .instant(Timestamp(seconds: core.utc(cut) - 1))
    }

    /// The slots before the cut that take place after a rule's UNTIL, if the cut replaces that
    /// UNTIL.
    ///
    /// The new UNTIL would let them in.
    private func lateSlots(of part: Part) -> [LocalDateTime] {
        guard case .until(.instant(let until)) = part.rule.end,
            part.track.first(from: cut) != nil
        else { return [] }
        let late = core.table.overshoot(of: until.seconds)
        var cursor = RuleCursor(part.track.rule, from: Int(late.lowerBound))
        var slots: [LocalDateTime] = []
        while let slot = cursor.next(), slot < min(cut, Int(late.upperBound)) {
            if !core.contains(slot) { slots.append(core.occurrence(slot).recurrenceID) }
        }
        return slots
    }

    // MARK: Starts

    /// The rule with the new start `slot`: what it took from the old start becomes parts.
    ///
    /// Nothing where the rule cannot start there.
    private func moving(
        _ part: Part,
        to slot: Int,
        isStartCounted: Bool
    ) -> RecurrenceRule? {
        let old = LocalDateTime(secondsSince1970: Int64(startSlot))
        let new = LocalDateTime(secondsSince1970: Int64(slot))
        let passed = part.rule.period(of: new) - part.rule.period(of: old)
        guard passed.isMultiple(of: part.rule.interval) else { return nil }
        let rule = part.rule.stating(old, insteadOf: new, reading: options.reading)
        // A rule of elapsed time must not have BY parts.
        if core.wallTable != nil, rule != part.rule { return nil }
        guard case .count(let count) = rule.end else { return rule }
        var left = count - part.track.count(below: slot)
        if isStartCounted {
            left = count - usedCount(of: part, before: slot) + (isTaken(slot, from: part) ? 1 : 0)
        }
        return rule.ending(.count(left))
    }

    /// Tells whether a set that starts at a slot yields the same as the whole set.
    ///
    /// Only two ranges are compared, since elsewhere it follows from the rules: the date-times that
    /// may be echoes of a gap, and the first period where BYSETPOS counts from the start.
    private func isTrue(_ moved: PreparedSet, _ parts: [Part], from slot: Int) -> Bool {
        let tracks = moved.tracks + moved.exceptionTracks
        guard tracks.count == parts.count else { return false }
        let echoEnd = echoEnd(around: slot)
        for (old, new) in zip(parts.map(\.track), tracks) {
            let end = max(echoEnd, new.rule.firstSlot)
            if old.slots(in: slot..<end) != new.slots(in: slot..<end) { return false }
        }
        return echoEnd == slot || core.slots(in: cut..<echoEnd) == moved.slots(in: cut..<echoEnd)
    }

    /// The end of the local date-times that may be echoes of slots before a slot; the slot itself
    /// if there are none.
    private func echoEnd(around slot: Int) -> Int {
        guard options.policy == .dedupe else { return slot }
        let segment = core.table.segment(atLocal: Int64(slot))
        if segment.echo.contains(Int64(slot)) { return Int(segment.echo.upperBound) }
        guard segment.gap.contains(Int64(slot)) else { return slot }
        return Int(segment.local.upperBound + segment.nextOffset - segment.offset)
    }

    /// The date-times from the cut on that are echoes of a date before it, and so were dropped.
    private func echoesOfDates() -> [LocalDateTime] {
        guard options.policy == .dedupe else { return [] }
        return core.extraSlots.filter { $0 < cut }.compactMap { date in
            guard let echo = PreparedSet.echo(of: date, core.table), echo >= cut,
                !core.contains(echo)
            else { return nil }
            return LocalDateTime(secondsSince1970: Int64(echo))
        }
    }
}

extension RecurrenceRule {
    /// The number of the period that contains a date-time; only differences of numbers have a
    /// meaning.
    fileprivate func period(of local: LocalDateTime) -> Int {
        let slot = Int(local.secondsSince1970)
        let day = local.date.daysSince1970
        let (year, month, _) = local.date.components
        switch frequency {
        case .secondly: return slot
        case .minutely: return slot.floorDivided(by: 60)
        case .hourly: return slot.floorDivided(by: 3600)
        case .daily: return day
        case .weekly:
            let passed = (YearShape.weekday(of: day) - weekStart.rawValue).modulo(7)
            return (day - passed).floorDivided(by: 7)
        case .monthly: return year * 12 + month
        case .yearly: return year
        }
    }

    /// The rule with the values that it takes from one start written out, where another start would
    /// fill in other values.
    fileprivate func stating(
        _ start: LocalDateTime,
        insteadOf other: LocalDateTime,
        reading: RecurrenceOptions.Reading
    ) -> RecurrenceRule {
        var rule = self
        let clock = self.clock(from: start)
        let otherClock = self.clock(from: other)
        if clock.hours != otherClock.hours { rule.hours = clock.hours }
        if clock.minutes != otherClock.minutes { rule.minutes = clock.minutes }
        if clock.seconds != otherClock.seconds { rule.seconds = clock.seconds }
        let days = DayParts(self, start: start, reading: reading)
        let otherDays = DayParts(self, start: other, reading: reading)
        if days.weekdays != otherDays.weekdays { rule.weekdays = days.weekdays }
        // In a yearly rule, BYMONTHDAY without BYMONTH means that day of every month.
        if days.months != otherDays.months || days.monthDays != otherDays.monthDays {
            (rule.months, rule.monthDays) = (days.months, days.monthDays)
        }
        return rule
    }
}

extension ZonedRule {
    fileprivate func hasSlot(before slot: Int) -> Bool {
        first(from: .beforeAllSlots).map { $0 < slot } ?? false
    }

    fileprivate func slots(in range: Range<Int>) -> [Int] {
        var slots: [Int] = []
        var cursor = Cursor(self, from: range.lowerBound)
        while let slot = cursor.next(), slot < range.upperBound { slots.append(slot) }
        return slots
    }
}

extension PreparedSet {
    fileprivate func slots(in range: Range<Int>) -> [Int] {
        var slots: [Int] = []
        var cursor = SlotCursor(self, from: range.lowerBound)
        while let slot = cursor.next(), slot < range.upperBound { slots.append(slot) }
        return slots
    }
}
