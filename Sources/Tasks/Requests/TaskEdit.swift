/// The changes to a task's fields.
package struct TaskEdit: Hashable, Sendable {
    package var title: FieldEdit<String>
    package var body: FieldEdit<String>
    package var assigneeID: FieldEdit<Identifier<User>?>
    package var contactID: FieldEdit<Identifier<Contact>?>
    package var categoryID: FieldEdit<Identifier<Category>?>
    package var reminder: FieldEdit<ReminderType>
    package var isAllDay: FieldEdit<Bool>
    package var notifiesAssignee: FieldEdit<Bool>
    package var priority: FieldEdit<Int>
    package var tags: FieldEdit<[String]>
    package var reminders: FieldEdit<[Reminder]?>
    package var due: FieldEdit<WallClockTime>
    package var state: FieldEdit<TaskState>
    /// Whether the task counts as skipped, and why; of a deleted task only.
    package var skip: FieldEdit<Skip?>
    /// How the task is to repeat.
    ///
    /// Nothing means that it stops repeating.
    package var rule: FieldEdit<SeriesRule?>

    package init(
        title: FieldEdit<String> = .keep,
        body: FieldEdit<String> = .keep,
        assigneeID: FieldEdit<Identifier<User>?> = .keep,
        contactID: FieldEdit<Identifier<Contact>?> = .keep,
        categoryID: FieldEdit<Identifier<Category>?> = .keep,
        reminder: FieldEdit<ReminderType> = .keep,
        isAllDay: FieldEdit<Bool> = .keep,
        notifiesAssignee: FieldEdit<Bool> = .keep,
        priority: FieldEdit<Int> = .keep,
        tags: FieldEdit<[String]> = .keep,
        reminders: FieldEdit<[Reminder]?> = .keep,
        due: FieldEdit<WallClockTime> = .keep,
        state: FieldEdit<TaskState> = .keep,
        skip: FieldEdit<Skip?> = .keep,
        rule: FieldEdit<SeriesRule?> = .keep
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
        self.due = due
        self.state = state
        self.skip = skip
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
            notifiesAssignee: notifiesAssignee.applied(to: template.notifiesAssignee),
            priority: priority.applied(to: template.priority),
            tags: tags.applied(to: template.tags),
            reminders: reminders.applied(to: template.reminders)
        )
    }

    /// The edit as it is meant of a task that is due then: a local time that was sent back as it was
    /// read stays in its pass.
    func inPass(of due: DueTime) -> TaskEdit {
        guard case .set(let time) = self.due else { return self }
        var edit = self
        edit.due = .set(time.inPass(of: due))
        return edit
    }

    /// The records that the edit refers to.
    package var references: References {
        References(
            assigneeID: assigneeID.applied(to: nil),
            contactID: contactID.applied(to: nil),
            categoryID: categoryID.applied(to: nil)
        )
    }
}
