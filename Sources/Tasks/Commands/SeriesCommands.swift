package import Recurrence

/// The commands on series that are addressed by their own numbers; dialects call them.
package struct SeriesCommands<Store: SeriesStore, Zones: ZoneSource>: Sendable {
    let store: Store
    let zones: Zones
    private let catchUp: CatchUp

    /// Creates the commands.
    ///
    /// - Parameters:
    ///   - store: Where series are kept.
    ///   - zones: Where zones are found.
    ///   - catchUp: What a series does about occurrences that came while no server ran. It is set
    ///     in new series, and in series that get a schedule of this kind for the first time.
    package init(store: Store, zones: Zones, catchUp: CatchUp = .latest) {
        self.store = store
        self.zones = zones
        self.catchUp = catchUp
    }

    /// One series, if it was not deleted.
    ///
    /// - Throws: ``TaskRefusal/notFound``.
    package func series(
        _ id: Identifier<RecurringTask>,
        in locationID: LocationID
    ) async throws -> SeriesEntry {
        guard let entry = try await store.series(id, in: locationID) else {
            throw TaskRefusal.notFound
        }
        return entry
    }

    /// One page of a location's series that were not deleted, the oldest first.
    package func allSeries(
        limit: Int,
        skip: Int,
        in locationID: LocationID
    ) async throws -> Page<SeriesEntry> {
        try await store.allSeries(limit: limit, skip: skip, in: locationID)
    }

    /// Series of a page by their identifiers, in that order, as many as are read at once.
    package func series(
        _ ids: [Identifier<RecurringTask>],
        in locationID: LocationID
    ) async throws -> Page<SeriesEntry> {
        try await store.series(ids, in: locationID)
    }

    /// Creates a series, and the tasks of its first occurrence if the draft says so.
    ///
    /// - Throws: ``TaskRefusal/unusableReferences(_:)``.
    package func create(
        _ draft: SeriesDraft,
        by actor: Actor,
        at now: Timestamp
    ) async throws -> SeriesEntry {
        let planner = DueSeriesPlanner(now: now)
        let references = References(assigneeIDs: draft.ownerIDs, contactIDs: draft.contactIDs)
        return try await store.createSeries(references, under: SeriesTerms(), by: actor, at: now) {
            [catchUp] facts, numbers in
            try ReferenceVerdict(on: facts, for: actor).check()
            return try planner.plan(
                creating: draft,
                catchUp: catchUp,
                by: actor.userID,
                numbers: &numbers
            )
        }.entry
    }

    /// Changes a series, unless the check refuses it as it is stored, once what has come of it is made.
    ///
    /// - Throws: ``TaskRefusal``.
    package func update(
        _ id: Identifier<RecurringTask>,
        with edit: SeriesEdit,
        checking check: @escaping @Sendable (SeriesEntry) throws -> Void = { _ in },
        by actor: Actor,
        at now: Timestamp
    ) async throws -> SeriesEntry {
        let planner = DueSeriesPlanner(now: now)
        var slot: LocalDateTime?
        var takeUp = planner.decision(in: zones)
        if case .set(let recurrence) = edit.recurrence {
            slot = recurrence.start.local
            takeUp = planner.decisionIfZoneIsKnown(in: zones)
        }
        let entry = try await store.changeSeries(
            id,
            lookingAt: slot,
            references: edit.references,
            by: actor,
            at: now,
            takingUp: takeUp
        ) { [zones, catchUp] state, facts, numbers in
            try check(SeriesEntry(series: state.series, clock: state.clock))
            try ReferenceVerdict(on: facts, for: actor).check()
            return try planner.plan(
                updating: state,
                with: edit,
                zone: edit.zone(before: state, among: zones),
                catchUp: catchUp,
                numbers: &numbers
            )
        }
        guard let entry else { throw TaskRefusal.notFound }
        return entry
    }

    /// Deletes a series: no more occurrences make tasks, and the tasks that were made stay.
    ///
    /// A series that nobody can read can be deleted, too, and one whose zone is gone.
    ///
    /// - Throws: ``TaskRefusal/notFound``, also where the series was deleted before.
    package func delete(
        _ id: Identifier<RecurringTask>,
        checking check: @escaping @Sendable (SeriesEntry) throws -> Void = { _ in },
        by actor: Actor,
        at now: Timestamp
    ) async throws {
        let planner = DueSeriesPlanner(now: now)
        let entry = try await store.changeSeries(
            id,
            lookingAt: nil,
            references: References(),
            by: actor,
            at: now,
            takingUp: planner.decisionIfZoneIsKnown(in: zones)
        ) { state, _, _ in
            try check(SeriesEntry(series: state.series, clock: state.clock))
            return planner.plan(deleting: state)
        }
        guard entry != nil else { throw TaskRefusal.notFound }
    }

    /// Lets a series go on that was set aside or stopped otherwise.
    ///
    /// What it does about the occurrences that came meanwhile, its catch-up policy says. Nothing
    /// changes if the series is not stopped, or has no more occurrences.
    ///
    /// - Returns: The series after that.
    /// - Throws: ``TaskRefusal/notFound``; `UnknownZone` if its zone cannot be read; ``SeriesFlaws``
    ///   if what is stored of it is still unreadable.
    package func resume(
        _ id: Identifier<RecurringTask>,
        in locationID: LocationID,
        at now: Timestamp
    ) async throws -> SeriesEntry {
        let planner = DueSeriesPlanner(now: now)
        // A series that is not stopped has its turns.
        let leaveToScheduler: FiringDecision = { _, _ in ChangePlan(.materialized) }
        let entry = try await store.changeSeries(
            id,
            lookingAt: nil,
            references: References(),
            by: Actor(locationID: locationID, userID: nil),
            at: now,
            takingUp: leaveToScheduler
        ) { [zones] state, _, _ in
            guard state.flaws.isEmpty else { throw state.flaws }
            return planner.plan(
                resuming: state,
                zone: try zones.zone(named: state.series.timeZone)
            )
        }
        guard let entry else { throw TaskRefusal.notFound }
        return entry
    }

    /// How many occurrences of a series were carried out by now.
    ///
    /// - Throws: `UnknownZone` if the series' zone does not exist any more.
    package func occurrenceCount(of entry: SeriesEntry, at now: Timestamp) throws -> Int {
        let series = entry.series
        switch series.materialization {
        case .ahead:
            return series.occurrenceCount(at: now, in: try zones.zone(named: series.timeZone))
        case .whenDue: return entry.clock?.occurrenceCount ?? 0
        }
    }
}

extension SeriesEdit {
    /// The zone of a series' present schedule; none if it is not known and the schedule is replaced.
    fileprivate func zone(
        before state: SeriesState,
        among zones: some ZoneSource
    ) throws(UnknownZone) -> Zone? {
        do throws(UnknownZone) {
            return try zones.zone(named: state.series.timeZone)
        } catch {
            if recurrence == .keep { throw error }
            return nil
        }
    }
}

extension RecurringTask {
    /// How many occurrences of a series that makes its tasks ahead have come by now.
    func occurrenceCount(at now: Timestamp, in zone: Zone) -> Int {
        guard let set = occurrences(in: zone) else { return 1 }
        guard let last = set.previous(before: now, inclusive: true) else { return 0 }
        return (set.ordinal(of: last.recurrenceID) ?? -1) + 1
    }
}
