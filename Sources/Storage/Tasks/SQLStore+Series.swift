package import Recurrence
package import Tasks

extension SQLStore: SeriesStore {
    package func series(
        _ id: Identifier<RecurringTask>,
        in locationID: LocationID
    ) async throws -> SeriesEntry? {
        try await readSnapshot { connection in
            try transaction(in: locationID, on: connection).seriesEntry(of: id)
        }
    }

    package func allSeries(
        limit: Int,
        skip: Int,
        in locationID: LocationID
    ) async throws -> Page<SeriesEntry> {
        let arguments = SQLArguments(in: locationID)
        var pageArguments = arguments
        pageArguments.append(.integer(limit), for: "limit")
        pageArguments.append(.integer(skip), for: "skip")
        return try await scan(for: locationID) { [pageArguments] connection in
            let ids = try connection.rows(SeriesStatements.page, pageArguments) { row in
                Identifier<RecurringTask>(try row.int64(0))
            }
            let total = try connection.row(SeriesStatements.count, arguments) { row in
                try row.int(0)
            }
            let transaction = self.transaction(in: locationID, on: connection)
            let beginning = try PageBeginning(of: ids, telling: unreadableRows) { id in
                try transaction.seriesEntry(of: id)
            }
            return Page(total: total ?? 0, records: beginning.records, rest: beginning.rest)
        }
    }

    package func series(
        _ ids: [Identifier<RecurringTask>],
        in locationID: LocationID
    ) async throws -> Page<SeriesEntry> {
        try await readSnapshot { connection in
            let transaction = self.transaction(in: locationID, on: connection)
            let beginning = try PageBeginning(
                of: ids,
                limit: PageBudget.recordCount,
                telling: unreadableRows
            ) { id in
                try transaction.seriesEntry(of: id)
            }
            return Page(total: ids.count, records: beginning.records, rest: beginning.rest)
        }
    }

    package func createSeries(
        _ references: References,
        under terms: SeriesTerms,
        by actor: Actor,
        at now: Timestamp,
        deciding decide:
            @escaping @Sendable (ReferenceFacts, inout IdentifierSource) throws -> ChangePlan
    ) async throws -> SeriesOutcome {
        try await change(
            in: actor.locationID,
            at: now,
            trying: terms.isTrial,
            remembering: .series
        ) { transaction, source in
            let facts = try transaction.facts(of: references, for: actor)
            let plan = try decide(facts, &source)
            let applied = try transaction.apply(
                plan,
                by: actor,
                at: now,
                tellingOfReminders: terms.reminderZones
            )
            guard let id = plan.series.first?.after.id,
                let entry = try transaction.seriesEntry(of: id)
            else { preconditionFailure("a creation makes no series") }
            let outcome = try transaction.outcome(
                of: plan,
                reaching: 0,
                for: entry,
                under: terms,
                applied
            )
            try terms.checkOutcome(outcome)
            return (outcome, plan)
        }
    }

    package func changeSeries(
        _ id: Identifier<RecurringTask>,
        seenBy viewer: Viewer,
        lookingAt slot: LocalDateTime?,
        references: References,
        under terms: SeriesTerms,
        by actor: Actor,
        at now: Timestamp,
        takingUp takeUp: @escaping FiringDecision,
        deciding decide:
            @escaping @Sendable (SeriesState, ReferenceFacts, inout IdentifierSource) throws ->
            ChangePlan
    ) async throws -> SeriesOutcome? {
        try await change(
            in: actor.locationID,
            at: now,
            trying: terms.isTrial,
            remembering: .optionalSeries
        ) { transaction, source in
            guard try transaction.sees(id, viewer), var state = try transaction.state(of: id)
            else { return (nil, nil) }
            try terms.check(state.entry)
            if state.flaws.isEmpty {
                state.clock = try transaction.takeUp(
                    state.series,
                    by: state.clock,
                    at: now,
                    numbers: &source,
                    deciding: takeUp
                )
            }
            try transaction.complete(
                &state,
                concernsTasks: terms.concernsTasks,
                lookingAt: slot
            )
            let facts = try transaction.facts(of: references, for: actor)
            let plan = try decide(state, facts, &source)
            let applied = try transaction.apply(
                plan,
                by: actor,
                at: now,
                tellingOfReminders: terms.reminderZones
            )
            var entry = state.entry
            entry.series = plan.series.first?.after ?? state.series
            entry.clock = try transaction.clock(of: id)
            entry.policyFacts = try transaction.policyFacts(for: entry.series.policies)
            let outcome = try transaction.outcome(
                of: plan,
                reaching: state.tasks.count,
                for: entry,
                under: terms,
                applied
            )
            return (outcome, plan)
        }
    }
}

