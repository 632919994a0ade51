import HTTPServing
import HTTPTypes
import Hummingbird
import JSON
import Tasks

extension FeathersError {
    /// The error that a client is told of.
    init(describing error: any Error) {
        self =
            switch error {
            case let error as FeathersError: error
            case let failure as AuthenticationFailure: Self(failure)
            case let error as BodyTooLarge: .bodyTooLarge(limit: error.limit)
            // A request that is cut off while the server stops may be made again as well.
            case is StoreUnavailable, is CancellationError: .unavailable
            default: .generalError
            }
    }

    private init(_ failure: AuthenticationFailure) {
        self =
            switch failure {
            case .missing, .malformed: .noAuthentication
            case .unknown: .unknownToken
            case .expired: .expiredToken
            }
    }

    /// The response that says it, with the header fields that go with its status.
    var response: Response {
        var json = JSONWriter()
        write(to: &json)
        var headers = HTTPFields()
        switch kind {
        case .notAuthenticated: headers[.wwwAuthenticate] = #"Bearer realm="Service""#
        case .unavailable: headers[.retryAfter] = "1"
        case .badRequest, .forbidden, .notFound, .methodNotAllowed, .conflict, .tooManyRequests,
            .generalError:
            break
        }
        return .json(json.bytes, status: .init(code: kind.status), headers: headers)
    }
}

/// Carries out a command on what the URL names by an identifier, and tells its refusals as this API
/// does.
func refusing<Value>(
    at id: String = "",
    _ command: () async throws -> Value
) async throws -> Value {
    do {
        return try await command()
    } catch let refusal as TaskRefusal {
        throw FeathersError(refusal, id: id)
    }
}

extension FeathersError {
    fileprivate init(_ refusal: TaskRefusal, id: String) {
        switch refusal {
        case .notFound: self = .notFound(id: id)
        case .notTheCreator: self = .notOwner
        case .unusableReferences(let verdict):
            var errors: JSONObject = [:]
            if !verdict.contactIsAllowed { errors["contact_id"] = "is not a contact of yours" }
            if !verdict.assigneeIsAllowed {
                errors["assigned_user_id"] = "is not a user of one of your teams"
            }
            if !verdict.categoryIsAllowed { errors["category_id"] = "is not a category of yours" }
            self = .validationFailed(errors)
        }
    }
}
