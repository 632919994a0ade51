import JSON
import Storage
import Tasks

/// Compares a whole location: the tables with what the log rebuilds, the model with both, and the
/// books that the store keeps.
struct FullCheck {
    let location: SimulatedOffice.Location
    let tables: StoredTables<SQLiteDatabase>
    let replica: Replica
    let model: LocationModel

    func run() async throws {
        let tasks = try await tables.rows(ReplicaRow.task, of: location.id)
        try compare(replica.tasks, tasks)
        try compare(replica.series, try await tables.rows(ReplicaRow.series, of: location.id))
        try compare(
            replica.categories,
            try await tables.rows(ReplicaRow.category, of: location.id)
        )
        let changeNumber = try await tables.changeNumber(of: location.id)
        guard changeNumber == replica.changeNumber else {
            throw Difference("the last change is \(changeNumber), not \(replica.changeNumber)")
        }
        try compareModel()
        try await compareTotals(tasks)
        try findDoubled(tasks)
        try compareEnds(tasks)
    }

    private func compare(_ rebuilt: [Int64: ReplicaRow], _ stored: [Int64: ReplicaRow]) throws {
        for (id, row) in stored where rebuilt[id] != row {
            let reason = rebuilt[id].map { row.differences(from: $0) } ?? "the log has none"
            throw Difference("\(row.table) \(id) is not what the log says: \(reason)")
        }
        if let (id, row) = rebuilt.first(where: { stored[$0.key] == nil }) {
            throw Difference("\(row.table) \(id) of the log is not stored")
        }
    }

    private func compareModel() throws {
        guard model.tasks.count == replica.tasks.count else {
            throw Difference("\(replica.tasks.count) tasks instead of \(model.tasks.count)")
        }
        for (id, task) in model.tasks { try task.expect(try replica.task(id)) }
        guard model.series.count == replica.series.count else {
            throw Difference("\(replica.series.count) series instead of \(model.series.count)")
        }
        for (id, series) in model.series {
            guard let row = replica.series[id] else { throw Difference("series \(id) is lost") }
            if let difference = try series.difference(from: row) {
                throw Difference("series \(id) differs in \(difference)")
            }
        }
        for (id, category) in model.categories
        where try replica.category(id) != category {
            throw Difference("category \(id) is not \(category)")
        }
    }

    private func compareTotals(_ tasks: [Int64: ReplicaRow]) async throws {
        var counted: [[Int64]: Int64] = [:]
        for row in tasks.values {
            let key = [row.integer("creatorID") ?? 0, row.integer("state") ?? 0]
            counted[key, default: 0] += 1
        }
        let totals = try await tables.totals(of: location.id)
        guard counted == totals else {
            throw Difference("the totals are \(totals), not \(counted)")
        }
    }

    /// A task says when it was completed as long as it is.
    private func compareEnds(_ tasks: [Int64: ReplicaRow]) throws {
        for (id, row) in tasks {
            let isCompleted = row.integer("state") == Int64(TaskState.completed.rawValue)
            guard (row["completedAt"] != .null) == isCompleted else {
                throw Difference("task \(id) was completed at \(row["completedAt"])")
            }
        }
    }

    private func findDoubled(_ tasks: [Int64: ReplicaRow]) throws {
        var slots = Set<[Int64?]>()
        for row in tasks.values where row["seriesID"] != .null {
            let slot = ["seriesID", "recurrenceID", "slotContactID"].map { row.integer($0) }
            guard slots.insert(slot).inserted else {
                throw Difference("the occurrence \(slot) has two tasks")
            }
        }
    }
}
