package import Recurrence
package import Tasks

extension TaskStore {
    /// Creates what a command decides, on no further terms.
    package func create(
        _ references: References,
        by actor: Actor,
        at now: Timestamp,
        deciding decide:
            @escaping @Sendable (ReferenceFacts, inout IdentifierSource) throws -> ChangePlan
    ) async throws -> TaskEntry {
        try await create(references, under: WriteTerms(), by: actor, at: now, deciding: decide)
            .entry
    }

    /// Changes a task that anybody may see, on no further terms.
    package func change(
        _ id: Identifier<TaskInstance>,
        where predicate: Predicate<TaskField>,
        extent: Extent,
        references: References,
        by actor: Actor,
        at now: Timestamp,
        takingUp takeUp: @escaping FiringDecision,
        deciding decide:
            @escaping @Sendable (SeriesSnapshot, ReferenceFacts, inout IdentifierSource) throws ->
            ChangePlan
    ) async throws -> TaskEntry? {
        try await change(
            id,
            where: predicate,
            seenBy: .wholeLocation,
            extent: extent,
            references: references,
            under: WriteTerms(),
            by: actor,
            at: now,
            takingUp: takeUp,
            deciding: decide
        )?.entry
    }
}
