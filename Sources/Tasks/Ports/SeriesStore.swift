package import Recurrence

/// Where series are kept, as it is needed by who addresses them by their own numbers.
///
/// Writes are as ``TaskStore`` says.
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
    /// - Parameters:
    ///   - id: The series.
    ///   - slot: An occurrence of which the command wants to know whether it has tasks.
    ///   - references: What the command points at.
    ///   - actor: Who changes the series, and where.
    ///   - now: The time.
    ///   - decide: What the change is.
    /// - Returns: The series afterwards; none where there is no such series, or no more.
    /// - Throws: What the closure throws.
    func changeSeries(
        _ id: Identifier<RecurringTask>,
        lookingAt slot: LocalDateTime?,
        references: References,
        by actor: Actor,
        at now: Timestamp,
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
