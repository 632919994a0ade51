import Recurrence
import Tasks

extension SQLArguments {
    /// The arguments that every statement has.
    init(in locationID: LocationID) {
        // Room for a few more, so that one allocation is enough for most statements.
        self.init(capacity: 6)
        append(.integer(locationID.shard), for: "shard")
        append(.text(locationID.rawValue), for: "locationID")
    }

    /// The arguments that tell whose tasks are seen.
    init(in locationID: LocationID, seenBy viewer: Viewer) {
        self.init(in: locationID)
        switch viewer {
        case .creator(let userID): append(.integer(userID.rawValue), for: "creatorID")
        case .colleague(let userID): append(.integer(userID.rawValue), for: "viewerID")
        case .wholeLocation: break
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
