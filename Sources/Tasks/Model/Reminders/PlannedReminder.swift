package import Recurrence

/// Why something is sent to a person.
package enum ReminderCause: Hashable, Sendable {
    /// The due time of a task: so many seconds before it (negative), at it, or after it.
    case due(offsetSeconds: Int64)
    /// A task was assigned to the person by somebody else.
    case assignment
    /// The day's work, at the time that the person chose.
    case digest
}

/// What has become of a planned reminder.
package enum ReminderState: String, Hashable, Sendable, CaseIterable {
    /// Its instant has not come, or it is being sent.
    case waiting
    /// The mail server, the gateway or the log took it.
    case sent
    /// It was not wanted any more: the task is done, gone, moved or somebody else's.
    case withdrawn
    /// It was too late, too many, or there was nothing to send it by.
    case missed
    /// It was refused for good, or by design.
    case failed
}

/// By which way a reminder goes, with the one of LionDesk's that nobody serves.
package enum ReminderWay: String, Hashable, Sendable, CaseIterable {
    case email, sms, webhook, page, call
}

/// What tells a planned reminder from all others, for ever.
package struct ReminderKey: Hashable, Sendable {
    package var locationID: LocationID
    /// None for a digest.
    package var taskID: Identifier<TaskInstance>?
    package var userID: Identifier<User>
    package var way: ReminderWay
    package var cause: ReminderCause
    /// The instant that it was planned for, before quiet hours and snoozing.
    package var plannedAt: Timestamp

    package init(
        locationID: LocationID,
        taskID: Identifier<TaskInstance>?,
        userID: Identifier<User>,
        way: ReminderWay,
        cause: ReminderCause,
        plannedAt: Timestamp
    ) {
        self.locationID = locationID
        self.taskID = taskID
        self.userID = userID
        self.way = way
        self.cause = cause
        self.plannedAt = plannedAt
    }
}

/// A reminder as the ledger has it.
package struct PlannedReminder: Hashable, Sendable {
    package var key: ReminderKey
    /// When it is to be sent, or was.
    package var fireAt: Timestamp
    package var state: ReminderState
    /// How often it was given to whoever sends it.
    package var attempts: Int
    /// When it was taken; none unless it was sent.
    package var sentAt: Timestamp?
    /// What the receiver said, or why it was not sent; empty while nothing is known.
    package var answer: String

    package init(
        key: ReminderKey,
        fireAt: Timestamp,
        state: ReminderState = .waiting,
        attempts: Int = 0,
        sentAt: Timestamp? = nil,
        answer: String = ""
    ) {
        self.key = key
        self.fireAt = fireAt
        self.state = state
        self.attempts = attempts
        self.sentAt = sentAt
        self.answer = answer
    }
}
