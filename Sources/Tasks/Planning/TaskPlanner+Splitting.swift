package import Recurrence

extension TaskPlanner {
    /// Decides what an edit of a task and all that follow it in its series does.
    ///
    /// The series is split at the task's slot (see ``SeriesSplit``). The old series ends before the
    /// slot, and a new series with the edit's values begins at it. If nothing comes before the
    /// slot, the series is changed in place. Following tasks take the new values and lose their
    /// own, but a completed or deleted task keeps its state (see ``FollowingTasks``). If the rule
    /// is set to nothing, the task stays alone and the rest is deleted.
    ///
    /// - Parameters:
    ///   - snapshot: The task, its series, and the tasks stored from its slot on.
    ///   - edit: The new values. The state concerns only the task itself.
    ///   - zone: The zone of the series.
    ///   - numbers: Where new records take their numbers from.
    /// - Returns: The plan; an empty one where nothing changes.
    /// - Throws: What the source of numbers throws.
    package func plan(
        updatingFollowing snapshot: SeriesSnapshot,
        with edit: TaskEdit,
        zone: Zone,
        numbers: inout IdentifierSource
    ) throws -> ChangePlan {
        if let series = snapshot.series, case .whenDue(let schedule) = series.materialization {
            return try plan(
                updatingFollowing: snapshot,
                of: series,
                by: schedule,
                with: edit,
                zone: zone
            )
        }
        guard let split = snapshot.split(in: zone) else {
            return try plan(updating: snapshot, with: edit, zone: zone, numbers: &numbers)
        }
        let start = start(of: snapshot.task, at: split.slot, zone: zone, edit: edit)
        let rest = try rest(of: snapshot, after: split, from: start, edit: edit, &numbers)
        var plan = ChangePlan(.updated)
        if let remaining = split.ruleBefore() {
            plan.series = [replacement(of: split.series) { $0.rule = remaining }]
            if rest.rule != nil { plan.series.append(Replacement(after: rest)) }
        } else {
            plan.series = [Replacement(before: split.series, after: rest)]
        }
        if snapshot.clock != nil {
            plan.clocks = [ClockSetting(seriesID: split.series.id, clock: nil)]
        }
        if let rule = rest.rule {
            let set = rule.occurrences(from: start)
            let step = horizon.firstStep(of: set, at: now)
            let members = split.members(of: snapshot.tasks)
            let following =
                edit.rule.keeps(split.rule)
                ? FollowingTasks(byPlace: members, among: step.occurrences, of: set)
                : FollowingTasks(byDay: members.map(\.task), among: step.occurrences)
            plan.tasks = try kept(
                following,
                by: rest,
                addressed: snapshot.task.id,
                zone: start.zone,
                edit: edit,
                numbers: &numbers
            )
            plan.tasks += released(
                snapshot.tasks,
                members: members.map(\.task),
                but: following,
                by: rest
            )
            plan.clocks.removeAll { $0.seriesID == rest.id }
            let clock = horizon.clock(of: set, storedThrough: following.occurrences, at: now)
            plan.clocks.append(ClockSetting(seriesID: rest.id, clock: clock))
        } else {
            plan.tasks = alone(snapshot, in: rest, start: start, state: edit.state)
        }
        return plan
    }

    /// Where the rest of the series begins: at the edit's due time if that is another, else at the
    /// task's present time.
    private func start(
        of task: TaskInstance,
        at slot: LocalDateTime,
        zone: Zone,
        edit: TaskEdit
    ) -> WallClockTime {
        if case .set(let due) = edit.inPass(of: task.due).due,
            DueTime(due).timestamp != task.due.timestamp
        {
            return due
        }
        // The due time of a task that was moved may be one on the clocks of another zone.
        let isAtSlot = task.due.timestamp == zone.timestamp(of: slot)
        return isAtSlot
            ? WallClockTime(local: slot, zone: zone)
            : WallClockTime(at: task.due.timestamp, in: zone)
    }

