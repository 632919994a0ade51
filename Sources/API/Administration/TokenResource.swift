import HTTPServing
import HTTPTypes
import Hummingbird
import JSON
import Recurrence
import Tasks

/// `/tokens`: those of the location, which are issued, listed, rotated and revoked.
///
/// Nobody can give a token more than they have themselves. Who does not administer has to do with their
/// own tokens alone.
struct TokenResource<Store: AdministrationStore>: Sendable {
    let store: Store

    /// How long a token stays in force beside the one that it was rotated to.
    static var overlap: Duration { .seconds(7 * 86_400) }

    func list(_ call: APICall) async throws -> Response {
        var parameters = try call.parameters()
        let limit = parameters.limit()
        let fingerprint = call.fingerprint("tokens")
        let place = try parameters.place(in: fingerprint, keyCount: 2)
        try parameters.finish()
        let tokens = try await tokens(seenBy: call)
            .filter { token in place.map { $0.lexicographicallyPrecedes(token.place) } ?? true }
            .sorted { $0.place.lexicographicallyPrecedes($1.place) }
        let page = tokens.prefix(limit)
        let next = tokens.count > limit ? page.last : nil
        return call.response(
            "tokens",
            page,
            next: next.map { Cursor(query: fingerprint, place: $0.place) }
        )
    }

    func get(_ call: APICall, _ id: String) async throws -> Response {
        try call.expectNoParameters()
        let tokens = try await tokens(seenBy: call)
        guard let token = tokens.first(where: { $0.id == id }) else { throw Problem.noRecord }
        return call.response("token", token)
    }

    func issue(_ call: APICall) async throws -> Response {
        try call.expectNoKey()
        let isTrial = try call.isTrial()
        var reader = MemberReader(try await call.body())
        let userID: Given<Identifier<User>> = reader.identifier("userId")
        let scopes = reader.texts(
            "scopes",
            atMost: 100,
            isNullable: true,
            where: { TokenText.isWellFormed(scope: $0) },
            or: "is no scope"
        )
        let expiresAt = reader.instant("expiresAt", isNullable: true).value
        if let expiresAt, expiresAt <= call.now { reader.note("expiresAt", "is not in the future") }
        try reader.finish()
        let holder: TokenHolder = userID.value.map { .user($0) } ?? .location(call.locationID)
        let text = TokenText.random(for: holder, from: Self.randomBytes)
        let token = NewToken(
            Self.secret(of: text),
            holder: holder,
            scopes: scopes.value.map { Set($0) },
            expiresAt: expiresAt
        )
        let outcome: TokenOutcome
        do {
            if let userID = call.boundingUserID, holder != .user(userID) {
                throw TokenRefusal.unknownHolder
            }
            outcome = try await store.addToken(
                token,
                under: terms(call, isTrial: isTrial),
                at: call.now
            )
        } catch TokenRefusal.unknownHolder {
            let fault = Problem.Fault(.pointer("/userId"), "is no record that you may refer to")
            throw Problem(.invalidBody, faults: [fault])
        }
        return response(outcome, showing: isTrial ? nil : text, isTrial: isTrial, .created)
    }

    func revoke(_ call: APICall, _ id: String) async throws -> Response {
        let isTrial = try call.isTrial()
        let outcome = try await findingToken {
            try await store.revokeToken(
                id,
                under: terms(call, isTrial: isTrial, isGiving: false),
                at: call.now
            )
        }
        var json = JSONWriter()
        json.beginObject()
        json.name("token")
        let tag = outcome.record.write(to: &json)
        json.write(outcome.auditNumber)
        json.endObject()
        return .json(json.bytes, headers: [.eTag: tag.text])
    }

