/// What a task says and to whom it belongs: what a series hands down to each of its tasks.
package struct TaskTemplate: Hashable, Sendable, Codable {
    package var title: String
    package var body: String
    package var assigneeID: Identifier<User>?
    package var contactID: Identifier<Contact>?
    package var categoryID: Identifier<Category>?
    package var reminder: ReminderType
    /// Whether the day counts and the time of day does not.
    package var isAllDay: Bool
    /// Whether the assignee is told of the assignment and reminded of the task.
    package var notifiesAssignee: Bool

    package init(
        title: String,
        body: String = "",
        assigneeID: Identifier<User>? = nil,
        contactID: Identifier<Contact>? = nil,
        categoryID: Identifier<Category>? = nil,
        reminder: ReminderType = .noReminder,
        isAllDay: Bool = false,
        notifiesAssignee: Bool = true
    ) {
        self.title = title
        self.body = body
        self.assigneeID = assigneeID
        self.contactID = contactID
        self.categoryID = categoryID
        self.reminder = reminder
        self.isAllDay = isAllDay
        self.notifiesAssignee = notifiesAssignee
    }
}

/// By what means somebody is reminded of a task.
///
/// The numbers are stored, so they never change their meaning. Calls are kept and delivered by
/// nothing.
package enum ReminderType: Int, Hashable, Sendable, Codable, CaseIterable {
    case noReminder = 0
    case email = 1
    case call = 2
    case textMessage = 3
    case agentEmail = 4
    case agentCall = 5
    case agentTextMessage = 6
    case agentNoReminder = 7
}
