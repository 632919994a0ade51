package import Tasks

/// The fields of a task.
package enum LionDeskTaskField: String, LionDeskField {
    case id
    case scheduledEventID = "scheduled_event_id"
    case crmUserID = "crm_user_id"
    case contactID = "contact_id"
    case assignedUserID = "assigned_user_id"
    case dueAt = "due_at"
    case recurrenceRule = "recurrence_rule"
    case isAllDay = "is_all_day"
    case notifyAssignee = "notify_assignee"
    case reminderType = "reminder_type"
    case categoryID = "category_id"
    case description
    case status
    case notes
    case createdAt = "created_at"
    case modifiedAt = "modified_at"

    package static let aliases: [String: LionDeskTaskField] = [
        "owner_user_id": .crmUserID,
        "reminder_types": .reminderType,
        "updated_at": .modifiedAt,
    ]

    package static var identifier: LionDeskTaskField { .id }

    package var kind: LionDeskFieldKind {
        switch self {
        case .id, .scheduledEventID, .crmUserID, .contactID, .assignedUserID, .categoryID:
            .integer
        case .reminderType: .integerList
        case .recurrenceRule, .description, .notes: .text
        case .isAllDay, .notifyAssignee: .boolean
        case .status: .word(Self.statusWords)
        case .dueAt: .wallClock
        case .createdAt, .modifiedAt: .instant
        }
    }

    package var isNullable: Bool {
        switch self {
        case .contactID, .recurrenceRule, .categoryID: true
        case .id, .scheduledEventID, .crmUserID, .assignedUserID, .dueAt, .isAllDay,
            .notifyAssignee, .reminderType, .description, .status, .notes, .createdAt,
            .modifiedAt:
            false
        }
    }

    package var domainField: TaskField {
        switch self {
        case .id: .id
        case .scheduledEventID: .originID
        case .crmUserID: .creatorID
        case .contactID: .contactID
        case .assignedUserID: .assigneeID
        case .dueAt: .dueAt
        case .recurrenceRule: .ruleText
        case .isAllDay: .isAllDay
        case .notifyAssignee: .notifiesAssignee
        case .reminderType: .reminder
        case .categoryID: .categoryID
        case .description: .title
        case .status: .state
        case .notes: .body
        case .createdAt: .createdAt
        case .modifiedAt: .modifiedAt
        }
    }

    private static let statusWords = TaskStatus.allCases.map { status in
        LionDeskWord(text: status.rawValue, values: [.integer(Int64(status.state.rawValue))])
    }
}

/// The state of a task on the wire.
package enum TaskStatus: String, CaseIterable, Sendable {
    case complete
    case incomplete
    case deleted

    package init(_ state: TaskState) {
        self =
            switch state {
            case .completed: .complete
            case .open: .incomplete
            case .deleted: .deleted
            }
    }

    package var state: TaskState {
        switch self {
        case .complete: .completed
        case .incomplete: .open
        case .deleted: .deleted
        }
    }
}
