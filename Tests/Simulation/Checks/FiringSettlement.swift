import Recurrence
import Tasks

/// Compares what a scheduler did in a location with what it should have done, and takes it up in
/// the model.
struct FiringSettlement {
    /// The time at the beginning and at the end of the step.
    let begin: Timestamp
    let end: Timestamp
    /// The latest time that the clock has ever shown.
    let latest: Timestamp
    let replica: Replica
    /// How far each series is done, as it is stored.
    let clocks: [Int64: (through: LocalDateTime, count: Int64)]
    /// Whether the scheduler failed, so that anything may be left to do.
    let isPartial: Bool
    /// Since when the scheduler may have held locations back after a fault; nil if it holds none.
    let heldSince: Timestamp?

    func settle(_ location: inout LocationModel) throws {
        guard replica.touched.series.isEmpty, replica.touched.categories.isEmpty,
            replica.touched.kinds.allSatisfy({ $0 == .materialized })
        else { throw Difference("the scheduler changed more than tasks") }
        var made: [Int64: [ModelTask]] = [:]
        for id in replica.touched.tasks.sorted() {
            let task = try replica.task(id)
            guard location.tasks[id] == nil, let seriesID = task.seriesID else {
                throw Difference("the scheduler changed task \(id)")
            }
            made[seriesID, default: []].append(task)
        }
        for id in location.seriesOrder {
            guard var series = location.series[id] else { continue }
            let tasks = made.removeValue(forKey: id) ?? []
            switch series.making {
            case .ahead: try settleAhead(&series, tasks)
            case .whenDue: try settleDue(&series, tasks, location)
            }
            location.set(series)
            for task in tasks { location.set(task) }
        }
        guard made.isEmpty else { throw Difference("unknown series made tasks: \(made.keys)") }
    }

    private func settleDue(
        _ series: inout ModelSeries,
        _ tasks: [ModelTask],
        _ location: LocationModel
    ) throws {
        let clock = clocks[series.id]
        // Nobody tells which shards the scheduler holds back.
        var progress = try firings(of: series, in: location, heldSince: nil)
        var reached = progress.last { $0.hasReached(clock) }
        if reached == nil, let heldSince {
            progress = try firings(of: series, in: location, heldSince: heldSince)
            reached = progress.last { $0.hasReached(clock) }
        }
        guard !progress.isEmpty || !tasks.isEmpty else { return }
        let isAll = reached?.series.due?.through == progress.last?.series.due?.through
        guard isAll || isPartial else {
            throw Difference(
                "series \(series.id) is done through \(String(describing: clock)), not through "
                    + "\(String(describing: progress.last?.series.due?.through)), "
                    + "count \(String(describing: progress.last?.series.due?.count))"
            )
        }
        try expect(reached?.made ?? [], tasks, of: series)
        if let reached { series = reached.series }
    }

    private func firings(
        of series: ModelSeries,
        in location: LocationModel,
        heldSince: Timestamp?
    ) throws -> [FiringProgress] {
        try series.firings(from: begin, to: end, in: location, heldSince: heldSince)
    }

    private func expect(
        _ expected: [ModelTask],
        _ tasks: [ModelTask],
        of series: ModelSeries
    ) throws {
        var bySlot: [[Int64]: ModelTask] = [:]
        for task in tasks { bySlot[task.slotName] = task }
        guard bySlot.count == tasks.count, expected.count == tasks.count else {
            throw Difference(
                "series \(series.id) made \(tasks.count) tasks instead of \(expected.count)"
            )
        }
        for var task in expected {
            let stored = bySlot[task.slotName]
            task.id = stored?.id ?? 0
            try task.expect(stored)
        }
    }

    /// A series that makes its tasks ahead has all within the horizon, but for the time that the
    /// next move may take to come, and none beyond.
    private func settleAhead(_ series: inout ModelSeries, _ tasks: [ModelTask]) throws {
        guard let next = series.ahead?.next, let set = try series.set else {
            guard tasks.isEmpty else {
                throw Difference("series \(series.id) made more tasks than it has occurrences")
            }
            return
        }
        let must = end.advanced(by: ModelHorizon.length - ModelHorizon.slack)
        let may = max(latest, end).advanced(by: ModelHorizon.length)
        if tasks.isEmpty, next.timestamp > must { return }
        let occurrences = set.occurrences(from: next.recurrenceID)
            .prefix(tasks.count + 1).map { $0 }
        let made = Array(occurrences.prefix(tasks.count))
        try expect(made.map(series.task), tasks, of: series)
        if let last = made.last, last.timestamp > may {
            throw Difference("series \(series.id) made a task beyond the horizon")
        }
        let left = occurrences.count > tasks.count ? occurrences.last : nil
        if let left, left.timestamp <= must, !isPartial {
            throw Difference("series \(series.id) has no task at \(left.recurrenceID)")
        }
        series.making = .ahead(ModelSeries.AheadMaking(next: left))
    }
}

extension FiringProgress {
    /// Whether the series stands as it is stored.
    fileprivate func hasReached(_ clock: (through: LocalDateTime, count: Int64)?) -> Bool {
        series.due?.through == clock?.through && series.due.map { Int64($0.count) } == clock?.count
    }
}
