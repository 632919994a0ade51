package import Recurrence

/// The commands on tasks: read, create, update and delete, for a viewer or an actor, at a given
/// time.
///
/// Dialects call them.
package struct TaskCommands<Store: TaskStore, Zones: ZoneSource>: Sendable {
    private let store: Store
    let zones: Zones
    let horizon: Horizon
    private let catchUp: CatchUp

    /// Creates the commands.
    ///
    /// - Parameters:
    ///   - store: Where tasks are kept.
    ///   - zones: Where zones are found.
    ///   - horizon: How far ahead the tasks of series are made.
    ///   - catchUp: What the series that are created do about occurrences that came while no server
    ///     ran.
    package init(
        store: Store,
        zones: Zones,
        horizon: Horizon = Horizon(),
        catchUp: CatchUp = .all
    ) {
        self.store = store
        self.zones = zones
        self.horizon = horizon
        self.catchUp = catchUp
    }

    /// The tasks that a query asks for.
    ///
    /// If the query asks for due times later than what is stored, the series that it can concern
    /// are first materialized that far, within ``Horizon``'s limits.
    ///
    /// - Throws: ``LookAheadUnfinished`` if one query may not make so many tasks. The tasks that it
    ///   made are kept. ``LookAheadRefused`` if they may not be made at all. What the store throws.
    package func tasks(
        _ query: Query<TaskField>,
        seenBy viewer: Viewer,
        in locationID: LocationID,
        at now: Timestamp
    ) async throws -> Page<TaskEntry> {
        try await lookAhead(for: query.predicate, seenBy: viewer, in: locationID, at: now)
        return try await store.tasks(query, seenBy: viewer, in: locationID)
    }

    /// Materializes the series that a query can concern as far as it looks beyond what is stored,
    /// within ``Horizon``'s limits.
    ///
    /// - Throws: ``LookAheadUnfinished`` if one query may not make so many tasks. The tasks that it
    ///   made are kept. ``LookAheadRefused`` if they may not be made at all. What the store throws.
    package func lookAhead(
        for predicate: Predicate<TaskField>,
        seenBy viewer: Viewer,
        in locationID: LocationID,
        at now: Timestamp
    ) async throws {
        guard let bound = predicate.latestDueAt, bound > now else { return }
        let series = try await store.seriesWithOccurrences(
            upTo: min(bound, now.advanced(by: Horizon.lookAheadLimit)),
            seenBy: viewer,
            in: locationID
        )
        try await materialize(series, lookingAt: bound, at: now)
    }

    /// Tasks by their identifiers, in that order, as many as are read at once.
    ///
    /// Tasks that do not satisfy the predicate any more are left out.
    package func tasks(
        _ ids: [Identifier<TaskInstance>],
        where predicate: Predicate<TaskField>,
        seenBy viewer: Viewer,
        in locationID: LocationID
    ) async throws -> Page<TaskEntry> {
        try await store.tasks(ids, where: predicate, seenBy: viewer, in: locationID)
    }

    /// One task, if the viewer may see it and it satisfies the predicate.
    ///
    /// - Throws: ``TaskRefusal/notFound``.
    package func task(
        _ id: Identifier<TaskInstance>,
        where predicate: Predicate<TaskField>,
        seenBy viewer: Viewer,
        in locationID: LocationID
    ) async throws -> TaskEntry {
        let entry = try await store.task(id, where: predicate, seenBy: viewer, in: locationID)
        guard let entry else { throw TaskRefusal.notFound }
        return entry
    }

    /// The origins of tasks that a query asks for.
    package func origins(
        _ query: Query<OriginField>,
        seenBy viewer: Viewer,
        in locationID: LocationID
    ) async throws -> Page<TaskOrigin> {
        try await store.origins(query, seenBy: viewer, in: locationID)
    }

    /// Creates a task, or a series and its tasks within the horizon; or only tries it.
    ///
    /// - Returns: What came of it, with the task, or the first of the series.
    /// - Throws: ``TaskRefusal``.
    package func create(
        _ draft: TaskDraft,
        under terms: WriteTerms = WriteTerms(),
        by actor: Actor,
        at now: Timestamp
    ) async throws -> WriteOutcome {
        let planner = planner(at: now, for: actor)
        let references = draft.references
        return try await store.create(references, under: terms, by: actor, at: now) {
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

    /// Changes a task, or it and those that follow it, or all of its series; or only tries it.
    ///
    /// - Throws: ``TaskRefusal``, or what the terms throw.
    package func update(
        _ id: Identifier<TaskInstance>,
        where predicate: Predicate<TaskField> = .all([]),
        with edit: TaskEdit,
        extent: Extent,
        overrides: OverridePolicy = .drop,
        seenBy viewer: Viewer,
        under terms: WriteTerms = WriteTerms(),
        by actor: Actor,
        at now: Timestamp
    ) async throws -> WriteOutcome {
        let planner = planner(at: now, for: actor)
        let outcome = try await store.change(
            id,
            where: predicate,
            seenBy: viewer.lookingForTasksToChange,
            extent: extent,
            references: edit.references,
            under: terms,
            by: actor,
            at: now,
            takingUp: DueSeriesPlanner(now: now).decision(in: zones)
        ) { [zones] snapshot, facts, numbers in
            try snapshot.check(viewer)
            try ReferenceVerdict(on: facts, for: actor)
                .ignoring(edit, unchangedIn: snapshot.task.template)
                .check()
            switch extent {
            case .thisOne:
                let zone = try snapshot.zone(
                    among: zones,
                    isNeeded: snapshot.begins(edit) || snapshot.isChain
                )
                return try planner.goingOn(
                    planner.plan(updating: snapshot, with: edit, zone: zone, numbers: &numbers),
                    after: snapshot,
                    zone: zone,
                    numbers: &numbers
                )
            case .thisAndFollowing, .all:
                try snapshot.flaws.check()
                return try planner.plan(
                    updatingFollowing: snapshot,
                    with: edit,
                    overrides: overrides,
                    extent: extent,
                    zone: snapshot.zone(among: zones, isNeeded: true),
                    numbers: &numbers
                )
            }
        }
        guard let outcome else { throw TaskRefusal.notFound }
        return outcome
    }

    /// Deletes a task, or the task and those that follow it in its series, or the whole series; or
    /// only tries it.
    ///
    /// What is deleted stays readable. Deleting again changes nothing.
    ///
    /// - Throws: ``TaskRefusal``, or what the terms throw.
    package func delete(
        _ id: Identifier<TaskInstance>,
        where predicate: Predicate<TaskField> = .all([]),
        extent: Extent,
        seenBy viewer: Viewer,
        under terms: WriteTerms = WriteTerms(),
        by actor: Actor,
        at now: Timestamp
    ) async throws -> WriteOutcome {
        let planner = planner(at: now, for: actor)
        let outcome = try await store.change(
            id,
            where: predicate,
            seenBy: viewer.lookingForTasksToChange,
            extent: extent,
            references: References(),
            under: terms,
            by: actor,
            at: now,
            takingUp: DueSeriesPlanner(now: now).decision(in: zones)
        ) { [zones] snapshot, _, numbers in
            try snapshot.check(viewer)
            if extent == .thisAndFollowing { try snapshot.flaws.check() }
            let zone = try snapshot.zone(
                among: zones,
                isNeeded: extent == .thisAndFollowing || snapshot.isChain
            )
            let plan = planner.plan(deleting: snapshot, extent: extent, zone: zone)
            guard extent == .thisOne else { return plan }
            return try planner.goingOn(plan, after: snapshot, zone: zone, numbers: &numbers)
        }
        guard let outcome else { throw TaskRefusal.notFound }
        return outcome
    }

    private func planner(at now: Timestamp, for actor: Actor) -> TaskPlanner {
        TaskPlanner(horizon: horizon, catchUp: catchUp, now: now, by: actor.userID)
    }

    /// Materializes series as far as a reader looks, in transactions of bounded size.
    private func materialize(
        _ series: [SeriesAddress],
        lookingAt bound: Timestamp,
        at now: Timestamp
    ) async throws {
        var left = Horizon.queryLimit
        for address in series {
            var isFinished = false
            while !isFinished {
                guard left > 0 else { throw LookAheadUnfinished() }
                let limit = min(left, Horizon.lookAheadStep)
                let ahead = LookAhead(bound: bound, limit: limit)
                let made = try await materialize(address, lookingAt: ahead, at: now)
                left -= made
                // If the location may not make more, the next step is refused; so one has to follow.
                isFinished = made == 0 || (made < limit && address != series.last)
            }
        }
    }

    /// Moves the horizon of a series.
    ///
    /// - Parameters:
    ///   - address: The series. Nothing happens if it has no clock any more.
    ///   - ahead: How far a reader looks; none if the horizon moves by itself.
    ///   - now: The time.
    /// - Returns: How many tasks were made.
    /// - Throws: What the store throws, or ``UnknownZone`` if the series' zone does not exist any
    ///   more.
    @discardableResult
    package func materialize(
        _ address: SeriesAddress,
        lookingAt ahead: LookAhead? = nil,
        at now: Timestamp
    ) async throws -> Int {
        let planner = TaskPlanner(horizon: horizon, catchUp: catchUp, now: now)
        return try await store.materialize(
            address,
            on: ahead == nil ? .comingDue : .lookingAhead,
            at: now
        ) { [zones] entry, clock, allowance, numbers in
            var ahead = ahead
            if let look = ahead {
                // Where nothing is to be made, it does not matter how much may be.
                guard let nextAt = clock.nextAt, nextAt <= look.bound else {
                    return ChangePlan(.materialized)
                }
                ahead?.limit = min(look.limit, try allowance())
            }
            return try planner.plan(
                materializing: entry.series,
                after: clock,
                zone: zones.zone(named: entry.series.timeZone),
                knowing: entry.policyFacts,
                lookingAt: ahead,
                numbers: &numbers
            )
        }
    }
}

extension Viewer {
    /// Whose tasks the store looks among for one to change.
    ///
    /// A user who did not make a task may be told so, so that the task has to be found first.
    fileprivate var lookingForTasksToChange: Viewer {
        switch self {
        case .creator, .wholeLocation: .wholeLocation
        case .colleague: self
        }
    }
}
