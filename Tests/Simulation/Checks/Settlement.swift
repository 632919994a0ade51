import JSON
import Recurrence
import ServerTestSupport
import Tasks

/// Compares what a request did in its location with what it should have done, and takes it up in
/// the model.
struct Settlement {
    let expectation: Expectation
    let replica: Replica
    /// Whether nothing of it may have been kept, or all of it must have been; nil where the
    /// answer decides.
    let answer: Answer?

    /// Takes up the change of a request that was carried out.
    ///
    /// - Throws: `Difference`.
    func settle(_ location: inout LocationModel) throws {
        let ids = try newSeries(in: location)
        try settleSeries(&location, newID: ids.first ?? 0)
        var expected = expectation.changed.map { $0.numbered(ids.first ?? 0) }
        var made = expectation.made.map { $0.numbered(ids.first ?? 0) }
        if var matching = expectation.mayBeMatched {
            matching.series.id = matching.series.id == 0 ? ids.first ?? 0 : matching.series.id
            let outcome = try matching.outcome(in: touchedTasks(), known: location)
            expected += outcome.changed
            made += outcome.made
        }
        let firstMade = try settleTasks(&location, expected, made)
        try settleCategories(&location)
        try check(answer, firstMade: firstMade)
    }

    // MARK: Series

    private func newSeries(in location: LocationModel) throws -> [Int64] {
        let known = Set(expectation.series.map(\.id))
        let new = replica.touched.series.filter {
            location.series[$0] == nil && !known.contains($0)
        }
        let expectedCount = expectation.series.count { $0.id == 0 }
        guard new.count == expectedCount else {
            throw Difference("\(new.count) new series instead of \(expectedCount)")
        }
        return Array(new)
    }

    private func settleSeries(_ location: inout LocationModel, newID: Int64) throws {
        var expected = Set<Int64>()
        for var series in expectation.series {
            if series.id == 0 { series.id = newID }
            expected.insert(series.id)
            guard let row = replica.series[series.id] else {
                throw Difference("series \(series.id) is not there")
            }
            if let difference = try series.difference(from: row) {
                throw Difference("series \(series.id) differs in \(difference)")
            }
            location.set(series)
        }
        if let other = replica.touched.series.first(where: { !expected.contains($0) }) {
            throw Difference("series \(other) was changed too")
        }
    }

    // MARK: Tasks

    private func touchedTasks() throws -> [Int64: ModelTask] {
        var tasks: [Int64: ModelTask] = [:]
        for id in replica.touched.tasks { tasks[id] = try replica.task(id) }
        return tasks
    }

    /// - Returns: The number of the first task that was made.
    private func settleTasks(
        _ location: inout LocationModel,
        _ changed: [ModelTask],
        _ made: [ModelTask]
    ) throws -> Int64? {
        var touched = try touchedTasks()
        for task in changed {
            let stored = touched.removeValue(forKey: task.id) ?? location.tasks[task.id]
            try task.expect(stored)
            location.set(task)
        }
        // What was touched and is as it was has only another time of change.
        touched = touched.filter { location.tasks[$0.key] != $0.value }
        if let other = touched.values.first(where: { location.tasks[$0.id] != nil }) {
            throw Difference("task \(other.id) was changed too: \(other)")
        }
        var bySlot: [[Int64]: ModelTask] = [:]
        for task in touched.values { bySlot[task.slotName] = task }
        guard touched.count == made.count, bySlot.count == touched.count else {
            throw Difference("\(touched.count) tasks were made instead of \(made.count)")
        }
        var firstMade: Int64?
        var numbered: [ModelTask] = []
        for var task in made {
            let stored = bySlot[task.slotName]
            task.id = stored?.id ?? 0
            firstMade = firstMade ?? task.id
            try task.expect(stored)
            numbered.append(task)
        }
        for task in numbered.sorted(by: { $0.id < $1.id }) { location.set(task) }
        return firstMade
    }

    // MARK: Categories

    private func settleCategories(_ location: inout LocationModel) throws {
        var touched = replica.touched.categories
        for var category in expectation.categories {
            if category.id == 0 {
                guard let id = touched.first(where: { location.categories[$0] == nil }) else {
                    throw Difference("no category was made")
                }
                category.id = id
            }
            touched.remove(category.id)
            guard try replica.category(category.id) == category else {
                throw Difference("category \(category.id) is not \(category)")
            }
            location.categories[category.id] = category
        }
        guard touched.isEmpty else { throw Difference("categories \(touched) were changed too") }
    }

