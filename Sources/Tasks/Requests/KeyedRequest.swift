package import Recurrence

/// A request that its client gave a name, so that it is carried out once however often it comes.
package struct KeyedRequest: Hashable, Sendable {
    /// The name of a request, which is its principal's own.
    package struct Key: Hashable, Sendable {
        package var locationID: LocationID
        /// Who makes the request, with what the token may do.
        package var principal: String
        /// What the client calls it.
        package var text: String

        package init(locationID: LocationID, principal: String, text: String) {
            self.locationID = locationID
            self.principal = principal
            self.text = text
        }
    }

    package var key: Key
    /// A digest of what is asked for.
    package var fingerprint: [UInt8]

    /// How many characters a client's name for a request has.
    package static let keyLengths = 1...255
    /// How long the answer is kept.
    package static let keptDuration = Duration.seconds(86_400)

    package init(key: Key, fingerprint: [UInt8]) {
        self.key = key
        self.fingerprint = fingerprint
    }

    /// The request that the current task carries out; the store remembers it with its effect.
    @TaskLocal package static var current: KeyedRequest?

    /// A part of the request that is carried out by itself.
    package func part(_ number: Int) -> KeyedRequest {
        var part = self
        part.key.text += "\u{1F}\(number)"
        return part
    }
}

/// The answer to a keyed request, as it was given.
package struct KeptAnswer: Hashable, Sendable {
    /// A header field.
    package struct Field: Hashable, Sendable {
        package var name: String
        package var value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package var status: Int
    package var fields: [Field]
    package var body: [UInt8]

    package init(status: Int, fields: [Field], body: [UInt8]) {
        self.status = status
        self.fields = fields
        self.body = body
    }
}

/// What is known of a keyed request.
package enum KnownRequest: Hashable, Sendable {
    case answered(KeptAnswer)
    /// It was carried out, and nobody knows its answer: the server ended in between, or another is
    /// about to keep it.
    case carriedOut(at: Timestamp)
}

/// Why a keyed request is not carried out.
package enum KeyRefusal: Error, Hashable {
    /// The key has another length than ``KeyedRequest/keyLengths``.
    case unusableKey
    /// The same request is being carried out.
    case inProgress
    /// The key is that of another request.
    case otherRequest
    /// The request was carried out, and what it changed is not there any more to tell of it.
    case answerLost
}
