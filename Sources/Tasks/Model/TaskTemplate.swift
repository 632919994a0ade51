/// What a task says and to whom it belongs.
///
/// A series gives it to each of its tasks. Copies share what they say until one of them changes, so
/// that hundreds of tasks of a series take the room of one, and are compared at once.
package struct TaskTemplate: Hashable, Sendable {
    /// What is said: one element, which is copied when it is changed.
    private var said: [TemplateFields]

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
        said = [
            TemplateFields(
                title: title,
                body: body,
                assigneeID: assigneeID,
                contactID: contactID,
                categoryID: categoryID,
                reminder: reminder,
                isAllDay: isAllDay,
                notifiesAssignee: notifiesAssignee,
                priority: priority,
                tags: tags,
                reminders: reminders
            )
        ]
    }

    package var title: String {
        get { said[0].title }
        set { if said[0].title != newValue { said[0].title = newValue } }
    }

    package var body: String {
        get { said[0].body }
        set { if said[0].body != newValue { said[0].body = newValue } }
    }

    package var assigneeID: Identifier<User>? {
        get { said[0].assigneeID }
        set { if said[0].assigneeID != newValue { said[0].assigneeID = newValue } }
    }

    package var contactID: Identifier<Contact>? {
        get { said[0].contactID }
        set { if said[0].contactID != newValue { said[0].contactID = newValue } }
    }

    package var categoryID: Identifier<Category>? {
        get { said[0].categoryID }
        set { if said[0].categoryID != newValue { said[0].categoryID = newValue } }
    }

    package var reminder: ReminderType {
        get { said[0].reminder }
        set { if said[0].reminder != newValue { said[0].reminder = newValue } }
    }

    /// Whether only the day counts, and not the time of day.
    package var isAllDay: Bool {
        get { said[0].isAllDay }
        set { if said[0].isAllDay != newValue { said[0].isAllDay = newValue } }
    }

    /// Whether the assignee is to be told of the assignment and reminded of the task.
    package var notifiesAssignee: Bool {
        get { said[0].notifiesAssignee }
        set { if said[0].notifiesAssignee != newValue { said[0].notifiesAssignee = newValue } }
    }

    /// How urgent it is, from 0, where nothing is said of it, to 3.
    package var priority: Int {
        get { said[0].priority }
        set { if said[0].priority != newValue { said[0].priority = newValue } }
    }

    /// Words by which the task is found, each once, in the order in which they were given.
    package var tags: [String] {
        get { said[0].tags }
        set { if said[0].tags != newValue { said[0].tags = newValue } }
    }

    /// When somebody is to be reminded; none where nothing is said of it, so that what the user or the
    /// location says counts.
    package var reminders: [Reminder]? {
        get { said[0].reminders }
        set { if said[0].reminders != newValue { said[0].reminders = newValue } }
    }

    /// The template itself, or another one that says the same, whose room it then shares.
    package func sharing(_ other: TaskTemplate) -> TaskTemplate { self == other ? other : self }
}

/// What a template says.
private struct TemplateFields: Hashable {
    var title: String
    var body: String
    var assigneeID: Identifier<User>?
    var contactID: Identifier<Contact>?
    var categoryID: Identifier<Category>?
    var reminder: ReminderType
    var isAllDay: Bool
    var notifiesAssignee: Bool
    var priority: Int
    var tags: [String]
    var reminders: [Reminder]?
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
