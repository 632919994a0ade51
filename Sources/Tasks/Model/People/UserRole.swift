/// How far a user reaches through the server's own API; each role reaches what those before it do.
package enum UserRole: Int, Hashable, Sendable, CaseIterable, Comparable {
    /// The user's own work, and that of those who share work with the user.
    case agent
    /// All tasks of the location.
    case manager
    /// The directory, tokens and settings of the location, too.
    case admin

    package static func < (left: UserRole, right: UserRole) -> Bool {
        left.rawValue < right.rawValue
    }

    /// The role of a name, such as `manager`.
    package init?(named name: String) {
        guard let role = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = role
    }

    /// What the role is called in documents and answers.
    package var name: String {
        switch self {
        case .agent: "agent"
        case .manager: "manager"
        case .admin: "admin"
        }
    }
}
