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
    func allSeries(
        limit: Int,
        skip: Int,
        in locationID: LocationID
    ) async throws -> Page<SeriesEntry>

    /// Creates the series that a command decides, after checking what it refers to.
    func createSeries(
        _ references: References,
        by actor: Actor,
        at now: Timestamp,
        deciding decide:
            @escaping @Sendable (ReferenceFacts, inout IdentifierSource) throws -> ChangePlan
    ) async throws -> SeriesEntry

    /// Changes a series as a command decides.
    ///
    /// The occurrences that have come are taken up first, as if the scheduler had been in time.
    ///
    /// - Parameters:
    ///   - id: The series.
    ///   - slot: An occurrence. The command wants to know whether it has tasks.
    ///   - references: The records that the command refers to.
    ///   - actor: Who changes the series, and where.
    ///   - now: The time.
    ///   - takeUp: Decides what is made of the occurrences that have come.
    ///   - decide: Decides the change.
    /// - Returns: The series after the change; none if there is no such series or it was deleted.
    /// - Throws: What the closure throws.
    func changeSeries(
        _ id: Identifier<RecurringTask>,
        lookingAt slot: LocalDateTime?,
        references: References,
        by actor: Actor,
        at now: Timestamp,
        takingUp takeUp: @escaping FiringDecision,
        deciding decide:
            @escaping @Sendable (SeriesState, ReferenceFacts, inout IdentifierSource) throws ->
            ChangePlan
    ) async throws -> SeriesEntry?
}

/// A series as it is read.
package struct SeriesEntry: Hashable, Sendable {
    package var series: RecurringTask
    package var clock: SeriesClock?

    package init(series: RecurringTask, clock: SeriesClock?) {
        self.series = series
        self.clock = clock
    }
}
