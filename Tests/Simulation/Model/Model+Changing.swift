import HTTPTypes
import JSON
import Recurrence
import SystemZones
import Tasks

/// One change of a task, as far as the model has decided it.
private struct TaskEditing {
    var actor: LionDeskActor
    var task: ModelTask
    var fields: SimulationStep.TaskFields
    /// The content that the edit leads to.
    var content: ModelContent
    var state: TaskState?
    var due: WallClockTime?
}

extension Model {
    /// A user changes an own task, or it and those that follow it.
    func updateTask(
        user: Int,
        choice: Int,
        _ fields: SimulationStep.TaskFields,
        _ kind: SimulationStep.UpdateKind,
        replaces: Bool,
        at now: Timestamp
    ) throws -> PlannedRequest? {
        let actor = try LionDeskActor(user, at: now)
        let location = locations[actor.user.location]
        guard let task = location.task(choice, where: { $0.creator == actor.user.number }) else {
            return nil
        }
        var fields = fields
        var kind = kind
        // What "this and following" does to a series of HighLevel's is not modelled.
        if kind == .following, location.isWhenDue(task.seriesID) { kind = .thisTask }
        if kind == .statusOnly, fields.status == nil { fields.status = .complete }
        let series = task.seriesID.flatMap { location.series[$0] }
        let due = fields.due.map { meant(actor.due($0), of: task) }
        let rule = try rule(of: fields, for: series, due?.timestamp ?? task.dueAt)
        var members = members(of: fields, by: actor, rule: rule?.text)
        members["update_type"] = .integer(Int64(kind.rawValue))
        var plan = PlannedRequest(
            location: actor.user.location,
            request: actor.request(
                replaces ? .put : .patch,
                "/scheduled/tasks/\(task.id)",
                members,
                spare: fields.usesSpareToken
            ),
            expectation: .refused(400)
        )
        var editing = TaskEditing(
            actor: actor,
            task: task,
            fields: fields,
            content: content(task.content, after: fields, by: actor),
            state: fields.status?.state,
            due: due
        )
        switch kind {
        case .statusOnly:
            editing.content = task.content
            editing.due = nil
            plan.expectation = changingOne(editing)
            return plan
        case .thisTask, .following: break
        }
        guard mayRefer(fields, by: actor, unchangedIn: task.content) else { return plan }
        if series?.rule == nil, let rule {
            plan.expectation = try repeating(editing, by: rule)
        } else if kind == .following, let following = try following(editing, by: rule) {
            plan.expectation = following
        } else {
            plan.expectation = changingOne(editing)
        }
        return plan
    }

    /// A local time that is sent back as it was shown stays the second of two.
    private func meant(_ due: WallClockTime, of task: ModelTask) -> WallClockTime {
        guard task.isInSecondPass, due.local == task.dueLocal,
            due.zone.localDateTime(at: task.dueAt) == task.dueLocal
        else { return due }
        return WallClockTime(at: Timestamp(seconds: task.dueAt.seconds), in: due.zone)
    }

    /// The rule of a body; that of the series has the text that a client would be shown.
    private func rule(
        of fields: SimulationStep.TaskFields,
        for series: ModelSeries?,
        _ start: Timestamp
    ) throws -> ModelRule? {
        switch fields.rule {
        case .none: nil
        case .same: series?.ahead == nil ? nil : series?.rule
        case .other(let parts, let end): ModelRule(parts: parts, end: end.end(from: start))
        }
    }

    private func changingOne(_ editing: TaskEditing) -> Expectation {
        var task = editing.task
        task.content = editing.content
        task.state = editing.state ?? task.state
        if let due = editing.due { task.setDue(due.timestamp, in: due.zone) }
        return Expectation(
            statuses: [200],
            changed: task == editing.task ? [] : [task],
            answer: .task(task)
        )
    }

