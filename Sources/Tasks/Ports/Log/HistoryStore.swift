package import Recurrence

/// Where a location's log tells what was done, and where it is undone.
package protocol HistoryStore: Sendable {
    /// The changes of a task, from the first to the last, at most as many as are read at once.
    ///
    /// - Returns: None if the viewer sees no such task.
    func history(
        ofTask id: Identifier<TaskInstance>,
        seenBy viewer: Viewer,
        in locationID: LocationID
    ) async throws -> [HistoryEntry]?

    /// The changes of a series, likewise, with how many of its tasks each concerned.
    func history(
        ofSeries id: Identifier<RecurringTask>,
        seenBy viewer: Viewer,
        in locationID: LocationID
    ) async throws -> [HistoryEntry]?

    /// Puts back what a change changed, as a change of its own.
    ///
    /// - Parameters:
    ///   - number: The number of the change.
    ///   - isForced: Whether it is put back whatever was changed since.
    ///   - isTrial: Whether it is only tried.
    ///   - viewer: Who has to see what is put back.
    ///   - actor: Who undoes, and where.
    ///   - now: The time.
    ///   - zones: The zones by which the effect tells of reminders; none where nobody asks.
    /// - Returns: What it does; none if there is no such change, or if the viewer does not see all of
    ///   it.
    /// - Throws: ``UndoRefusal``.
    func undo(
        _ number: Int64,
        forcing isForced: Bool,
        isTrial: Bool,
        seenBy viewer: Viewer,
        by actor: Actor,
        at now: Timestamp,
        tellingOfReminders zones: (any ZoneSource)?
    ) async throws -> UndoOutcome?
}

/// A value in the log.
package enum LoggedValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case text(String)
}

/// A change as the log has it: when, who, on which way.
package struct ChangeHeading: Hashable, Sendable {
    package var number: Int64
    package var at: Timestamp
    /// None if the server itself or a location's own token made the change.
    package var actorID: Identifier<User>?
    package var door: ChangeDoor?
    package var kind: ChangeKind
    /// The change that this one undid.
    package var undoneNumber: Int64?

    package init(
        number: Int64,
        at: Timestamp,
        actorID: Identifier<User>?,
        door: ChangeDoor?,
        kind: ChangeKind,
        undoing undoneNumber: Int64? = nil
    ) {
        self.number = number
        self.at = at
        self.actorID = actorID
        self.door = door
        self.kind = kind
        self.undoneNumber = undoneNumber
    }
}

/// What a change did to one record.
package struct HistoryEntry: Hashable, Sendable {
    package var heading: ChangeHeading
    /// The columns that differ, before; none where the record was not there.
    package var before: [String: LoggedValue]?
    /// The same columns after; none where the record is not there any more.
    package var after: [String: LoggedValue]?
    /// How many tasks of the series the change concerned; 0 in the history of a task.
    package var taskCount: Int

    package init(
        heading: ChangeHeading,
        before: [String: LoggedValue]?,
        after: [String: LoggedValue]?,
        taskCount: Int = 0
    ) {
        self.heading = heading
        self.before = before
        self.after = after
        self.taskCount = taskCount
    }
}

/// What came of an undoing.
package struct UndoOutcome: Hashable, Sendable {
    package var effect: ChangeEffect
    /// None if it was only tried.
    package var changeNumber: Int64?

    package init(effect: ChangeEffect, changeNumber: Int64?) {
        self.effect = effect
        self.changeNumber = changeNumber
    }
}

/// Why a change is not undone.
package enum UndoRefusal: Error, Hashable {
    /// What it changed was changed since, by these changes.
    case changedSince([ChangeHeading])
    /// What it changed is gone, or its place is taken; also by force it cannot be put back.
    case cannotBePutBack
    /// It is no change of tasks and series by somebody.
    case notReversible
}
