import Recurrence

extension TaskPlanner {
    /// Decides what an edit of a task and all that follow it does in a series that makes its tasks
    /// when their occurrences come.
    ///
    /// Such tasks have their own title and body, so no split is needed. The series takes the edit
    /// for the tasks to come. The tasks that were made of later occurrences take it too, and keep
    /// their own contact. If the edit moves the due time, later due times move by as much. Another
    /// rule begins at the task's occurrence. If the rule is removed, the series ends.
    func plan(
        updatingFollowing snapshot: SeriesSnapshot,
        of series: RecurringTask,
        by schedule: DueSchedule,
        with edit: TaskEdit,
        extent: Extent = .thisAndFollowing,
        zone: Zone
    ) throws -> ChangePlan {
        let task = snapshot.task
        guard let slot = task.slot, let rule = series.rule, !series.isDeleted else {
            return ChangePlan(.updated, tasks: change(of: task, by: edit).map { [$0] } ?? [])
        }
        let edit = edit.inPass(of: task.due)
        var shift = Duration.zero
        if case .set(let due) = edit.due { shift = task.due.timestamp.duration(to: due.timestamp) }
        let later = snapshot.tasks.filter { other in
            extent == .all
                ? other.id != task.id
                : other.slot.map { $0.recurrenceID > slot.recurrenceID } ?? false
        }
        var changed = series
        changed.template = edit.applied(to: series.template)
        var taken = schedule.taking(edit, movedBy: shift, from: slot)
        changed.template.contactID = taken.contactIDs.first
        let hasOtherRule = !edit.rule.keeps(rule)
        if hasOtherRule {
            changed.rule = edit.rule.applied(to: rule)
            let former = series.occurrences(in: zone)
            changed.start = slot.recurrenceID
            changed.startsInSecondPass = former?.isLate(slot.recurrenceID) ?? false
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
                let clock = changed.clock(
                    goingOnAfter: snapshot.clock,
                    at: now,
                    in: zone,
                    knowing: snapshot.policyFacts
                )
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
    /// The clock of a series that makes its tasks when their occurrences come, and that goes on
    /// after a change.
    ///
    /// An occurrence that has come by now makes no more tasks.
    ///
    /// - Parameters:
    ///   - clock: The clock before the change.
    ///   - now: The time.
    ///   - zone: The zone in which its rule is expanded.
    ///   - facts: What its policies need to know.
    /// - Returns: The clock; none if the series has no rule.
    func clock(
        goingOnAfter clock: SeriesClock?,
        at now: Timestamp,
        in zone: Zone,
        knowing facts: PolicyFacts
    ) -> SeriesClock? {
        guard let course = SeriesCourse(of: self, in: zone, knowing: facts) else { return nil }
        var through = max(start, clock?.materializedThrough ?? start)
        if let last = course.set.previous(before: now, inclusive: true) {
            through = max(through, last.recurrenceID)
        }
        var work = OccurrenceFiring(of: course, dueZone: zone, now: now)
        work.occurrenceCount = clock?.occurrenceCount ?? 0
        return work.clock(through: through, after: clock)
    }
}

extension DueSchedule {
    /// The schedule after an edit of one of its tasks, for the tasks to come.
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
