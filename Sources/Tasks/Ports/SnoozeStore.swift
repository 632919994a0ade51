package import Recurrence

/// Where it is kept until when somebody wants no reminder of a task.
package protocol SnoozeStore: Sendable {
    /// Moves an actor's next reminder of a task.
    ///
    /// - Returns: The task, and what becomes of its reminders; none if the viewer sees no such task.
    /// - Throws: What the terms throw.
    func snooze(
        _ id: Identifier<TaskInstance>,
        until time: Timestamp,
        seenBy viewer: Viewer,
        under terms: WriteTerms,
        by actor: Actor,
        at now: Timestamp
    ) async throws -> WriteOutcome?
}
