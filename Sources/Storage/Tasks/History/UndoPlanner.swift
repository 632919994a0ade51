import Recurrence
import Tasks

/// Finds what puts back what a change changed.
///
/// Each column of a record gets the value that it had before the change, if it still has the one that
/// the change gave it. So what was changed of other columns since stays.
struct UndoPlanner<Connection: SQLConnection> {
    let transaction: LocationTransaction<Connection>
    let now: Timestamp
    private(set) var plan: ChangePlan
    /// The numbers of the records' origins of which something was changed since.
    private(set) var changedIDs: Set<Int64> = []
    /// Whether something cannot be put back, also by force.
    private(set) var isImpossible = false

    private var series: [Identifier<RecurringTask>: RecurringTask] = [:]

    init(
        undoing number: Int64,
        in transaction: LocationTransaction<Connection>,
        at now: Timestamp
    ) {
        self.transaction = transaction
        self.now = now
        plan = ChangePlan(.updated)
        plan.undoneNumber = number
    }

    mutating func undo(_ detail: LoggedDetail) throws {
        for record in detail.series { try undo(series: record) }
        let made = detail.series.filter { $0.before == nil }
        for record in detail.tasks { try undo(task: record, ofSeriesMade: made) }
        try removeRemainingTasks(of: plan.removedSeries, but: Set(detail.tasks.map(\.id)))
        for record in detail.clocks {
            let id = Identifier<RecurringTask>(record.id)
            plan.clocks.append(
                ClockSetting(seriesID: id, clock: record.before.flatMap { SeriesClock(image: $0) })
            )
        }
        try checkSlots()
    }

    // MARK: - Series

    private mutating func undo(series record: LoggedDetail.Record) throws {
        let id = Identifier<RecurringTask>(record.id)
        let present = try transaction.series(id)
        guard let after = record.after else {
            guard present == nil, let before = record.before else {
                isImpossible = true
                return
            }
            try restore(id, image: before, replacing: nil)
            return
        }
        guard let present else {
            isImpossible = true
            return
        }
        let image = SeriesColumns.table.image(of: present)
        if !image.agrees(with: after) { changedIDs.insert(record.id) }
        guard let before = record.before else { return plan.removedSeries.append(present) }
        try restore(id, image: image.overwritten(by: before), replacing: present)
    }

    private mutating func restore(
        _ id: Identifier<RecurringTask>,
        image: [String: SQLValue],
        replacing present: RecurringTask?
    ) throws {
        var restored = try RecurringTask(id.rawValue, image: image, in: transaction.locationID)
        restored.modifiedAt = now
        series[id] = restored
        plan.series.append(Replacement(before: present, after: restored))
    }

    // MARK: - Tasks

    private mutating func undo(
        task record: LoggedDetail.Record,
        ofSeriesMade made: [LoggedDetail.Record]
    ) throws {
        let id = Identifier<TaskInstance>(record.id)
        let present = try transaction.entry(of: id)?.task
        guard let after = record.after else {
            guard present == nil, let before = record.before else {
                isImpossible = true
                return
            }
            try restore(id, image: before, replacing: nil)
            return
        }
        guard let present else {
            isImpossible = true
            return
        }
        let image = TaskColumns.table.image(of: present)
        guard let before = record.before else {
            // Of a new task the log has what differs from what its series gave it.
            let whole = try whole(after, in: made)
            if !image.agrees(with: whole) { changedIDs.insert(record.id) }
            plan.removedTasks.append(present)
            return
        }
        if !image.agrees(with: after) { changedIDs.insert(record.id) }
        try restore(id, image: image.overwritten(by: before), replacing: present)
    }

    private func whole(
        _ image: [String: SQLValue],
        in made: [LoggedDetail.Record]
    ) throws -> [String: SQLValue] {
        guard case .integer(let seriesID)? = image["seriesID"],
            case .integer(let seconds)? = image["recurrenceID"],
            let after = made.first(where: { $0.id == seriesID })?.after
        else { return image }
        let series = try RecurringTask(seriesID, image: after, in: transaction.locationID)
        let slot = Slot(
            seriesID: Identifier(seriesID),
            recurrenceID: LocalDateTime(secondsSince1970: seconds)
        )
        return TaskColumns.table.image(of: series.task(at: slot)).overwritten(by: image)
    }

    private mutating func restore(
        _ id: Identifier<TaskInstance>,
        image: [String: SQLValue],
        replacing present: TaskInstance?
    ) throws {
        var template: TaskTemplate?
        if case .integer(let number)? = image["seriesID"] {
            let seriesID = Identifier<RecurringTask>(number)
            template = try (series[seriesID] ?? transaction.series(seriesID))?.template
            if template == nil {
                isImpossible = true
                return
            }
        }
        var restored = try TaskInstance(
            id.rawValue,
            image: image,
            of: template,
            in: transaction.locationID
        )
        restored.modifiedAt = now
        plan.tasks.append(Replacement(before: present, after: restored))
    }

    /// Removes the tasks that a series made since, and that nothing else is to become of.
    private mutating func removeRemainingTasks(
        of removed: [RecurringTask],
        but ids: Set<Int64>
    ) throws {
        for series in removed {
            for task in try transaction.tasks(of: series.id) where !ids.contains(task.id.rawValue) {
                if task.modifiedAt != task.createdAt, task.state != .open {
                    changedIDs.insert(task.id.rawValue)
                }
                plan.removedTasks.append(task)
            }
        }
    }

    /// Sees whether the slots that tasks are to have again are free.
    private mutating func checkSlots() throws {
        var leaving = Set(plan.removedTasks.map(\.id))
        for task in plan.tasks where task.before?.slot != task.after.slot {
            leaving.insert(task.after.id)
        }
        for task in plan.tasks {
            guard let slot = task.after.slot, task.before?.slot != slot,
                let holder = try transaction.holder(of: slot)
            else { continue }
            if !leaving.contains(holder) { isImpossible = true }
        }
    }
}

extension [String: SQLValue] {
    /// Whether the values of another image are here, too, but for the time of the last change.
    fileprivate func agrees(with other: [String: SQLValue]) -> Bool {
        other.allSatisfy { name, value in name == "modifiedAt" || self[name] ?? .null == value }
    }

    fileprivate func overwritten(by other: [String: SQLValue]) -> [String: SQLValue] {
        merging(other) { $1 }
    }
}
