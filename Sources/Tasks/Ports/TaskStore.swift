package import Recurrence

/// Where tasks and series are kept, for the dialects and the horizon.
///
/// Every write is one transaction inside one location. It loads what the command needs, lets the
/// domain decide, carries the plan out, gives the change a number and appends it to the location's
/// log. A write that was acknowledged is durable.
package protocol TaskStore: KeptAnswerStore {
    /// The tasks that a viewer may see and a query asks for.
    ///
    /// - Throws: ``QueryTooCostly``, or ``StoreUnavailable``.
    func tasks(
        _ query: Query<TaskField>,
        seenBy viewer: Viewer,
        in locationID: LocationID
    ) async throws -> Page<TaskEntry>

    /// Tasks by their identifiers, in that order, as many as are read at once.
    ///
    /// Tasks that do not satisfy the predicate any more are left out.
    func tasks(
        _ ids: [Identifier<TaskInstance>],
        where predicate: Predicate<TaskField>,
        seenBy viewer: Viewer,
        in locationID: LocationID
    ) async throws -> Page<TaskEntry>

    /// One task, if the viewer may see it and it satisfies the predicate.
    func task(
        _ id: Identifier<TaskInstance>,
        where predicate: Predicate<TaskField>,
        seenBy viewer: Viewer,
        in locationID: LocationID
    ) async throws -> TaskEntry?

    /// The origins of tasks that a viewer may see and a query asks for.
    ///
    /// - Throws: ``QueryTooCostly``, or ``StoreUnavailable``.
    func origins(
        _ query: Query<OriginField>,
        seenBy viewer: Viewer,
        in locationID: LocationID
    ) async throws -> Page<TaskOrigin>

    /// Creates what a command decides, after checking what it refers to.
    ///
    /// - Returns: The task that the plan names first, as it is read afterwards.
    func create(
        _ references: References,
        under terms: WriteTerms,
        by actor: Actor,
        at now: Timestamp,
        deciding decide:
            @escaping @Sendable (ReferenceFacts, inout IdentifierSource) throws -> ChangePlan
    ) async throws -> WriteOutcome

    /// Changes a task, and as much of its series as the extent says, as a command decides.
    ///
    /// If the extent reaches beyond the task, the occurrences of its series that have come are taken
    /// up first, as if the scheduler had been in time.
    ///
    /// - Returns: The addressed task as it is read afterwards. None if the viewer sees no such task
    ///   in the location, or if it does not satisfy the predicate; then `decide` is not called.
    func change(
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
    ) async throws -> WriteOutcome?

    /// Moves the horizon of a series as the domain decides.
    ///
    /// If the series has no clock, `decide` is not called.
    ///
    /// - Parameters:
    ///   - address: The series.
    ///   - occasion: Why its tasks are made.
    ///   - now: The time.
    ///   - decide: Decides what is made. It is given a closure that tells how many tasks the
    ///     location may make, which is above 0, and throws if it may make none.
    /// - Returns: How many tasks were made.
    /// - Throws: What the location's quotas and the closure throw.
    func materialize(
        _ address: SeriesAddress,
        on occasion: MakingOccasion,
        at now: Timestamp,
        deciding decide:
            @escaping @Sendable (
                SeriesEntry, SeriesClock, () throws -> Int, inout IdentifierSource
            ) throws -> ChangePlan
    ) async throws -> Int

    /// The series that make their tasks ahead and have an occurrence up to a time whose task is not
    /// stored yet.
    func seriesWithOccurrences(
        upTo bound: Timestamp,
        seenBy viewer: Viewer,
        in locationID: LocationID
    ) async throws -> [SeriesAddress]
}

/// What came of a command about a task.
package struct WriteOutcome: Sendable {
    /// The addressed task, as it is read afterwards.
    package var entry: TaskEntry
    package var effect: ChangeEffect
    /// The number of the change in the location's log; none if nothing changed, or if the command
    /// was only tried.
    package var changeNumber: Int64?

    package init(entry: TaskEntry, effect: ChangeEffect, changeNumber: Int64?) {
        self.entry = entry
        self.effect = effect
        self.changeNumber = changeNumber
    }
}
