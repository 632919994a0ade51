import HTTPTypes
import Recurrence
import Tasks

extension Model {
    /// A user deletes an own task, or it and those that follow it, or the whole series.
    func deleteTask(
        user: Int,
        choice: Int,
        _ kind: SimulationStep.DeleteKind,
        at now: Timestamp
    ) throws -> PlannedRequest? {
        let actor = try LionDeskActor(user, at: now)
        let location = locations[actor.user.location]
        guard let task = location.task(choice, where: { $0.creator == actor.user.number }) else {
            return nil
        }
        let path = "/scheduled/tasks/\(task.id)?delete_type=\(kind.rawValue)"
        var deleted = task
        deleted.state = .deleted
        var expectation = Expectation(statuses: [200], answer: .task(deleted))
        var tasks = [task]
        if let slot = task.slot, let series = task.seriesID.flatMap({ location.series[$0] }) {
            let all = location.tasks(ofSeries: series.id)
            switch kind {
            case .thisTask: break
            case .following:
                expectation.series = [try ended(series, at: slot)]
                // The occurrence may have tasks for other contacts, which do not follow this one.
                tasks = all.filter { other in
                    other.id == task.id || other.slot.map { $0 > slot } ?? false
                }
            case .all:
                var gone = series.stopped
                gone.isDeleted = true
                expectation.series = [gone]
                tasks = all
            }
        }
        expectation.changed = tasks.filter { $0.state != .deleted }.map { task in
            var task = task
            task.state = .deleted
            return task
        }
        let series = kind == .thisTask ? nil : task.seriesID.flatMap { location.series[$0] }
        return PlannedRequest(
            location: actor.user.location,
            request: actor.request(.delete, path),
            expectation: expectation,
            needsWorkDone: series?.isWaiting(at: now) ?? false
        )
    }

    /// A series that has no occurrence from a slot on.
    private func ended(_ series: ModelSeries, at slot: LocalDateTime) throws -> ModelSeries {
        var series = series.stopped
        guard !series.isDeleted, let rule = series.rule, let set = try series.set,
            let first = set.occurrences(from: slot).first(where: { _ in true }),
            let ordinal = set.ordinal(of: first.recurrenceID)
        else { return series }
        if ordinal > 0 {
            series.rule = try rule.endingAfter(ordinal, from: series.start, in: series.zone)
        } else {
            series.isDeleted = true
        }
        return series
    }
}

extension ModelSeries {
    /// Whether an occurrence has come that is not carried out yet.
    func isWaiting(at now: Timestamp) -> Bool {
        due?.next.map { $0.timestamp <= now } ?? false
    }

    /// The series when it makes no more tasks.
    var stopped: ModelSeries {
        var series = self
        switch series.making {
        case .ahead: series.making = .ahead(AheadMaking())
        case .whenDue(var making):
            making.isStopped = true
            making.next = nil
            series.making = .whenDue(making)
        }
        return series
    }
}
