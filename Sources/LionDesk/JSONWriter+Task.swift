import HTTPServing
import JSON
import Tasks

extension JSONWriter {
    /// Writes a task as LionDesk shows it, or the fields of it that a request selects.
    mutating func write(
        _ entry: TaskEntry,
        selecting select: Set<LionDeskTaskField>?,
        asNumbers: Bool
    ) {
        beginObject()
        for field in LionDeskTaskField.allCases where select?.contains(field) ?? true {
            write(field, of: entry, asNumbers: asNumbers)
        }
        endObject()
    }

    private mutating func write(_ field: LionDeskTaskField, of entry: TaskEntry, asNumbers: Bool) {
        let task = entry.task
        switch field {
        case .id: write("id", number: task.id.rawValue, asNumbers)
        case .scheduledEventID: write("scheduled_event_id", number: task.originID, asNumbers)
        case .crmUserID: write("crm_user_id", number: task.creatorID?.rawValue, asNumbers)
        case .contactID: write("contact_id", number: task.template.contactID?.rawValue, asNumbers)
        case .assignedUserID:
            write("assigned_user_id", number: task.template.assigneeID?.rawValue, asNumbers)
        case .dueAt:
            name("due_at")
            write(task.due.local)
        case .recurrenceRule: write("recurrence_rule", text: entry.ruleText)
        case .isAllDay:
            name("is_all_day")
            write(task.template.isAllDay)
        case .notifyAssignee:
            name("notify_assignee")
            write(task.template.notifiesAssignee)
        case .reminderType:
            write("reminder_type", number: Int64(task.template.reminder.rawValue), asNumbers)
        case .categoryID:
            write("category_id", number: task.template.categoryID?.rawValue, asNumbers)
        case .description: write("description", text: task.template.title)
        case .status: write("status", text: TaskStatus(task.state).rawValue)
        case .notes: write("notes", text: task.template.body)
        case .createdAt:
            name("created_at")
            write(task.createdAt)
        case .modifiedAt:
            name("modified_at")
            write(task.modifiedAt)
        }
    }

    /// Writes an identifier or a small integer, which the wire has as a string of digits.
    mutating func write(_ name: StaticString, number: Int64?, _ asNumbers: Bool) {
        self.name(name)
        switch number {
        case nil: writeNull()
        case let number? where asNumbers: write(number)
        case let number?: write(String(number))
        }
    }

    mutating func write(_ name: StaticString, text: String?) {
        self.name(name)
        if let text { write(text) } else { writeNull() }
    }
}
