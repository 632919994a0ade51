import Recurrence
import Tasks

extension LocationTransaction {
    /// Carries a plan out and appends it to the location's log.
    ///
    /// An empty plan does nothing. A batch that makes no task is not logged.
    ///
    /// - Returns: How many tasks were made.
    /// - Throws: ``UnknownLocation``; `QuotaExceeded` if a person's command would store more than
    ///   the location may; `SQLError/uniquenessViolated` if an occurrence has a task
    ///   that the plan does not know of.
    @discardableResult
    func carryOut(
        _ plan: ChangePlan,
        by actor: Actor?,
        at now: Timestamp
    ) throws -> Int {
        try apply(plan, by: actor, at: now).madeCount
    }

    /// Carries a plan out likewise, and tells the number of its entry in the log.
    ///
    /// If the change is undone at once, only so much of it is stored as it takes to show the task.
    ///
    /// It tells what becomes of reminders where it is given the zones for that.
    func apply(
        _ plan: ChangePlan,
        showing id: Identifier<TaskInstance>? = nil,
        by actor: Actor?,
        at now: Timestamp,
        tellingOfReminders zones: (any ZoneSource)? = nil
    ) throws -> AppliedPlan {
        if plan.isEmpty { return AppliedPlan() }
        let detail: String
        let concern: ReminderConcern
        var applied = AppliedPlan()
        switch plan.kind {
        case .created, .updated, .deleted:
            let clocks = try plan.clocks.map { setting in
                ClockReplacement(
                    seriesID: setting.seriesID,
                    before: try readableClock(of: setting.seriesID),
                    after: setting.clock
                )
            }
            try quotas.check(
                plan,
                replacing: clocks.map(\.before),
                in: locationID,
                at: now,
                use: use
            )
            let part = isUndoneAtOnce ? id.map { plan.part(showing: $0) } : nil
            try store(part ?? plan)
            detail = ChangeDetail.images(of: part ?? plan, clocks: clocks)
            concern = ReminderConcern(of: plan, by: actor)
            applied.madeCount = plan.tasks.count { $0.before == nil }
            if let zones {
                applied.reminders = try reminderCounts(of: plan, by: actor, at: now, in: zones)
            }
        case .materialized, .reminded:
            for setting in plan.clocks { try store(setting) }
            try roll(plan.tasks.filter { $0.before != nil }, at: now)
            let made = try make(plan.tasks.filter { $0.before == nil }.map(\.after))
            if made.isEmpty { return AppliedPlan() }
            try addToTotals(made.map { Replacement(after: $0) })
            detail = ChangeDetail.identifiers(of: made)
            concern = try self.concern(ofMade: made)
            applied.madeCount = made.count
        }
        let number = try append(
            LoggedChange(
                kind: plan.kind,
                actorID: actor?.userID,
                door: actor?.door,
                undoneNumber: plan.undoneNumber,
                changedAt: now,
                detail: detail,
                concern: isUndoneAtOnce ? .none : concern
            )
        )
        if !isUndoneAtOnce { try noteOrigins(of: plan, changedBy: number) }
        applied.changeNumber = number
        return applied
    }

    /// Stores what a plan of a person's command changes.
    private func store(_ plan: ChangePlan) throws {
        try remove(plan.removedSeries, plan.removedTasks)
        for series in plan.series { try store(series) }
        for setting in plan.clocks { try store(setting) }
        try store(plan.tasks)
        try addToTotals(plan.tasks, removing: plan.removedTasks)
    }

    /// The clock of a series, unless it cannot be read, so that it can be replaced.
    private func readableClock(of id: Identifier<RecurringTask>) throws -> SeriesClock? {
        do { return try clock(of: id) } catch is UnreadableRow { return nil }
    }

    func removeClock(of seriesID: Identifier<RecurringTask>) throws {
        try connection.executeLater(SeriesStatements.removeClock, key(of: seriesID))
    }

    private func store(_ series: Replacement<RecurringTask>) throws {
        let isNew = series.before == nil
        try connection.executeLater(
            isNew ? SeriesStatements.insert : SeriesStatements.update,
            SQLArguments(series.after, in: locationID)
        )
        try storeTurnTakers(of: series)
    }