extension LocationTransaction {
    /// A series that was not deleted, with its clock.
    func seriesEntry(of id: Identifier<RecurringTask>) throws -> SeriesEntry? {
        guard let series = try series(id), !series.isDeleted else { return nil }
        var entry = SeriesEntry(series: series, clock: try clock(of: id))
        entry.policyFacts = try policyFacts(for: series.policies)
        return entry
    }

    /// What came of a plan for a series.
    fileprivate func outcome(
        of plan: ChangePlan,
        reaching count: Int,
        for entry: SeriesEntry,
        under terms: SeriesTerms,
        _ applied: AppliedPlan
    ) throws -> SeriesOutcome {
        var outcome = SeriesOutcome(
            entry: entry,
            task: nil,
            effect: ChangeEffect(of: plan, reaching: count, reminding: applied.reminders),
            changeNumber: terms.isTrial ? nil : applied.changeNumber
        )
        if terms.concernsTasks {
            outcome.entry = try shown(entry)
            outcome.task = try plan.tasks.first.flatMap { try self.entry(of: $0.after.id) }
        }
        return outcome
    }

    /// What a change of a series needs to know, which was read already.
    ///
    /// - Parameters:
    ///   - entry: The series.
    ///   - concernsTasks: Whether it needs to know the tasks that have come, too.
    /// - Returns: What it needs to know.
    /// - Throws: What reading throws.
    func state(of entry: SeriesEntry, concernsTasks: Bool) throws -> SeriesState {
        var state = SeriesState(series: entry.series, clock: entry.clock)
        state.policyFacts = entry.policyFacts
        try complete(&state, concernsTasks: concernsTasks)
        return state
    }

    /// A series that was not deleted and is to be changed, as far as it can be read.
    fileprivate func state(of id: Identifier<RecurringTask>) throws -> SeriesState? {
        guard let mended = try mendedSeries(id), !mended.series.isDeleted else { return nil }
        var state = SeriesState(series: mended.series, clock: nil)
        state.flaws = mended.flaws
        // Its tasks may have words of the series.
        if !state.flaws.isEmpty { try rewrite(mended.series) }
        state.clock = try mendedClock(of: mended.series, &state.flaws)
        state.policyFacts = try policyFacts(for: mended.series.policies)
        return state
    }

    /// Adds what else a change of a series needs to know.
    fileprivate func complete(
        _ state: inout SeriesState,
        concernsTasks: Bool,
        lookingAt slot: LocalDateTime? = nil
    ) throws {
        let id = state.series.id
        switch state.series.materialization {
        case .ahead: state.tasks = try readableTasks(of: state.series, &state.flaws)
        case .whenDue: if concernsTasks { state.tasks = try tasks(of: state.series) }
        }
        if let slot {
            state.slotIsTaken = try hasTask(Slot(seriesID: id, recurrenceID: slot))
        }
    }
}

extension SeriesState {
    /// The series as it is read.
    fileprivate var entry: SeriesEntry {
        var entry = SeriesEntry(series: series, clock: clock)
        entry.policyFacts = policyFacts
        return entry
    }
}
