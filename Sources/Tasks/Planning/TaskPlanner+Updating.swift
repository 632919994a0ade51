package import Recurrence

extension TaskPlanner {
    /// Decides what an edit of one task does; the other tasks of its series stay as they are.
    ///
    /// A single task that gets a rule becomes the first task of a new series. The series takes over
    /// its number, unless the task has begun a series before. A series that lost its rule is such a
    /// single task, and goes on under its number. If the task belongs to a series already, this edit
    /// does not change the series' rule.
    ///
    /// - Parameters:
    ///   - snapshot: The task as it is stored.
    ///   - edit: The new values.
    ///   - zone: The zone of its due time.
    ///   - numbers: Where new tasks take their numbers from.
    /// - Returns: The plan; an empty one where nothing changes.
    /// - Throws: What the source of numbers throws.
    package func plan(
        updating snapshot: SeriesSnapshot,
        with edit: TaskEdit,
        zone: Zone,
        numbers: inout IdentifierSource
    ) throws -> ChangePlan {
        let task = snapshot.task
        let edit = edit.inPass(of: task.due)
        if !snapshot.isRecurring, case .set(let rule?) = edit.rule {
            return try plan(
                repeating: snapshot,
                by: rule,
                with: edit,
                zone: zone,
                numbers: &numbers
            )
        }
        let change = replacement(of: task) { task in
            let template = edit.applied(to: task.template)
            task.inheritsWording =
                task.inheritsWording && template.title == task.template.title
                && template.body == task.template.body
            task.template = template
            task.state = edit.state.applied(to: task.state)
            task.skip = edit.skip.applied(to: task.skip)
            if case .set(let due) = edit.due { task.due = DueTime(due) }
        }
        return ChangePlan(.updated, tasks: change.map { [$0] } ?? [])
    }

    private func plan(
        repeating snapshot: SeriesSnapshot,
        by rule: SeriesRule,
        with edit: TaskEdit,
        zone: Zone,
        numbers: inout IdentifierSource
    ) throws -> ChangePlan {
        let task = snapshot.task
        let due = edit.due.applied(to: WallClockTime(at: task.due.timestamp, in: zone))
        let ownNumber = Identifier<RecurringTask>(task.id.rawValue)
        let series = RecurringTask(
            id: try snapshot.series?.id ?? (snapshot.hasLeftNamesake ? numbers.next() : ownNumber),
            creatorID: task.creatorID,
            template: edit.applied(to: task.template),
            start: due.local,
            startsInSecondPass: due.pass == .second,
            timeZone: due.zone.identifier,
            rule: rule,
            missedWork: MissedWork(catchUp: catchUp),
            createdAt: snapshot.series?.createdAt ?? task.createdAt,
            modifiedAt: now
        )
        guard let course = SeriesCourse(of: series, in: due.zone, knowing: PolicyFacts()) else {
            return ChangePlan(.updated)
        }
        let step = horizon.firstStep(of: course.set, at: now)
        var first = task
        first.slot = Slot(seriesID: series.id, recurrenceID: series.start)
        first.template = series.template
        first.inheritsWording = true
        first.due = DueTime(due)
        first.state = edit.state.applied(to: task.state)
        settle(&first, after: task)
        first.modifiedAt = now
        let others = try tasks(of: course, for: Array(step.occurrences.dropFirst()), &numbers)
        return ChangePlan(
            .updated,
            series: [Replacement(before: snapshot.series, after: series)],
            tasks: [Replacement(before: task, after: first)]
                + others.map { Replacement(after: $0) },
            clocks: [ClockSetting(seriesID: series.id, clock: step.clock)]
        )
    }
}
