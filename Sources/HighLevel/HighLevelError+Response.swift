import HTTPServing
import HTTPTypes
import Hummingbird
import JSON
import Recurrence
import Tasks

extension HighLevelError {
    /// The error that a client gets for an error of the server.
    init(describing error: any Error) {
        self =
            switch error {
            case let error as HighLevelError: error
            case is BodyTooLarge: .bodyTooLarge
            case is BodyIncomplete: .bodyIncomplete
            case let error as UnsupportedContentCoding: .unsupportedCoding(error.name)
            case is MalformedContentCoding: .malformedCoding
            case let refusal as KeyRefusal: Self(refusal)
            case TaskRefusal.unusableReferences: .referenceIsGone
            case let error as QuotaExceeded: Self(error)
            // A request that is cancelled because the server stops may be sent again, too.
            case is StoreUnavailable, is CancellationError, is LookAheadUnfinished:
                .unavailable
            // The store has told of the row. To wait helps nobody, until an operator has mended it.
            case is UnreadableRow, is UnknownZone: .unreadable
            case TaskRefusal.unreadableSeries(let parts):
                HighLevelError(.conflict, parts.unreadableText)
            case let error as QueryTooCostly: .queryTooCostly(timeLimit: error.timeLimit)
            case let error as LookAheadRefused: .lookAheadRefused(error.reason)
            default: .internalError
            }
    }

    private init(_ error: QuotaExceeded) {
        self =
            switch error {
            case .series, .openTasks: HighLevelError(.forbidden, "\(error)")
            case .hourlyTasks(_, let seconds):
                HighLevelError(.tooManyRequests(retryAfterSeconds: seconds), "\(error)")
            case .spacing: HighLevelError(violations: ["rruleOptions \(error)"])
            }
    }

    /// The refusal of a request without a token that is in force.
    ///
    /// Like HighLevel, we give an expired token and an unknown one the same answer. The answer
    /// depends on the kind of the token: a JWT or another one.
    init(_ failure: AuthenticationFailure, of request: Request) {
        switch failure {
        case .missing, .malformed: self = .noToken
        case .unknown, .expired:
            let field = request.headers[.authorization] ?? ""
            self = Self.hasJWT(field) ? .invalidAccessToken : .invalidPrivateToken
        }
    }

    /// The response with this error, and with the header fields that its status needs.
    func response(traceID: TraceID, _ options: HighLevelOptions) -> Response {
        var headers = HTTPFields()
        switch kind {
        case .unauthorized: headers[.wwwAuthenticate] = #"Bearer realm="Service""#
        case .tooManyRequests(let seconds): headers[.retryAfter] = String(seconds)
        case .unavailable, .inProgress: headers[.retryAfter] = "1"
        case .unsupportedMediaType: headers[.acceptEncoding] = ContentCoding.accepted
        case .badRequest, .forbidden, .notFound, .conflict, .preconditionFailed, .bodyTooLarge,
            .unprocessable, .violations, .internalError, .unreadable:
            break
        }
        return .object(
            .init(code: status(options)),
            traceID: traceID,
            headers: headers
        ) { json in
            write(to: &json, options)
        }
    }

    /// Whether the token of a header field looks like a JWT: it has three parts, and the first
    /// begins with `eyJ`, as a JSON object in base64url does (RFC 7515, section 7.1).
    private static func hasJWT(_ field: String) -> Bool {
        guard let token = field.split(separator: " ").last else { return false }
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 3 && token.hasPrefix("eyJ")
    }
}
