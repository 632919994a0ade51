import Crypto
import HTTPTypes
package import Hummingbird
package import Recurrence
import Synchronization
package import Tasks

/// Finds the principal of a request by its bearer token (RFC 6750, section 2.1).
///
/// After a token is accepted, it is not looked up again for one second. So a token that is revoked
/// or expires is still accepted for at most one second.
package final class TokenAuthenticator<Tokens: TokenStore>: Sendable {
    private let tokens: Tokens
    private let accepted = Mutex<[[UInt8]: Acceptance]>([:])

    private struct Acceptance {
        let principal: Principal
        let until: Timestamp
    }

    private static var rememberedDuration: Duration { .seconds(1) }
    private static var rememberedLimit: Int { 10_000 }

    package init(tokens: Tokens) {
        self.tokens = tokens
    }

    /// Returns the principal of a request.
    ///
    /// Only the `Authorization` header field is read; a token anywhere else is ignored.
    ///
    /// - Throws: ``AuthenticationFailure``, or what the store throws.
    package func principal(of request: Request, at now: Timestamp) async throws -> Principal {
        guard let field = request.headers[.authorization] else {
            throw AuthenticationFailure.missing
        }
        guard let token = Self.bearerToken(in: field) else { throw AuthenticationFailure.malformed }
        let digest = TokenDigest.bytes(of: token)
        if let known = accepted.withLock({ $0[digest] }), now < known.until {
            return known.principal
        }
        switch try await tokens.verdict(onTokenWithHash: digest, at: now) {
        case .accepted(let principal):
            remember(principal, of: digest, at: now)
            return principal
        case .expired: throw AuthenticationFailure.expired
        case .unknown: throw AuthenticationFailure.unknown
        }
    }

    private func remember(_ principal: Principal, of digest: [UInt8], at now: Timestamp) {
        let until = now.advanced(by: Self.rememberedDuration)
        accepted.withLock { accepted in
            if accepted.count >= Self.rememberedLimit { accepted.removeAll(keepingCapacity: true) }
            accepted[digest] = Acceptance(principal: principal, until: until)
        }
    }

    private static func bearerToken(in field: String) -> Substring? {
        let parts = field.utf8.split(separator: UInt8(ascii: " "))
        guard parts.count == 2, parts[1].count <= 512,
            Substring(parts[0]).lowercased() == "bearer"
        else { return nil }
        return Substring(parts[1])
    }
}

/// Why a request has no principal.
package enum AuthenticationFailure: Error, Hashable {
    /// There is no `Authorization` header field.
    case missing
    /// The header field does not hold a bearer token.
    case malformed
    case unknown
    case expired
}

/// The digest that is stored instead of a token.
package enum TokenDigest {
    /// The SHA-256 digest of a token's characters in UTF-8.
    package static func bytes(of token: some StringProtocol) -> [UInt8] {
        Array(SHA256.hash(data: Array(token.utf8)))
    }
}
