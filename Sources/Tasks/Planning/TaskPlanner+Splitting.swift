package import Recurrence

extension TaskPlanner {
    /// Decides what an edit of a task and all that follow it in its series does.
    ///
    /// The series is split at the task's slot (see ``SeriesSplit``). The old series ends before the
    /// slot, and a new series with the edit's values begins at it. If nothing comes before the
    /// slot, the series is changed in place. Following tasks take the new values, but a completed or
    /// deleted task keeps its state (see ``FollowingTasks``). If the rule is set to nothing, the task
    /// stays alone and the rest is deleted.
    ///
    /// - Parameters:
    ///   - snapshot: The task, its series, and the tasks stored from its slot on, or all of them.
    ///   - edit: The new values. The state concerns only the task itself.
    ///   - overrides: What becomes of what following tasks have of their own.
    ///   - extent: Whether the tasks before it are changed, too.
    ///   - zone: The zone of the series.
    ///   - numbers: Where new records take their numbers from.
    /// - Returns: The plan; an empty one where nothing changes.
    /// - Throws: What the source of numbers throws.
    package func plan(
        updatingFollowing snapshot: SeriesSnapshot,
        with edit: TaskEdit,
        overrides: OverridePolicy = .drop,
        extent: Extent = .thisAndFollowing,
        zone: Zone,
        numbers: inout IdentifierSource
    ) throws -> ChangePlan {
        if let series = snapshot.series, series.policies.repeats == .afterCompletion {
            return try plan(
                updatingChain: snapshot,
                of: series,
                with: edit,
                overrides: overrides,
                zone: zone,
                numbers: &numbers
            )
        }
        if let series = snapshot.series, case .whenDue(let schedule) = series.materialization {
            return try plan(
                updatingFollowing: snapshot,
                of: series,
                by: schedule,
                with: edit,
                extent: extent,
                zone: zone
            )
        }
        return try plan(
            splitting: snapshot,
            with: edit.inPass(of: snapshot.task.due),
            overrides: overrides,
            extent: extent,
            zone: zone,
            numbers: &numbers
        )
    }

    /// Decides likewise for a series that makes its tasks ahead, on schedule.
    private func plan(
        splitting snapshot: SeriesSnapshot,
        with edit: TaskEdit,
        overrides: OverridePolicy,
        extent: Extent,
        zone: Zone,
        numbers: inout IdentifierSource
    ) throws -> ChangePlan {
        guard let split = snapshot.split(extent, in: zone),
            let former = SeriesCourse(of: split.series, in: zone, knowing: snapshot.policyFacts)
        else {
            return try plan(updating: snapshot, with: edit, zone: zone, numbers: &numbers)
        }
        let start = start(of: snapshot.task, at: split.slot, by: former, edit, overrides, extent)
        let rest = try rest(
            of: snapshot,
            after: split,
            by: former,
            from: start,
            edit,
            overrides,
            &numbers
        )
        var plan = ChangePlan(.updated)
        if let remaining = split.ruleBefore() {
            plan.series = [
                replacement(of: split.series) { series in
                    series.rule = remaining
                    series.policies = split.policies(before: true)
                }
            ]
            if rest.rule != nil { plan.series.append(Replacement(after: rest)) }
        } else {
            plan.series = [Replacement(before: split.series, after: rest)]
        }
        if snapshot.clock != nil {
            plan.clocks = [ClockSetting(seriesID: split.series.id, clock: nil)]
        }
        if let course = SeriesCourse(of: rest, in: start.zone, knowing: snapshot.policyFacts) {
            let seconds = start.local.secondsSince1970 - split.slot.secondsSince1970
            let merge = OverrideMerge(
                former: former,
                course: course,
                overrides: overrides,
                shift: .seconds(seconds)
            )
            try add(snapshot, after: split, by: merge, edit, to: &plan, numbers: &numbers)
        } else {
            plan.tasks = alone(snapshot, in: rest, start: start, state: edit.state)
        }
        return plan
    }

