import Tasks

/// What a token may do that does not stand for everything.
package enum APIScope: String, Hashable, Sendable, CaseIterable {
    case readTasks = "tasks.read"
    case writeTasks = "tasks.write"
    case readDirectory = "directory.read"
    case writeDirectory = "directory.write"
    case writeTokens = "tokens.write"
    case readWebhooks = "webhooks.read"
    case writeWebhooks = "webhooks.write"
    case readReminders = "reminders.read"
    case writeSettings = "settings.write"

    /// The scopes of other APIs that mean this one.
    private var synonyms: [String] {
        switch self {
        case .readTasks:
            [
                "read", "contacts.readonly", "recurring-tasks.readonly",
                "locations/tasks.readonly",
            ]
        case .writeTasks: ["write", "contacts.write", "recurring-tasks.write"]
        case .readDirectory, .writeDirectory, .writeTokens, .readWebhooks, .writeWebhooks,
            .readReminders, .writeSettings:
            []
        }
    }

    /// Whether a principal may do this.
    func isGranted(to principal: Principal) -> Bool {
        if principal.userID != nil, principal.role < role { return false }
        return principal.allows(rawValue) || synonyms.contains { principal.allows($0) }
    }

    /// The role that a user needs for this.
    private var role: UserRole {
        switch self {
        case .readTasks, .writeTasks, .readDirectory, .readReminders, .writeTokens: .agent
        case .writeDirectory, .readWebhooks, .writeWebhooks, .writeSettings: .admin
        }
    }
}