    // MARK: The answer

    private func check(_ answer: Answer?, firstMade: Int64?) throws {
        guard let answer, answer.status < 300 else { return }
        switch expectation.answer {
        case .anything: return
        case .total(let total):
            guard answer["total"] == .integer(Int64(total)) else {
                throw Difference(
                    "the total is \(String(describing: answer["total"])), not \(total)"
                )
            }
        case .count(let name, let count):
            let found = answer.objects(name).count
            guard found == count else { throw Difference("\(found) \(name) instead of \(count)") }
        case .task(let task):
            let id = task.id == 0 ? firstMade ?? 0 : task.id
            guard answer.text("id") == "\(id)", answer.text("description") == task.content.title,
                answer.text("notes") == task.content.body,
                answer.text("due_at") == task.dueLocal.wireText,
                answer.text("status") == TaskStatusText(task.state).text
            else { throw Difference("the answer is \(answer.text), not \(task)") }
        }
    }
}

/// A state in LionDesk's words.
private struct TaskStatusText {
    let text: String

    init(_ state: TaskState) {
        text =
            switch state {
            case .open: "incomplete"
            case .completed: "complete"
            case .deleted: "deleted"
            }
    }
}

extension ModelTask {
    /// The task with the number of a series that is new.
    fileprivate func numbered(_ newSeries: Int64) -> ModelTask {
        var task = self
        if task.seriesID == 0 { task.seriesID = newSeries }
        return task
    }

    func expect(_ stored: ModelTask?) throws {
        guard self != stored else { return }
        guard let stored else { throw Difference("a task was not stored: \(self)") }
        throw Difference("a task is \(stored)\n  instead of \(self)")
    }
}

extension Replica {
    func task(_ id: Int64) throws -> ModelTask {
        guard let row = tasks[id] else { throw Difference("task \(id) is not there") }
        let series = row.integer("seriesID").flatMap { self.series[$0] }
        guard let task = ModelTask(id, row, series: series) else {
            throw Difference("task \(id) cannot be read")
        }
        return task
    }

    func category(_ id: Int64) throws -> ModelCategory {
        guard let row = categories[id], let name = row.text("name"),
            let owner = row.integer("ownerID")
        else { throw Difference("category \(id) is not there") }
        let isDeleted = row["deletedAt"] != .null
        return ModelCategory(id: id, name: name, owner: owner, isDeleted: isDeleted)
    }
}

extension MatchingTasks {
    /// What became of the tasks, if it is a possible match.
    ///
    /// The first task has the first occurrence; any other has that of its own time, or else one of
    /// its own day, or is deleted.
    func outcome(
        in touched: [Int64: ModelTask],
        known: LocationModel
    ) throws -> (changed: [ModelTask], made: [ModelTask]) {
        var holders: [LocalDateTime: ModelTask] = [:]
        for task in tasks.compactMap({ touched[$0.id] ?? known.tasks[$0.id] })
        where task.seriesID == series.id {
            if let slot = task.slot { holders[slot] = task }
        }
        var changed: [ModelTask] = []
        var made: [ModelTask] = []
        var keepers = Set<Int64>()
        for (place, occurrence) in occurrences.enumerated() {
            let slot = occurrence.recurrenceID
            let fitting = place == 0 ? tasks.first : tasks.dropFirst().first { $0.slot == slot }
            guard let id = fitting?.id ?? sameDay(holders[slot], as: slot),
                let old = tasks.first(where: { $0.id == id })
            else {
                made.append(series.task(of: occurrence))
                continue
            }
            var task = old.moved(to: occurrence, of: series)
            if place == 0 { task.state = state ?? task.state }
            changed.append(task)
            keepers.insert(id)
        }
        changed += released.values.filter { !keepers.contains($0.id) }
        return (changed.filter { known.tasks[$0.id] != $0 }.sorted { $0.id < $1.id }, made)
    }

    private func sameDay(_ holder: ModelTask?, as slot: LocalDateTime) -> Int64? {
        guard let holder, let old = tasks.first(where: { $0.id == holder.id }),
            old.slot?.date == slot.date, holder.id != tasks.first?.id
        else { return nil }
        return holder.id
    }
}
