package import Tasks

/// The fields of a user.
///
/// With `timezone` comes `timezone_offset`, which is not queried.
package enum LionDeskUserField: String, LionDeskField {
    case id
    case firstName = "first_name"
    case lastName = "last_name"
    case email
    case phone
    case timezone
    case createdAt = "created_at"
    case modifiedAt = "modified_at"

    package static let aliases: [String: LionDeskUserField] = ["updated_at": .modifiedAt]

    package static var identifier: LionDeskUserField { .id }

    package var kind: LionDeskFieldKind {
        switch self {
        case .id: .integer
        case .firstName, .lastName, .email, .phone, .timezone: .text
        // The directory keeps no such times, so there is none that a time could be equal to.
        case .createdAt, .modifiedAt: .word([])
        }
    }

    package var isNullable: Bool {
        switch self {
        case .lastName, .email, .phone: true
        case .id, .firstName, .timezone, .createdAt, .modifiedAt: false
        }
    }

    package var domainField: UserField {
        switch self {
        case .id, .createdAt, .modifiedAt: .id
        case .firstName: .firstName
        case .lastName: .lastName
        case .email: .email
        case .phone: .phone
        case .timezone: .timeZone
        }
    }

    package func ordering(isAscending: Bool) -> Ordering<UserField>? {
        switch self {
        case .createdAt, .modifiedAt: nil
        default: Ordering(domainField, isAscending: isAscending)
        }
    }
}
