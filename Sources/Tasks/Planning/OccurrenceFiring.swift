import Recurrence

/// The tasks that a series is about to make.
struct OccurrenceFiring {
    let series: RecurringTask
    let dueZone: Zone
    let now: Timestamp
    var contacts: [Identifier<Contact>?]
    var newestTasks: [Identifier<Contact>?: NewestTask] = [:]
    var occurrenceCount = 0
    /// Whether the series is late because of a fault, not because no server ran.
    var isLateByFault = false
    private(set) var tasks: [TaskInstance] = []

    init(series: RecurringTask, dueZone: Zone, now: Timestamp) {
        self.series = series
        self.dueZone = dueZone
        self.now = now
        let contactIDs = series.dueSchedule?.contactIDs ?? []
        contacts = contactIDs.isEmpty ? [nil] : contactIDs
    }

    /// Whether the series has carried out as many occurrences as its limit allows.
    var isFinished: Bool {
        series.dueSchedule?.occurrenceLimit.map { occurrenceCount >= $0 } ?? false
    }

    /// The occurrences that have come and are to be carried out, in order.
    ///
    /// - Parameters:
    ///   - set: The series' occurrences.
    ///   - through: The last slot that was dealt with. It is moved to the last slot that is passed
    ///     over.
    /// - Returns: Those to carry out in this turn.
    func occurrencesToCarryOut(
        of set: SeriesOccurrences,
        after through: inout LocalDateTime
    ) -> [Occurrence] {
        let next = Array(set.occurrences(after: through).prefix(2))
        guard let first = next.first, first.timestamp <= now else { return [] }
        let limit = series.missedWork.catchUp.limit
        let isAlone = next.count < 2 || next[1].timestamp > now
        // After a gap in the zone's clocks, the last occurrence that came may be one that was dealt
        // with.
        guard !isAlone || (limit == 0 && !isLateByFault),
            let last = set.previous(before: now, inclusive: true),
            last.recurrenceID > through
        else { return [first] }
        let isInTime = last.timestamp >= now.advanced(by: .zero - CatchUp.grace)
        let wanted = max(limit, isInTime ? 1 : 0)
        guard wanted > 0 else {
            through = last.recurrenceID
            return []
        }
        if wanted == 1 { return [last] }
        let lastOrdinal = set.ordinal(of: last.recurrenceID) ?? 0
        let firstOrdinal = set.ordinal(of: first.recurrenceID) ?? 0
        if lastOrdinal - firstOrdinal >= wanted,
            let resumed = set.occurrence(at: lastOrdinal - wanted)
        {
            through = resumed.recurrenceID
        }
        return set.occurrences(after: through).prefix { $0.timestamp <= now }
            .prefix(DueSeriesPlanner.stepLimit).map { $0 }
    }

    /// The contacts for whom an occurrence makes tasks.
    func wanted(at occurrence: Occurrence) -> [Identifier<Contact>?] {
        guard series.missedWork.whileOverdue == .skip else { return contacts }
        return contacts.filter { contact in
            guard let newest = newestTasks[contact] else { return true }
            return !newest.isOpen || newest.dueAt >= occurrence.timestamp
        }
    }

    /// Makes an occurrence's tasks.
    ///
    /// An occurrence without any task is not counted.
    mutating func carryOut(
        _ occurrence: Occurrence,
        for contacts: [Identifier<Contact>?],
        numbers: inout IdentifierSource
    ) throws {
        let dueAfter = series.dueSchedule?.dueAfter ?? 0
        let due = DueTime(at: occurrence.timestamp.advanced(by: .seconds(dueAfter)), in: dueZone)
        for contact in contacts {
            var template = series.template
            template.contactID = contact
            tasks.append(
                TaskInstance(
                    id: try numbers.next(),
                    slot: Slot(
                        seriesID: series.id,
                        recurrenceID: occurrence.recurrenceID,
                        contactID: contact
                    ),
                    creatorID: series.creatorID,
                    template: template,
                    inheritsWording: false,
                    due: due,
                    state: .open,
                    createdAt: now,
                    modifiedAt: now
                )
            )
            newestTasks[contact] = NewestTask(isOpen: true, dueAt: due.timestamp)
        }
        if !contacts.isEmpty { occurrenceCount += 1 }
    }

    /// The clock of the series when all slots up to this one are dealt with.
    func clock(of set: SeriesOccurrences, through: LocalDateTime) -> SeriesClock {
        let next =
            isFinished
            ? nil : set.occurrences(after: through).first(where: { _ in true })?.timestamp
        return SeriesClock(
            materializedThrough: through,
            nextAt: next,
            fireAt: next,
            occurrenceCount: occurrenceCount
        )
    }
}
