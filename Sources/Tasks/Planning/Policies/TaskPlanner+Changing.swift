package import Recurrence

extension TaskPlanner {
    /// Decides what a change of a series does to its tasks, from now on.
    ///
    /// What is done, deleted or past stays as it is. Tasks that are still to come take the change,
    /// each at its slot, or else at a slot of the same day; those without an occurrence are deleted.
    /// A task whose occurrence the policies leave out is deleted too, keeps its slot, and comes back
    /// when they leave it in again.
    ///
    /// - Parameters:
    ///   - state: The series as it is stored.
    ///   - changed: The series as it is to be.
    ///   - overrides: What becomes of what tasks have of their own.
    ///   - zones: The zones of the two.
    ///   - formerFacts: What the policies went by, if that changes too.
    ///   - numbers: Where new tasks take their numbers from.
    /// - Returns: The plan; an empty one where nothing changes.
    /// - Throws: What the source of numbers throws.
    package func plan(
        changing state: SeriesState,
        to changed: RecurringTask,
        overrides: OverridePolicy,
        zones: (former: Zone, changed: Zone),
        formerly formerFacts: PolicyFacts? = nil,
        numbers: inout IdentifierSource
    ) throws -> ChangePlan {
        var plan = ChangePlan(.updated)
        var changed = changed
        let facts = state.policyFacts
        let former = SeriesCourse(
            of: state.series,
            in: zones.former,
            knowing: formerFacts.map { facts.merging($0) } ?? facts
        )
        let course = SeriesCourse(of: changed, in: zones.changed, knowing: facts)
        switch changed.materialization {
        case .whenDue:
            if state.series.dueSchedule == nil {
                plan.tasks = state.tasks.compactMap { withdrawn($0) }
            }
            plan.clocks = clocks(of: course, former, after: state)
        case .ahead:
            guard let course else {
                plan.tasks = state.tasks.compactMap { withdrawn($0) }
                plan.clocks = [ClockSetting(seriesID: changed.id, clock: nil)]
                break
            }
            let merge = former.map {
                OverrideMerge(former: $0, course: course, overrides: overrides)
            }
            if changed.policies.repeats == .afterCompletion {
                plan = try self.plan(chaining: state, by: course, merge, numbers: &numbers)
            } else {
                plan = try self.plan(stepping: state, by: course, merge, numbers: &numbers)
            }
        }
        plan.tasks += keepingWording(of: state, in: changed, beside: plan.tasks)
        plan.clocks.removeAll { $0.clock == state.clock }
        guard changed != state.series || !plan.isEmpty else { return plan }
        changed.modifiedAt = now
        plan.series = [Replacement(before: state.series, after: changed)]
        return plan
    }

    /// Decides what an edit of a task does in a series that counts from completions: all of its open
    /// tasks take it, and so does the series.
    func plan(
        updatingChain snapshot: SeriesSnapshot,
        of series: RecurringTask,
        with edit: TaskEdit,
        overrides: OverridePolicy,
        zone: Zone,
        numbers: inout IdentifierSource
    ) throws -> ChangePlan {
        let edit = edit.inPass(of: snapshot.task.due)
        var changed = series
        changed.template = edit.applied(to: series.template)
        if case .set(let rule) = edit.rule { changed.rule = rule }
        if case .set(let due) = edit.due {
            changed.start = LocalDateTime(series.start.date, secondOfDay: due.local.secondOfDay)
        }
        if case .set(let userID) = edit.assigneeID, userID != snapshot.task.template.assigneeID {
            changed.policies.rotation = nil
        }
        let template = changed.template
        changed.changeSchedule { schedule in
            if edit.assigneeID != .keep {
                schedule.ownerIDs = template.assigneeID.map { [$0] } ?? []
            }
            if edit.contactID != .keep {
                schedule.contactIDs = template.contactID.map { [$0] } ?? []
            }
        }
        var plan = ChangePlan(.updated)
        plan.tasks = snapshot.tasks.compactMap { task in
            guard task.id == snapshot.task.id || task.state == .open else { return nil }
            return replacement(of: task) { task in
                task.template = edit.applied(to: task.template)
                task.inheritsWording =
                    task.inheritsWording && task.template.hasWording(of: template)
                guard task.id == snapshot.task.id else { return }
                task.state = edit.state.applied(to: task.state)
                if case .set(let due) = edit.due { task.due = DueTime(due) }
            }
        }
        let state = SeriesState(series: series, clock: snapshot.clock, tasks: snapshot.tasks)
        plan.tasks += keepingWording(of: state, in: changed, beside: plan.tasks)
        if changed.rule == nil {
            plan.clocks = [ClockSetting(seriesID: series.id, clock: nil)]
        }
        if changed != series {
            changed.modifiedAt = now
            plan.series = [Replacement(before: series, after: changed)]
        }
        return plan
    }

    // MARK: - Parts

