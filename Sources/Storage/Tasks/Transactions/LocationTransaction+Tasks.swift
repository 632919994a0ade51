import Tasks

extension LocationTransaction {
    /// Stores new tasks, and the changes of others.
    ///
    /// Tasks that change in the same way, as the tasks of a series do, are changed by one statement
    /// for each run of their numbers. Only columns that differ are written, so that no index is
    /// touched which stays as it is.
    func store(_ tasks: [Replacement<TaskInstance>]) throws {
        let moved = try clearSlots(for: tasks)
        var numbers: [ColumnValues: [Int64]] = [:]
        for task in tasks {
            guard let before = task.before, !moved.contains(task.after.id) else { continue }
            let values = TaskColumns.table.differences(from: before, to: task.after)
            numbers[values, default: []].append(task.after.id.rawValue)
        }
        var statements = UpdateStatements()
        for (values, numbers) in numbers where !values.places.isEmpty {
            try store(values, in: numbers, by: &statements)
        }
        for task in tasks where task.before == nil || moved.contains(task.after.id) {
            let isNew = task.before == nil
            try connection.executeLater(
                isNew ? TaskStatements.insert : TaskStatements.update,
                SQLArguments(task.after, in: locationID)
            )
        }
    }

    /// Those of some tasks that are there, by one statement for each run of their numbers.
    func tasks(numbered numbers: [Int64]) throws -> [Identifier<TaskInstance>: TaskInstance] {
        var tasks: [Identifier<TaskInstance>: TaskInstance] = [:]
        for run in Set(numbers).sorted().runs {
            var arguments = SQLArguments(in: locationID)
            arguments.append(.integer(run.lowerBound), for: "first")
            arguments.append(.integer(run.upperBound), for: "last")
            try connection.query(TaskStatements.numbered, arguments) { row in
                let task = try TaskEntry(row, in: locationID).task
                tasks[task.id] = task
            }
        }
        return tasks
    }

    /// Gives the same values to tasks with these numbers.
    private func store(
        _ values: ColumnValues,
        in numbers: [Int64],
        by statements: inout UpdateStatements
    ) throws {
        for run in numbers.sorted().runs {
            var arguments = SQLArguments(capacity: values.places.count + 4)
            for (place, value) in zip(values.places, values.values) {
                arguments.append(value, for: TaskColumns.all[place].name)
            }
            arguments.append(.integer(locationID.shard), for: "shard")
            arguments.append(.text(locationID.rawValue), for: "locationID")
            arguments.append(.integer(run.lowerBound), for: "first")
            if run.count > 1 { arguments.append(.integer(run.upperBound), for: "last") }
            let statement = statements.statement(of: values.places, ofOne: run.count == 1)
            try connection.executeLater(statement, arguments)
        }
    }

    /// Moves tasks out of slots that other tasks of the change will take.
    ///
    /// - Returns: The tasks that were moved.
    private func clearSlots(
        for tasks: [Replacement<TaskInstance>]
    ) throws -> Set<Identifier<TaskInstance>> {
        let changes = tasks.filter { $0.before?.slot != $0.after.slot }
        let wanted = Set(changes.compactMap(\.after.slot))
        let moved = changes.compactMap { change -> Int64? in
            guard let slot = change.before?.slot, wanted.contains(slot) else { return nil }
            return change.after.id.rawValue
        }
        for run in moved.sorted().runs {
            var arguments = SQLArguments(in: locationID)
            arguments.append(.integer(run.lowerBound), for: "first")
            arguments.append(.integer(run.upperBound), for: "last")
            try connection.executeLater(TaskStatements.moveAside, arguments)
        }
        return Set(moved.map { Identifier($0) })
    }
}

/// The statements that change some columns of tasks, each made once.
private struct UpdateStatements {
    private struct Key: Hashable {
        let places: [Int]
        let isOfOne: Bool
    }

    private var statements: [Key: SQLStatement] = [:]

    mutating func statement(of places: [Int], ofOne isOfOne: Bool) -> SQLStatement {
        let key = Key(places: places, isOfOne: isOfOne)
        if let known = statements[key] { return known }
        let text = TaskColumns.table.update(places, ofOne: isOfOne)
        let statement = SQLStatement(dynamic: text)
        statements[key] = statement
        return statement
    }
}

extension ChangePlan {
    /// As much of the plan as there has to be in the tables to show one of its tasks.
    ///
    /// A task that has the slot that is to be the other's makes room.
    func part(showing id: Identifier<TaskInstance>) -> ChangePlan {
        var part = self
        part.tasks = tasks.filter { $0.after.id == id }
        part.removedTasks = []
        guard let slot = part.tasks.first?.after.slot else { return part }
        for task in tasks where task.before?.slot == slot && task.after.id != id {
            if let before = task.before { part.removedTasks.append(before) }
        }
        return part
    }
}

extension [Int64] {
    /// The runs of consecutive numbers.
    ///
    /// The numbers rise.
    fileprivate var runs: [ClosedRange<Int64>] {
        reduce(into: []) { runs, number in
            if let last = runs.last, last.upperBound + 1 == number {
                runs[runs.count - 1] = last.lowerBound...number
            } else {
                runs.append(number...number)
            }
        }
    }
}
