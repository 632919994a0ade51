import HTTPServing
import JSON
import Tasks

extension TaskEntry: LionDeskRecord {
    func write(_ field: LionDeskTaskField, to json: inout JSONWriter, asNumbers: Bool) {
        switch field {
        case .id: json.write("id", number: task.id.rawValue, asNumbers)
        case .scheduledEventID: json.write("scheduled_event_id", number: task.originID, asNumbers)
        case .crmUserID: json.write("crm_user_id", number: task.creatorID?.rawValue, asNumbers)
        case .contactID:
            json.write("contact_id", number: task.template.contactID?.rawValue, asNumbers)
        case .assignedUserID:
            json.write("assigned_user_id", number: task.template.assigneeID?.rawValue, asNumbers)
        case .dueAt:
            json.name("due_at")
            json.write(task.due.local)
        case .recurrenceRule: json.write("recurrence_rule", text: ruleText)
        case .isAllDay:
            json.name("is_all_day")
            json.write(task.template.isAllDay)
        case .notifyAssignee:
            json.name("notify_assignee")
            json.write(task.template.notifiesAssignee)
        case .reminderType:
            json.write("reminder_type", number: Int64(task.template.reminder.rawValue), asNumbers)
        case .categoryID:
            json.write("category_id", number: task.template.categoryID?.rawValue, asNumbers)
        case .description: json.write("description", text: task.template.title)
        case .status: json.write("status", text: TaskStatus(task.state).rawValue)
        case .notes: json.write("notes", text: task.template.body)
        case .createdAt:
            json.name("created_at")
            json.write(task.createdAt)
        case .modifiedAt:
            json.name("modified_at")
            json.write(task.modifiedAt)
        }
    }
}
