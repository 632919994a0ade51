package import Recurrence

extension SeriesCommands {
    /// Creates a series, and its tasks within the horizon if it makes them ahead.
    ///
    /// - Throws: ``TaskRefusal``, or ``PolicyConflicts``.
    package func create(
        _ draft: TaskDraft,
        horizon: Horizon,
        under terms: SeriesTerms,
        by actor: Actor,
        at now: Timestamp
    ) async throws -> SeriesOutcome {
        precondition(draft.rule != nil, "a series has a rule")
        var terms = terms
        terms.concernsTasks = true
        let planner = TaskPlanner(horizon: horizon, now: now)
        return try await store.createSeries(draft.references, under: terms, by: actor, at: now) {
            facts,
            numbers in
            try ReferenceVerdict(on: facts, for: actor).check()
            return try planner.plan(
                creating: draft,
                by: actor.userID,
                knowing: facts.policyFacts,
                numbers: &numbers
            )
        }
    }

    /// Changes a series, and its tasks that are still to come.
    ///
    /// - Parameters:
    ///   - id: The series.
    ///   - overrides: What becomes of what tasks have of their own.
    ///   - references: The records that the change refers to.
    ///   - horizon: How far ahead its tasks are stored.
    ///   - viewer: Who has to see it.
    ///   - terms: On which terms it is changed.
    ///   - actor: Who changes it.
    ///   - now: The time.
    ///   - change: The series as it is to be.
    /// - Returns: What came of it.
    /// - Throws: ``TaskRefusal``, ``PolicyConflicts``, or what the terms and the closure throw.
    package func revise(
        _ id: Identifier<RecurringTask>,
        overrides: OverridePolicy = .keep,
        references: References = References(),
        horizon: Horizon,
        seenBy viewer: Viewer,
        under terms: SeriesTerms,
        by actor: Actor,
        at now: Timestamp,
        to change: @escaping @Sendable (RecurringTask) throws -> RecurringTask
    ) async throws -> SeriesOutcome {
        let planner = TaskPlanner(horizon: horizon, now: now)
        var terms = terms
        terms.concernsTasks = true
        let outcome = try await store.changeSeries(
            id,
            seenBy: viewer,
            lookingAt: nil,
            references: references,
            under: terms,
            by: actor,
            at: now,
            takingUp: DueSeriesPlanner(now: now).decision(in: zones)
        ) { [zones] state, facts, numbers in
            let changed = try change(state.series)
            try changed.checkReferences(on: facts, for: actor, after: state.series)
            try changed.checkPolicies()
            var state = state
            state.policyFacts = state.policyFacts.merging(facts.policyFacts)
            return try planner.plan(
                changing: state,
                to: changed,
                overrides: overrides,
                zones: (
                    zones.zone(named: state.series.timeZone), zones.zone(named: changed.timeZone)
                ),
                numbers: &numbers
            )
        }
        guard let outcome else { throw TaskRefusal.notFound }
        return outcome
    }

    /// Deletes a series with its tasks that are still to come.
    ///
    /// - Throws: ``TaskRefusal/notFound``, also where it was deleted before, or what the terms throw.
    package func delete(
        _ id: Identifier<RecurringTask>,
        seenBy viewer: Viewer,
        under terms: SeriesTerms,
        by actor: Actor,
        at now: Timestamp
    ) async throws -> SeriesOutcome {
        let planner = DueSeriesPlanner(now: now)
        let outcome = try await store.changeSeries(
            id,
            seenBy: viewer,
            lookingAt: nil,
            references: References(),
            under: terms,
            by: actor,
            at: now,
            takingUp: planner.decisionIfZoneIsKnown(in: zones)
        ) { state, _, _ in planner.plan(deleting: state) }
        guard let outcome else { throw TaskRefusal.notFound }
        return outcome
    }
}

extension RecurringTask {
    /// Refuses references that may not be used, but none that the series has had before.
    fileprivate func checkReferences(
        on facts: ReferenceFacts,
        for actor: Actor,
        after former: RecurringTask
    ) throws {
        let edit = TaskEdit(
            assigneeID: .set(template.assigneeID),
            contactID: .set(template.contactID),
            categoryID: .set(template.categoryID)
        )
        var verdict = ReferenceVerdict(on: facts, for: actor)
            .ignoring(edit, unchangedIn: former.template)
        if policies.rotation?.userIDs == former.policies.rotation?.userIDs {
            verdict.rotationIsAllowed = true
        }
        try verdict.check()
    }
}
