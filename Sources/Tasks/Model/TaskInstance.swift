package import Recurrence

/// One task that a person does.
///
/// It is single, or it is the task of one occurrence of a series.
package struct TaskInstance: Hashable, Sendable {
    package let id: Identifier<TaskInstance>
    /// The occurrence that the task is for; none for a single task.
    package var slot: Slot?
    /// Who made the task.
    ///
    /// If a location's own token made it, this is its first assignee, or none.
    package var creatorID: Identifier<User>?
    package var template: TaskTemplate
    /// Whether title and body are those of the series, and so need not be stored again.
    package var inheritsWording: Bool
    package var due: DueTime
    package var state: TaskState
    /// When and by whom it was completed, as far as that is known; only of a completed task.
    package var completion: Completion?
    /// Why it is not to be done; only of a deleted task, which then counts as skipped.
    package var skip: Skip?
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
        completion: Completion? = nil,
        skip: Skip? = nil,
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
        self.completion = completion
        self.skip = skip
        self.createdAt = createdAt
        self.modifiedAt = modifiedAt
    }

    /// The number of the task's origin: its series, or the task itself if it is single.
    package var originID: Int64 { slot?.seriesID.rawValue ?? id.rawValue }
}

/// The name of an occurrence, which never changes: its series, and the local date-time that the
/// rule produced.
///
/// If a series makes a task for each of its contacts, the contact is part of the name.
package struct Slot: Hashable, Sendable {
    package var seriesID: Identifier<RecurringTask>
    package var recurrenceID: LocalDateTime
    /// The series' contact for which the task was made, even if the task has another contact now.
    ///
    /// None if the series makes one task for each occurrence.
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

/// The state of a task.
///
/// The numbers are stored, so they never change their meaning. States are ordered by them, and so
/// alphabetically by name. A deleted task stays readable.
package enum TaskState: Int, Hashable, Sendable, Codable, CaseIterable {
    case completed = 1
    case deleted = 2
    case open = 3
}

/// When a task was completed, and by whom.
package struct Completion: Hashable, Sendable {
    package var at: Timestamp
    /// None if a location's own token completed it.
    package var userID: Identifier<User>?

    package init(at: Timestamp, by userID: Identifier<User>?) {
        self.at = at
        self.userID = userID
    }
}

/// Why an occurrence is not to be done.
///
/// For those who know no such state, the task is deleted.
package struct Skip: Hashable, Sendable {
    /// Empty where nobody said.
    package var reason: String

    package init(because reason: String = "") {
        self.reason = reason
    }
}

/// A task as it is read, with the text of its series' rule as it was written.
package struct TaskEntry: Hashable, Sendable {
    package var task: TaskInstance
    /// The recurrence rule's text; none for a task that does not repeat.
    package var ruleText: String?
    /// What of the task is not as its series has it; empty for a single task.
    package var overrides: TaskOverrides
    /// Whether it is the task of an occurrence that is not stored, and has no number.
    package var isComputed = false

    package init(task: TaskInstance, ruleText: String?, overrides: TaskOverrides = []) {
        self.task = task
        self.ruleText = ruleText
        self.overrides = overrides
    }
}

extension TaskEntry: Identifiable {
    package var id: Identifier<TaskInstance> { task.id }
}
