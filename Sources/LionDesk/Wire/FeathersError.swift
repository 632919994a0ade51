package import JSON

/// An error as FeathersJS 4 writes it in JSON.
///
/// LionDesk's API is made with FeathersJS.
package struct FeathersError: Error, Equatable {
    package let kind: Kind
    package let message: String
    /// What the error is about; if nil, it is left out of the JSON.
    package let data: JSONObject?
    /// What is wrong with which field, as strings.
    package let errors: JSONObject
    /// After how many seconds the client may ask again; nil if that would not help.
    ///
    /// It is told in the response's header.
    package let retryAfterSeconds: Int?

    package init(
        _ kind: Kind,
        _ message: String,
        data: JSONObject? = nil,
        errors: JSONObject = [:],
        retryAfterSeconds: Int? = nil
    ) {
        self.kind = kind
        self.message = message
        self.data = data
        self.errors = errors
        self.retryAfterSeconds = retryAfterSeconds
    }

    /// The error's name in Feathers, with the status and the class that go with it.
    package enum Kind: String, CaseIterable, Sendable {
        case badRequest = "BadRequest"
        case notAuthenticated = "NotAuthenticated"
        case forbidden = "Forbidden"
        case notFound = "NotFound"
        case methodNotAllowed = "MethodNotAllowed"
        case conflict = "Conflict"
        case preconditionFailed = "PreconditionFailed"
        case unsupportedMediaType = "UnsupportedMediaType"
        case unprocessable = "Unprocessable"
        case tooManyRequests = "TooManyRequests"
        case generalError = "GeneralError"
        case unavailable = "Unavailable"
    }

    /// Writes the error as the object that clients read.
    package func write(to json: inout JSONWriter) {
        json.beginObject()
        json.name("name")
        json.write(kind.rawValue)
        json.name("message")
        json.write(message)
        json.name("code")
        json.write(Int64(kind.status))
        json.name("className")
        json.write(kind.className)
        if let data {
            json.name("data")
            json.write(.object(data))
        }
        json.name("errors")
        json.write(.object(errors))
        json.endObject()
    }
}

extension FeathersError.Kind {
    /// The status of the HTTP response; `code` in the JSON.
    package var status: Int {
        switch self {
        case .badRequest: 400
        case .notAuthenticated: 401
        case .forbidden: 403
        case .notFound: 404
        case .methodNotAllowed: 405
        case .conflict: 409
        case .preconditionFailed: 412
        case .unsupportedMediaType: 415
        case .unprocessable: 422
        case .tooManyRequests: 429
        case .generalError: 500
        case .unavailable: 503
        }
    }

    /// `className` in the JSON.
    package var className: String {
        switch self {
        case .badRequest: "bad-request"
        case .notAuthenticated: "not-authenticated"
        case .forbidden: "forbidden"
        case .notFound: "not-found"
        case .methodNotAllowed: "method-not-allowed"
        case .conflict: "conflict"
        case .preconditionFailed: "precondition-failed"
        case .unsupportedMediaType: "unsupported-media-type"
        case .unprocessable: "unprocessable"
        case .tooManyRequests: "too-many-requests"
        case .generalError: "general-error"
        case .unavailable: "unavailable"
        }
    }
}