    func store(_ setting: ClockSetting) throws {
        guard let clock = setting.clock else { return try removeClock(of: setting.seriesID) }
        try connection.executeLater(
            SeriesStatements.setClock,
            clockArguments(clock, of: setting.seriesID)
        )
    }

    /// All columns of a series' clock.
    func clockArguments(
        _ clock: SeriesClock,
        of seriesID: Identifier<RecurringTask>
    ) -> SQLArguments {
        var arguments = key(of: seriesID)
        let last = clock.materializedThrough.secondsSince1970
        arguments.append(.integer(last), for: "materializedThrough")
        arguments.append(.integer(orNull: clock.nextAt?.microseconds), for: "nextAt")
        arguments.append(.integer(orNull: clock.fireAt?.microseconds), for: "fireAt")
        arguments.append(.integer(clock.occurrenceCount), for: "occurrenceCount")
        let missedCount = clock.missedCount == 0 ? nil : Int64(clock.missedCount)
        arguments.append(.integer(orNull: missedCount), for: "missedCount")
        arguments.append(.integer(orNull: clock.doneAt?.microseconds), for: "doneAt")
        return arguments
    }

    /// Updates the totals of tasks by creator and state after a change.
    func addToTotals(
        _ tasks: [Replacement<TaskInstance>],
        removing removed: [TaskInstance] = []
    ) throws {
        var changes: [TaskTotal: Int] = [:]
        var spans: [SpanTotal: Int] = [:]
        for task in removed {
            changes[TaskTotal(task), default: 0] -= 1
            spans[SpanTotal(task), default: 0] -= 1
        }
        for task in tasks {
            if let before = task.before {
                changes[TaskTotal(before), default: 0] -= 1
                spans[SpanTotal(before), default: 0] -= 1
            }
            changes[TaskTotal(task.after), default: 0] += 1
            spans[SpanTotal(task.after), default: 0] += 1
        }
        for (span, count) in spans where count != 0 {
            var arguments = SQLArguments(in: locationID)
            arguments.append(.integer(span.total.creatorID?.rawValue ?? 0), for: "creatorID")
            arguments.append(.integer(span.total.state.rawValue), for: "state")
            arguments.append(.integer(span.number), for: "span")
            arguments.append(.integer(count), for: "count")
            try connection.executeLater(TaskStatements.addToSpanTotal, arguments)
        }
        for (total, count) in changes where count != 0 {
            var arguments = SQLArguments(in: locationID)
            arguments.append(.integer(total.creatorID?.rawValue ?? 0), for: "creatorID")
            arguments.append(.integer(total.state.rawValue), for: "state")
            arguments.append(.integer(count), for: "count")
            try connection.executeLater(TaskStatements.addToTotal, arguments)
        }
    }

    /// Stores new tasks, except those whose occurrence has a task already.
    ///
    /// - Returns: Those that were stored.
    func make(_ tasks: [TaskInstance]) throws -> [TaskInstance] {
        let counts = try connection.executeEach(
            TaskStatements.insertUnlessMade,
            tasks.map { SQLArguments($0, in: locationID) }
        )
        return zip(tasks, counts).compactMap { task, count in count == 1 ? task : nil }
    }
}

/// What came of a plan that was carried out.
struct AppliedPlan: Hashable {
    /// How many tasks were made.
    var madeCount = 0
    /// The number of the entry in the location's log; none if nothing was logged.
    var changeNumber: Int64?
    /// What becomes of reminders, where that was asked.
    var reminders = ReminderCounts()
}

/// The values by which tasks are counted.
private struct TaskTotal: Hashable {
    let creatorID: Identifier<User>?
    let state: TaskState

    init(_ task: TaskInstance) {
        creatorID = task.creatorID
        state = task.state
    }
}

/// The values by which tasks are counted in spans of due times.
private struct SpanTotal: Hashable {
    let total: TaskTotal
    let number: Int64

    init(_ task: TaskInstance) {
        total = TaskTotal(task)
        number = DueSpan.number(of: task.due.timestamp)
    }
}
