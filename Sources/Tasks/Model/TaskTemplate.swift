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
    package var notifiesAssignee: Bool
    /// How urgent it is, from 0, where nothing is said of it, to 3.
    package var priority: Int
    /// Words by which the task is found, each once, in the order in which they were given.
    package var tags: [String]
    /// When somebody is to be reminded; none where nothing is said of it, so that what the user or the
    /// location says counts.
    package var reminders: [Reminder]?

    package init(
        title: String,
        body: String = "",
        assigneeID: Identifier<User>? = nil,
        contactID: Identifier<Contact>? = nil,
        categoryID: Identifier<Category>? = nil,
        reminder: ReminderType = .noReminder,
        isAllDay: Bool = false,
        notifiesAssignee: Bool = true,
        priority: Int = 0,
        tags: [String] = [],
        reminders: [Reminder]? = nil
    ) {
        self.title = title
        self.body = body
        self.assigneeID = assigneeID
        self.contactID = contactID
        self.categoryID = categoryID
        self.reminder = reminder
        self.isAllDay = isAllDay
        self.notifiesAssignee = notifiesAssignee
        self.priority = priority
        self.tags = tags
        self.reminders = reminders
    }
}

/// How somebody is reminded of a task.
///
/// It is LionDesk's word; ``WantedReminder`` says what comes of it. The numbers are stored, so they
/// never change their meaning.
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