    /// Stores title and body with the tasks that stay as they are, if those of the series change.
    private func keepingWording(
        of state: SeriesState,
        in changed: RecurringTask,
        beside changes: [Replacement<TaskInstance>]
    ) -> [Replacement<TaskInstance>] {
        guard !state.series.template.hasWording(of: changed.template) else { return [] }
        let concerned = Set(changes.map(\.after.id))
        return state.tasks.filter { $0.inheritsWording && !concerned.contains($0.id) }.map { task in
            var kept = task
            kept.inheritsWording = false
            return Replacement(before: task, after: kept)
        }
    }

    /// The clock of a series that makes its tasks when they come, after a change.
    private func clocks(
        of course: SeriesCourse?,
        _ former: SeriesCourse?,
        after state: SeriesState
    ) -> [ClockSetting] {
        let id = state.series.id
        guard let course else { return [ClockSetting(seriesID: id, clock: state.clock?.stopped)] }
        var clock = state.clock ?? course.clock(from: now)
        if course.series.policies.repeats == .afterCompletion {
            // A task of it is open, unless one was still to come.
            let isWaiting =
                state.clock?.fireAt != nil || (state.clock.map { !$0.hasTask(of: course) } ?? true)
            clock = clock.stopped
            guard isWaiting else { return [ClockSetting(seriesID: id, clock: clock)] }
            clock = clock.goingOn(after: state, hasBegun: clock.occurrenceCount > 0, at: now)
            let next = course.next(after: clock)
            clock.nextAt = next?.due.timestamp
            clock.fireAt = next?.due.timestamp
            return [ClockSetting(seriesID: id, clock: clock)]
        }
        let onward = course.clock(from: now, counting: clock.occurrenceCount)
        if clock.materializedThrough > onward.materializedThrough,
            former?.series.start == course.series.start,
            former?.series.rule == course.series.rule
        {
            // What was made early is not made again.
            let next = course.coming(after: clock.materializedThrough).first { _ in true }
            clock.nextAt = next?.comesAt
            clock.fireAt = next?.comesAt
        } else {
            clock.materializedThrough = onward.materializedThrough
            clock.nextAt = onward.nextAt
            clock.fireAt = onward.fireAt
        }
        return [ClockSetting(seriesID: id, clock: clock)]
    }

    /// The tasks of a series that is stored as far as its horizon reaches.
    private func plan(
        stepping state: SeriesState,
        by course: SeriesCourse,
        _ merge: OverrideMerge?,
        numbers: inout IdentifierSource
    ) throws -> ChangePlan {
        var plan = ChangePlan(.updated)
        let step = horizon.step(of: course, at: now)
        plan.clocks = [ClockSetting(seriesID: course.series.id, clock: step.clock)]
        var taken = TaskTable(state.tasks) { isToCome($0, by: merge?.former) }
        var rest: [PlannedOccurrence] = []
        let occurrences =
            step.occurrences + taken.slots(beyond: step.occurrences, of: course.set)
        for planned in course.planned(ascending: occurrences) {
            if let task = taken.take(planned.slot) {
                if let change = change(of: task, to: planned, merge) { plan.tasks.append(change) }
            } else if !taken.hasTask(planned.slot), planned.isMade {
                rest.append(planned)
            }
        }
        for planned in rest {
            if let task = taken.take(on: planned.slot.date) {
                if let change = change(of: task, to: planned, merge) { plan.tasks.append(change) }
            } else if planned.due.timestamp > now || planned.occurrence.timestamp > now {
                plan.tasks += try tasks(of: course, for: [planned], &numbers)
                    .map { Replacement(after: $0) }
            }
        }
        plan.tasks += taken.left.compactMap { task in
            replacement(of: task) { task in
                task.state = .deleted
                task.slot = nil
                task.inheritsWording = false
            }
        }
        return plan
    }

    /// The open task of a series that counts from completions.
    private func plan(
        chaining state: SeriesState,
        by course: SeriesCourse,
        _ merge: OverrideMerge?,
        numbers: inout IdentifierSource
    ) throws -> ChangePlan {
        var plan = ChangePlan(.updated)
        let open = state.tasks.filter { isToCome($0, by: nil) || $0.state == .open }
        let series = course.series
        // The first that is open goes on; what was made ahead of it is to come of it.
        for (place, task) in open.enumerated() {
            let isKept = place == 0 && series.policies.endedAt == nil
            let change = replacement(of: task) { task in
                guard isKept, let slot = task.slot?.recurrenceID else {
                    if task.due.timestamp > now {
                        task.state = .deleted
                        task.slot = nil
                        task.inheritsWording = false
                    }
                    return
                }
                merge?.apply(to: &task, at: course.planned(slot: slot))
            }
            if let change { plan.tasks.append(change) }
        }
        // How far tasks were made ahead of a schedule does not matter any more.
        let former = state.series.policies.repeats == .afterCompletion ? state.clock : nil
        var clock =
            former ?? SeriesClock(materializedThrough: series.start, nextAt: nil, fireAt: nil)
        if let kept = open.first?.slot?.recurrenceID {
            clock.materializedThrough = max(kept, state.lastSlot ?? kept)
            clock = clock.stopped
        } else {
            let hasBegun = former.map { clock in
                clock.fireAt == nil && clock.materializedThrough >= series.start
            }
            clock = clock.goingOn(after: state, hasBegun: hasBegun ?? false, at: now)
            let step = try step(of: course, after: clock, numbers: &numbers)
            plan.tasks += step.tasks.map { Replacement(after: $0) }
            clock = step.clock
        }
        plan.clocks = [ClockSetting(seriesID: series.id, clock: clock)]
        return plan
    }

