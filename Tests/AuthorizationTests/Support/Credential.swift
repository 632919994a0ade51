import Testing

/// What a request is authorized with.
enum Credential: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case none
    /// Not a bearer token.
    case malformed
    case unknown
    case expired
    case revoked
    /// A token of the other dialect's kind: a location's token for LionDesk, and a user's token for
    /// HighLevel.
    case otherKind
    case withoutScopes
    /// Allows reading only.
    case forReading
    case ofAnotherUser
    /// Of users whose roles widen what they see in the own API, and not in the dialects.
    case ofManager
    case ofAdmin
    case ofAnotherLocation
    /// Allows everything.
    case own

    var testDescription: String { rawValue }

    /// The `Authorization` header field.
    func field(for dialect: Operation.Dialect) -> String? {
        switch self {
        case .none: nil
        case .malformed: "Basic dXNlcjpwYXNz"
        case .otherKind: "Bearer \(Credential.own.token(for: dialect.other))"
        // A role is a user's.
        case .ofManager, .ofAdmin: "Bearer \(token(for: .lionDesk))"
        case .unknown, .expired, .revoked, .withoutScopes, .forReading, .ofAnotherUser,
            .ofAnotherLocation, .own:
            "Bearer \(token(for: dialect))"
        }
    }

    /// The token of the kind that a dialect requires.
    func token(for dialect: Operation.Dialect) -> String {
        switch dialect {
        case .lionDesk: "user-token-\(rawValue)-0123456789abcdef"
        case .highLevel: "pit-\(rawValue)-0123456789abcdef"
        }
    }
}

extension Operation.Dialect {
    var other: Operation.Dialect {
        switch self {
        case .lionDesk: .highLevel
        case .highLevel: .lionDesk
        }
    }
}
