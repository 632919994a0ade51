package import JSON

/// An error as HighLevel's API writes it in JSON.
///
/// That API is made with NestJS.
package struct HighLevelError: Error, Hashable {
    package let kind: Kind
    /// The texts that clients show: every violation for ``Kind/violations``, else one sentence.
    package let messages: [String]

    package init(_ kind: Kind, _ message: String) {
        self.kind = kind
        messages = [message]
    }

    /// The refusal of a request with every violation of its properties.
    package init(violations: [String]) {
        kind = .violations
        messages = violations
    }

    package enum Kind: Hashable, Sendable {
        case badRequest
        case unauthorized
        case forbidden
        case notFound
        /// The record's state does not allow it.
        case conflict
        /// The same request is being carried out.
        case inProgress
        case preconditionFailed
        case bodyTooLarge
        case unsupportedMediaType
        case unprocessable
        /// Properties of the body that are missing, unknown or wrong.
        case violations
        /// The client may ask again after this number of seconds.
        case tooManyRequests(retryAfterSeconds: Int)
        case internalError
        case unavailable
        /// What is stored cannot be read, which does not pass by itself.
        case unreadable
    }

    /// The status of the HTTP response; `statusCode` in the JSON.
    package func status(_ options: HighLevelOptions) -> Int {
        switch kind {
        case .badRequest: 400
        case .unauthorized: 401
        case .forbidden: 403
        case .notFound: 404
        case .conflict, .inProgress: 409
        case .preconditionFailed: 412
        case .bodyTooLarge: 413
        case .unsupportedMediaType: 415
        case .unprocessable: 422
        case .violations: options.validationStatus.rawValue
        case .tooManyRequests: 429
        case .internalError: 500
        case .unavailable, .unreadable: 503
        }
    }

    /// Writes the members that clients read.
    ///
    /// `message` is a list for violations, else one text. `error` is the status in words; it is
    /// left out where the message says the same.
    package func write(to json: inout JSONWriter, _ options: HighLevelOptions) {
        json.name("statusCode")
        json.write(Int64(status(options)))
        json.name("message")
        if kind == .violations {
            json.write(.array(messages.map { .string($0) }))
        } else {
            json.write(messages[0])
        }
        if let phrase = phrase(options) {
            json.name("error")
            json.write(phrase)
        }
    }

    private func phrase(_ options: HighLevelOptions) -> String? {
        switch kind {
        case .badRequest: "Bad Request"
        case .unauthorized: "Unauthorized"
        case .forbidden: "Forbidden"
        case .notFound: "Not Found"
        case .conflict, .inProgress: "Conflict"
        case .preconditionFailed: "Precondition Failed"
        case .bodyTooLarge: "Payload Too Large"
        case .unsupportedMediaType: "Unsupported Media Type"
        case .unprocessable: "Unprocessable Entity"
        case .violations: options.validationStatus.phrase
        case .unreadable: "Service Unavailable"
        case .tooManyRequests, .internalError, .unavailable: nil
        }
    }
}
