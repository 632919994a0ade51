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
        by actor: Actor,
        at now: Timestamp,
        deciding decide:
            @escaping @Sendable (ReferenceFacts, inout IdentifierSource) throws -> ChangePlan
    ) async throws -> SeriesEntry {
        try await change(in: actor.locationID, at: now) { transaction, source in
            let facts = try transaction.facts(of: references, for: actor)
            let plan = try decide(facts, &source)
            try transaction.carryOut(plan, by: actor.userID, at: now)
            guard let id = plan.series.first?.after.id,
                let entry = try transaction.seriesEntry(of: id)
            else { preconditionFailure("a creation makes no series") }
            return (entry, plan)
        }
    }

    package func changeSeries(
        _ id: Identifier<RecurringTask>,
        lookingAt slot: LocalDateTime?,
        references: References,
        by actor: Actor,
        at now: Timestamp,
        takingUp takeUp: @escaping FiringDecision,
        deciding decide:
            @escaping @Sendable (SeriesState, ReferenceFacts, inout IdentifierSource) throws ->
            ChangePlan
    ) async throws -> SeriesEntry? {
        try await change(in: actor.locationID, at: now) { transaction, source in
            guard var state = try transaction.state(of: id) else { return (nil, nil) }
            if state.flaws.isEmpty {
                state.clock = try transaction.takeUp(
                    state.series,
                    by: state.clock,
                    at: now,
                    numbers: &source,
                    deciding: takeUp
                )
            }
            try transaction.complete(&state, lookingAt: slot)
            let facts = try transaction.facts(of: references, for: actor)
            let plan = try decide(state, facts, &source)
            try transaction.carryOut(plan, by: actor.userID, at: now)
            let series = plan.series.first?.after ?? state.series
            return (SeriesEntry(series: series, clock: try transaction.clock(of: id)), plan)
        }
    }
}

extension LocationTransaction {
    /// A series that was not deleted, with its clock.
    func seriesEntry(of id: Identifier<RecurringTask>) throws -> SeriesEntry? {
        guard let series = try series(id), !series.isDeleted else { return nil }
        return SeriesEntry(series: series, clock: try clock(of: id))
    }

    /// A series that was not deleted and is to be changed, as far as it can be read.
    fileprivate func state(of id: Identifier<RecurringTask>) throws -> SeriesState? {
        guard let mended = try mendedSeries(id), !mended.series.isDeleted else { return nil }
        var state = SeriesState(series: mended.series, clock: nil)
        state.flaws = mended.flaws
        // Its tasks may have words of the series.
        if !state.flaws.isEmpty { try rewrite(mended.series) }
        state.clock = try mendedClock(of: mended.series, &state.flaws)
        return state
    }

    /// Adds what else a change of a series needs to know.
    fileprivate func complete(
        _ state: inout SeriesState,
        lookingAt slot: LocalDateTime?
    ) throws {
        let id = state.series.id
        switch state.series.materialization {
        case .ahead: state.tasks = try readableTasks(of: id, &state.flaws)
        case .whenDue: break
        }
        if let slot {
            state.slotIsTaken = try hasTask(Slot(seriesID: id, recurrenceID: slot))
        }
    }
}
