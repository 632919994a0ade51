package import Recurrence
package import Tasks

extension SQLStore: TaskStore {
    @specialized(where Driver == SQLiteDatabase)
    package func create(
        _ references: References,
        under terms: WriteTerms,
        by actor: Actor,
        at now: Timestamp,
        deciding decide:
            @escaping @Sendable (ReferenceFacts, inout IdentifierSource) throws -> ChangePlan
    ) async throws -> WriteOutcome {
        try await change(
            in: actor.locationID,
            at: now,
            trying: terms.isTrial,
            remembering: .outcome
        ) { transaction, source in
            let facts = try transaction.facts(of: references, for: actor)
            let plan = try decide(facts, &source)
            guard let id = plan.tasks.first?.after.id else {
                preconditionFailure("a creation makes no task")
            }
            let applied = try transaction.apply(
                plan,
                showing: id,
                by: actor,
                at: now,
                tellingOfReminders: terms.reminderZones
            )
            guard let entry = try transaction.entry(of: id) else {
                preconditionFailure("a creation makes no task")
            }
            let outcome = WriteOutcome(
                entry: entry,
                effect: ChangeEffect(of: plan, reaching: 0, reminding: applied.reminders),
                changeNumber: terms.isTrial ? nil : applied.changeNumber
            )
            return (outcome, plan)
        }
    }

    @specialized(where Driver == SQLiteDatabase)
    package func change(
        _ id: Identifier<TaskInstance>,
        where predicate: Predicate<TaskField>,
        seenBy viewer: Viewer,
        extent: Extent,
        references: References,
        under terms: WriteTerms,
        by actor: Actor,
        at now: Timestamp,
        takingUp takeUp: @escaping FiringDecision,
        deciding decide:
            @escaping @Sendable (SeriesSnapshot, ReferenceFacts, inout IdentifierSource) throws ->
            ChangePlan
    ) async throws -> WriteOutcome? {
        try await change(
            in: actor.locationID,
            at: now,
            trying: terms.isTrial,
            remembering: .optionalOutcome
        ) { transaction, source in
            let id =
                try terms.occurrence.map { occurrence in
                    try transaction.task(of: occurrence, seenBy: viewer, at: now, &source)
                } ?? id
            let found = try transaction.entry(of: id, where: predicate, seenBy: viewer)
            guard let entry = found else { return (nil, nil) }
            try terms.check(entry)
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
            let applied = try transaction.apply(
                plan,
                showing: id,
                by: actor,
                at: now,
                tellingOfReminders: terms.reminderZones
            )
            guard let changed = try transaction.entry(of: id) else { return (nil, plan) }
            let outcome = WriteOutcome(
                entry: changed,
                effect: ChangeEffect(
                    of: plan,
                    reaching: snapshot.tasks.count,
                    reminding: applied.reminders
                ),
                changeNumber: terms.isTrial ? nil : applied.changeNumber
            )
            return (outcome, plan)
        }
    }

    @specialized(where Driver == SQLiteDatabase)
    package func materialize(
        _ address: SeriesAddress,
        on occasion: MakingOccasion,
        at now: Timestamp,
        deciding decide:
            @escaping @Sendable (
                SeriesEntry, SeriesClock, () throws -> Int, inout IdentifierSource
            ) throws -> ChangePlan
    ) async throws -> Int {
        do {
            return try await change(
                in: address.locationID,
                on: occasion,
                at: now
            ) { transaction, source in
                guard let clock = try transaction.clock(of: address.seriesID),
                    let series = try transaction.series(address.seriesID)
                else { return (0, nil) }
                var entry = SeriesEntry(series: series, clock: clock)
                entry.policyFacts = try transaction.policyFacts(for: series.policies)
                let allowance = { try transaction.taskAllowance(on: occasion, at: now) }
                let plan = try decide(entry, clock, allowance, &source)
                return (try transaction.carryOut(plan, by: nil, at: now), plan)
            }
        } catch is UnreadableRow {
            // The reader who asks for it sees the other series, as in a list.
            return 0
        }
    }
}

extension SQLStore {
    /// Runs a change of a location, or only tries it.
    ///
    /// What is tried is decided as always, carried out as far as the answer shows it, and then undone,
    /// so that nothing of it can differ from what would have been done.
    func change<Value: Sendable>(
        in locationID: LocationID,
        at now: Timestamp,
        trying isTrial: Bool,
        remembering memory: EffectMemory<Value, Driver.Connection>,
        _ body:
            @escaping @Sendable (
                LocationTransaction<Driver.Connection>, inout IdentifierSource
            ) throws -> (Value, ChangePlan?)
    ) async throws -> Value {
        guard isTrial else {
            return try await change(in: locationID, at: now, remembering: memory, body)
        }
        if WriteBatch.current?.batch.isTrial ?? false, let value = try await joinBatch(body) {
            return value
        }
        return try await tryOut(in: locationID) { transaction, source in
            var transaction = transaction
            transaction.isUndoneAtOnce = true
            return try body(transaction, &source).0
        }
    }

    /// Carries something out in a location and undoes it.
    func tryOut<Value: Sendable>(
        in locationID: LocationID,
        _ body:
            @escaping @Sendable (
                LocationTransaction<Driver.Connection>, inout IdentifierSource
            ) throws -> Value
    ) async throws -> Value {
        do {
            return try await write(for: locationID) { connection -> Value in
                var source = IdentifierSource.ofTrial
                let transaction = self.transaction(in: locationID, on: connection)
                throw EndOfTrial(value: try body(transaction, &source))
            }
        } catch let end as EndOfTrial<Value> {
            return end.value
        }
    }

    /// Runs a change of a location.
    ///
    /// Notes in the agenda when the first of the clocks that it set fires.
    ///
    /// - Parameters:
    ///   - locationID: The location.
    ///   - occasion: Why it makes tasks, if no person asks for them.
    ///   - now: When it is made.
    ///   - body: Makes the change. Returns its plan, or no plan if there was nothing to change.
    /// - Returns: The other value that the closure returns.
    /// - Throws: `StoreUnavailable`, any other ``SQLError``, or what the closure throws.
    func change<Value: Sendable>(
        in locationID: LocationID,
        on occasion: MakingOccasion = .comingDue,
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
        if let plan { noteDone(plan, in: locationID, on: occasion, at: now) }
        return value
    }

    /// Tells the agenda when the first of the clocks that a plan set fires, and the quotas how many
    /// tasks it made.
    func noteDone(
        _ plan: ChangePlan,
        in locationID: LocationID,
        on occasion: MakingOccasion,
        at now: Timestamp
    ) {
        agenda.note(plan.clocks.compactMap { $0.clock?.fireAt }.min(), in: locationID.shard)
        let madeCount = plan.tasks.count { $0.before == nil }
        quotas.note(madeCount, madeIn: locationID, on: occasion, at: now)
    }
}

/// Undoes what was tried, and tells what came of it.
struct EndOfTrial<Value: Sendable>: Error {
    let value: Value
}
