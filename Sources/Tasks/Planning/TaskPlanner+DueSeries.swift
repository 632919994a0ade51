import Recurrence

extension TaskPlanner {
    /// Decides what an edit of a task and all that follow it does in a series that makes its tasks
    /// when their occurrences come.
    ///
    /// Tasks say for themselves what they say, so nothing need be split: the series takes the edit
    /// for what is to come, and so do the tasks that were made of later occurrences, each for its
    /// own contact. A due time that is moved moves later ones by as much. A rule that is another
    /// begins at the task's occurrence, and one that is taken off ends the series.
    func plan(
        updatingFollowing snapshot: SeriesSnapshot,
        of series: RecurringTask,
        by schedule: DueSchedule,
        with edit: TaskEdit,
        zone: Zone
    ) throws -> ChangePlan {
        let task = snapshot.task
        guard let slot = task.slot, let rule = series.rule, !series.isDeleted else {
            return ChangePlan(.updated, tasks: change(of: task, by: edit).map { [$0] } ?? [])
        }
        var shift = Duration.zero
        if case .set(let due) = edit.due { shift = task.due.timestamp.duration(to: due.timestamp) }
        let later = snapshot.tasks.filter { other in
            other.slot.map { $0.recurrenceID > slot.recurrenceID } ?? false
        }
        var changed = series
        changed.template = edit.applied(to: series.template)
        var taken = schedule.taking(edit, movedBy: shift, from: slot)
        changed.template.contactID = taken.contactIDs.first
        let hasOtherRule = !edit.rule.keeps(rule)
        if hasOtherRule {
            changed.rule = edit.rule.applied(to: rule)
            changed.start = slot.recurrenceID
        }
        if shift != .zero || hasOtherRule { taken.wording = nil }
        changed.materialization = .whenDue(taken)
        var plan = ChangePlan(.updated)
        plan.tasks = [change(of: task, by: edit)].compactMap { $0 }
        if changed.rule == nil {
            plan.tasks += later.compactMap { task in replacement(of: task) { $0.state = .deleted } }
            plan.clocks = stopped(snapshot.clock, of: series)
        } else {
            plan.tasks += later.compactMap { change(of: $0, byFollowing: edit, movedBy: shift) }
            let isResumed =
                snapshot.clock?.fireAt == nil
                && taken.contactIDs != schedule.contactIDs
            if hasOtherRule || isResumed {
                let clock = changed.clock(goingOnAfter: snapshot.clock, at: now, in: zone)
                plan.clocks = [ClockSetting(seriesID: series.id, clock: clock)]
            }
        }
        if changed != series {
            changed.modifiedAt = now
            plan.series = [Replacement(before: series, after: changed)]
        }
        return plan
    }

    private func change(
        of task: TaskInstance,
        by edit: TaskEdit
    ) -> Replacement<TaskInstance>? {
        replacement(of: task) { task in
            task.template = edit.applied(to: task.template)
            task.state = edit.state.applied(to: task.state)
            if case .set(let due) = edit.due { task.due = DueTime(due) }
        }
    }

    private func change(
        of task: TaskInstance,
        byFollowing edit: TaskEdit,
        movedBy shift: Duration
    ) -> Replacement<TaskInstance>? {
        replacement(of: task) { task in
            let contactID = task.template.contactID
            task.template = edit.applied(to: task.template)
            task.template.contactID = contactID
            guard shift != .zero, case .set(let due) = edit.due else { return }
            task.due = DueTime(at: task.due.timestamp.advanced(by: shift), in: due.zone)
        }
    }
}

extension RecurringTask {
    /// The clock by which a series goes on that makes tasks when their occurrences come: it makes
    /// none of an occurrence that has come by now.
    ///
    /// - Parameters:
    ///   - clock: How far it was carried out until now.
    ///   - now: The time.
    ///   - zone: The zone in which its rule is expanded.
    /// - Returns: The clock; none where the series has no rule.
    func clock(
        goingOnAfter clock: SeriesClock?,
        at now: Timestamp,
        in zone: Zone
    ) -> SeriesClock? {
        guard let set = rule?.occurrences(from: start, in: zone) else { return nil }
        var through = max(start, clock?.materializedThrough ?? start)
        if let last = set.previous(before: now, inclusive: true) {
            through = max(through, last.recurrenceID)
        }
        var work = OccurrenceFiring(series: self, dueZone: zone, now: now)
        work.occurrenceCount = clock?.occurrenceCount ?? 0
        return work.clock(of: set, through: through)
    }
}

extension DueSchedule {
    /// The schedule with what an edit of one of its tasks means for those to come.
    fileprivate func taking(
        _ edit: TaskEdit,
        movedBy shift: Duration,
        from slot: Slot
    ) -> DueSchedule {
        var schedule = self
        schedule.dueAfter = max(0, dueAfter + shift.components.seconds)
        if case .set(let assigneeID) = edit.assigneeID {
            schedule.ownerIDs = assigneeID.map { [$0] } ?? []
        }
        if case .set(let contactID) = edit.contactID, contactID != slot.contactID {
            let place = contactIDs.firstIndex { $0 == slot.contactID } ?? 0
            schedule.contactIDs.removeAll { $0 == slot.contactID || $0 == contactID }
            if let contactID {
                schedule.contactIDs.insert(contactID, at: min(place, schedule.contactIDs.count))
            }
        }
        return schedule
    }
}
