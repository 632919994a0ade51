import Recurrence

/// The tasks that a series is about to make.
struct OccurrenceFiring {
    let course: SeriesCourse
    let dueZone: Zone
    let now: Timestamp
    var contacts: [Identifier<Contact>?]
    var newestTasks: [Identifier<Contact>?: NewestTask] = [:]
    var occurrenceCount = 0
    /// Whether the series is late because of a fault, not because no server ran.
    var isLateByFault = false
    /// How many occurrences came while no server ran and were given up.
    private(set) var missedCount = 0
    /// The tasks that are made, and those that move to a new slot.
    private(set) var tasks: [Replacement<TaskInstance>] = []

    init(of course: SeriesCourse, dueZone: Zone, now: Timestamp) {
        self.course = course
        self.dueZone = dueZone
        self.now = now
        let contactIDs = course.series.dueSchedule?.contactIDs ?? []
        contacts = contactIDs.isEmpty ? [nil] : contactIDs
    }

    private var series: RecurringTask { course.series }

    /// Whether the series has carried out as many occurrences as its limit allows.
    var isFinished: Bool {
        series.dueSchedule?.occurrenceLimit.map { occurrenceCount >= $0 } ?? false
    }

    /// The occurrences that have come and are to be carried out, in order.
    ///
    /// - Parameter through: The last slot that was dealt with. It is moved to the last slot that is
    ///   passed over.
    /// - Returns: Those to carry out in this turn.
    mutating func occurrencesToCarryOut(after through: inout LocalDateTime) -> [PlannedOccurrence] {
        guard series.policies.keepTheSchedule else { return comingOccurrences(after: &through) }
        return course.planned(ascending: scheduledOccurrences(after: &through))
    }

    /// Those of a series whose every occurrence comes at its own time, found by their ordinals.
    private mutating func scheduledOccurrences(after through: inout LocalDateTime) -> [Occurrence] {
        let set = course.set
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
        let lastOrdinal = set.ordinal(of: last.recurrenceID) ?? 0
        let firstOrdinal = set.ordinal(of: first.recurrenceID) ?? 0
        missedCount += max(0, lastOrdinal - firstOrdinal + 1 - wanted)
        guard wanted > 0 else {
            through = last.recurrenceID
            return []
        }
        if wanted == 1 { return [last] }
        if lastOrdinal - firstOrdinal >= wanted,
            let resumed = set.occurrence(at: lastOrdinal - wanted)
        {
            through = resumed.recurrenceID
        }
        return set.occurrences(after: through).prefix { $0.timestamp <= now }
            .prefix(DueSeriesPlanner.stepLimit).map { $0 }
    }

    /// Those of any other series, one by one.
    private mutating func comingOccurrences(
        after through: inout LocalDateTime
    ) -> [PlannedOccurrence] {
        // A series that is far behind begins with what it could still catch up with.
        if let last = course.set.previous(before: now, inclusive: true),
            let ordinal = course.set.ordinal(of: last.recurrenceID), ordinal > Self.reach,
            let first = course.set.occurrence(at: ordinal - Self.reach)
        {
            through = max(through, first.recurrenceID)
        }
        let come = Array(course.coming(after: through).prefix { $0.comesAt <= now })
        let made = come.filter { $0.planned.isMade }
        // What comes after the last that is made is passed over.
        guard let last = made.last else {
            through = come.last?.planned.slot ?? through
            return []
        }
        let limit = series.missedWork.catchUp.limit
        // Days off may have brought several to one day, and none of these is late for another.
        let together = made.reversed().prefix { $0.comesAt == last.comesAt }.count
        let isInTime = last.comesAt >= now.advanced(by: .zero - CatchUp.grace)
        let areAlone = together == made.count
        let areWanted = isInTime || (isLateByFault && areAlone)
        let wanted = max(limit, areWanted ? together : 0)
        missedCount += max(0, made.count - wanted)
        guard wanted > 0 else {
            through = come.last?.planned.slot ?? through
            return []
        }
        return made.suffix(wanted).prefix(DueSeriesPlanner.stepLimit).map { $0.planned }
    }

    /// How many occurrences a series looks back at most.
    private static var reach: Int { 20_000 }

    /// The contacts for whom an occurrence makes tasks.
    func wanted(at planned: PlannedOccurrence) -> [Identifier<Contact>?] {
        guard series.missedWork.whileOverdue == .skip else { return contacts }
        return contacts.filter { !isOverdue(for: $0, at: planned) }
    }

    private func isOverdue(
        for contact: Identifier<Contact>?,
        at planned: PlannedOccurrence
    ) -> Bool {
        guard let newest = newestTasks[contact] else { return false }
        return newest.isOpen && newest.dueAt < planned.due.timestamp
    }

    /// Makes an occurrence's tasks.
    ///
    /// An occurrence without any task is not counted.
    mutating func carryOut(
        _ planned: PlannedOccurrence,
        for contacts: [Identifier<Contact>?],
        numbers: inout IdentifierSource
    ) throws {
        let dueAfter = series.dueSchedule?.dueAfter ?? 0
        let dueAt = planned.due.timestamp.advanced(by: .seconds(dueAfter))
        let due = DueTime(at: dueAt, in: dueZone)
        for contact in contacts {
            let slot = Slot(
                seriesID: series.id,
                recurrenceID: planned.slot,
                contactID: contact
            )
            if series.missedWork.whileOverdue == .rollForward,
                isOverdue(for: contact, at: planned), let task = newestTasks[contact]?.task
            {
                roll(task, to: slot, due)
                continue
            }
            var template = series.template.taking(planned.turn)
            template.contactID = contact
            let task = TaskInstance(
                id: try numbers.next(),
                slot: slot,
                creatorID: series.creatorID,
                template: template,
                inheritsWording: false,
                due: due,
                state: .open,
                createdAt: now,
                modifiedAt: now
            )
            tasks.append(Replacement(after: task))
            newestTasks[contact] = NewestTask(isOpen: true, dueAt: due.timestamp, task: task)
        }
        if !contacts.isEmpty { occurrenceCount += 1 }
    }

    /// Moves an open task to a new slot.
    private mutating func roll(_ task: TaskInstance, to slot: Slot, _ due: DueTime) {
        var moved = task
        moved.slot = slot
        moved.due = due
        moved.modifiedAt = now
        newestTasks[slot.contactID] = NewestTask(isOpen: true, dueAt: due.timestamp, task: moved)
        if let index = tasks.firstIndex(where: { $0.after.id == task.id }) {
            tasks[index].after = moved
        } else {
            tasks.append(Replacement(before: task, after: moved))
        }
    }

    /// The clock of the series when all slots up to this one are dealt with.
    func clock(through: LocalDateTime, after former: SeriesClock? = nil) -> SeriesClock {
        let next = isFinished ? nil : nextComing(after: through)
        return SeriesClock(
            materializedThrough: through,
            nextAt: next,
            fireAt: next,
            occurrenceCount: occurrenceCount,
            missedCount: (former?.missedCount ?? 0) + missedCount,
            doneAt: former?.doneAt
        )
    }

    private func nextComing(after through: LocalDateTime) -> Timestamp? {
        if series.policies.keepTheSchedule {
            return course.set.occurrences(after: through).first { _ in true }?.timestamp
        }
        return course.coming(after: through).first { _ in true }?.comesAt
    }
}
