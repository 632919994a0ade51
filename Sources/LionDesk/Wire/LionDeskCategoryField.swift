package import Tasks

/// The fields of a task category.
package enum LionDeskCategoryField: String, LionDeskField {
    case id
    case name
    case userID = "user_id"
    case createdAt = "created_at"
    case modifiedAt = "modified_at"

    package static let aliases: [String: LionDeskCategoryField] = ["updated_at": .modifiedAt]

    package static var identifier: LionDeskCategoryField { .id }

    package var kind: LionDeskFieldKind {
        switch self {
        case .id, .userID: .integer
        case .name: .text
        case .createdAt, .modifiedAt: .instant
        }
    }

    package var isNullable: Bool { self == .userID }

    package var domainField: CategoryField {
        switch self {
        case .id: .id
        case .name: .name
        case .userID: .ownerID
        case .createdAt: .createdAt
        case .modifiedAt: .modifiedAt
        }
    }
}
