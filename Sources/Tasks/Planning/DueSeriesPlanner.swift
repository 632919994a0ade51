package import Recurrence

/// Decides the changes of series that make their tasks when their occurrences come.
///
/// Like ``TaskPlanner`` it reads no clock and uses no store.
package struct DueSeriesPlanner: Sendable {
    /// When the change is made.
    package var now: Timestamp

    package init(now: Timestamp) {
        self.now = now
    }

    // MARK: - Creating

    /// Decides what a draft creates: a series, and the tasks of its first occurrence if the draft
    /// says so.
    ///
    /// If no user creates it, its creator is the assignee.
    package func plan(
        creating draft: SeriesDraft,
        catchUp: CatchUp,
        by creatorID: Identifier<User>?,
        numbers: inout IdentifierSource
    ) throws -> ChangePlan {
        let recurrence = draft.recurrence
        let series = RecurringTask(
            id: try numbers.next(),
            creatorID: creatorID ?? draft.ownerIDs.first,
            template: TaskTemplate(
                title: draft.title,
                body: draft.body,
                assigneeID: draft.ownerIDs.first,
                contactID: draft.contactIDs.first
            ),
            start: recurrence.start.local,
            startsInSecondPass: recurrence.start.pass == .second,
            timeZone: recurrence.start.zone.identifier,
            rule: recurrence.rule,
            materialization: .whenDue(
                DueSchedule(
                    recurrence,
                    contactIDs: draft.contactIDs,
                    ownerIDs: draft.ownerIDs
                )
            ),
            missedWork: MissedWork(catchUp: catchUp, whileOverdue: recurrence.whileOverdue),
            createdAt: now,
            modifiedAt: now
        )
        let begun = try begin(
            series,
            recurrence,
            first: draft.makesFirstTasks ? .makesTasksNow : .makesTasksWhenItComes,
            carriedOut: 0,
            numbers: &numbers
        )
        return ChangePlan(
            .created,
            series: [Replacement(after: series)],
            tasks: begun.tasks.map { Replacement(after: $0) },
            clocks: [ClockSetting(seriesID: series.id, clock: begun.clock)]
        )
    }

    // MARK: - Changing

    /// Decides what an edit of a series does.
    ///
    /// Tasks that were made stay as they are. If the series makes its tasks ahead, its open tasks
    /// that are due later than now do not count as made. These take the edit. If the edit sets a
    /// schedule, they are deleted instead.
    ///
    /// - Parameters:
    ///   - state: The series as it is stored.
    ///   - edit: The new values.
    ///   - zone: The zone in which its present rule is expanded; none if that is not known.
    ///   - catchUp: What the series does about occurrences that came while no server ran, if it
    ///     made its tasks ahead and the edit lets it make them when their occurrences come.
    ///   - numbers: Where new tasks take their numbers from.
    /// - Returns: The plan; an empty one where nothing changes.
    /// - Throws: ``TaskRefusal/unreadableSeries(_:)`` unless the edit replaces what cannot be read;
    ///   `UnknownZone` where the zone would be needed; what the source of numbers throws.
    package func plan(
        updating state: SeriesState,
        with edit: SeriesEdit,
        zone: Zone?,
        catchUp: CatchUp,
        numbers: inout IdentifierSource
    ) throws -> ChangePlan {
        try state.flaws.replacing(edit.replacedParts).check()
        var series = state.series
        series.template.title = edit.title.applied(to: series.template.title)
        series.template.body = edit.body.applied(to: series.template.body)
        if case .set(let contactIDs) = edit.contactIDs {
            series.template.contactID = contactIDs.first
            series.changeSchedule { $0.contactIDs = contactIDs }
        }
        if case .set(let ownerIDs) = edit.ownerIDs {
            series.template.assigneeID = ownerIDs.first
            series.changeSchedule { $0.ownerIDs = ownerIDs }
        }
        var plan = ChangePlan(.updated)
        if case .set(let recurrence) = edit.recurrence {
            series.take(recurrence, edit, catchUp: catchUp)
            plan.tasks = state.tasks.compactMap(withdrawn)
            let begun = try begin(
                series,
                recurrence,
                first: first(of: recurrence, by: edit, in: state, withdrawing: plan.tasks),
                carriedOut: state.occurrenceCount(at: now, in: zone),
                after: state.clock,
                knowing: state.policyFacts,
                numbers: &numbers
            )
            plan.clocks = [ClockSetting(seriesID: series.id, clock: begun.clock)]
            plan.tasks += begun.tasks.map { Replacement(after: $0) }
        } else {
            plan.tasks = state.tasks.compactMap { rewritten($0, for: series, edit) }
            plan.clocks = try resumption(of: series, after: state, zone: zone)
        }
        guard series != state.series || !plan.tasks.isEmpty || !plan.clocks.isEmpty else {
            return plan
        }
        series.modifiedAt = now
        plan.series = [Replacement(before: state.series, after: series)]
        return plan
    }

    /// Decides what the deletion of a series does.
    ///
    /// The series makes no more tasks.
    ///
    /// If it makes its tasks ahead, its open tasks that are due later than now are deleted.
    package func plan(deleting state: SeriesState) -> ChangePlan {
        var series = state.series
        series.isDeleted = true
        series.modifiedAt = now
        return ChangePlan(
            .deleted,
            series: [Replacement(before: state.series, after: series)],
            tasks: state.tasks.filter(isNotMadeYet).compactMap { task in
                replacement(of: task) { $0.state = .deleted }
            },
            clocks: [ClockSetting(seriesID: series.id, clock: state.clock?.stopped)]
        )
    }

    // MARK: - Parts

    /// What happens to the first occurrence of a schedule.
    private enum FirstOccurrence {
        /// It makes its tasks at once, even if it is in the future or long past.
        case makesTasksNow
        /// It makes its tasks when it comes, and none if it has come already.
        case makesTasksWhenItComes
        /// An earlier schedule made its tasks.
        case hasTasks
    }

    private func first(
        of recurrence: DueRecurrence,
        by edit: SeriesEdit,
        in state: SeriesState,
        withdrawing tasks: [Replacement<TaskInstance>]
    ) -> FirstOccurrence {
        let isFreed = tasks.contains { task in
            task.after.slot == nil && task.before?.slot?.recurrenceID == recurrence.start.local
        }
        if state.slotIsTaken, !isFreed { return .hasTasks }
        return edit.makesFirstTasks ? .makesTasksNow : .makesTasksWhenItComes
    }

    /// The tasks that a schedule makes at once, and the clock of the series from now on.
    ///
    /// Other occurrences that came before now make no tasks later.
    private func begin(
        _ series: RecurringTask,
        _ recurrence: DueRecurrence,
        first: FirstOccurrence,
        carriedOut occurrenceCount: Int,
        after clock: SeriesClock? = nil,
        knowing facts: PolicyFacts = PolicyFacts(),
        numbers: inout IdentifierSource
    ) throws -> (tasks: [TaskInstance], clock: SeriesClock) {
        let zone = recurrence.start.zone
        guard let course = SeriesCourse(of: series, in: zone, knowing: facts) else {
            preconditionFailure("a schedule has a rule")
        }
        var through = series.start.advanced(bySeconds: -1)
        if let last = course.set.previous(before: now, inclusive: true) {
            through = max(through, last.recurrenceID)
        }
        var work = OccurrenceFiring(of: course, dueZone: recurrence.dueZone, now: now)
        work.occurrenceCount = occurrenceCount
        switch first {
        case .makesTasksNow:
            guard !work.isFinished,
                let first = course.set.occurrences().first(where: { _ in true })
            else { break }
            try work.carryOut(course.planned(first), for: work.contacts, numbers: &numbers)
            through = max(through, first.recurrenceID)
        case .makesTasksWhenItComes: break
        case .hasTasks: through = max(through, series.start)
        }
        return (work.tasks.map(\.after), work.clock(through: through, after: clock))
    }

    /// The new clock of a series whose clock was stopped and whose list of contacts changes; none
    /// for any other series.
    private func resumption(
        of series: RecurringTask,
        after state: SeriesState,
        zone: Zone?
    ) throws(UnknownZone) -> [ClockSetting] {
        guard let schedule = series.dueSchedule, let clock = state.clock, clock.fireAt == nil,
            schedule.contactIDs != state.series.dueSchedule?.contactIDs
        else { return [] }
        guard let zone else { throw UnknownZone(identifier: series.timeZone) }
        let resumed = series.clock(
            goingOnAfter: clock,
            at: now,
            in: zone,
            knowing: state.policyFacts
        )
        return resumed == clock ? [] : [ClockSetting(seriesID: series.id, clock: resumed)]
    }

    /// The change of a task of a series that makes its tasks ahead, after an edit of the series.
    private func rewritten(
        _ task: TaskInstance,
        for series: RecurringTask,
        _ edit: SeriesEdit
    ) -> Replacement<TaskInstance>? {
        guard isNotMadeYet(task) else {
            return edit.title == .keep && edit.body == .keep ? nil : withOwnWording(task)
        }
        return replacement(of: task) { task in
            task.template.title = edit.title.applied(to: task.template.title)
            task.template.body = edit.body.applied(to: task.template.body)
            if edit.contactIDs != .keep { task.template.contactID = series.template.contactID }
            if edit.ownerIDs != .keep { task.template.assigneeID = series.template.assigneeID }
            task.inheritsWording =
                task.template.title == series.template.title
                && task.template.body == series.template.body
        }
    }

    /// Stores title and body with the task itself, because those of the series are about to change.
    ///
    /// None if the task has its own already.
    private func withOwnWording(_ task: TaskInstance) -> Replacement<TaskInstance>? {
        guard task.inheritsWording else { return nil }
        var changed = task
        changed.inheritsWording = false
        return Replacement(before: task, after: changed)
    }

    /// The change of a task when its series stops making tasks ahead.
    ///
    /// The task is deleted unless it counts as made.
    private func withdrawn(_ task: TaskInstance) -> Replacement<TaskInstance>? {
        guard isNotMadeYet(task) else { return withOwnWording(task) }
        return replacement(of: task) { task in
            task.state = .deleted
            task.slot = nil
            task.inheritsWording = false
        }
    }

    /// Whether a task that was made ahead does not count as made, for commands that address its
    /// series.
    private func isNotMadeYet(_ task: TaskInstance) -> Bool {
        task.due.timestamp > now && task.state == .open
    }

    private func replacement(
        of task: TaskInstance,
        _ change: (inout TaskInstance) -> Void
    ) -> Replacement<TaskInstance>? {
        TaskPlanner(horizon: Horizon(), now: now).replacement(of: task, change)
    }
}

