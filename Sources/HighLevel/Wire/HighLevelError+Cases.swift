import JSON
import Tasks

// Where HighLevel's own text for an error is known, it is used here. Clients show these texts to
// people, and search for some of them.
extension HighLevelError {
    // MARK: Authentication and permission

    /// The answer to a request without a bearer token.
    static let noToken = HighLevelError(
        .unauthorized,
        "Invalid token: access token is invalid"
    )

    /// The answer to a token of OAuth's form that is unknown or has expired.
    static let invalidAccessToken = HighLevelError(.unauthorized, "Invalid JWT")

    /// The answer to any other token that is unknown or has expired.
    static let invalidPrivateToken = HighLevelError(
        .unauthorized,
        "Invalid Private Integration token"
    )

    /// The refusal of a token that acts for a user and not for a location.
    static let notALocationsToken = HighLevelError(
        .unauthorized,
        "Token's user type mismatch!"
    )

    package static let insufficientScope = HighLevelError(
        .unauthorized,
        "The token is not authorized for this scope."
    )

    /// The refusal of any location but the token's, whether it exists or not.
    package static let foreignLocation = HighLevelError(
        .forbidden,
        "The token does not have access to this location."
    )

    package static func tooManyRequests(retryAfterSeconds: Int) -> HighLevelError {
        HighLevelError(
            .tooManyRequests(retryAfterSeconds: retryAfterSeconds),
            "Too Many Requests"
        )
    }

    // MARK: Versions, routes, queries and bodies

    static let noVersion = HighLevelError(.unauthorized, "version header was not found.")

    static let invalidVersion = HighLevelError(.unauthorized, "version header is invalid")

    /// The answer to a route that does not exist, with the method and the path of the request.
    package static func noRoute(_ method: String, _ path: String) -> HighLevelError {
        HighLevelError(.notFound, "Cannot \(method) \(path)")
    }

    /// The answer to a body that is not JSON.
    static func malformedBody(_ error: JSONSyntaxError) -> HighLevelError {
        HighLevelError(.badRequest, error.description)
    }

    static let bodyIsNoObject = HighLevelError(
        .badRequest,
        "The request body must be an object"
    )

    package static let bodyTooLarge = HighLevelError(.bodyTooLarge, "request entity too large")

    package static let bodyIncomplete = HighLevelError(
        .badRequest,
        "The request body ended before it was complete"
    )

    /// The answer to a body in a content coding that is not read.
    package static func unsupportedCoding(_ name: String) -> HighLevelError {
        HighLevelError(
            .unsupportedMediaType,
            "Content-Encoding \(name) is not supported, only gzip and deflate are"
        )
    }

    package static let malformedCoding = HighLevelError(
        .badRequest,
        "The request body is not compressed as Content-Encoding says"
    )

    static let tooManyParameters = HighLevelError(
        .badRequest,
        "The request has too many query parameters"
    )

    // MARK: Conditions and keys

    /// The refusal of a change to a record that is not as the client has it.
    static let changedMeanwhile = HighLevelError(
        .preconditionFailed,
        "The record is not as If-Match says"
    )

    /// The refusal of a request because of its `Idempotency-Key`.
    init(_ refusal: KeyRefusal) {
        self =
            switch refusal {
            case .unusableKey:
                HighLevelError(.badRequest, "Idempotency-Key has 1 to 255 characters")
            case .inProgress:
                HighLevelError(
                    .inProgress,
                    "A request with this Idempotency-Key is being carried out"
                )
            case .otherRequest:
                HighLevelError(.unprocessable, "This Idempotency-Key is of another request")
            case .answerLost:
                HighLevelError(.conflict, "The request was carried out; its answer is lost")
            }
    }

    // MARK: Records

    static func recurringTaskNotFound(_ id: String) -> HighLevelError {
        HighLevelError(.badRequest, "Recurring task with id \(id) not found")
    }

    package static func taskNotFound(_ id: String) -> HighLevelError {
        HighLevelError(.badRequest, "Task with id \(id) not found")
    }

    static func contactNotFound(_ id: String) -> HighLevelError {
        HighLevelError(.badRequest, "Contact with id \(id) not found")
    }

    static func locationNotFound(_ id: String) -> HighLevelError {
        HighLevelError(.badRequest, "Location with id \(id) not found")
    }

    static func userNotFound(_ id: String) -> HighLevelError {
        HighLevelError(.badRequest, "User with id \(id) not found")
    }

    /// The answer where a contact or a user was removed while the request was carried out.
    static let referenceIsGone = HighLevelError(
        .badRequest,
        "A contact or a user of the request is not there any more"
    )

    // MARK: Failures of the server

    package static let internalError = HighLevelError(.internalError, "Internal Server Error")

    /// The answer to a search or a list that takes longer than a query may.
    package static func queryTooCostly(timeLimit: Duration) -> HighLevelError {
        let milliseconds = Int(timeLimit / .milliseconds(1))
        return HighLevelError(
            .badRequest,
            "The request takes longer than \(milliseconds) ms: ask for less, or narrow the search"
        )
    }

    package static func lookAheadRefused(_ reason: String) -> HighLevelError {
        HighLevelError(.badRequest, "\(reason): ask for an earlier due date")
    }

    static let unreadable = HighLevelError(
        .unreadable,
        "What is stored of this cannot be read; the server's log has the reason"
    )

    package static let unavailable = HighLevelError(.unavailable, "Service Unavailable")
}
