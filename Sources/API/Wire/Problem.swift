package import JSON

/// Why a request is refused, as a client is told (RFC 9457).
package struct Problem: Error, Hashable {
    /// What kind of refusal it is; the words are a part of its `type`.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case unreadableRequest = "unreadable-request"
        case invalidQuery = "invalid-query"
        case invalidCursor = "invalid-cursor"
        case costlyQuery = "costly-query"
        case unauthorized
        case insufficientScope = "insufficient-scope"
        case quotaExceeded = "quota-exceeded"
        case notFound = "not-found"
        case methodNotAllowed = "method-not-allowed"
        case conflict
        case batchAborted = "batch-aborted"
        case requestInProgress = "request-in-progress"
        case keyOfAnotherRequest = "key-of-another-request"
        case changesForgotten = "changes-forgotten"
        case changedMeanwhile = "changed-meanwhile"
        case preconditionRequired = "precondition-required"
        case bodyTooLarge = "body-too-large"
        case unsupportedMediaType = "unsupported-media-type"
        case invalidBody = "invalid-body"
        case tooManyRequests = "too-many-requests"
        case internalError = "internal-error"
        case unavailable
    }

    /// One thing that is wrong with a request, and where.
    package struct Fault: Hashable, Sendable {
        /// Where a fault is.
        package enum Place: Hashable, Sendable {
            /// A part of the body, as a JSON pointer (RFC 6901).
            case pointer(String)
            /// A parameter of the query.
            case parameter(String)
        }

        package var place: Place
        package var reason: String

        package init(_ place: Place, _ reason: String) {
            self.place = place
            self.reason = reason
        }
    }

    package let kind: Kind
    package let detail: String
    /// Everything that is wrong, where there are several things to tell.
    package var faults: [Fault] = []
    /// After how many seconds the same request may succeed.
    package var retryAfterSeconds: Int?
    /// The methods that the path has; only where the request's is none of them.
    package var allowedMethods: String?
    /// Further members.
    package var members: JSONObject = [:]

    package init(_ kind: Kind, _ detail: String) {
        self.kind = kind
        self.detail = detail
    }

    package static func == (left: Problem, right: Problem) -> Bool {
        left.kind == right.kind && left.detail == right.detail && left.faults == right.faults
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(kind)
        hasher.combine(detail)
    }
}

extension Problem.Kind {
    package var status: Int {
        switch self {
        case .unreadableRequest, .invalidQuery, .invalidCursor, .costlyQuery: 400
        case .unauthorized: 401
        case .insufficientScope, .quotaExceeded: 403
        case .notFound: 404
        case .methodNotAllowed: 405
        case .conflict, .requestInProgress, .batchAborted: 409
        case .changesForgotten: 410
        case .changedMeanwhile: 412
        case .bodyTooLarge: 413
        case .unsupportedMediaType: 415
        case .invalidBody, .keyOfAnotherRequest: 422
        case .preconditionRequired: 428
        case .tooManyRequests: 429
        case .internalError: 500
        case .unavailable: 503
        }
    }

    /// What it is in a few words, the same for every occurrence.
    var title: String {
        switch self {
        case .unreadableRequest: "The request cannot be read"
        case .invalidQuery: "The query has faults"
        case .invalidCursor: "The cursor does not belong to this query"
        case .costlyQuery: "The query costs too much"
        case .unauthorized: "A token in force is needed"
        case .insufficientScope: "The token does not allow this"
        case .quotaExceeded: "The location has as much as it may"
        case .notFound: "There is no such thing"
        case .methodNotAllowed: "The path does not have this method"
        case .batchAborted: "Another operation failed"
        case .requestInProgress: "The request is being carried out"
        case .keyOfAnotherRequest: "The key is that of another request"
        case .conflict: "The record's state does not allow this"
        case .changesForgotten: "The changes are not kept any more"
        case .changedMeanwhile: "The record has changed"
        case .preconditionRequired: "The request has to say which state it means"
        case .bodyTooLarge: "The body is too large"
        case .unsupportedMediaType: "The body's format is not read"
        case .invalidBody: "The body has faults"
        case .tooManyRequests: "Too many requests"
        case .internalError: "Something failed in the server"
        case .unavailable: "The server cannot answer at the moment"
        }
    }
}

extension Problem {
    static let noRoute = Problem(.notFound, "No path of this API is like this.")
    /// For what does not exist and for what the caller may not see alike.
    static let noRecord = Problem(.notFound, "No record that you may see has this identifier.")
    static let preconditionRequired = Problem(
        .preconditionRequired,
        "The location asks for `If-Match`, with the `etag` of the record as you have it."
    )
    static let unavailable = Problem(.unavailable, "Please send the request again.", retryAfter: 1)
    static let unreadable = Problem(
        .unavailable,
        "What is stored of this cannot be read; the server's log has the reason."
    )

    init(_ kind: Kind, _ detail: String, retryAfter seconds: Int) {
        self.init(kind, detail)
        retryAfterSeconds = seconds
    }

    static func needsScope(_ scope: APIScope) -> Problem {
        Problem(.insufficientScope, "It needs the scope `\(scope.rawValue)`.")
    }

    static func methodNotAllowed(allowing methods: String) -> Problem {
        var problem = Problem(.methodNotAllowed, "It has \(methods).")
        problem.allowedMethods = methods
        return problem
    }

    /// Everything that is wrong with a query or with a body.
    init(_ kind: Kind, faults: [Fault]) {
        let count = faults.count == 1 ? "There is one fault" : "There are \(faults.count) faults"
        self.init(kind, "\(count); see `errors`.")
        self.faults = faults
    }
}
