package import Recurrence

extension SeriesCourse {
    /// The occurrence that follows when the last task of a series that counts from completions was
    /// done or skipped.
    ///
    /// It is later than the slots that the series has had, so that a slot names one occurrence for
    /// ever, and it is one that makes a task, as far as no more than 1,000 others are passed over.
    ///
    /// - Parameters:
    ///   - doneAt: When the task was done.
    ///   - doneCount: How many were completed, this one included.
    ///   - slot: The last slot that the series has had.
    /// - Returns: The occurrence; none if no more come, or as long as a pause without end lasts.
    package func next(
        doneAt: Timestamp,
        doneCount: Int,
        after slot: LocalDateTime
    ) -> PlannedOccurrence? {
        guard var rule = series.rule?.rule else { return nil }
        rule.skip = series.policies.monthEnd.skip
        let repetition = try? RepeatAfterCompletion(
            rule: rule,
            secondOfDay: series.start.secondOfDay,
            zone: zone
        )
        guard let repetition else { return nil }
        let pauseEnds = series.policies.pause?.until != nil
        var passedOver = 0
        let coming = repetition.occurrences(after: doneAt, completionCount: doneCount)
        for occurrence in coming.prefix(20_000) where occurrence.recurrenceID > slot {
            let planned = planned(occurrence, ordinal: doneCount)
            switch planned.omission {
            case nil: return planned
            case .ended: return nil
            case .paused: guard pauseEnds, passedOver == 0 else { return nil }
            case .dayOff:
                passedOver += 1
                if passedOver == 1000 { return nil }
            }
        }
        return nil
    }

    /// What a series that counts from completions has to come: the first occurrence, or the one that
    /// follows when the last task was done.
    func next(after clock: SeriesClock) -> PlannedOccurrence? {
        guard let doneAt = clock.doneAt else { return first() }
        return next(
            doneAt: doneAt,
            doneCount: clock.occurrenceCount,
            after: clock.materializedThrough
        )
    }

    /// The first occurrence that makes a task.
    func first() -> PlannedOccurrence? {
        coming(after: series.start.advanced(bySeconds: -1)).lazy.prefix(1000)
            .first { $0.planned.isMade }?.planned
    }
}

extension TaskPlanner {
    /// Adds to a plan what follows in a series that counts from completions, if its newest task is
    /// done or not to be done by it.
    ///
    /// Any way on which the task is done counts. Opening it again takes nothing back.
    ///
    /// - Parameters:
    ///   - plan: What the command does to the task.
    ///   - snapshot: The task and its series as they are stored.
    ///   - zone: The zone of the series.
    ///   - numbers: Where new tasks take their numbers from.
    /// - Returns: The plan with the next task, or with the clock that makes it.
    /// - Throws: What the source of numbers throws.
    package func goingOn(
        _ plan: ChangePlan,
        after snapshot: SeriesSnapshot,
        zone: Zone,
        numbers: inout IdentifierSource
    ) throws -> ChangePlan {
        guard let series = snapshot.series, let clock = snapshot.clock,
            series.policies.repeats == .afterCompletion,
            snapshot.task.slot?.recurrenceID == clock.materializedThrough, clock.fireAt == nil,
            plan.series.isEmpty, snapshot.task.state == .open,
            let change = plan.tasks.first(where: { $0.after.id == snapshot.task.id }),
            change.after.state != .open,
            let course = SeriesCourse(of: series, in: zone, knowing: snapshot.policyFacts)
        else { return plan }
        var done = clock
        done.doneAt = now
        if change.after.state == .completed { done.occurrenceCount += 1 }
        let step = try step(of: course, after: done, numbers: &numbers)
        var plan = plan
        plan.tasks += step.tasks.map { Replacement(after: $0) }
        plan.clocks.append(ClockSetting(seriesID: series.id, clock: step.clock))
        return plan
    }

    /// What a series that counts from completions makes after its clock, and its clock after that.
    ///
    /// The clock stops until the task is done, also where nothing comes any more.
    func step(
        of course: SeriesCourse,
        after clock: SeriesClock,
        numbers: inout IdentifierSource
    ) throws -> (tasks: [TaskInstance], clock: SeriesClock) {
        var clock = clock.stopped
        guard let next = course.next(after: clock) else { return ([], clock) }
        switch course.series.materialization {
        case .ahead:
            clock.materializedThrough = next.slot
            return (try tasks(of: course, for: [next], &numbers), clock)
        case .whenDue:
            clock.nextAt = next.due.timestamp
            clock.fireAt = next.due.timestamp
            return ([], clock)
        }
    }
}
