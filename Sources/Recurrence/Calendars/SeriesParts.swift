/// The dates that lines of one property have.
struct WrittenDates {
    /// A point in time as it stands in the text.
    struct Instant {
        let timestamp: Timestamp
        /// The zone whose clocks show when it is.
        let zone: Zone
        let text: String
    }

    /// Local date-times, and the days of an all-day series.
    var slots: [LocalDateTime] = []
    var instants: [Instant] = []
    /// Days that exceptions take out of a series with times.
    var days: [CivilDate] = []
}

/// A series that has been read, from which its set is made.
///
/// Slots are local date-times, so that an instant is found by what the clocks show then. Where they
/// skip a time, two slots take place at one instant; where they show one twice, no slot takes place
/// at the second pass.
struct SeriesParts {
    typealias ParseError = RecurrenceSet.ParseError

    let start: LocalDateTime
    let isAllDay: Bool
    /// The zone of the slots; of an all-day series, that of its days.
    let zone: Zone?
    let rules: [RecurrenceRule]
    let exceptionRules: [RecurrenceRule]
    let options: RecurrenceOptions

    /// Returns the set.
    ///
    /// - Throws: An error that names an instant which no slot of the set can have.
    func set(
        dates written: WrittenDates,
        exceptionDates exceptions: WrittenDates,
        _ remarks: inout RemarkList
    ) throws(ParseError) -> RecurrenceSet {
        var dates = written.slots
        if !written.instants.isEmpty { dates += try added(written) }
        var exceptionDates: [LocalDateTime] = []
        for slot in exceptions.slots {
            exceptionDates += zone.slots(with: slot, isAllDay: isAllDay)
        }
        for instant in exceptions.instants {
            let slots = instant.zone.localDateTimes(meaning: instant.timestamp)
            if slots.isEmpty { try leaveOut(instant, dates, &remarks) }
            exceptionDates += slots
        }
        exceptionDates = Array(Set(exceptionDates))
        guard !exceptions.days.isEmpty else { return try set(dates, exceptionDates) }
        let set = try set(dates, exceptionDates)
        exceptionDates += try set.slots(on: exceptions.days)
        return try self.set(dates, Array(Set(exceptionDates)))
    }

    private func set(
        _ dates: [LocalDateTime],
        _ exceptionDates: [LocalDateTime]
    ) throws(ParseError) -> RecurrenceSet {
        try RecurrenceSet(
            start: start,
            isAllDay: isAllDay,
            zone: zone,
            rules: rules,
            exceptionRules: exceptionRules,
            dates: dates,
            exceptionDates: exceptionDates,
            options: options
        )
    }

    // MARK: Instants

    /// The slots that instants add: none where something takes place at the instant anyway.
    private func added(_ written: WrittenDates) throws(ParseError) -> [LocalDateTime] {
        let all = written.instants.map { $0.zone.localDateTimes(meaning: $0.timestamp) }
        if all.allSatisfy({ $0.count == 1 }) { return all.map { $0[0] } }
        let others = try set(written.slots, [])
        var slots: [LocalDateTime] = []
        for (instant, meant) in zip(written.instants, all) {
            if let shown = meant.last {
                if meant.count == 1 || !others.contains(meant[0]) { slots.append(shown) }
            } else if !others.hasSecondPass(at: instant.timestamp) {
                throw ParseError(
                    part: "RDATE",
                    reason: "\(instant.text) is when \(instant.zone.identifier) shows "
                        + "\(instant.shown) the second time; a series can only have the first"
                )
            }
        }
        return slots
    }

    /// Tells that an exception takes out nothing, since no slot takes place at a second pass.
    private func leaveOut(
        _ instant: WrittenDates.Instant,
        _ dates: [LocalDateTime],
        _ remarks: inout RemarkList
    ) throws(ParseError) {
        let reason =
            "\(instant.text) is when \(instant.zone.identifier) shows \(instant.shown) the second "
            + "time; "
        if options.policy == .elapsed, try set(dates, []).hasSecondPass(at: instant.timestamp) {
            throw ParseError(part: "EXDATE", reason: reason + "it cannot be taken out alone")
        }
        remarks.note("EXDATE", reason + "it takes out nothing")
    }
}

extension WrittenDates.Instant {
    /// The local date-time that the zone's clocks show.
    fileprivate var shown: LocalDateTime { zone.localDateTime(at: timestamp) }
}

extension RecurrenceSet {
    /// Whether steps of elapsed time reach an instant at which the clocks show a time again.
    fileprivate func hasSecondPass(at timestamp: Timestamp) -> Bool {
        guard let wallTable = core.wallTable else { return false }
        let segment = wallTable.segment(atUTC: timestamp.seconds)
        return timestamp.seconds + segment.offset < segment.local.lowerBound
            && core.contains(Int(timestamp.seconds))
    }
}

extension RecurrenceSet {
    /// The most occurrences that days may take out: so many that the set's own text can be read.
    private static let dayOccurrenceLimit = 50_000

    /// Returns the slots that lie on the days which exceptions take out.
    ///
    /// - Throws: ``ParseError`` where there are too many, or one that cannot be taken out.
    package func slots(on days: [CivilDate]) throws(ParseError) -> [LocalDateTime] {
        var slots: [LocalDateTime] = []
        for day in Set(days).sorted() {
            let end = LocalDateTime(day.advanced(byDays: 1))
            for occurrence in occurrences(from: LocalDateTime(day)) {
                guard occurrence.recurrenceID < end else { break }
                guard slots.count < RecurrenceSet.dayOccurrenceLimit else {
                    throw ParseError(part: "EXDATE", reason: "its days have too many occurrences")
                }
                guard !hasSecondPass(at: occurrence.timestamp) else {
                    throw ParseError(
                        part: "EXDATE",
                        reason: "\(day) has a time that comes twice; the second cannot be taken out"
                    )
                }
                slots += zone.slots(with: occurrence.recurrenceID, isAllDay: isAllDay)
            }
        }
        return slots
    }
}

extension Zone? {
    /// The slots that take place at the same instant as one, and this itself.
    fileprivate func slots(with slot: LocalDateTime, isAllDay: Bool) -> [LocalDateTime] {
        guard let zone = self, !isAllDay else { return [slot] }
        let slots = zone.localDateTimes(meaning: zone.timestamp(of: slot))
        return slots.count == 2 ? slots : [slot]
    }
}