    /// Adds to a plan the tasks that go on after a split, and the clock that makes further ones.
    private func add(
        _ snapshot: SeriesSnapshot,
        after split: SeriesSplit,
        by merge: OverrideMerge,
        _ edit: TaskEdit,
        to plan: inout ChangePlan,
        numbers: inout IdentifierSource
    ) throws {
        let (rest, set) = (merge.course.series, merge.course.set)
        let step = horizon.firstStep(of: set, at: now)
        let members = split.members(of: snapshot.tasks)
        let following =
            edit.rule.keeps(split.rule)
            ? FollowingTasks(byPlace: members, among: step.occurrences, of: set)
            : FollowingTasks(byDay: members.map(\.task), among: step.occurrences)
        plan.tasks = try kept(
            following,
            merge: merge,
            addressed: snapshot.task.id,
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
    }

    /// Where the rest of the series begins: where the edit moves its first slot to.
    ///
    /// A task that was moved by itself is meant as it is, unless it keeps what it has of its own.
    private func start(
        of task: TaskInstance,
        at slot: LocalDateTime,
        by former: SeriesCourse,
        _ edit: TaskEdit,
        _ overrides: OverridePolicy,
        _ extent: Extent
    ) -> WallClockTime {
        let zone = former.zone
        let own = task.slot.map { former.planned(slot: $0.recurrenceID) }
        let isInPlace = task.due.timestamp == own?.due.timestamp
        let present = WallClockTime(at: task.due.timestamp, in: zone)
        let pass: OverlapPass? = former.set.isLate(slot) ? .second : nil
        let unmoved = WallClockTime(local: slot, zone: zone, pass: pass)
        if case .set(let due) = edit.due, DueTime(due).timestamp != task.due.timestamp {
            if extent != .all, !(isInPlace && own?.isMoved ?? false) { return due }
            let shift = due.local.secondsSince1970 - present.local.secondsSince1970
            return WallClockTime(local: slot.advanced(bySeconds: shift), zone: due.zone)
        }
        // The due time of a task that was moved may be one on the clocks of another zone.
        return isInPlace || overrides != .drop || extent == .all ? unmoved : present
    }

    /// The series that begins at the split.
    ///
    /// It is a new series, or the same one if nothing comes before the split.
    private func rest(
        of snapshot: SeriesSnapshot,
        after split: SeriesSplit,
        by former: SeriesCourse,
        from start: WallClockTime,
        _ edit: TaskEdit,
        _ overrides: OverridePolicy,
        _ numbers: inout IdentifierSource
    ) throws -> RecurringTask {
        let isInPlace = split.ordinal == 0
        let seconds = start.local.secondsSince1970 - split.slot.secondsSince1970
        var policies = split.policies(before: false, movedBy: seconds)
        if let rotation = policies.rotation {
            let first = former.planned(slot: split.slot).occurrence
            policies.rotation?.firstTurn = former.place(of: first, in: rotation, ordinal: nil)
            // Who is given the tasks does them all.
            if case .set(let userID) = edit.assigneeID,
                userID != snapshot.task.template.assigneeID
            {
                policies.rotation = nil
            }
        }
        let template = overrides == .drop ? snapshot.task.template : split.series.template
        return RecurringTask(
            id: isInPlace ? split.series.id : try numbers.next(),
            creatorID: split.series.creatorID,
            template: edit.applied(to: template),
            start: start.local,
            startsInSecondPass: start.pass == .second,
            timeZone: start.zone.identifier,
            rule: edit.rule.keeps(split.rule)
                ? split.ruleFromSlot() : edit.rule.applied(to: split.rule),
            missedWork: split.series.missedWork,
            policies: policies,
            createdAt: isInPlace ? split.series.createdAt : now,
            modifiedAt: now
        )
    }

    /// The tasks of the occurrences from the split on, both kept and new ones.
    private func kept(
        _ following: FollowingTasks,
        merge: OverrideMerge,
        addressed id: Identifier<TaskInstance>,
        edit: TaskEdit,
        numbers: inout IdentifierSource
    ) throws -> [Replacement<TaskInstance>] {
        var changes: [Replacement<TaskInstance>] = []
        let course = merge.course
        var planning = AscendingCourse(of: course)
        for (occurrence, task) in zip(following.occurrences, following.tasks) {
            guard let task else {
                let made = try tasks(of: course, for: [occurrence], &numbers)
                changes += made.map { Replacement(after: $0) }
                continue
            }
            let planned = planning.planned(occurrence)
            let change = replacement(of: task) { task in
                merge.apply(to: &task, at: planned)
                if !planned.isMade, task.state == .open { task.state = .deleted }
                guard task.id == id else { return }
                task.template = edit.applied(to: task.template)
                task.inheritsWording = task.template.hasWording(of: course.series.template)
                task.state = edit.state.applied(to: task.state)
                if merge.overrides != .drop, case .set(let due) = edit.due {
                    task.due = DueTime(due)
                }
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
    /// The split of the series at the task's slot, or before all of its slots; none if the rule has
    /// no occurrence there.
    fileprivate func split(_ extent: Extent, in zone: Zone) -> SeriesSplit? {
        guard let series, let slot = task.slot, !series.isDeleted else { return nil }
        let first =
            switch extent {
            case .thisOne, .thisAndFollowing: slot.recurrenceID
            case .all: series.occurrences(in: zone)?.occurrence(at: 0)?.recurrenceID
            }
        return first.flatMap { SeriesSplit(of: series, at: $0, in: zone) }
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
