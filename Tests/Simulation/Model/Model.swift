import Recurrence
import Tasks

/// What should be stored: plain, slow, and written from the contracts.
///
/// It keeps its own books of COUNT, UNTIL, splits, horizons and catch-up, and takes only the
/// occurrences of a rule from the library.
struct Model {
    var locations = SimulatedOffice.locations.map { _ in LocationModel() }
    /// What HighLevel's series do about missed occurrences.
    let catchUp: CatchUp
    /// Users whose second token is revoked, and until when it may still be accepted.
    var revokedUntil: [Int64: Timestamp] = [:]
    /// The latest time that the clock has shown.
    var latest: Timestamp

    init(catchUp: CatchUp, now: Timestamp) {
        self.catchUp = catchUp
        latest = now
    }

    func owner(of taskID: Int64) -> Int? {
        locations.firstIndex { $0.tasks[taskID] != nil }
    }
}

/// What should be stored in one location.
struct LocationModel {
    var tasks: [Int64: ModelTask] = [:]
    var series: [Int64: ModelSeries] = [:]
    var categories: [Int64: ModelCategory] = [:]

    /// The tasks of a series, by slot.
    ///
    /// Of those of one slot, in the order of their numbers.
    func tasks(ofSeries id: Int64) -> [ModelTask] {
        (taskIDs[id] ?? []).compactMap { tasks[$0] }.filter { $0.seriesID == id }
            .sorted { ($0.slotName, $0.id) < ($1.slotName, $1.id) }
    }

    /// The numbers of the tasks that have ever been in a series.
    private var taskIDs: [Int64: Set<Int64>] = [:]
    /// All numbers in the order in which they were given.
    private(set) var order: [Int64] = []
    private(set) var seriesOrder: [Int64] = []

    mutating func set(_ task: ModelTask) {
        if tasks.updateValue(task, forKey: task.id) == nil { order.append(task.id) }
        if let seriesID = task.seriesID { taskIDs[seriesID, default: []].insert(task.id) }
    }

    mutating func set(_ series: ModelSeries) {
        if self.series.updateValue(series, forKey: series.id) == nil {
            seriesOrder.append(series.id)
        }
    }

    /// The task of an occurrence.
    func task(at slotName: [Int64]) -> ModelTask? {
        guard let seriesID = slotName.first else { return nil }
        return (taskIDs[seriesID] ?? []).lazy.compactMap { tasks[$0] }
            .first { $0.slotName == slotName }
    }

    /// Picks a task that satisfies a condition, more often a young one; the choice is any number.
    func task(_ choice: Int, where condition: (ModelTask) -> Bool) -> ModelTask? {
        // Some looks back from a place that the choice names cost less than a list of all.
        guard !order.isEmpty else { return nil }
        let window = choice % 3 == 0 ? order.count : min(order.count, 60)
        let start = order.count - 1 - choice / 3 % window
        for step in 0..<min(order.count, 80) {
            let index = (start - step + order.count) % order.count
            if let task = tasks[order[index]], condition(task) { return task }
        }
        return nil
    }

    func series(_ choice: Int, where condition: (ModelSeries) -> Bool) -> ModelSeries? {
        guard !seriesOrder.isEmpty else { return nil }
        let start = choice % seriesOrder.count
        for step in seriesOrder.indices {
            let id = seriesOrder[(start + step) % seriesOrder.count]
            if let series = series[id], condition(series) { return series }
        }
        return nil
    }
}

func < (left: ([Int64], Int64), right: ([Int64], Int64)) -> Bool {
    left.0 == right.0 ? left.1 < right.1 : left.0.lexicographicallyPrecedes(right.0)
}
