package import Recurrence

/// Where series are kept, for commands that address them by their own numbers.
///
/// Writes follow the same promises as those of ``TaskStore``.
package protocol SeriesStore: Sendable {
    /// A series that was not deleted.
    func series(
        _ id: Identifier<RecurringTask>,
        in locationID: LocationID
    ) async throws -> SeriesEntry?

    /// One page of a location's series that were not deleted, the oldest first.
    ///
    /// - Throws: ``QueryTooCostly``, or ``StoreUnavailable``.
    func allSeries(
        limit: Int,
        skip: Int,
        in locationID: LocationID
    ) async throws -> Page<SeriesEntry>

    /// Series by their identifiers, in that order, as many as are read at once.
    ///
    /// Deleted series are left out.
    func series(
        _ ids: [Identifier<RecurringTask>],
        in locationID: LocationID
    ) async throws -> Page<SeriesEntry>

    /// Creates the series that a command decides, after checking what it refers to.
    func createSeries(
        _ references: References,
        under terms: SeriesTerms,
        by actor: Actor,
        at now: Timestamp,
        deciding decide:
            @escaping @Sendable (ReferenceFacts, inout IdentifierSource) throws -> ChangePlan
    ) async throws -> SeriesOutcome

    /// Changes a series as a command decides.
    ///
    /// The occurrences that have come are taken up first, as if the scheduler had been in time.
    ///
    /// - Parameters:
    ///   - id: The series.
    ///   - viewer: Who has to see it.
    ///   - slot: An occurrence. The command wants to know whether it has tasks.
    ///   - references: The records that the command refers to.
    ///   - terms: On which terms the series is changed.
    ///   - actor: Who changes the series, and where.
    ///   - now: The time.
    ///   - takeUp: Decides what is made of the occurrences that have come.
    ///   - decide: Decides the change.
    /// - Returns: The series after the change; none if there is no such series or it was deleted.
    /// - Throws: What the closure throws.
    func changeSeries(
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
    ) async throws -> SeriesOutcome?
}

/// On which terms a series is changed; see ``WriteTerms``.
package struct SeriesTerms: Sendable {
    package var isTrial: Bool
    /// Whether the command looks at the tasks that have come, too, and what came of it tells of the
    /// series' tasks in numbers.
    ///
    /// Otherwise a command about a series that makes its tasks when their occurrences come is not
    /// told of those, of which there may be many.
    package var concernsTasks = false
    /// The zones by which the effect tells of reminders; it tells nothing of them where there are none.
    package var reminderZones: (any ZoneSource)?
    /// Refuses a series as it is stored, before anything is decided.
    package var check: @Sendable (SeriesEntry) throws -> Void
    /// Refuses what comes of a creation, before it is stored.
    package var checkOutcome: @Sendable (SeriesOutcome) throws -> Void = { _ in }

    package init(
        isTrial: Bool = false,
        reminderZones: (any ZoneSource)? = nil,
        check: @escaping @Sendable (SeriesEntry) throws -> Void = { _ in }
    ) {
        self.isTrial = isTrial
        self.reminderZones = reminderZones
        self.check = check
    }
}

/// What came of a command about a series.
package struct SeriesOutcome: Sendable {
    /// The series after it.
    package var entry: SeriesEntry
    /// The first of the tasks that the command made or changed.
    package var task: TaskEntry?
    package var effect: ChangeEffect
    /// The number of the change in the location's log; none if nothing changed, or if the command
    /// was only tried.
    package var changeNumber: Int64?

    package init(
        entry: SeriesEntry,
        task: TaskEntry?,
        effect: ChangeEffect,
        changeNumber: Int64?
    ) {
        self.entry = entry
        self.task = task
        self.effect = effect
        self.changeNumber = changeNumber
    }
}

extension SeriesStore {
    /// Changes a series on no further terms.
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
        try await changeSeries(
            id,
            seenBy: .wholeLocation,
            lookingAt: slot,
            references: references,
            under: SeriesTerms(),
            by: actor,
            at: now,
            takingUp: takeUp,
            deciding: decide
        )?.entry
    }
}

/// A series as it is read.
package struct SeriesEntry: Hashable, Sendable {
    package var series: RecurringTask
    package var clock: SeriesClock?
    /// What its policies need to know.
    package var policyFacts = PolicyFacts()
    /// Its tasks in numbers, where they were counted.
    package var tally: SeriesTally?
    /// Why nobody works on it, if it is set aside.
    package var setAsideReason: String?

    package init(series: RecurringTask, clock: SeriesClock?) {
        self.series = series
        self.clock = clock
    }
}

/// The tasks of a series in numbers.
package struct SeriesTally: Hashable, Sendable {
    /// Its stored tasks, without those that were deleted.
    package var made = 0
    package var open = 0
    package var completed = 0
    /// Those that were deleted, by somebody or because a policy leaves them out.
    package var skipped = 0

    package init() {}
}

extension SeriesEntry: Identifiable {
    package var id: Identifier<RecurringTask> { series.id }
}
