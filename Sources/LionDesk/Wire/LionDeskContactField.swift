package import Tasks

/// The fields of a contact.
package enum LionDeskContactField: String, LionDeskField {
    case id
    case ownerUserID = "owner_user_id"
    case assignedUserID = "assigned_user_id"
    case firstName = "first_name"
    case lastName = "last_name"
    case email
    case mobilePhone = "mobile_phone"
    case company
    case createdAt = "created_at"
    case modifiedAt = "modified_at"

    package static let aliases: [String: LionDeskContactField] = ["updated_at": .modifiedAt]

    package static var identifier: LionDeskContactField { .id }

    package var kind: LionDeskFieldKind {
        switch self {
        case .id, .ownerUserID, .assignedUserID: .integer
        case .firstName, .lastName, .email, .mobilePhone, .company: .text
        // The directory keeps no such times, so there is none that a time could be equal to.
        case .createdAt, .modifiedAt: .word([])
        }
    }

    package var isNullable: Bool {
        switch self {
        case .ownerUserID, .assignedUserID, .firstName, .lastName, .email, .mobilePhone, .company:
            true
        case .id, .createdAt, .modifiedAt: false
        }
    }

    package var domainField: ContactField {
        switch self {
        case .id, .createdAt, .modifiedAt: .id
        case .ownerUserID: .ownerID
        case .assignedUserID: .assigneeID
        case .firstName: .firstName
        case .lastName: .lastName
        case .email: .email
        case .mobilePhone: .phone
        case .company: .business
        }
    }

    package func ordering(isAscending: Bool) -> Ordering<ContactField>? {
        switch self {
        case .createdAt, .modifiedAt: nil
        default: Ordering(domainField, isAscending: isAscending)
        }
    }
}
