package import Recurrence

/// Which reminders are asked for; a field that is none asks for all.
package struct ReminderQuery: Hashable, Sendable {
    package var taskID: Identifier<TaskInstance>?
    package var userID: Identifier<User>?
    package var way: ReminderWay?
    package var state: ReminderState?
    /// From when on, and until before when, they are planned to be sent.
    package var from: Timestamp?
    package var until: Timestamp?

    package init(
        taskID: Identifier<TaskInstance>? = nil,
        userID: Identifier<User>? = nil,
        way: ReminderWay? = nil,
        state: ReminderState? = nil,
        from: Timestamp? = nil,
        until: Timestamp? = nil
    ) {
        self.taskID = taskID
        self.userID = userID
        self.way = way
        self.state = state
        self.from = from
        self.until = until
    }
}

/// Where the ledger of reminders is read.
package protocol ReminderLedger: Sendable {
    /// Reminders of a location, by rising `fireAt` and then by their key.
    ///
    /// - Parameters:
    ///   - query: Which.
    ///   - locationID: The location.
    ///   - last: The last one of the page before.
    ///   - limit: How many at most.
    /// - Returns: The reminders.
    /// - Throws: `QueryTooCostly`, or `StoreUnavailable`.
    func reminders(
        _ query: ReminderQuery,
        in locationID: LocationID,
        after last: PlannedReminder?,
        limit: Int
    ) async throws -> [PlannedReminder]
}

/// Where it is kept what people and locations say of reminders.
package protocol ReminderSettingsStore: Sendable {
    /// The settings of a user, or of the location itself; those of nobody where nothing was said.
    func reminderSettings(
        of userID: Identifier<User>?,
        in locationID: LocationID
    ) async throws -> ReminderSettings

    /// Changes the settings of a user, or of the location itself, and notes it in the audit.
    ///
    /// - Parameters:
    ///   - userID: Whose; none for the location's.
    ///   - locationID: The location.
    ///   - author: By whom.
    ///   - isTrial: Whether it is only tried.
    ///   - now: The time.
    ///   - change: What becomes of them; it throws to refuse.
    /// - Returns: The settings before and after; none if there is no such user or location.
    /// - Throws: What the closure throws, or `StoreUnavailable`.
    func changeReminderSettings(
        of userID: Identifier<User>?,
        in locationID: LocationID,
        by author: AuditAuthor,
        isTrial: Bool,
        at now: Timestamp,
        to change: @escaping @Sendable (inout ReminderSettings) throws -> Void
    ) async throws -> (before: ReminderSettings, after: ReminderSettings)?
}

/// Where what became of reminders is forgotten.
package protocol ReminderForgettingStore: Sendable {
    /// Forgets reminders that were sent or given up and were to be sent before a time; nothing that
    /// waits.
    ///
    /// - Parameters:
    ///   - time: The time.
    ///   - limit: How many are forgotten of one location at most.
    /// - Returns: How many were forgotten.
    /// - Throws: `StoreUnavailable`, or any other error of the store.
    func forgetReminders(before time: Timestamp, limit: Int) async throws -> Int
}
