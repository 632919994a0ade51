import Recurrence

extension TaskPlanner {
    /// Decides what a new series makes at once.
    ///
    /// The state is that of its first task.
    func plan(
        beginning series: RecurringTask,
        zone: Zone,
        knowing facts: PolicyFacts,
        state: TaskState,
        numbers: inout IdentifierSource
    ) throws -> ChangePlan {
        guard let course = SeriesCourse(of: series, in: zone, knowing: facts) else {
            return ChangePlan(.created, series: [Replacement(after: series)])
        }
        var tasks: [TaskInstance] = []
        let clock: SeriesClock?
        switch (series.policies.repeats, series.materialization) {
        case (.afterCompletion, _):
            let before = series.start.advanced(bySeconds: -1)
            let none = SeriesClock(materializedThrough: before, nextAt: nil, fireAt: nil)
            let step = try step(of: course, after: none, numbers: &numbers)
            tasks = step.tasks
            clock = step.clock
        case (.onSchedule, .ahead):
            let step = horizon.firstStep(of: course.set, at: now)
            tasks = try self.tasks(of: course, for: step.occurrences, &numbers)
            clock = step.clock
        case (.onSchedule, .whenDue): clock = course.clock(from: now)
        }
        if !tasks.isEmpty {
            tasks[0].state = state
            settle(&tasks[0])
        }
        return ChangePlan(
            .created,
            series: [Replacement(after: series)],
            tasks: tasks.map { Replacement(after: $0) },
            clocks: [ClockSetting(seriesID: series.id, clock: clock)]
        )
    }
}

extension SeriesCourse {
    /// The clock of a series that makes its tasks when their occurrences come and begins now.
    ///
    /// Occurrences that have come make no tasks.
    func clock(from now: Timestamp, counting occurrenceCount: Int = 0) -> SeriesClock {
        var through = series.start.advanced(bySeconds: -1)
        if let last = set.previous(before: earliestSlot(dueAfter: now), inclusive: true) {
            through = max(through, last.recurrenceID)
        }
        var nextAt: Timestamp?
        for (planned, comesAt) in coming(after: through) {
            if comesAt > now {
                nextAt = comesAt
                break
            }
            through = planned.slot
        }
        return SeriesClock(
            materializedThrough: through,
            nextAt: nextAt,
            fireAt: nextAt,
            occurrenceCount: occurrenceCount
        )
    }
}