extension RecurringTask {
    /// Takes another schedule.
    ///
    /// It may be the first one of a series that made its tasks ahead.
    fileprivate mutating func take(
        _ recurrence: DueRecurrence,
        _ edit: SeriesEdit,
        catchUp: CatchUp
    ) {
        let former = dueSchedule
        if former == nil { missedWork.catchUp = catchUp }
        start = recurrence.start.local
        startsInSecondPass = recurrence.start.pass == .second
        timeZone = recurrence.start.zone.identifier
        rule = recurrence.rule
        // Who lets the open task move to the new slot lets no second one be made, either.
        if missedWork.whileOverdue != .rollForward || recurrence.whileOverdue != .skip {
            missedWork.whileOverdue = recurrence.whileOverdue
        }
        let contactIDs = former?.contactIDs ?? template.contactID.map { [$0] } ?? []
        let ownerIDs = former?.ownerIDs ?? template.assigneeID.map { [$0] } ?? []
        materialization = .whenDue(
            DueSchedule(
                recurrence,
                contactIDs: edit.contactIDs.applied(to: contactIDs),
                ownerIDs: edit.ownerIDs.applied(to: ownerIDs)
            )
        )
    }
}

extension SeriesState {
    /// How many occurrences were carried out by now.
    ///
    /// Where that cannot be computed, the tasks that came due tell it.
    fileprivate func occurrenceCount(at now: Timestamp, in zone: Zone?) -> Int {
        switch series.materialization {
        case .ahead:
            guard let zone, flaws.isEmpty else {
                return Set(tasks.filter { $0.due.timestamp <= now }.map(\.slot)).count
            }
            return series.occurrenceCount(at: now, in: zone)
        case .whenDue: return clock?.occurrenceCount ?? 0
        }
    }
}

extension DueSchedule {
    fileprivate init(
        _ recurrence: DueRecurrence,
        contactIDs: [Identifier<Contact>],
        ownerIDs: [Identifier<User>]
    ) {
        self.init(
            dueAfter: recurrence.dueAfter,
            timeZone: recurrence.dueZone.identifier,
            occurrenceLimit: recurrence.occurrenceLimit,
            contactIDs: contactIDs,
            ownerIDs: ownerIDs,
            wording: recurrence.wording
        )
    }
}
