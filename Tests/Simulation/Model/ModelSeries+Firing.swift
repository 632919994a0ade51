import Recurrence
import Tasks

/// What a series has done after one of its firings.
struct FiringProgress {
    var series: ModelSeries
    /// All tasks that were made by then, since the step began.
    var made: [ModelTask]
}

extension ModelSeries {
    /// What happens to the first occurrence of a schedule.
    enum FirstTasks {
        case now, whenItComes
        /// An earlier schedule made its tasks.
        case hasTasks
    }

    mutating func changeDue(_ change: (inout DueMaking) -> Void) {
        guard var due else { return }
        change(&due)
        making = .whenDue(due)
    }

    /// Begins a schedule; what came before now makes no tasks later.
    mutating func begin(first: FirstTasks, at now: Timestamp) throws -> [ModelTask] {
        guard var due, let set = try set else { return [] }
        var made: [ModelTask] = []
        due.through = start.advanced(bySeconds: -1)
        if let last = set.previous(before: now, inclusive: true) {
            due.through = max(due.through, last.recurrenceID)
        }
        switch first {
        case .whenItComes: break
        case .hasTasks: due.through = max(due.through, start)
        case .now:
            guard !due.isFinished, let first = set.occurrences().first(where: { _ in true })
            else { break }
            made = due.slotContacts.map { task(of: first, for: $0, due, at: now) }
            due.count += 1
            due.through = max(due.through, first.recurrenceID)
        }
        due.isStopped = false
        due.next = due.isFinished ? nil : set.next(afterSlot: due.through)
        making = .whenDue(due)
        return made
    }

    /// Goes on after the series had stopped, without what came meanwhile.
    mutating func resume(at now: Timestamp) throws {
        guard var due, due.next == nil, let set = try set else { return }
        due.through = max(start, due.through)
        if let last = set.previous(before: now, inclusive: true) {
            due.through = max(due.through, last.recurrenceID)
        }
        due.isStopped = false
        due.next = due.isFinished ? nil : set.next(afterSlot: due.through)
        making = .whenDue(due)
    }

    /// How many occurrences were carried out by now.
    func carriedOutCount(at now: Timestamp) throws -> Int {
        if let due { return due.count }
        guard let set = try set else { return 1 }
        return set.occurrences().prefix { $0.timestamp <= now }.reduce(0) { count, _ in count + 1 }
    }

    /// The steps in which a series carries out what comes while time passes.
    ///
    /// - Parameters:
    ///   - now: The time at the beginning.
    ///   - end: The time at the end.
    ///   - location: What is stored at the beginning.
    ///   - heldSince: Since when a fault kept the series from being taken up; nil if none did.
    /// - Returns: How the series and the tasks stand after each step.
    /// - Throws: What the expansion of the rule throws.
    func firings(
        from now: Timestamp,
        to end: Timestamp,
        in location: LocationModel,
        heldSince: Timestamp?
    ) throws -> [FiringProgress] {
        var progress: [FiringProgress] = []
        var series = self
        var made: [ModelTask] = []
        var tasks = location.tasks(ofSeries: id)
        while let next = series.due?.next, next.timestamp <= end {
            let new = try series.fire(at: max(now, next.timestamp), tasks, heldSince)
            tasks += new
            made += new
            progress.append(FiringProgress(series: series, made: made))
        }
        return progress
    }

    /// Carries out what has come by an instant, and returns the tasks that are made.
    private mutating func fire(
        at now: Timestamp,
        _ tasks: [ModelTask],
        _ heldSince: Timestamp?
    ) throws -> [ModelTask] {
        guard var due, let set = try set else { return [] }
        let come = set.occurrences(after: due.through).prefix { $0.timestamp <= now }.map { $0 }
        guard let last = come.last else { return [] }
        // One that came while the series was held back is late through no fault of its own.
        let since = come.count == 1 ? min(heldSince ?? now, now) : now
        let isInTime = last.timestamp >= since.advanced(by: .seconds(-60))
        let wanted: [Occurrence] =
            switch due.catchUp {
            case .all: come
            case .latest: [last]
            case .none: isInTime ? [last] : []
            }
        var overdueAt = due.slotContacts.reduce(into: [Int64: Timestamp]()) { newest, contact in
            let newestTask = tasks.filter { task in
                task.slotContact == contact && task.slot.map { $0 <= due.through } ?? false
            }.max { $0.slotName.lexicographicallyPrecedes($1.slotName) }
            newest[contact] = newestTask.flatMap { $0.state == .open ? $0.dueAt : nil }
        }
        var made: [ModelTask] = []
        var through = last.recurrenceID
        for occurrence in wanted where !due.isFinished {
            through = occurrence.recurrenceID
            let contacts = due.slotContacts.filter { contact in
                guard due.skipsWhileOverdue, let dueAt = overdueAt[contact] else { return true }
                return dueAt >= occurrence.timestamp
            }
            for contact in contacts {
                let task = task(of: occurrence, for: contact, due, at: now)
                // An occurrence has one task, even if a former schedule made it.
                if !tasks.contains(where: { $0.slotName == task.slotName }) { made.append(task) }
                overdueAt[contact] = task.dueAt
            }
            if !contacts.isEmpty { due.count += 1 }
        }
        due.through = through
        due.next = due.isFinished ? nil : set.next(afterSlot: through)
        making = .whenDue(due)
        return made
    }

    private func task(
        of occurrence: Occurrence,
        for contact: Int64,
        _ due: DueMaking,
        at now: Timestamp
    ) -> ModelTask {
        var task = ModelTask(
            seriesID: id,
            slot: occurrence.recurrenceID,
            slotContact: contact,
            creator: creator,
            content: content,
            dueAt: occurrence.timestamp,
            dueLocal: occurrence.recurrenceID,
            zone: zone.identifier,
            state: .open,
            createdAt: now
        )
        task.content.contact = contact == 0 ? nil : contact
        task.setDue(occurrence.timestamp.advanced(by: .seconds(due.dueAfter)), in: due.dueZone)
        return task
    }
}
