import HTTPServing
import HTTPTypes
import Hummingbird
import JSON
import Recurrence
import Tasks

extension FeathersError {
    /// The error that a client gets for an error of the server.
    init(describing error: any Error) {
        self =
            switch error {
            case let error as FeathersError: error
            case let failure as AuthenticationFailure: Self(failure)
            case let error as BodyTooLarge: .bodyTooLarge(limit: error.limit)
            case is BodyIncomplete: .bodyIncomplete
            case let error as UnsupportedContentCoding: .unsupportedCoding(error.name)
            case is MalformedContentCoding: .malformedCoding
            // A request that is cancelled because the server stops may be sent again, too.
            case is StoreUnavailable, is CancellationError: .unavailable
            case let error as QueryTooCostly: .queryTooCostly(timeLimit: error.timeLimit)
            case let refusal as KeyRefusal: Self(refusal)
            case is LookAheadUnfinished: .lookAheadUnfinished
            case let error as LookAheadRefused: .lookAheadRefused(error.reason)
            case let error as QuotaExceeded: Self(error)
            // The store has told of the row. To wait helps nobody, until an operator has mended it.
            case is UnreadableRow, is UnknownZone: .unreadable
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

    private init(_ error: QuotaExceeded) {
        switch error {
        case .series, .openTasks: self = FeathersError(.forbidden, "\(error)")
        case .hourlyTasks(_, let seconds):
            self = FeathersError(.tooManyRequests, "\(error)", retryAfterSeconds: seconds)
        case .spacing: self = .validationFailed(["recurrence_rule": .string("\(error)")])
        }
    }

    /// The response with this error, and with the header fields that its status needs.
    var response: Response {
        var json = JSONWriter()
        write(to: &json)
        var headers = HTTPFields()
        if kind == .notAuthenticated { headers[.wwwAuthenticate] = #"Bearer realm="Service""# }
        if kind == .unsupportedMediaType { headers[.acceptEncoding] = ContentCoding.accepted }
        headers[.retryAfter] = retryAfterSeconds.map(String.init)
        return .json(json.bytes, status: .init(code: kind.status), headers: headers)
    }
}

/// Carries out a command on the record that the URL names, and turns its refusals into this API's
/// errors.
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
        case .unreadableSeries(let parts): self = FeathersError(.conflict, parts.unreadableText)
        }
    }
}
