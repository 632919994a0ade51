package import Recurrence
package import Tasks

extension SQLStore: TaskStore {
    @specialized(where Driver == SQLiteDatabase)
    package func create(
        _ references: References,
        by actor: Actor,
        at now: Timestamp,
        deciding decide:
            @escaping @Sendable (ReferenceFacts, inout IdentifierSource) throws -> ChangePlan
    ) async throws -> TaskEntry {
        try await change(in: actor.locationID, at: now) { transaction, source in
            let facts = try transaction.facts(of: references, for: actor)
            let plan = try decide(facts, &source)
            try transaction.carryOut(plan, by: actor.userID, at: now)
            guard let id = plan.tasks.first?.after.id, let entry = try transaction.entry(of: id)
            else { preconditionFailure("a creation makes no task") }
            return (entry, plan)
        }
    }

    @specialized(where Driver == SQLiteDatabase)
    package func change(
        _ id: Identifier<TaskInstance>,
        where predicate: Predicate<TaskField>,
        extent: Extent,
        references: References,
        by actor: Actor,
        at now: Timestamp,
        takingUp takeUp: @escaping FiringDecision,
        deciding decide:
            @escaping @Sendable (SeriesSnapshot, ReferenceFacts, inout IdentifierSource) throws ->
            ChangePlan
    ) async throws -> TaskEntry? {
        try await change(in: actor.locationID, at: now) { transaction, source in
            guard let entry = try transaction.entry(of: id, where: predicate) else {
                return (nil, nil)
            }
            switch extent {
            case .thisOne: break
            case .thisAndFollowing, .all:
                try transaction.takeUpSeries(
                    of: entry.task,
                    at: now,
                    numbers: &source,
                    deciding: takeUp
                )
            }
            let snapshot = try transaction.snapshot(of: entry.task, extent: extent, for: actor)
            let facts = try transaction.facts(of: references, for: actor)
            let plan = try decide(snapshot, facts, &source)
            try transaction.carryOut(plan, by: actor.userID, at: now)
            return (try transaction.entry(of: id), plan)
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
        do {
            return try await change(in: address.locationID, at: now) { transaction, source in
                guard let clock = try transaction.clock(of: address.seriesID),
                    let series = try transaction.series(address.seriesID)
                else { return (0, nil) }
                _ = try transaction.taskAllowance(at: now)
                let plan = try decide(series, clock, &source)
                return (try transaction.carryOut(plan, by: nil, at: now), plan)
            }
        } catch is UnreadableRow {
            // The reader who asks for it sees the other series, as in a list.
            return 0
        }
    }
}

extension SQLStore {
    /// Runs a change of a location.
    ///
    /// Notes in the agenda when the first of the clocks that it set fires.
    ///
    /// - Parameters:
    ///   - locationID: The location.
    ///   - now: When it is made.
    ///   - body: Makes the change. Returns its plan, or no plan if there was nothing to change.
    /// - Returns: The other value that the closure returns.
    /// - Throws: `StoreUnavailable`, any other ``SQLError``, or what the closure throws.
    func change<Value: Sendable>(
        in locationID: LocationID,
        at now: Timestamp,
        _ body:
            @escaping @Sendable (
                LocationTransaction<Driver.Connection>, inout IdentifierSource
            ) throws -> (Value, ChangePlan?)
    ) async throws -> Value {
        let (value, plan) = try await write(for: locationID) { [numbers] connection in
            var source = numbers.source(on: connection)
            let transaction = self.transaction(in: locationID, on: connection)
            let result = try body(transaction, &source)
            numbers.putBack(source)
            return result
        }
        guard let plan else { return value }
        agenda.note(plan.clocks.compactMap { $0.clock?.fireAt }.min(), in: locationID.shard)
        quotas.note(plan.tasks.count { $0.before == nil }, madeIn: locationID, at: now)
        return value
    }
}
