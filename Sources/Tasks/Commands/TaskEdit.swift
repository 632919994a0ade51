/// A task to be made: the first of a series where a rule is given.
package struct TaskDraft: Hashable, Sendable {
    package var template: TaskTemplate
    package var due: WallClockTime
    /// The state of the task itself; the others of a series begin open.
    package var state: TaskState
    package var rule: SeriesRule?

    package init(
        template: TaskTemplate,
        due: WallClockTime,
        state: TaskState = .open,
        rule: SeriesRule? = nil
    ) {
        self.template = template
        self.due = due
        self.state = state
        self.rule = rule
    }
}

/// A new value for a field, or none.
package enum Change<Value: Hashable & Sendable>: Hashable, Sendable {
    case keep
    case set(Value)

    /// The new value, or else the present one.
    package func applied(to present: Value) -> Value {
        switch self {
        case .keep: present
        case .set(let value): value
        }
    }
}

/// What is to become of a task's fields.
package struct TaskEdit: Hashable, Sendable {
    package var title: Change<String>
    package var body: Change<String>
    package var assigneeID: Change<Identifier<User>?>
    package var contactID: Change<Identifier<Contact>?>
    package var categoryID: Change<Identifier<Category>?>
    package var reminder: Change<ReminderType>
    package var isAllDay: Change<Bool>
    package var notifiesAssignee: Change<Bool>
    package var due: Change<WallClockTime>
    package var state: Change<TaskState>
    /// How the task is to repeat; set to nothing, it stops.
    package var rule: Change<SeriesRule?>

    package init(
        title: Change<String> = .keep,
        body: Change<String> = .keep,
        assigneeID: Change<Identifier<User>?> = .keep,
        contactID: Change<Identifier<Contact>?> = .keep,
        categoryID: Change<Identifier<Category>?> = .keep,
        reminder: Change<ReminderType> = .keep,
        isAllDay: Change<Bool> = .keep,
        notifiesAssignee: Change<Bool> = .keep,
        due: Change<WallClockTime> = .keep,
        state: Change<TaskState> = .keep,
        rule: Change<SeriesRule?> = .keep
    ) {
        self.title = title
        self.body = body
        self.assigneeID = assigneeID
        self.contactID = contactID
        self.categoryID = categoryID
        self.reminder = reminder
        self.isAllDay = isAllDay
        self.notifiesAssignee = notifiesAssignee
        self.due = due
        self.state = state
        self.rule = rule
    }

    /// The template with the edit's new values in it.
    package func applied(to template: TaskTemplate) -> TaskTemplate {
        TaskTemplate(
            title: title.applied(to: template.title),
            body: body.applied(to: template.body),
            assigneeID: assigneeID.applied(to: template.assigneeID),
            contactID: contactID.applied(to: template.contactID),
            categoryID: categoryID.applied(to: template.categoryID),
            reminder: reminder.applied(to: template.reminder),
            isAllDay: isAllDay.applied(to: template.isAllDay),
            notifiesAssignee: notifiesAssignee.applied(to: template.notifiesAssignee)
        )
    }

    /// What the edit newly points at in the directory.
    package var references: References {
        References(
            assigneeID: assigneeID.applied(to: nil),
            contactID: contactID.applied(to: nil),
            categoryID: categoryID.applied(to: nil)
        )
    }
}

/// How far an update goes.
package enum UpdateExtent: Hashable, Sendable {
    case thisOne
    case thisAndFollowing
}

/// How far a deletion goes.
package enum DeletionExtent: Hashable, Sendable {
    case thisOne
    case thisAndFollowing
    case all
}

/// Why a command was not carried out.
package enum TaskRefusal: Error, Hashable {
    /// There is no such task for the one who asks.
    case notFound
    /// Only the one who made the task may change it.
    case notTheCreator
    /// Something that the command refers to does not exist or may not be used by the actor.
    case unusableReferences(ReferenceFacts)
}
