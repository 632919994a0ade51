package import Recurrence
package import Tasks

extension Store: TaskStore {
    @specialized(where Driver == SQLiteDatabase)
    package func create(
        _ references: References,
        by actor: Actor,
        at now: Timestamp,
        deciding decide:
            @escaping @Sendable (ReferenceFacts, inout IdentifierSource) throws -> ChangePlan
    ) async throws -> TaskEntry {
        try await write { [numbers] connection in
            let transaction = LocationTransaction(in: actor.locationID, on: connection)
            let facts = try transaction.facts(of: references, for: actor)
            var source = numbers.source(on: connection)
            let plan = try decide(facts, &source)
            try transaction.carryOut(plan, by: actor.userID, at: now)
            numbers.putBack(source)
            guard let id = plan.tasks.first?.after.id, let entry = try transaction.entry(of: id)
            else { preconditionFailure("a creation makes no task") }
            return entry
        }
    }

    @specialized(where Driver == SQLiteDatabase)
    package func change(
        _ id: Identifier<TaskInstance>,
        where predicate: Predicate<TaskField>,
        reach: Reach,
        references: References,
        by actor: Actor,
        at now: Timestamp,
        deciding decide:
            @escaping @Sendable (SeriesSnapshot, ReferenceFacts, inout IdentifierSource) throws ->
            ChangePlan
    ) async throws -> TaskEntry? {
        try await write { [numbers] connection in
            let transaction = LocationTransaction(in: actor.locationID, on: connection)
            guard let entry = try transaction.entry(of: id, where: predicate) else { return nil }
            let snapshot = try transaction.snapshot(of: entry.task, reach: reach, for: actor)
            let facts = try transaction.facts(of: references, for: actor)
            var source = numbers.source(on: connection)
            let plan = try decide(snapshot, facts, &source)
            try transaction.carryOut(plan, by: actor.userID, at: now)
            numbers.putBack(source)
            return try transaction.entry(of: id)
        }
    }

    @specialized(where Driver == SQLiteDatabase)
    package func materialize(
        _ address: SeriesAddress,
        at now: Timestamp,
        deciding decide:
            @escaping @Sendable (RecurringTask, SeriesClock, inout IdentifierSource) throws ->
            ChangePlan
    ) async throws -> Int {
        try await write { [numbers] connection in
            let transaction = LocationTransaction(in: address.locationID, on: connection)
            guard let clock = try transaction.clock(of: address.seriesID),
                let series = try transaction.series(address.seriesID)
            else { return 0 }
            var source = numbers.source(on: connection)
            let plan = try decide(series, clock, &source)
            let madeCount = try transaction.carryOut(plan, by: nil, at: now)
            numbers.putBack(source)
            return madeCount
        }
    }
}
