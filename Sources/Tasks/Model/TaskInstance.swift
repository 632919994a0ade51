package import Recurrence

/// One task that a person does: a single one, or that of one occurrence of a series.
package struct TaskInstance: Hashable, Sendable {
    package let id: Identifier<TaskInstance>
    /// The occurrence that the task is of; none for a single task.
    package var slot: Slot?
    /// Who made the task; none where nobody is known, as when a location's own token made it.
    package var creatorID: Identifier<User>?
    package var template: TaskTemplate
    /// Whether title and body are the series' own, and so need not be stored again.
    package var inheritsWording: Bool
    package var due: DueTime
    package var state: TaskState
    package var createdAt: Timestamp
    package var modifiedAt: Timestamp

    package init(
        id: Identifier<TaskInstance>,
        slot: Slot?,
        creatorID: Identifier<User>?,
        template: TaskTemplate,
        inheritsWording: Bool,
        due: DueTime,
        state: TaskState,
        createdAt: Timestamp,
        modifiedAt: Timestamp
    ) {
        self.id = id
        self.slot = slot
        self.creatorID = creatorID
        self.template = template
        self.inheritsWording = inheritsWording
        self.due = due
        self.state = state
        self.createdAt = createdAt
        self.modifiedAt = modifiedAt
    }

    /// The number of what the task comes from: its series, or itself where it is single.
    package var originID: Int64 { slot?.seriesID.rawValue ?? id.rawValue }
}

/// The name of an occurrence, for ever: its series, and the local date-time that the rule produced.
///
/// Where a series makes a task for each of its contacts, it is the contact too that tells them apart.
package struct Slot: Hashable, Sendable {
    package var seriesID: Identifier<RecurringTask>
    package var recurrenceID: LocalDateTime
    /// For which of the series' contacts the task was made, whatever it is about since; none where
    /// the series makes one task an occurrence.
    package var contactID: Identifier<Contact>?

    package init(
        seriesID: Identifier<RecurringTask>,
        recurrenceID: LocalDateTime,
        contactID: Identifier<Contact>? = nil
    ) {
        self.seriesID = seriesID
        self.recurrenceID = recurrenceID
        self.contactID = contactID
    }
}

/// What has become of a task.
///
/// The numbers are stored, so they never change their meaning; they rise as the names do in the
/// alphabet, which is the order of states. A deleted task stays readable.
package enum TaskState: Int, Hashable, Sendable, Codable, CaseIterable {
    case completed = 1
    case deleted = 2
    case open = 3
}

/// A task as it is read: with the rule of its series as that was written.
package struct TaskEntry: Hashable, Sendable {
    package var task: TaskInstance
    /// The recurrence rule's text; none for a task that does not repeat.
    package var ruleText: String?

    package init(task: TaskInstance, ruleText: String?) {
        self.task = task
        self.ruleText = ruleText
    }
}
