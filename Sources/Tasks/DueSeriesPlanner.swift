package import Recurrence

/// Decides what becomes of series that make their tasks when their occurrences come.
///
/// Like ``TaskPlanner`` it reads no clock and touches no store.
package struct DueSeriesPlanner: Sendable {
    /// When the change is made.
    package var now: Timestamp

    package init(now: Timestamp) {
        self.now = now
    }

    // MARK: - Creating

    /// Decides what a draft creates: a series, and the tasks of its first occurrence if it says so.
    ///
    /// What is made for nobody by name belongs to its assignee.
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
            timeZone: recurrence.start.zone.identifier,
            rule: recurrence.rule,
            dueSchedule: DueSchedule(
                recurrence,
                contactIDs: draft.contactIDs,
                ownerIDs: draft.ownerIDs
            ),
            missedWork: MissedWork(catchUp: catchUp, whileOverdue: recurrence.whileOverdue),
            createdAt: now,
            modifiedAt: now
        )
        let begun = try begin(
            series,
            recurrence,
            after: nil,
            makingFirst: draft.makesFirstTasks,
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
    /// Tasks that were made stay as they are. Those that a series has made ahead, of occurrences yet
    /// to come, are not made yet to whoever addresses the series: they take the edit, or are deleted
    /// where the schedule becomes another.
    package func plan(
        updating state: SeriesState,
        with edit: SeriesEdit,
        zone: Zone,
        numbers: inout IdentifierSource
    ) throws -> ChangePlan {
        var series = state.series
        series.template.title = edit.title.applied(to: series.template.title)
        series.template.body = edit.body.applied(to: series.template.body)
        if case .set(let contactIDs) = edit.contactIDs {
            series.template.contactID = contactIDs.first
            series.dueSchedule?.contactIDs = contactIDs
        }
        if case .set(let ownerIDs) = edit.ownerIDs {
            series.template.assigneeID = ownerIDs.first
            series.dueSchedule?.ownerIDs = ownerIDs
        }
        var plan = ChangePlan(.updated)
        if case .set(let recurrence) = edit.recurrence {
            series.take(recurrence, edit)
            let begun = try begin(
                series,
                recurrence,
                after: state.clock,
                makingFirst: edit.makesFirstTasks && !state.slotIsTaken,
                numbers: &numbers
            )
            plan.clocks = [ClockSetting(seriesID: series.id, clock: begun.clock)]
            plan.tasks =
                state.tasks.compactMap { withdrawn($0) }
                + begun.tasks.map { Replacement(after: $0) }
        } else {
            plan.tasks = state.tasks.compactMap { rewritten($0, for: series, edit) }
        }
        guard series != state.series || !plan.tasks.isEmpty || !plan.clocks.isEmpty else {
            return plan
        }
        series.modifiedAt = now
        plan.series = [Replacement(before: state.series, after: series)]
        return plan
    }

    /// Decides what the deletion of a series does: what is to come is made no more.
    package func plan(deleting state: SeriesState) -> ChangePlan {
        var series = state.series
        series.isDeleted = true
        series.modifiedAt = now
        return ChangePlan(
            .deleted,
            series: [Replacement(before: state.series, after: series)],
            tasks: state.tasks.filter(isToCome).compactMap { task in
                replacement(of: task) { $0.state = .deleted }
            },
            clocks: [ClockSetting(seriesID: series.id, clock: state.clock?.stopped)]
        )
    }

    // MARK: - Parts

    /// The tasks with which a schedule begins, and the clock that it goes on by.
    ///
    /// No occurrence that came before now makes tasks later, nor one up to which the series was
    /// carried out already.
    private func begin(
        _ series: RecurringTask,
        _ recurrence: DueRecurrence,
        after clock: SeriesClock?,
        makingFirst: Bool,
        numbers: inout IdentifierSource
    ) throws -> (tasks: [TaskInstance], clock: SeriesClock) {
        let set = recurrence.rule.occurrences(from: series.start, in: recurrence.start.zone)
        var through = series.start.advanced(bySeconds: -1)
        if let last = set.previous(before: now, inclusive: true) {
            through = max(through, last.recurrenceID)
        }
        if let clock, set.ordinal(of: clock.materializedThrough) != nil {
            through = max(through, clock.materializedThrough)
        }
        var work = DueWork(series: series, dueZone: recurrence.dueZone, now: now)
        work.occurrenceCount = clock?.occurrenceCount ?? 0
        if makingFirst, let first = set.occurrences().first(where: { _ in true }) {
            try work.carryOut(first, for: work.contacts, numbers: &numbers)
            through = max(through, first.recurrenceID)
        }
        return (work.tasks, work.clock(of: set, through: through))
    }

    /// A task of a series that makes them ahead, after an edit of the series.
    private func rewritten(
        _ task: TaskInstance,
        for series: RecurringTask,
        _ edit: SeriesEdit
    ) -> Replacement<TaskInstance>? {
        guard isToCome(task), task.state == .open else { return withOwnWording(task, edit) }
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

    /// A task that says for itself what it had of its series, which is about to say another.
    private func withOwnWording(
        _ task: TaskInstance,
        _ edit: SeriesEdit
    ) -> Replacement<TaskInstance>? {
        guard task.inheritsWording, edit.title != .keep || edit.body != .keep else { return nil }
        var changed = task
        changed.inheritsWording = false
        return Replacement(before: task, after: changed)
    }

    /// A task that was made ahead for an occurrence which is not to come any more.
    private func withdrawn(_ task: TaskInstance) -> Replacement<TaskInstance>? {
        guard isToCome(task) else { return withOwnWording(task, SeriesEdit(title: .set(""))) }
        return replacement(of: task) { task in
            task.state = .deleted
            task.slot = nil
            task.inheritsWording = false
        }
    }

    private func isToCome(_ task: TaskInstance) -> Bool {
        task.due.timestamp > now
    }

    private func replacement(
        of task: TaskInstance,
        _ change: (inout TaskInstance) -> Void
    ) -> Replacement<TaskInstance>? {
        TaskPlanner(horizon: Horizon(), now: now).replacement(of: task, change)
    }
}

extension RecurringTask {
    /// Takes another schedule, be it the series' first of the kind.
    fileprivate mutating func take(_ recurrence: DueRecurrence, _ edit: SeriesEdit) {
        start = recurrence.start.local
        timeZone = recurrence.start.zone.identifier
        rule = recurrence.rule
        missedWork.whileOverdue = recurrence.whileOverdue
        dueSchedule = DueSchedule(
            recurrence,
            contactIDs: dueSchedule?.contactIDs ?? template.contactID.map { [$0] } ?? [],
            ownerIDs: dueSchedule?.ownerIDs ?? template.assigneeID.map { [$0] } ?? []
        )
        if case .set(let contactIDs) = edit.contactIDs { dueSchedule?.contactIDs = contactIDs }
        if case .set(let ownerIDs) = edit.ownerIDs { dueSchedule?.ownerIDs = ownerIDs }
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
