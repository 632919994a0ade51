package import Recurrence

/// Decides what a command does to tasks and series.
///
/// It reads no clock and uses no store. It is given what is stored, and returns a plan.
package struct TaskPlanner: Sendable {
    package var horizon: Horizon
    /// What new series do about occurrences that came while no server ran.
    package var catchUp: CatchUp
    /// When the change is made.
    package var now: Timestamp
    /// Who makes it; none for the server itself and for a location's own token.
    package var userID: Identifier<User>?

    package init(
        horizon: Horizon,
        catchUp: CatchUp = .all,
        now: Timestamp,
        by userID: Identifier<User>? = nil
    ) {
        self.horizon = horizon
        self.catchUp = catchUp
        self.now = now
        self.userID = userID
    }

    // MARK: - Creating

    /// Decides what a draft creates: one task, or a series with the tasks within the horizon.
    ///
    /// The first of the plan's tasks is the answer to the request. If no user creates it, its
    /// creator is the assignee.
    package func plan(
        creating draft: TaskDraft,
        by userID: Identifier<User>?,
        knowing facts: PolicyFacts = PolicyFacts(),
        numbers: inout IdentifierSource
    ) throws -> ChangePlan {
        let creatorID = userID ?? draft.template.assigneeID
        guard let rule = draft.rule else {
            let task = TaskInstance(
                id: try numbers.next(),
                slot: nil,
                creatorID: creatorID,
                template: draft.template,
                inheritsWording: false,
                due: DueTime(draft.due),
                state: draft.state,
                completion: draft.state == .completed ? Completion(at: now, by: self.userID) : nil,
                createdAt: now,
                modifiedAt: now
            )
            return ChangePlan(.created, tasks: [Replacement(after: task)])
        }
        var series = RecurringTask(
            id: try numbers.next(),
            creatorID: creatorID,
            template: draft.template,
            start: draft.due.local,
            startsInSecondPass: draft.due.pass == .second,
            timeZone: draft.due.zone.identifier,
            rule: rule,
            missedWork: draft.missedWork ?? MissedWork(catchUp: catchUp),
            policies: draft.policies,
            createdAt: now,
            modifiedAt: now
        )
        if draft.makesWhenDue { series.materialization = .whenDue(DueSchedule(of: series)) }
        try series.checkPolicies()
        return try plan(
            beginning: series,
            zone: draft.due.zone,
            knowing: facts,
            state: draft.state,
            numbers: &numbers
        )
    }

    // MARK: - Moving the horizon

    /// Decides what a series makes when its horizon moves, or when a reader looks ahead.
    ///
    /// A series that makes its tasks when their occurrences come has no horizon, and makes none
    /// here.
    package func plan(
        materializing series: RecurringTask,
        after clock: SeriesClock,
        zone: Zone,
        knowing facts: PolicyFacts = PolicyFacts(),
        lookingAt ahead: LookAhead? = nil,
        numbers: inout IdentifierSource
    ) throws -> ChangePlan {
        switch series.materialization {
        case .ahead: break
        // The series may have changed to this kind after a reader found it.
        case .whenDue: return ChangePlan(.materialized)
        }
        guard let course = SeriesCourse(of: series, in: zone, knowing: facts) else {
            let stopped = ClockSetting(seriesID: series.id, clock: nil)
            return ChangePlan(.materialized, clocks: [stopped])
        }
        let set = course.set
        let step =
            if let ahead {
                try horizon.step(of: set, after: clock, lookingAt: ahead, at: now)
            } else {
                horizon.nextStep(
                    of: set,
                    after: clock,
                    catchingUp: series.missedWork.catchUp,
                    at: now
                )
            }
        // A reader for whom there is nothing to make leaves the clock alone, so nothing is written.
        if ahead != nil, step.occurrences.isEmpty, step.clock != nil {
            return ChangePlan(.materialized)
        }
        let tasks = try tasks(of: course, for: step.occurrences, &numbers)
        return ChangePlan(
            .materialized,
            tasks: tasks.map { Replacement(after: $0) },
            clocks: [ClockSetting(seriesID: series.id, clock: step.clock)]
        )
    }

    // MARK: - Parts

    /// New tasks for the occurrences of a series that make tasks.
    func tasks(
        of course: SeriesCourse,
        for occurrences: [Occurrence],
        _ numbers: inout IdentifierSource
    ) throws -> [TaskInstance] {
        try tasks(of: course, for: course.planned(ascending: occurrences), &numbers)
    }

    /// New tasks for those planned occurrences of a series that make tasks.
    func tasks(
        of course: SeriesCourse,
        for occurrences: [PlannedOccurrence],
        _ numbers: inout IdentifierSource
    ) throws -> [TaskInstance] {
        let series = course.series
        return try occurrences.filter(\.isMade).map { planned in
            TaskInstance(
                id: try numbers.next(),
                slot: Slot(seriesID: series.id, recurrenceID: planned.slot),
                creatorID: series.creatorID,
                template: series.template.taking(planned.turn),
                inheritsWording: true,
                due: DueTime(at: planned.due.timestamp, in: course.zone),
                state: .open,
                createdAt: series.createdAt,
                modifiedAt: now
            )
        }
    }

    /// The change of a task; none if it would change nothing but the time of the change.
    func replacement(
        of task: TaskInstance,
        _ change: (inout TaskInstance) -> Void
    ) -> Replacement<TaskInstance>? {
        var changed = task
        change(&changed)
        settle(&changed, after: task)
        guard changed != task else { return nil }
        changed.modifiedAt = now
        return Replacement(before: task, after: changed)
    }

    /// Makes what a task says of its end agree with its state.
    func settle(_ task: inout TaskInstance, after before: TaskInstance? = nil) {
        if task.state != .deleted { task.skip = nil }
        if task.state != .completed {
            task.completion = nil
        } else if before?.state != .completed {
            task.completion = Completion(at: now, by: userID)
        }
    }

    /// The change of a series.
    ///
    /// The time of the change is the plan's.
    func replacement(
        of series: RecurringTask,
        _ change: (inout RecurringTask) -> Void
    ) -> Replacement<RecurringTask> {
        var changed = series
        change(&changed)
        changed.modifiedAt = now
        return Replacement(before: series, after: changed)
    }
}