    /// A single task becomes the first of a series, which takes over its number if that is free.
    private func repeating(
        _ editing: TaskEditing,
        by rule: ModelRule
    ) throws -> Expectation {
        let zone = try SimulatedOffice.zones.zone(named: editing.task.zone)
        let due = editing.due ?? WallClockTime(at: editing.task.dueAt, in: zone)
        let location = locations[editing.actor.user.location]
        let old = editing.task.seriesID.flatMap { location.series[$0] }
        let isFree = location.series[editing.task.id] == nil
        var series = ModelSeries(
            id: old?.id ?? (isFree ? editing.task.id : 0),
            creator: editing.task.creator,
            content: editing.content,
            start: due.local,
            zone: due.zone,
            rule: rule,
            createdAt: old?.createdAt ?? editing.task.createdAt,
            making: .ahead(ModelSeries.AheadMaking())
        )
        let tasks = try begin(&series, at: editing.actor.now)
        var first = editing.task
        first.seriesID = series.id
        first.slot = series.start
        first.content = editing.content
        first.setDue(due.timestamp, in: due.zone)
        first.state = editing.state ?? first.state
        return Expectation(
            statuses: [200],
            changed: [first],
            made: Array(tasks.dropFirst()),
            series: [series],
            answer: .task(first)
        )
    }

    // MARK: This and following

    /// What an edit of a task and those that follow it does; nil where it concerns the task alone.
    private func following(
        _ editing: TaskEditing,
        by newRule: ModelRule?
    ) throws -> Expectation? {
        let location = locations[editing.actor.user.location]
        let task = editing.task
        guard let old = task.seriesID.flatMap({ location.series[$0] }), !old.isDeleted,
            let slot = task.slot, let rule = old.rule, let set = try old.set,
            let ordinal = set.ordinal(of: slot)
        else { return nil }
        let start = followingStart(of: editing, at: slot, in: old)
        let isSame = try newRule.map { try $0.means(rule) } ?? false
        var rest = ModelSeries(
            id: ordinal == 0 ? old.id : 0,
            creator: old.creator,
            content: editing.content,
            start: start.local,
            zone: start.zone,
            rule: isSame ? rule.without(first: ordinal) : newRule,
            createdAt: ordinal == 0 ? old.createdAt : editing.actor.now,
            making: .ahead(ModelSeries.AheadMaking())
        )
        var expectation = Expectation(statuses: [200])
        if ordinal > 0 {
            var before = old
            before.rule = try rule.endingAfter(ordinal, from: old.start, in: old.zone)
            before.making = .ahead(ModelSeries.AheadMaking())
            expectation.series = [before]
        }
        let tail = location.tasks(ofSeries: old.id).filter { $0.slot.map { $0 >= slot } ?? false }
        let members = Dictionary(
            uniqueKeysWithValues: tail.compactMap { task in
                task.slot.flatMap { set.ordinal(of: $0) }.map { (task.id, $0 - ordinal) }
            }
        )
        guard let newSet = try rest.set else {
            if ordinal == 0 { expectation.series = [rest] }
            expectation.changed = alone(editing, tail, in: rest, start)
            return expectation
        }
        var occurrences = ModelHorizon.first(of: newSet, at: editing.actor.now)
        if isSame {
            let count = (members.values.max() ?? 0) + 1
            if count > occurrences.count {
                occurrences = Array(newSet.occurrences().prefix(count))
            }
        }
        let next = occurrences.last.flatMap { newSet.next(afterSlot: $0.recurrenceID) }
        rest.making = .ahead(ModelSeries.AheadMaking(next: next))
        expectation.series.append(rest)
        let moved = MovedTasks(editing: editing, tail: tail, members: members, rest: rest)
        if isSame {
            moved.byPlace(occurrences, &expectation)
        } else {
            expectation.mayBeMatched = moved.matching(occurrences)
        }
        return expectation
    }

