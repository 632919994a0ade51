package import Recurrence

/// A series that is taken up because an occurrence has come, as it is stored at that moment.
package struct FiringSnapshot: Hashable, Sendable {
    package var series: RecurringTask
    package var clock: SeriesClock
    /// Those of the series' contacts that the directory still has, in the series' order.
    package var contactIDs: [Identifier<Contact>]
    /// The newest task of the series for each contact, or for none; told where the series is to
    /// skip what comes while that is overdue.
    package var newestTasks: [Identifier<Contact>?: NewestTask]

    package init(
        series: RecurringTask,
        clock: SeriesClock,
        contactIDs: [Identifier<Contact>] = [],
        newestTasks: [Identifier<Contact>?: NewestTask] = [:]
    ) {
        self.series = series
        self.clock = clock
        self.contactIDs = contactIDs
        self.newestTasks = newestTasks
    }
}

/// What a series asks of its newest task.
package struct NewestTask: Hashable, Sendable {
    package var isOpen: Bool
    package var dueAt: Timestamp

    package init(isOpen: Bool, dueAt: Timestamp) {
        self.isOpen = isOpen
        self.dueAt = dueAt
    }
}

extension DueSeriesPlanner {
    /// How many tasks one turn makes of a series at most, but for those of a single occurrence.
    package static let stepLimit = 720

    /// Decides what a series makes of the occurrences that have come.
    ///
    /// Of those that were missed it carries out what ``CatchUp`` says; an occurrence passes without
    /// tasks for whom ``WhileOverdue`` says so.
    ///
    /// - Parameters:
    ///   - snapshot: The series as it is stored.
    ///   - zone: The zone in which its rule is expanded.
    ///   - dueZone: The zone of its tasks' due times.
    ///   - numbers: Where new tasks take their numbers from.
    /// - Returns: The tasks, and how far the series is carried out.
    /// - Throws: What the source of numbers throws.
    package func plan(
        making snapshot: FiringSnapshot,
        zone: Zone,
        dueZone: Zone,
        numbers: inout IdentifierSource
    ) throws -> ChangePlan {
        let series = snapshot.series
        var plan = ChangePlan(.materialized)
        let hasLostItsContacts =
            snapshot.contactIDs.isEmpty && series.dueSchedule?.contactIDs.isEmpty == false
        guard let rule = series.rule, !series.isDeleted, !hasLostItsContacts else {
            plan.clocks = [ClockSetting(seriesID: series.id, clock: snapshot.clock.stopped)]
            return plan
        }
        let set = rule.occurrences(from: series.start, in: zone)
        var work = OccurrenceFiring(series: series, dueZone: dueZone, now: now)
        work.contacts = snapshot.contactIDs.isEmpty ? [nil] : snapshot.contactIDs
        work.newestTasks = snapshot.newestTasks
        work.occurrenceCount = snapshot.clock.occurrenceCount
        var through = snapshot.clock.materializedThrough
        for occurrence in work.occurrencesToCarryOut(of: set, after: &through) {
            guard !work.isFinished, work.tasks.count < Self.stepLimit else { break }
            try work.carryOut(occurrence, for: work.wanted(at: occurrence), numbers: &numbers)
            through = occurrence.recurrenceID
        }
        plan.tasks = work.tasks.map { Replacement(after: $0) }
        plan.clocks = [
            ClockSetting(seriesID: series.id, clock: work.clock(of: set, through: through))
        ]
        return plan
    }
}

/// The tasks that a series is about to make.
struct OccurrenceFiring {
    let series: RecurringTask
    let dueZone: Zone
    let now: Timestamp
    var contacts: [Identifier<Contact>?]
    var newestTasks: [Identifier<Contact>?: NewestTask] = [:]
    var occurrenceCount = 0
    private(set) var tasks: [TaskInstance] = []

    init(series: RecurringTask, dueZone: Zone, now: Timestamp) {
        self.series = series
        self.dueZone = dueZone
        self.now = now
        let contactIDs = series.dueSchedule?.contactIDs ?? []
        contacts = contactIDs.isEmpty ? [nil] : contactIDs
    }

    /// Whether the series has carried out all that it was to.
    var isFinished: Bool {
        series.dueSchedule?.occurrenceLimit.map { occurrenceCount >= $0 } ?? false
    }

    /// The occurrences that have come and are to be carried out, in order.
    ///
    /// - Parameters:
    ///   - set: The series' occurrences.
    ///   - through: The last slot that was dealt with; moved to the last that is passed over.
    /// - Returns: Those to carry out in this turn.
    func occurrencesToCarryOut(
        of set: RecurrenceSet,
        after through: inout LocalDateTime
    ) -> [Occurrence] {
        let next = Array(set.occurrences(after: through).prefix(2))
        guard let first = next.first, first.timestamp <= now else { return [] }
        let limit = series.missedWork.catchUp.limit
        let isAlone = next.count < 2 || next[1].timestamp > now
        // After a gap in the zone's clocks the last to come may be one that was dealt with.
        guard !isAlone || limit == 0, let last = set.previous(before: now, inclusive: true),
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

    /// For whom an occurrence makes tasks.
    func wanted(at occurrence: Occurrence) -> [Identifier<Contact>?] {
        guard series.missedWork.whileOverdue == .skip else { return contacts }
        return contacts.filter { contact in
            guard let newest = newestTasks[contact] else { return true }
            return !newest.isOpen || newest.dueAt >= occurrence.timestamp
        }
    }

    /// Makes an occurrence's tasks; without any it is not counted.
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

    /// The clock of the series once all is dealt with up to a slot.
    func clock(of set: RecurrenceSet, through: LocalDateTime) -> SeriesClock {
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