    /// The series that begins at the split.
    ///
    /// It is a new series, or the same one if nothing comes before the split.
    private func rest(
        of snapshot: SeriesSnapshot,
        after split: SeriesSplit,
        from start: WallClockTime,
        edit: TaskEdit,
        _ numbers: inout IdentifierSource
    ) throws -> RecurringTask {
        let isInPlace = split.ordinal == 0
        return RecurringTask(
            id: isInPlace ? split.series.id : try numbers.next(),
            creatorID: split.series.creatorID,
            template: edit.applied(to: snapshot.task.template),
            start: start.local,
            startsInSecondPass: start.pass == .second,
            timeZone: start.zone.identifier,
            rule: edit.rule.keeps(split.rule)
                ? split.ruleFromSlot() : edit.rule.applied(to: split.rule),
            missedWork: split.series.missedWork,
            createdAt: isInPlace ? split.series.createdAt : now,
            modifiedAt: now
        )
    }

    /// The tasks of the occurrences from the split on, both kept and new ones.
    private func kept(
        _ following: FollowingTasks,
        by rest: RecurringTask,
        addressed id: Identifier<TaskInstance>,
        zone: Zone,
        edit: TaskEdit,
        numbers: inout IdentifierSource
    ) throws -> [Replacement<TaskInstance>] {
        var changes: [Replacement<TaskInstance>] = []
        for (occurrence, task) in zip(following.occurrences, following.tasks) {
            guard let task else {
                let made = try tasks(of: rest, for: [occurrence], zone: zone, &numbers)
                changes += made.map { Replacement(after: $0) }
                continue
            }
            let change = replacement(of: task) { task in
                task.slot = Slot(seriesID: rest.id, recurrenceID: occurrence.recurrenceID)
                task.template = rest.template
                task.inheritsWording = true
                task.due = DueTime(at: occurrence.timestamp, in: zone)
                if task.id == id { task.state = edit.state.applied(to: task.state) }
            }
            if let change { changes.append(change) }
        }
        return changes
    }

    /// The tasks that no occurrence keeps.
    ///
    /// A task that belonged to an occurrence is deleted. If the series is changed in place, these
    /// tasks leave it, because another task may later need their slot.
    private func released(
        _ tasks: [TaskInstance],
        members: [TaskInstance],
        but following: FollowingTasks,
        by rest: RecurringTask
    ) -> [Replacement<TaskInstance>] {
        let kept = Set(following.tasks.compactMap { $0?.id })
        let memberIDs = Set(members.map(\.id))
        return tasks.filter { !kept.contains($0.id) }.compactMap { task in
            replacement(of: task) { task in
                if memberIDs.contains(task.id) { task.state = .deleted }
                task.leave(rest)
            }
        }
    }

    /// Leaves the task alone, and deletes those that followed it.
    private func alone(
        _ snapshot: SeriesSnapshot,
        in rest: RecurringTask,
        start: WallClockTime,
        state: FieldEdit<TaskState>
    ) -> [Replacement<TaskInstance>] {
        let isInPlace = snapshot.series?.id == rest.id
        return snapshot.tasks.compactMap { task in
            replacement(of: task) { task in
                guard task.id == snapshot.task.id else {
                    task.state = .deleted
                    return task.leave(rest)
                }
                task.slot = isInPlace ? Slot(seriesID: rest.id, recurrenceID: start.local) : nil
                task.template = rest.template
                task.inheritsWording = isInPlace
                task.due = DueTime(start)
                task.state = state.applied(to: task.state)
            }
        }
    }
}

extension TaskInstance {
    /// Gives up the task's slot in a series, and keeps the title and body that it had from the
    /// series.
    fileprivate mutating func leave(_ series: RecurringTask) {
        guard slot?.seriesID == series.id else { return }
        slot = nil
        inheritsWording = false
    }
}

extension SeriesSnapshot {
    /// The split of the series at the task's slot; none if the rule has no occurrence there.
    fileprivate func split(in zone: Zone) -> SeriesSplit? {
        guard let series, let slot = task.slot, !series.isDeleted else { return nil }
        return SeriesSplit(of: series, at: slot.recurrenceID, in: zone)
    }
}

extension FieldEdit<SeriesRule?> {
    /// Whether the edit leaves the meaning of a rule as it is, even if the rule is written
    /// differently.
    func keeps(_ rule: SeriesRule) -> Bool {
        switch self {
        case .keep: true
        case .set(let new?): new.means(rule)
        case .set(nil): false
        }
    }
}