    /// The rest begins at the edit's due time if that is another, else at the task's present time.
    private func followingStart(
        of editing: TaskEditing,
        at slot: LocalDateTime,
        in series: ModelSeries
    ) -> WallClockTime {
        if let due = editing.due, due.timestamp != editing.task.dueAt { return due }
        if editing.task.dueAt == series.zone.timestamp(of: slot) {
            return WallClockTime(local: slot, zone: series.zone)
        }
        return WallClockTime(at: editing.task.dueAt, in: series.zone)
    }

    /// The series ends: the task stays alone, and those that followed it are deleted.
    private func alone(
        _ editing: TaskEditing,
        _ tail: [ModelTask],
        in rest: ModelSeries,
        _ start: WallClockTime
    ) -> [ModelTask] {
        tail.compactMap { old in
            var task = old
            if old.id == editing.task.id {
                task.seriesID = rest.id == 0 ? nil : rest.id
                task.slot = rest.id == 0 ? nil : start.local
                task.content = editing.content
                task.setDue(start.timestamp, in: start.zone)
                task.state = editing.state ?? task.state
            } else {
                task.state = .deleted
                task.leave(rest)
            }
            return task == old ? nil : task
        }
    }
}

/// The tasks from a split on, on their way into the rest of the series.
private struct MovedTasks {
    let editing: TaskEditing
    /// The tasks from the split on, by slot.
    let tail: [ModelTask]
    /// The places after the split of those that belong to an occurrence.
    let members: [Int64: Int]
    let rest: ModelSeries

    /// The rule is the same, so each task keeps its place.
    func byPlace(_ occurrences: [Occurrence], _ expectation: inout Expectation) {
        var taken = Set<Int>()
        for old in tail {
            var task = released(old)
            if let place = members[old.id], place < occurrences.count {
                taken.insert(place)
                task = kept(old, at: occurrences[place])
            }
            if task != old { expectation.changed.append(task) }
        }
        for (place, occurrence) in occurrences.enumerated() where !taken.contains(place) {
            expectation.made.append(rest.task(of: occurrence))
        }
    }

    /// The rule is another, so the server matches tasks and occurrences by their days.
    func matching(_ occurrences: [Occurrence]) -> MatchingTasks {
        let addressed = tail.filter { $0.id == editing.task.id }
        let others = tail.filter { $0.id != editing.task.id }
        var matching = MatchingTasks(
            tasks: addressed + others.filter { members[$0.id] != nil },
            occurrences: occurrences,
            series: rest,
            state: editing.state,
            released: [:]
        )
        for old in tail { matching.released[old.id] = released(old) }
        return matching
    }

    private func kept(_ old: ModelTask, at occurrence: Occurrence) -> ModelTask {
        var task = old.moved(to: occurrence, of: rest)
        if old.id == editing.task.id { task.state = editing.state ?? task.state }
        return task
    }

    /// A task that no occurrence keeps.
    private func released(_ old: ModelTask) -> ModelTask {
        var task = old
        if members[old.id] != nil { task.state = .deleted }
        task.leave(rest)
        return task
    }
}

extension ModelTask {
    /// The task as that of another occurrence, with the values of the series.
    func moved(to occurrence: Occurrence, of series: ModelSeries) -> ModelTask {
        var task = self
        task.seriesID = series.id
        task.slot = occurrence.recurrenceID
        task.slotContact = 0
        task.content = series.content
        task.setDue(occurrence.timestamp, in: series.zone)
        return task
    }

    /// Leaves a series that is changed in place.
    fileprivate mutating func leave(_ series: ModelSeries) {
        guard series.id != 0, seriesID == series.id else { return }
        seriesID = nil
        slot = nil
        slotContact = 0
    }
}

extension ModelRule {
    /// Whether two rules mean the same, however they are written.
    func means(_ other: ModelRule) throws -> Bool {
        try RecurrenceRule(parsing: text) == RecurrenceRule(parsing: other.text)
    }
}

extension LocationModel {
    /// Whether a series makes its tasks when they come.
    func isWhenDue(_ id: Int64?) -> Bool {
        id.flatMap { series[$0] }?.due != nil
    }
}
