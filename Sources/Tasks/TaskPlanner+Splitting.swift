package import Recurrence

extension TaskPlanner {
    /// Decides what an edit of a task and all that follow it in its series does.
    ///
    /// The series is split at the task's slot (see ``SeriesSplit``): the old one ends before it, and
    /// a new one with the edit's values begins at it; where nothing comes before the slot the series
    /// is changed in place. Following tasks take the new values and lose their own, but what is
    /// completed or deleted stays so (see ``FollowingTasks``). A rule set to nothing leaves the task
    /// by itself and deletes the rest.
    ///
    /// - Parameters:
    ///   - snapshot: The task, its series, and the tasks stored from its slot on.
    ///   - edit: What is to become of the fields; the state concerns the task alone.
    ///   - zone: The zone of the series.
    ///   - numbers: Where new records take their numbers from.
    /// - Returns: The plan; an empty one where nothing changes.
    /// - Throws: ``TaskRefusal/noOccurrence`` where a new rule ends before it begins.
    package func plan(
        updatingFollowing snapshot: SeriesSnapshot,
        with edit: TaskEdit,
        zone: Zone,
        numbers: inout IdentifierSource
    ) throws -> ChangePlan {
        let task = snapshot.task
        guard let series = snapshot.series, !series.isDeleted, let rule = series.rule,
            let slot = task.slot?.recurrenceID
        else { return try plan(updating: task, with: edit, zone: zone, numbers: &numbers) }
        let set = rule.occurrences(from: series.start, in: zone)
        guard let ordinal = set.ordinal(of: slot) else {
            return try plan(updating: task, with: edit, zone: zone, numbers: &numbers)
        }
        let split = SeriesSplit(of: rule, at: slot, ordinal: ordinal, in: zone)
        let start = start(of: task, at: slot, zone: zone, edit: edit)
        var rest = series
        if ordinal > 0 { rest = try series.successor(numberedBy: &numbers, at: now) }
        rest.template = edit.applied(to: task.template)
        rest.start = start.local
        rest.timeZone = start.zone.identifier
        rest.modifiedAt = now
        let keepsRule = edit.rule.keeps(rule)
        rest.rule = keepsRule ? try split.ruleFromSlot() : edit.rule.applied(to: rule)

        var plan = ChangePlan(.updated)
        if let remaining = try split.ruleBefore() {
            plan.series = [replacement(of: series) { $0.rule = remaining }]
            if rest.rule != nil { plan.series.append(Replacement(after: rest)) }
        } else {
            plan.series = [Replacement(before: series, after: rest)]
        }
        if snapshot.clock != nil {
            plan.clocks = [ClockSetting(seriesID: series.id, clock: nil)]
        }
        guard let restRule = rest.rule else {
            plan.tasks = leave(task, alone: rest, start: start, in: snapshot, state: edit.state)
            return plan
        }
        let newSet = restRule.occurrences(from: rest.start, in: start.zone)
        let step = horizon.firstStep(of: newSet, at: now)
        guard !step.occurrences.isEmpty else { throw TaskRefusal.noOccurrence }
        let members = snapshot.tasks.compactMap { task in
            task.slot.flatMap { set.ordinal(of: $0.recurrenceID) }.map { (task, $0 - ordinal) }
        }
        let following =
            keepsRule
            ? FollowingTasks(byPlace: members, among: step.occurrences, of: newSet)
            : FollowingTasks(byDay: members.map(\.0), among: step.occurrences)
        plan.tasks = try follow(
            snapshot,
            with: rest,
            keeping: following,
            zone: start.zone,
            state: edit.state,
            numbers: &numbers
        )
        let clock = horizon.clock(
            of: newSet,
            storedThrough: following.occurrences.map(\.occurrence),
            at: now
        )
        plan.clocks.removeAll { $0.seriesID == rest.id }
        plan.clocks.append(ClockSetting(seriesID: rest.id, clock: clock))
        return plan
    }

