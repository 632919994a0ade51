import Recurrence
import Tasks

extension SQLArguments {
    /// The arguments that every statement has.
    init(in locationID: LocationID) {
        self = ["shard": .integer(locationID.shard), "locationID": .text(locationID.rawValue)]
    }

    /// The arguments that tell whose tasks are seen.
    init(in locationID: LocationID, seenBy viewer: Viewer) {
        self.init(in: locationID)
        if case .creator(let userID) = viewer {
            append(.integer(userID.rawValue), for: "creatorID")
        }
    }

    /// All columns of a task.
    init(_ task: TaskInstance, in locationID: LocationID) {
        self = TaskColumns.table.arguments(task, number: task.id.rawValue, in: locationID)
    }

    /// All columns of a series.
    init(_ series: RecurringTask, in locationID: LocationID) {
        self = SeriesColumns.table.arguments(series, number: series.id.rawValue, in: locationID)
    }
}
