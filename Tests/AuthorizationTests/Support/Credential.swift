import Testing

/// What a request is made with.
enum Credential: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case none
    /// Other than a bearer token.
    case malformed
    case unknown
    case expired
    case revoked
    /// A token of the kind that the other dialect takes: a location's and not a user's, or a user's
    /// and not a location's.
    case otherKind
    case withoutScopes
    /// Good for reading alone.
    case forReading
    case ofAnotherUser
    case ofAnotherLocation
    /// Good for all.
    case own

    var testDescription: String { rawValue }

    /// The `Authorization` header field.
    func field(for dialect: Operation.Dialect) -> String? {
        switch self {
        case .none: nil
        case .malformed: "Basic dXNlcjpwYXNz"
        case .otherKind: "Bearer \(Credential.own.token(for: dialect.other))"
        case .unknown, .expired, .revoked, .withoutScopes, .forReading, .ofAnotherUser,
            .ofAnotherLocation, .own:
            "Bearer \(token(for: dialect))"
        }
    }

    /// The token of a dialect's own kind.
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
