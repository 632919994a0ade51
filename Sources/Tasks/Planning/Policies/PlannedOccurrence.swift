package import Recurrence

/// What becomes of an occurrence by the policies of its series.
package struct PlannedOccurrence: Hashable, Sendable {
    /// The occurrence as the rule has it.
    package var occurrence: Occurrence
    /// When it is due, which is at the occurrence's own time unless a day off moved it.
    package var due: Occurrence
    /// Why no task is made; none if one is.
    package var omission: Omission?
    /// Whose turn it is; none if nobody takes turns.
    package var turn: Turn?

    /// Why an occurrence makes no task.
    package enum Omission: Hashable, Sendable {
        case paused
        case ended
        case dayOff
    }

    /// Whose turn a task is.
    package struct Turn: Hashable, Sendable {
        package var userID: Identifier<User>
        /// Those whose turn it would have been, and who are absent; everybody, and so whose turn it
        /// is too, where nobody is there.
        package var absentIDs: [Identifier<User>]

        /// Whether nobody is there who takes turns.
        package var isOfAbsentee: Bool { absentIDs.contains(userID) }
    }

    package var slot: LocalDateTime { occurrence.recurrenceID }

    package var isMade: Bool { omission == nil }

    package var isMoved: Bool { due.recurrenceID != occurrence.recurrenceID }
}

extension TaskTemplate {
    /// The template as a planned occurrence takes it.
    func taking(_ turn: PlannedOccurrence.Turn?) -> TaskTemplate {
        guard let turn else { return self }
        var template = self
        template.assigneeID = turn.userID
        return template
    }
}