    func rotate(_ call: APICall, _ id: String) async throws -> Response {
        try call.expectNoKey()
        let isTrial = try call.isTrial()
        try MemberReader(try await call.body()).finish()
        let tokens = try await tokens(seenBy: call)
        guard let token = tokens.first(where: { $0.id == id }) else { throw Problem.noRecord }
        let holder: TokenHolder = token.userID.map { .user($0) } ?? .location(token.locationID)
        let text = TokenText.random(for: holder, from: Self.randomBytes)
        let outcome: TokenOutcome
        do {
            outcome = try await store.rotateToken(
                id,
                to: Self.secret(of: text),
                overlappingUntil: call.now.advanced(by: Self.overlap),
                under: terms(call, isTrial: isTrial),
                at: call.now
            )
        } catch TokenRefusal.unknown {
            throw Problem(.conflict, "The token is not in force.")
        }
        return response(outcome, showing: isTrial ? nil : text, isTrial: isTrial, .created)
    }

    // MARK: - Parts

    /// The tokens that a caller sees: of a user who does not administer, the user's own.
    private func tokens(seenBy call: APICall) async throws -> [TokenRecord] {
        let tokens = try await store.tokens(in: call.locationID)
        guard let userID = call.boundingUserID else { return tokens }
        return tokens.filter { $0.userID == userID }
    }

    private func findingToken<Value>(_ work: () async throws -> Value) async throws -> Value {
        do { return try await work() } catch TokenRefusal.unknown { throw Problem.noRecord }
    }

    /// The token is as the client has it, and if it is given to somebody allows nothing that the caller
    /// may not do.
    private func terms(
        _ call: APICall,
        isTrial: Bool,
        isGiving: Bool = true
    ) -> DirectoryTerms {
        let isAsKnown = call.check(named: "token")
        let principal = call.principal
        let boundingUserID = call.boundingUserID
        return DirectoryTerms(author: call.author, in: call.locationID, isTrial: isTrial) {
            record in
            // Another's token answers as one that does not exist.
            if let boundingUserID, case .token(let token) = record, token.userID != boundingUserID {
                throw TokenRefusal.unknown
            }
            try isAsKnown(record)
            guard isGiving, case .token(let token) = record, !principal.covers(token.scopes) else {
                return
            }
            throw Problem(.insufficientScope, "The token may do more than yours.")
        }
    }

    private func response(
        _ outcome: TokenOutcome,
        showing text: String?,
        isTrial: Bool,
        _ status: HTTPResponse.Status
    ) -> Response {
        let record = outcome.record
        var json = JSONWriter()
        json.beginObject()
        json.write("id", isTrial ? nil : record.id)
        json.write("token", text)
        json.write("hint", isTrial ? nil : record.hint)
        json.write("userId", record.userID)
        json.name("scopes")
        if let scopes = record.scopes {
            json.beginArray()
            for scope in scopes.sorted() { json.write(scope) }
            json.endArray()
        } else {
            json.writeNull()
        }
        json.write("createdAt", record.createdAt)
        json.write("expiresAt", record.expiresAt)
        if let predecessor = outcome.predecessor {
            json.name("predecessor")
            predecessor.write(to: &json)
        }
        json.write(outcome.auditNumber)
        json.endObject()
        var response = Response.json(json.bytes, status: status)
        response.headers[.cacheControl] = "no-store"
        if !isTrial { response.headers[.location] = "/v1/tokens/\(record.id)" }
        return response
    }

    private static func secret(of text: String) -> TokenSecret {
        TokenSecret(digest: TokenDigest.bytes(of: text), hint: TokenText.hint(of: text))
    }

    private static func randomBytes(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}

extension APICall {
    /// The user whose own tokens alone the caller has to do with; none of who administers.
    fileprivate var boundingUserID: Identifier<User>? {
        principal.role < .admin ? principal.userID : nil
    }
}

extension Principal {
    /// Whether another token's scopes allow nothing that this one's do not.
    func covers(_ other: Set<String>?) -> Bool {
        guard let scopes else { return true }
        return other?.isSubset(of: scopes) ?? false
    }
}

extension TokenRecord {
    /// The token's place in the list: by age, and then by identifier.
    fileprivate var place: [Int64] {
        [createdAt.microseconds, Int64(bitPattern: UInt64(id.prefix(15), radix: 16) ?? 0)]
    }
}

extension JSONWriter {
    /// Writes the number of a change in the audit.
    fileprivate mutating func write(_ auditNumber: Int64?) {
        name("auditNumber")
        if let auditNumber { write(auditNumber) } else { writeNull() }
    }
}