    /// Where the rest of the series begins: where the edit moves the task, else where it stands.
    private func start(
        of task: TaskInstance,
        at slot: LocalDateTime,
        zone: Zone,
        edit: TaskEdit
    ) -> WallClockTime {
        if case .set(let due) = edit.due, DueTime(due).timestamp != task.due.timestamp {
            return due
        }
        let wasMoved = task.due.timestamp != zone.timestamp(of: slot)
        return WallClockTime(local: wasMoved ? task.due.local : slot, zone: zone)
    }

    /// The task on its own, and what followed it deleted.
    private func leave(
        _ task: TaskInstance,
        alone rest: RecurringTask,
        start: WallClockTime,
        in snapshot: SeriesSnapshot,
        state: Change<TaskState>
    ) -> [Replacement<TaskInstance>] {
        let isInPlace = snapshot.series?.id == rest.id
        let alone = replacement(of: task) { task in
            task.slot = isInPlace ? Slot(seriesID: rest.id, recurrenceID: start.local) : nil
            task.template = rest.template
            task.inheritsWording = isInPlace
            task.due = DueTime(start)
            task.state = state.applied(to: task.state)
        }
        let others = snapshot.tasks.filter { $0.id != task.id }.compactMap { other in
            replacement(of: other) { other in
                other.state = .deleted
                if isInPlace, other.slot?.recurrenceID == start.local { other.leaveSeries() }
            }
        }
        return [alone].compactMap(\.self) + others
    }

    /// The tasks of a series that goes on with another template, start or rule, and their clock.
    private func follow(
        _ snapshot: SeriesSnapshot,
        with rest: RecurringTask,
        keeping following: FollowingTasks,
        zone: Zone,
        state: Change<TaskState>,
        numbers: inout IdentifierSource
    ) throws -> [Replacement<TaskInstance>] {
        var tasks: [Replacement<TaskInstance>] = []
        for (occurrence, kept) in following.occurrences {
            guard let kept else {
                let made = try self.tasks(of: rest, for: [occurrence], zone: zone, &numbers)
                tasks += made.map { Replacement(after: $0) }
                continue
            }
            let change = replacement(of: kept) { task in
                task.slot = Slot(seriesID: rest.id, recurrenceID: occurrence.recurrenceID)
                task.template = rest.template
                task.inheritsWording = true
                task.due = DueTime(at: occurrence.timestamp, in: zone)
                if task.id == snapshot.task.id { task.state = state.applied(to: task.state) }
            }
            if let change { tasks.append(change) }
        }
        let taken = Set(following.occurrences.map(\.occurrence.recurrenceID))
        let keptIDs = Set(following.occurrences.compactMap(\.task?.id))
        let leftOverIDs = Set(following.leftOver.map(\.id))
        for task in snapshot.tasks where !keptIDs.contains(task.id) {
            let change = replacement(of: task) { task in
                if leftOverIDs.contains(task.id) { task.state = .deleted }
                if let slot = task.slot, slot.seriesID == rest.id, taken.contains(slot.recurrenceID)
                {
                    task.leaveSeries()
                }
            }
            if let change { tasks.append(change) }
        }
        return tasks
    }
}

extension TaskInstance {
    /// Gives up the slot, which another task takes.
    mutating func leaveSeries() {
        slot = nil
        inheritsWording = false
    }
}

extension RecurringTask {
    /// A new series that takes over from this one.
    fileprivate func successor(
        numberedBy numbers: inout IdentifierSource,
        at now: Timestamp
    ) throws -> RecurringTask {
        RecurringTask(
            id: try numbers.next(),
            creatorID: creatorID,
            template: template,
            start: start,
            timeZone: timeZone,
            rule: rule,
            createdAt: now,
            modifiedAt: now
        )
    }
}

extension Change<SeriesRule?> {
    /// Whether a rule stays, be it written otherwise.
    fileprivate func keeps(_ rule: SeriesRule) -> Bool {
        switch self {
        case .keep: true
        case .set(let new?): new.means(rule)
        case .set(nil): false
        }
    }
}
