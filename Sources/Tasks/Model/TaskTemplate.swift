/// What a task says and to whom it belongs.
///
/// A series gives it to each of its tasks.
package struct TaskTemplate: Hashable, Sendable, Codable {
    package var title: String
    package var body: String
    package var assigneeID: Identifier<User>?
    package var contactID: Identifier<Contact>?
    package var categoryID: Identifier<Category>?
    package var reminder: ReminderType
    /// Whether only the day counts, and not the time of day.
    package var isAllDay: Bool
    /// Whether the assignee is to be told of the assignment and reminded of the task.
    ///
    /// It is stored and shown; nothing is sent.
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

/// How somebody is reminded of a task.
///
/// The type is stored and shown; nothing is sent. The numbers are stored, so they never change
/// their meaning.
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
