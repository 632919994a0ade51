import JSON
import ServerTestSupport
import Testing

/// The answer by which a dialect refuses a request.
struct Refusal: Sendable {
    let status: Int
    /// The message, with the names of records in braces.
    let message: String

    init(_ status: Int, _ message: String) {
        self.status = status
        self.message = message
    }
}

/// An operation with a credential that it must refuse.
struct Attempt: Sendable, CustomTestStringConvertible {
    let operation: Operation
    let credential: Credential
    let refusal: Refusal

    var testDescription: String {
        "\(operation.testDescription), \(credential.testDescription)"
    }

    /// Every operation with every credential that it must refuse.
    static let all = Operation.all.flatMap { operation in
        Credential.allCases.compactMap { credential in
            operation.refusal(of: credential).map { refusal in
                Attempt(operation: operation, credential: credential, refusal: refusal)
            }
        }
    }
}

extension Operation {
    /// How a credential is refused; nil where the operation accepts it.
    fileprivate func refusal(of credential: Credential) -> Refusal? {
        switch dialect {
        case .lionDesk: lionDeskRefusal(of: credential)
        case .highLevel: highLevelRefusal(of: credential)
        }
    }

    private func lionDeskRefusal(of credential: Credential) -> Refusal? {
        let insufficientScope = Refusal(
            403,
            "Insufficient scope: authorized scope is insufficient"
        )
        return switch credential {
        case .none, .malformed: Refusal(401, "Unauthorized request: no authentication given")
        case .unknown, .revoked: Refusal(401, "Invalid token: access token is invalid")
        case .expired: Refusal(401, "Invalid token: access token has expired")
        case .otherKind:
            Refusal(403, "This token acts for a location; this API takes the token of a user")
        case .withoutScopes: insufficientScope
        case .forReading: isReading ? nil : insufficientScope
        // A path without a name means the records of the token's own user, so it is accepted.
        case .ofAnotherUser, .ofManager, .ofAdmin, .ofAnotherLocation:
            names.last.map { Refusal(404, "No record found for id '\($0.placeholder)'") }
        case .own: nil
        }
    }

    private func highLevelRefusal(of credential: Credential) -> Refusal? {
        let insufficientScope = Refusal(401, "The token is not authorized for this scope.")
        return switch credential {
        case .none, .malformed: Refusal(401, "Invalid token: access token is invalid")
        case .unknown, .revoked, .expired: Refusal(401, "Invalid Private Integration token")
        case .otherKind, .ofManager, .ofAdmin: Refusal(401, "Token's user type mismatch!")
        case .withoutScopes: insufficientScope
        case .forReading: isReading ? nil : insufficientScope
        case .ofAnotherLocation:
            switch names.first {
            case .location: Refusal(403, "The token does not have access to this location.")
            case .userName: Refusal(400, "User with id {userName} not found")
            default: Refusal(400, "Contact with id {contact} not found")
            }
        // A location's token belongs to no user: it sees all of its location.
        case .ofAnotherUser, .own: nil
        }
    }
}

extension Answer {
    /// Whether the body is an error as a dialect writes it, with the response's own status.
    func isError(of dialect: Operation.Dialect) -> Bool {
        guard let members = json.object?.members.map(\.name) else { return false }
        return switch dialect {
        case .lionDesk:
            members == ["name", "message", "code", "className", "errors"]
                && self["code"] == .integer(Int64(status))
        case .highLevel:
            members == ["statusCode", "message", "error", "traceId"]
                && self["statusCode"] == .integer(Int64(status))
        }
    }

    /// The body without what differs between answers: a record's name and the trace identifier.
    func text(withoutName name: String) -> String {
        let text = text.replacing(name, with: "?")
        return self["traceId"]?.string.map { text.replacing($0, with: "?") } ?? text
    }
}
