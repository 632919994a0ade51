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
            let applied = try transaction.apply(plan, by: actor, at: now)
            guard let id = plan.series.first?.after.id,
                let entry = try transaction.seriesEntry(of: id)
            else { preconditionFailure("a creation makes no series") }
            let outcome = try transaction.outcome(
                of: plan,
                reaching: 0,
                for: entry,
                under: terms,
                applied.changeNumber
            )
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
            guard try transaction.sees(id, viewer), var entry = try transaction.seriesEntry(of: id)
            else { return (nil, nil) }
            try terms.check(entry)
            entry.clock = try transaction.takeUp(
                entry.series,
                by: entry.clock,
                at: now,
                numbers: &source,
                deciding: takeUp
            )
            let state = try transaction.state(
                of: entry,
                concernsTasks: terms.concernsTasks,
                lookingAt: slot
            )
            let facts = try transaction.facts(of: references, for: actor)
            let plan = try decide(state, facts, &source)
            let applied = try transaction.apply(plan, by: actor, at: now)
            entry.series = plan.series.first?.after ?? state.series
            entry.clock = try transaction.clock(of: id)
            entry.policyFacts = try transaction.policyFacts(for: entry.series.policies)
            let outcome = try transaction.outcome(
                of: plan,
                reaching: state.tasks.count,
                for: entry,
                under: terms,
                applied.changeNumber
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
        _ changeNumber: Int64?
    ) throws -> SeriesOutcome {
        var outcome = SeriesOutcome(
            entry: entry,
            task: nil,
            effect: ChangeEffect(of: plan, reaching: count),
            changeNumber: terms.isTrial ? nil : changeNumber
        )
        if terms.concernsTasks {
            outcome.entry = try shown(entry)
            outcome.task = try plan.tasks.first.flatMap { try self.entry(of: $0.after.id) }
        }
        return outcome
    }

    /// What a change of a series needs to know.
    ///
    /// - Parameters:
    ///   - entry: The series.
    ///   - concernsTasks: Whether it needs to know the tasks that have come, too.
    ///   - slot: An occurrence of which it needs to know whether it has tasks.
    /// - Returns: What it needs to know.
    /// - Throws: What reading throws.
    func state(
        of entry: SeriesEntry,
        concernsTasks: Bool,
        lookingAt slot: LocalDateTime? = nil
    ) throws -> SeriesState {
        let id = entry.series.id
        var state = SeriesState(series: entry.series, clock: entry.clock)
        switch entry.series.materialization {
        case .ahead: state.tasks = try tasks(of: id)
        case .whenDue: if concernsTasks { state.tasks = try tasks(of: id) }
        }
        state.policyFacts = entry.policyFacts
        if let slot {
            state.slotIsTaken = try hasTask(Slot(seriesID: id, recurrenceID: slot))
        }
        return state
    }
}
