import Crypto
import HTTPTypes
package import Hummingbird
import NIOCore
package import Recurrence
package import Tasks

/// Answers a request that has an `Idempotency-Key` once, and gives the same answer whenever the
/// request comes again within a day.
///
/// That a request was carried out is stored with its effect, and the answer before it is sent. If the
/// server ends in between, the request that comes again is answered by what became of the first.
package struct KeyedAnswers<Store: KeptAnswerStore>: Sendable {
    private let store: Store

    /// For how long another process may take to keep the answer to what it carried out.
    private static var answerDuration: Duration { .seconds(5) }

    package init(store: Store) {
        self.store = store
    }

    /// Answers a request by a closure, unless it was answered before.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - principal: Who makes it.
    ///   - bodyLimit: How many bytes its body may have.
    ///   - now: The time.
    ///   - answer: Carries the request out, whose body can be read as always.
    /// - Returns: The answer, with `Idempotency-Replayed` where it was given before.
    /// - Throws: ``KeyRefusal``, what reading the body throws, and what the closure throws; nothing is
    ///   kept then, except that a change was made if it was.
    package func answer(
        _ request: Request,
        by principal: Principal,
        bodyLimit: Int = ServingLimit.bodyBytes,
        at now: Timestamp,
        answering answer: (Request) async throws -> Response
    ) async throws -> Response {
        guard let text = request.headers[.idempotencyKey], request.method.changes else {
            return try await answer(request)
        }
        guard KeyedRequest.keyLengths.contains(text.unicodeScalars.count) else {
            throw KeyRefusal.unusableKey
        }
        let bytes = try await request.bytes(upTo: bodyLimit)
        let keyed = KeyedRequest(
            key: KeyedRequest.Key(
                locationID: principal.locationID,
                principal: principal.nameForKeys,
                text: text
            ),
            fingerprint: Self.fingerprint(of: request, bytes)
        )
        guard store.begin(keyed.key) else { throw KeyRefusal.inProgress }
        defer { store.end(keyed.key) }
        switch try await store.known(keyed, at: now) {
        case .answered(let kept): return Response(replaying: kept)
        case .carriedOut(let time) where store.sharesRequests:
            if now < time.advanced(by: Self.answerDuration) { throw KeyRefusal.inProgress }
        case .carriedOut, nil: break
        }
        let response = try await KeyedRequest.$current.withValue(keyed) {
            try await answer(request.replacingBody(bytes))
        }
        guard response.status.kind == .successful else { return response }
        let kept = try await KeptAnswer(response)
        try await store.keep(kept, to: keyed, at: now)
        return Response(kept)
    }

    private static func fingerprint(of request: Request, _ bytes: [UInt8]) -> [UInt8] {
        var digest = SHA256()
        digest.update(data: Array("\(request.method.rawValue) \(request.uri.string)\n".utf8))
        digest.update(data: bytes)
        return Array(digest.finalize())
    }
}

extension Principal {
    /// What tells the principal's keys from those of others.
    fileprivate var nameForKeys: String {
        let scopes = scopes.map { $0.sorted().joined(separator: " ") } ?? "*"
        return "\(userID.map { "\($0.rawValue)" } ?? "location") \(scopes)"
    }
}

extension HTTPRequest.Method {
    fileprivate var changes: Bool {
        self == .post || self == .put || self == .patch || self == .delete
    }
}

extension HTTPField.Name {
    package static var idempotencyKey: Self {
        // The name has no character that a field's name may not have.
        Self("Idempotency-Key") ?? .authorization
    }

    package static var idempotencyReplayed: Self {
        Self("Idempotency-Replayed") ?? .authorization
    }
}

extension Request {
    /// The request with a body that was read already.
    fileprivate func replacingBody(_ bytes: [UInt8]) -> Request {
        var head = head
        head.headerFields[.contentEncoding] = nil
        head.headerFields[.contentLength] = String(bytes.count)
        return Request(head: head, body: RequestBody(buffer: ByteBuffer(bytes: bytes)))
    }
}

extension KeptAnswer {
    /// Takes the whole of an answer.
    fileprivate init(_ response: Response) async throws {
        self.init(
            status: response.status.code,
            fields: response.headers.map { Field($0.name.rawName, $0.value) },
            body: try await response.collectedBody()
        )
    }
}

extension Response {
    /// All bytes of the body, however many there are.
    package func collectedBody() async throws -> [UInt8] {
        let collector = BodyCollector()
        try await body.write(collector)
        return collector.bytes
    }

    fileprivate init(_ kept: KeptAnswer) {
        var headers = HTTPFields()
        for field in kept.fields {
            guard let name = HTTPField.Name(field.name) else { continue }
            headers.append(HTTPField(name: name, value: field.value))
        }
        self.init(
            status: .init(code: kept.status),
            headers: headers,
            body: .init(byteBuffer: ByteBuffer(bytes: kept.body))
        )
    }

    fileprivate init(replaying kept: KeptAnswer) {
        self.init(kept)
        headers[.idempotencyReplayed] = "true"
    }
}

/// Takes in the parts of a body.
private final class BodyCollector: ResponseBodyWriter {
    private(set) var bytes: [UInt8] = []

    func write(_ buffer: ByteBuffer) async throws {
        bytes.append(contentsOf: buffer.readableBytesView)
    }

    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
