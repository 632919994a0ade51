package import Tasks

/// The fields of an event.
package enum LionDeskEventField: String, LionDeskField {
    case scheduledEventID = "scheduled_event_id"
    case crmUserID = "crm_user_id"
    case singleDueAt = "single_due_at"
    case action
    case type
    case recurrenceRule = "recurrence_rule"
    case createdAt = "created_at"
    case updatedAt = "updated_at"

    package static let aliases: [String: LionDeskEventField] = [
        "id": .scheduledEventID,
        "owner_user_id": .crmUserID,
        "modified_at": .updatedAt,
    ]

    package static var identifier: LionDeskEventField { .scheduledEventID }

    package var kind: LionDeskFieldKind {
        switch self {
        case .scheduledEventID, .crmUserID: .integer
        case .action:
            .word([LionDeskWord(text: "tasks", values: [.boolean(false), .boolean(true)])])
        case .type:
            .word([
                LionDeskWord(text: "recurrent", values: [.boolean(true)]),
                LionDeskWord(text: "single", values: [.boolean(false)]),
            ])
        case .recurrenceRule: .text
        // The start is compared by its local time, read as if it were UTC.
        case .singleDueAt, .createdAt, .updatedAt: .instant
        }
    }

    package var isNullable: Bool { self == .recurrenceRule }

    package var domainField: OriginField {
        switch self {
        case .scheduledEventID: .id
        case .crmUserID: .creatorID
        case .singleDueAt: .start
        case .action, .type: .repeats
        case .recurrenceRule: .ruleText
        case .createdAt: .createdAt
        case .updatedAt: .modifiedAt
        }
    }

    package func ordering(isAscending: Bool) -> Ordering<OriginField>? {
        switch self {
        case .action: nil
        // "recurrent" sorts before "single", but true sorts after false.
        case .type: Ordering(.repeats, isAscending: !isAscending)
        default: Ordering(domainField, isAscending: isAscending)
        }
    }
}
