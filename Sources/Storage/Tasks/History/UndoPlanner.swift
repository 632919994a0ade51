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

    /// The tasks of the change that are there.
    private let tasks: [Identifier<TaskInstance>: TaskInstance]
    /// What series' tasks say, as it is to be.
    private var templates: [Identifier<RecurringTask>: TaskTemplate] = [:]

    /// Creates a planner.
    ///
    /// - Parameters:
    ///   - number: The change that is undone.
    ///   - tasks: Those of its tasks that are there.
    ///   - transaction: Reads what else there is.
    ///   - now: The time.
    init(
        undoing number: Int64,
        knowing tasks: [Identifier<TaskInstance>: TaskInstance],
        in transaction: LocationTransaction<Connection>,
        at now: Timestamp
    ) {
        self.tasks = tasks
        self.transaction = transaction
        self.now = now
        plan = ChangePlan(.updated)
        plan.undoneNumber = number
    }

    mutating func undo(_ detail: LoggedDetail) throws {
        for record in detail.series { try undo(series: record) }
        let made = try series(madeBy: detail)
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
            try restore(id, image: SeriesColumns.table.image(of: before), replacing: nil)
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
        image: StoredImage,
        replacing present: RecurringTask?
    ) throws {
        var restored = try RecurringTask(id.rawValue, image: image, in: transaction.locationID)
        restored.modifiedAt = now
        templates[id] = restored.template
        plan.series.append(Replacement(before: present, after: restored))
    }

    /// The series that the change made, as it made them.
    private func series(madeBy detail: LoggedDetail) throws -> [Int64: RecurringTask] {
        var made: [Int64: RecurringTask] = [:]
        for record in detail.series where record.before == nil {
            guard let after = record.after else { continue }
            let image = SeriesColumns.table.image(of: after)
            made[record.id] = try RecurringTask(
                record.id,
                image: image,
                in: transaction.locationID
            )
        }
        return made
    }

    // MARK: - Tasks

    private mutating func undo(
        task record: LoggedDetail.Record,
        ofSeriesMade made: [Int64: RecurringTask]
    ) throws {
        let id = Identifier<TaskInstance>(record.id)
        let present = tasks[id]
        guard let after = record.after else {
            guard present == nil, let before = record.before else {
                isImpossible = true
                return
            }
            try restore(id, image: TaskColumns.table.image(of: before), replacing: nil)
            return
        }
        guard let present else {
            isImpossible = true
            return
        }
        let image = TaskColumns.table.image(of: present)
        guard let before = record.before else {
            // Of a new task the log has what differs from what its series gave it.
            let isAsMade =
                whole(after, in: made).map { image.agrees(with: $0) } ?? image.agrees(with: after)
            if !isAsMade { changedIDs.insert(record.id) }
            plan.removedTasks.append(present)
            return
        }
        if !image.agrees(with: after) { changedIDs.insert(record.id) }
        try restore(id, image: image.overwritten(by: before), replacing: present)
    }

    private func whole(
        _ columns: [String: SQLValue],
        in made: [Int64: RecurringTask]
    ) -> StoredImage? {
        guard case .integer(let seriesID)? = columns["seriesID"],
            case .integer(let seconds)? = columns["recurrenceID"],
            let series = made[seriesID]
        else { return nil }
        let slot = Slot(
            seriesID: Identifier(seriesID),
            recurrenceID: LocalDateTime(secondsSince1970: seconds)
        )
        return TaskColumns.table.image(of: series.task(at: slot)).overwritten(by: columns)
    }

    private mutating func restore(
        _ id: Identifier<TaskInstance>,
        image: StoredImage,
        replacing present: TaskInstance?
    ) throws {
        var template: TaskTemplate?
        if case .integer(let number) = image["seriesID"] {
            template = try self.template(of: Identifier(number))
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

    private mutating func template(
        of seriesID: Identifier<RecurringTask>
    ) throws -> TaskTemplate? {
        if let known = templates[seriesID] { return known }
        let template = try transaction.series(seriesID)?.template
        templates[seriesID] = template
        return template
    }

    /// Removes the tasks that a series made since, and that nothing else is to become of.
    private mutating func removeRemainingTasks(
        of removed: [RecurringTask],
        but ids: Set<Int64>
    ) throws {
        for series in removed {
            for task in try transaction.tasks(of: series) where !ids.contains(task.id.rawValue) {
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
        let wanted = plan.tasks.compactMap { task in
            task.before?.slot == task.after.slot ? nil : task.after.slot
        }
        for (seriesID, slots) in Dictionary(grouping: wanted, by: \.seriesID) {
            let holders = try transaction.holders(of: slots, in: seriesID)
            if !leaving.isSuperset(of: holders) { isImpossible = true }
        }
    }
}
