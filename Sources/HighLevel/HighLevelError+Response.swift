import HTTPServing
import HTTPTypes
import Hummingbird
import JSON
import Tasks

extension HighLevelError {
    /// The error that a client is told of.
    init(describing error: any Error) {
        self =
            switch error {
            case let error as HighLevelError: error
            case is BodyTooLarge: .bodyTooLarge
            case TaskRefusal.unusableReferences: .referenceIsGone
            // A request that is cut off while the server stops may be made again as well.
            case is StoreUnavailable, is CancellationError: .unavailable
            default: .internalError
            }
    }

    /// The refusal of a request without a token that is in force.
    ///
    /// HighLevel tells a token that has expired from an unknown one no more than we do; it tells
    /// apart what kind of token it took it for.
    init(_ failure: AuthenticationFailure, of request: Request) {
        switch failure {
        case .missing, .malformed: self = .noToken
        case .unknown, .expired:
            let field = request.headers[.authorization] ?? ""
            self = Self.hasJWT(field) ? .invalidAccessToken : .invalidPrivateToken
        }
    }

    /// The response that says it, with the header fields that go with its status.
    func response(traceID: TraceID, _ options: HighLevelOptions) -> Response {
        var headers = HTTPFields()
        switch kind {
        case .unauthorized: headers[.wwwAuthenticate] = #"Bearer realm="Service""#
        case .tooManyRequests(let seconds): headers[.retryAfter] = String(seconds)
        case .unavailable: headers[.retryAfter] = "1"
        case .badRequest, .forbidden, .notFound, .bodyTooLarge, .violations, .internalError: break
        }
        return .object(
            .init(code: status(options)),
            traceID: traceID,
            headers: headers
        ) { json in
            write(to: &json, options)
        }
    }

    /// Whether the token of a header field has a JWT's form: three parts, of which the first is a
    /// JSON object in base64url (RFC 7515, section 7.1).
    private static func hasJWT(_ field: String) -> Bool {
        guard let token = field.split(separator: " ").last else { return false }
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 3 && token.hasPrefix("eyJ")
    }
}
