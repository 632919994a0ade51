package import Recurrence

extension TaskPlanner {
    /// Decides what a deletion does.
    ///
    /// A task that is deleted already stays as it is.
    ///
    /// - Parameters:
    ///   - snapshot: The task, and the tasks of its series that the extent reaches.
    ///   - extent: Which tasks are deleted. For a single task it is only the task itself.
    ///   - zone: The zone of the task's series.
    /// - Returns: The plan; an empty one where nothing changes.
    package func plan(
        deleting snapshot: SeriesSnapshot,
        extent: Extent,
        zone: Zone
    ) -> ChangePlan {
        guard let series = snapshot.series, let slot = snapshot.task.slot else {
            return ChangePlan(.deleted, tasks: deletions(of: [snapshot.task]))
        }
        switch extent {
        case .thisOne:
            return ChangePlan(.deleted, tasks: deletions(of: [snapshot.task]))
        case .thisAndFollowing:
            let ended = end(of: series, at: slot.recurrenceID, zone: zone)
            // The occurrence may have tasks for other contacts. They do not follow this task.
            let tasks = snapshot.tasks.filter { task in
                guard let other = task.slot?.recurrenceID else { return false }
                return task.id == snapshot.task.id || other > slot.recurrenceID
            }
            return ChangePlan(
                .deleted,
                series: ended.map { [$0] } ?? [],
                tasks: deletions(of: tasks),
                clocks: stopped(snapshot.clock, of: series)
            )
        case .all:
            return ChangePlan(
                .deleted,
                series: series.isDeleted ? [] : [replacement(of: series) { $0.isDeleted = true }],
                tasks: deletions(of: snapshot.tasks),
                clocks: stopped(snapshot.clock, of: series)
            )
        }
    }

    /// Stops the clock of a series.
    ///
    /// It is removed from a series that makes its tasks ahead. In any other series it stays,
    /// because it keeps the count.
    func stopped(_ clock: SeriesClock?, of series: RecurringTask) -> [ClockSetting] {
        guard let clock else { return [] }
        let ended: SeriesClock? =
            switch series.materialization {
            case .ahead: nil
            case .whenDue: clock.stopped
            }
        return [ClockSetting(seriesID: series.id, clock: ended)]
    }

    private func deletions(of tasks: [TaskInstance]) -> [Replacement<TaskInstance>] {
        tasks.compactMap { task in replacement(of: task) { $0.state = .deleted } }
    }

    /// The change that ends a series before a slot; none if the series has no occurrence from there
    /// on.
    private func end(
        of series: RecurringTask,
        at slot: LocalDateTime,
        zone: Zone
    ) -> Replacement<RecurringTask>? {
        if series.policies.repeats == .afterCompletion, !series.isDeleted {
            return replacement(of: series) { $0.policies.endedAt = now }
        }
        guard !series.isDeleted, let set = series.occurrences(in: zone),
            let first = set.occurrences(from: slot).first(where: { _ in true }),
            let split = SeriesSplit(of: series, at: first.recurrenceID, in: zone)
        else { return nil }
        let remaining = split.ruleBefore()
        return replacement(of: series) { series in
            series.changeSchedule { $0.wording = nil }
            if let remaining {
                series.rule = remaining
                series.policies = split.policies(before: true)
            } else {
                series.isDeleted = true
            }
        }
    }
}
