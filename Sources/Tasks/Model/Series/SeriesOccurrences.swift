package import Recurrence

/// The occurrences of a series' rule from a point in time on.
///
/// An occurrence is when the clocks show its slot for the first time from the start on. Where the
/// clocks show a slot twice, that is the first time (RFC 5545, section 3.3.5); the second only
/// where the series starts after the first, between two o'clock and two o'clock. So no occurrence
/// comes before the start, and slots and points in time have the same order.
package struct SeriesOccurrences: Sendable {
    private let set: RecurrenceSet
    private let zone: Zone
    /// The slots that the clocks show for the second time after the start.
    private let lateSlots: Range<LocalDateTime>
    /// How much later than for the first time.
    private let delay: Duration

    package init(
        of rule: RecurrenceRule,
        from start: WallClockTime,
        with policies: SeriesPolicies = SeriesPolicies()
    ) {
        zone = start.zone
        var rule = rule
        if policies.monthEnd != .skip { rule.skip = policies.monthEnd.skip }
        if start.pass == .second, let overlap = zone.overlap(around: start.local) {
            lateSlots = start.local..<overlap.upperBound
            delay = overlap.length
            // The set takes its slots for the first ones, so its end has to come earlier as well.
            if case .until(.instant(let until)) = rule.end,
                until < zone.timestamp(of: overlap.upperBound)
            {
                rule = rule.ending(.until(.instant(until.advanced(by: .zero - delay))))
            }
        } else {
            lateSlots = start.local..<start.local
            delay = .zero
        }
        set = RecurrenceSet(
            start: start.local,
            zone: zone,
            rules: [rule],
            dates: policies.dates,
            exceptionDates: policies.exceptionDates,
            options: RecurrenceOptions(policy: .dedupe, start: .include)
        )
    }

    /// All occurrences, in order.
    package func occurrences() -> some Sequence<Occurrence> {
        set.occurrences().lazy.map(placed)
    }

    /// The occurrences after a slot, which need not be one of the series'.
    package func occurrences(after slot: LocalDateTime) -> some Sequence<Occurrence> {
        set.occurrences(after: slot).lazy.map(placed)
    }

    /// The occurrences from a slot on, which need not be one of the series'.
    package func occurrences(from slot: LocalDateTime) -> some Sequence<Occurrence> {
        set.occurrences(from: slot).lazy.map(placed)
    }

    /// The occurrences from a point in time on.
    ///
    /// Up to a day of occurrences is passed over one by one to begin with.
    package func occurrences(from timestamp: Timestamp) -> some Sequence<Occurrence> {
        // No clocks are set back by more than a day.
        let local = zone.localDateTime(at: timestamp).advanced(bySeconds: -86_400)
        return set.occurrences(from: local).lazy.map(placed).drop { $0.timestamp < timestamp }
    }

    /// The first occurrence after a point in time.
    package func next(after timestamp: Timestamp) -> Occurrence? {
        occurrences(from: timestamp.advanced(by: .microseconds(1))).first { _ in true }
    }

    /// The last occurrence before a point in time, or at it if `inclusive`.
    package func previous(before timestamp: Timestamp, inclusive: Bool = false) -> Occurrence? {
        let found = set.previous(before: timestamp, inclusive: inclusive)
        guard let found, isLate(found.recurrenceID) else { return found }
        let earlier = timestamp.advanced(by: .zero - delay)
        return set.previous(before: earlier, inclusive: inclusive).map(placed)
    }

    /// The place of a slot among the slots, from 0; nothing where it is not one of them.
    package func ordinal(of slot: LocalDateTime) -> Int? {
        set.ordinal(of: slot)
    }

    /// The occurrence at a place, from 0; nothing beyond the last.
    package func occurrence(at ordinal: Int) -> Occurrence? {
        set.occurrence(at: ordinal).map(placed)
    }

    /// How many occurrences there are, but no more than a limit.
    package func count(upTo limit: Int) -> Int {
        set.count(upTo: limit)
    }

    /// When an occurrence of a slot comes.
    func timestamp(of slot: LocalDateTime) -> Timestamp {
        placed(Occurrence(recurrenceID: slot, timestamp: zone.timestamp(of: slot))).timestamp
    }

    /// Whether a slot comes when the clocks show it for the second time.
    func isLate(_ slot: LocalDateTime) -> Bool {
        lateSlots.contains(slot)
    }

    private func placed(_ occurrence: Occurrence) -> Occurrence {
        guard isLate(occurrence.recurrenceID) else { return occurrence }
        return Occurrence(
            recurrenceID: occurrence.recurrenceID,
            timestamp: occurrence.timestamp.advanced(by: delay)
        )
    }
}
