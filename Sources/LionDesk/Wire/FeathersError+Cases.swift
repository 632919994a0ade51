import HTTPServing
package import JSON
import Tasks

// Where Feathers, or the OAuth library that issues LionDesk's tokens, has a text for an error, that
// text is used here. Clients show these texts to people, and search for some of them.
extension FeathersError {
    // MARK: Authentication and permission

    package static let noAuthentication = FeathersError(
        .notAuthenticated,
        "Unauthorized request: no authentication given"
    )

    package static let unknownToken = FeathersError(
        .notAuthenticated,
        "Invalid token: access token is invalid"
    )

    package static let expiredToken = FeathersError(
        .notAuthenticated,
        "Invalid token: access token has expired"
    )

    package static let insufficientScope = FeathersError(
        .forbidden,
        "Insufficient scope: authorized scope is insufficient"
    )

    /// The refusal of a token that acts for a location and not for a user.
    static let notAUsersToken = FeathersError(
        .forbidden,
        "This token acts for a location; this API takes the token of a user"
    )

    /// The refusal of a change to a category that everybody in the location has.
    static let notCategoryOwner = FeathersError(
        .forbidden,
        "Only the owner of a category may change or remove it"
    )

    /// The refusal of a change to a task that the user may see, but did not create.
    package static let notOwner = FeathersError(
        .forbidden,
        "Only the owner of the task may change or remove it"
    )

    // MARK: Paths and methods

    /// The answer to an identifier in the URL that no record of the user has.
    package static func notFound(id: String) -> FeathersError {
        FeathersError(.notFound, "No record found for id '\(id)'")
    }

    /// The answer to a path that does not exist.
    package static func pageNotFound(url: String) -> FeathersError {
        FeathersError(.notFound, "Page not found", data: ["url": .string(url)])
    }

    /// A method that accepts one record only, and was asked for many.
    package enum MultipleEntries: String, Sendable {
        case create
        case patch
        case remove
    }

    /// The refusal to create, change or remove many records at once.
    package static func multipleEntries(_ attempt: MultipleEntries) -> FeathersError {
        FeathersError(.methodNotAllowed, "Can not \(attempt.rawValue) multiple entries")
    }

    package static let replaceMultiple = FeathersError(
        .badRequest,
        "You can not replace multiple instances. Did you mean 'patch'?"
    )

    /// The answer to an HTTP method that the path does not have.
    package static func methodNotAllowed(_ method: String) -> FeathersError {
        FeathersError(
            .methodNotAllowed,
            "Method `\(method)` is not supported by this endpoint."
        )
    }

    // MARK: Queries and bodies

    /// The answer to an unknown operator or field; the error's data is the object that holds it.
    package static func invalidQueryParameter(
        _ name: String,
        data: JSONObject
    ) -> FeathersError {
        FeathersError(
            .badRequest,
            "Invalid query parameter \(name)",
            data: data
        )
    }

    /// The answer to a field's value that cannot be read.
    package static func invalidQueryValue(
        _ value: JSONValue,
        of name: String,
        because reason: String
    ) -> FeathersError {
        FeathersError(
            .badRequest,
            "Invalid query parameter \(name)",
            data: [name: value],
            errors: [name: .string(reason)]
        )
    }

    package static let tooManyParameters = FeathersError(
        .badRequest,
        "Too many parameters: \(QueryString.parameterLimit) are the limit"
    )

    /// The answer to a body that is wrong in these fields.
    package static func validationFailed(_ errors: JSONObject) -> FeathersError {
        FeathersError(.badRequest, "Validation failed", data: [:], errors: errors)
    }

    /// The answer to a body that is not JSON.
    package static func malformedBody(_ error: JSONSyntaxError) -> FeathersError {
        FeathersError(.badRequest, error.description)
    }

    package static let bodyIsNoObject = FeathersError(
        .badRequest,
        "The request body must be an object"
    )

    /// The answer to a body of more than a number of bytes.
    package static func bodyTooLarge(limit: Int) -> FeathersError {
        FeathersError(.badRequest, "The request body is larger than \(limit) bytes")
    }

    package static let bodyIncomplete = FeathersError(
        .badRequest,
        "The request body ended before it was complete"
    )

    /// The answer to a body in a content coding that is not read.
    package static func unsupportedCoding(_ name: String) -> FeathersError {
        FeathersError(
            .unsupportedMediaType,
            "Content-Encoding \(name) is not supported, only gzip and deflate are"
        )
    }

    package static let malformedCoding = FeathersError(
        .badRequest,
        "The request body is not compressed as Content-Encoding says"
    )

    // MARK: Conditions and keys

    /// The refusal of a change to a record that is not as the client has it.
    static func changedMeanwhile(_ record: JSONObject) -> FeathersError {
        FeathersError(
            .preconditionFailed,
            "The record is not as If-Match says; data is how it is now",
            data: record
        )
    }

    /// The refusal of a request because of its `Idempotency-Key`.
    init(_ refusal: KeyRefusal) {
        self =
            switch refusal {
            case .unusableKey:
                FeathersError(.badRequest, "Idempotency-Key has 1 to 255 characters")
            case .inProgress:
                FeathersError(
                    .conflict,
                    "A request with this Idempotency-Key is being carried out",
                    retryAfterSeconds: 1
                )
            case .otherRequest:
                FeathersError(.unprocessable, "This Idempotency-Key is of another request")
            case .answerLost:
                FeathersError(.conflict, "The request was carried out; its answer is lost")
            }
    }

    // MARK: Failures of the server

    package static let generalError = FeathersError(.generalError, "Internal server error")

    package static let unavailable = FeathersError(
        .unavailable,
        "The service is unavailable for the moment",
        retryAfterSeconds: 1
    )

    /// The answer where what is stored cannot be read, which does not pass by itself.
    package static let unreadable = FeathersError(
        .unavailable,
        "What is stored of this cannot be read; the server's log has the reason"
    )

    /// The answer to a query for tasks beyond the horizon that are not all made yet.
    package static let lookAheadUnfinished = FeathersError(
        .unavailable,
        "Not all tasks up to that due_at are made yet: ask again, or for an earlier due_at",
        retryAfterSeconds: 1
    )

    /// The answer to a query for tasks so far beyond the horizon that they may not be made.
    package static func lookAheadRefused(_ reason: String) -> FeathersError {
        FeathersError(.badRequest, "\(reason): ask for an earlier due_at")
    }

    /// The answer to a query that takes longer than a query may.
    package static func queryTooCostly(timeLimit: Duration) -> FeathersError {
        let milliseconds = Int(timeLimit / .milliseconds(1))
        return FeathersError(
            .badRequest,
            "The query takes longer than \(milliseconds) ms: use fewer or narrower conditions"
        )
    }

    package static func tooManyRequests(retryAfterSeconds: Int) -> FeathersError {
        FeathersError(
            .tooManyRequests,
            "Too many requests",
            retryAfterSeconds: retryAfterSeconds
        )
    }
}
