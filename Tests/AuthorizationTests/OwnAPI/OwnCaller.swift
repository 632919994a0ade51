import Testing

/// Who sends a request of the own API, and with which token.
enum OwnCaller: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case nobody
    case malformed
    case unknown
    case expired
    case revoked
    /// The agent whose records the requests are about.
    case agent
    case withoutScopes
    /// The agent's, with the dialects' scopes for reading.
    case forReading
    /// An agent of the same location who shares no team with the other.
    case neighbour
    case manager
    case admin
    case managerForReading
    case adminForReading
    /// The location's own token.
    case location
    case locationWithoutScopes
    case locationForReading
    case stranger
    case otherLocation

    var testDescription: String { rawValue }

    /// The `Authorization` header field.
    var field: String? {
        switch self {
        case .nobody: nil
        case .malformed: Credential.malformed.field(for: .lionDesk)
        default: "Bearer \(token)"
        }
    }

    private var token: String {
        switch self {
        case .nobody, .malformed, .unknown: Credential.unknown.token(for: .lionDesk)
        case .expired: Credential.expired.token(for: .lionDesk)
        case .revoked: Credential.revoked.token(for: .lionDesk)
        case .agent: Credential.own.token(for: .lionDesk)
        case .withoutScopes: Credential.withoutScopes.token(for: .lionDesk)
        case .forReading: Credential.forReading.token(for: .lionDesk)
        case .neighbour: Credential.ofAnotherUser.token(for: .lionDesk)
        case .manager: Credential.ofManager.token(for: .lionDesk)
        case .admin: Credential.ofAdmin.token(for: .lionDesk)
        case .managerForReading: "user-token-manager-for-reading-0123456789"
        case .adminForReading: "user-token-admin-for-reading-0123456789"
        case .location: Credential.own.token(for: .highLevel)
        case .locationWithoutScopes: Credential.withoutScopes.token(for: .highLevel)
        case .locationForReading: Credential.forReading.token(for: .highLevel)
        case .stranger: Credential.ofAnotherUser.token(for: .lionDesk) + "-stranger"
        case .otherLocation: Credential.ofAnotherLocation.token(for: .highLevel)
        }
    }

    /// The tokens that no dialect's credential is.
    static let records = """
        {"token": "\(managerForReading.token)", "user": 4, "scopes": ["read", "directory.read"]},
        {"token": "\(adminForReading.token)", "user": 5, "scopes": ["read", "directory.read"]},
        {"token": "\(stranger.token)", "user": 3}
        """

    /// Whether the token is in force.
    var isInForce: Bool {
        switch self {
        case .nobody, .malformed, .unknown, .expired, .revoked: false
        default: true
        }
    }

    /// The scopes that the token gives its holder; nil where it is everything that the holder may.
    var scopes: Set<String>? {
        switch self {
        case .withoutScopes, .locationWithoutScopes: []
        case .forReading, .locationForReading: ["tasks.read"]
        case .managerForReading, .adminForReading: ["tasks.read", "directory.read"]
        default: nil
        }
    }

    /// The scopes that the holder may have at all.
    private var reach: Set<String> {
        let agents: Set = [
            "tasks.read", "tasks.write", "directory.read", "reminders.read", "tokens.write",
        ]
        let all = agents.union([
            "directory.write", "webhooks.read", "webhooks.write",
            "settings.write",
        ])
        return switch self {
        case .agent, .withoutScopes, .forReading, .neighbour, .manager, .managerForReading,
            .stranger:
            agents
        default: all
        }
    }

    func isGranted(_ scope: String?) -> Bool {
        guard let scope else { return true }
        return reach.contains(scope) && scopes?.contains(scope) ?? true
    }

    /// Whether the caller is in the agent's location.
    var isInLocation: Bool { self != .stranger && self != .otherLocation }

    /// Whether the caller has to do with the agent's tokens.
    var hasAgentsTokens: Bool {
        switch self {
        case .manager, .managerForReading: false
        default: seesAgent
        }
    }

    /// Whether the caller sees the agent's records.
    var seesAgent: Bool {
        switch self {
        case .neighbour, .stranger, .otherLocation: false
        default: true
        }
    }
}