    /// The change of a task that is to come to what is planned at its slot, or at another one.
    private func change(
        of task: TaskInstance,
        to planned: PlannedOccurrence,
        _ merge: OverrideMerge?
    ) -> Replacement<TaskInstance>? {
        replacement(of: task) { task in
            guard planned.isMade else {
                task.state = .deleted
                return
            }
            task.state = .open
            merge?.apply(to: &task, at: planned)
        }
    }

    /// Whether a task is still to come: open, or left out by the policies, and not past.
    private func isToCome(_ task: TaskInstance, by former: SeriesCourse?) -> Bool {
        guard let slot = task.slot?.recurrenceID else { return false }
        switch task.state {
        case .open: return task.due.timestamp > now
        case .completed: return false
        case .deleted:
            guard let planned = former?.planned(slot: slot), !planned.isMade else { return false }
            return planned.occurrence.timestamp > now
        }
    }

    /// The change of a task when its series stops making tasks ahead.
    private func withdrawn(_ task: TaskInstance) -> Replacement<TaskInstance>? {
        guard task.state == .open, task.due.timestamp > now else {
            guard task.inheritsWording else { return nil }
            var changed = task
            changed.inheritsWording = false
            return Replacement(before: task, after: changed)
        }
        return replacement(of: task) { task in
            task.state = .deleted
            task.slot = nil
            task.inheritsWording = false
        }
    }
}

extension SeriesClock {
    /// Whether the series made a task of its last slot.
    fileprivate func hasTask(of course: SeriesCourse) -> Bool {
        materializedThrough >= course.series.start
    }
}

/// The tasks of a series while they are given to the occurrences of another course.
private struct TaskTable {
    private var tasks: [LocalDateTime: TaskInstance] = [:]
    private var days: [CivilDate: [LocalDateTime]] = [:]
    private let slots: Set<LocalDateTime>

    /// Sorts the tasks that are to come by their slots.
    init(_ all: [TaskInstance], isToCome: (TaskInstance) -> Bool) {
        slots = Set(all.compactMap { $0.slot?.recurrenceID })
        for task in all where isToCome(task) {
            guard let slot = task.slot?.recurrenceID else { continue }
            tasks[slot] = task
            days[slot.date, default: []].append(slot)
        }
    }

    /// Whether a slot has a task, to come or not.
    func hasTask(_ slot: LocalDateTime) -> Bool { slots.contains(slot) }

    mutating func take(_ slot: LocalDateTime) -> TaskInstance? { tasks.removeValue(forKey: slot) }

    /// Takes a task of a day that no occurrence has taken.
    mutating func take(on day: CivilDate) -> TaskInstance? {
        while let slot = days[day]?.first {
            days[day]?.removeFirst()
            if let task = tasks.removeValue(forKey: slot) { return task }
        }
        return nil
    }

    /// The occurrences of a set that are stored beyond others, as those that a reader looked for.
    func slots(
        beyond occurrences: [Occurrence],
        of set: SeriesOccurrences
    ) -> [Occurrence] {
        let known = Set(occurrences.map(\.recurrenceID))
        return tasks.keys.filter { !known.contains($0) && set.ordinal(of: $0) != nil }.sorted()
            .map { Occurrence(recurrenceID: $0, timestamp: set.timestamp(of: $0)) }
    }

    /// The tasks that no occurrence has taken, by slot.
    var left: [TaskInstance] { tasks.sorted { $0.key < $1.key }.map(\.value) }
}

extension SeriesState {
    /// The last slot of which the task is done, or not to be done.
    fileprivate var lastSlot: LocalDateTime? {
        tasks.filter { $0.state != .open }.compactMap { $0.slot?.recurrenceID }.max()
    }
}

extension SeriesClock {
    /// The clock of a series that counts from completions and has no open task.
    ///
    /// If it has had tasks and nobody knows of a completion, the next one counts from now: the first
    /// slots are those of the tasks that it has had.
    fileprivate func goingOn(
        after state: SeriesState,
        hasBegun: Bool,
        at now: Timestamp
    ) -> SeriesClock {
        var clock = self
        if let last = state.lastSlot {
            clock.materializedThrough = max(clock.materializedThrough, last)
        }
        if state.lastSlot != nil || hasBegun { clock.doneAt = clock.doneAt ?? now }
        return clock
    }
}
