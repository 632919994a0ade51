import Crypto
import HTTPTypes
package import Hummingbird
package import Recurrence
package import Tasks

/// Tells on whose behalf a request is made, by its bearer token (RFC 6750, section 2.1).
package struct TokenAuthenticator<Tokens: TokenStore>: Sendable {
    private let tokens: Tokens

    package init(tokens: Tokens) {
        self.tokens = tokens
    }

    /// Tells who makes a request.
    ///
    /// A token anywhere but in the header field is not looked at.
    ///
    /// - Throws: ``AuthenticationFailure``, or what the store throws.
    package func principal(of request: Request, at now: Timestamp) async throws -> Principal {
        guard let field = request.headers[.authorization] else {
            throw AuthenticationFailure.missing
        }
        guard let token = Self.bearerToken(in: field) else { throw AuthenticationFailure.malformed }
        let verdict = try await tokens.verdict(
            onTokenWithHash: TokenDigest.bytes(of: token),
            at: now
        )
        switch verdict {
        case .accepted(let principal): return principal
        case .expired: throw AuthenticationFailure.expired
        case .unknown: throw AuthenticationFailure.unknown
        }
    }

    private static func bearerToken(in field: String) -> Substring? {
        let parts = field.split(separator: " ", omittingEmptySubsequences: true)
        guard parts.count == 2, parts[0].lowercased() == "bearer", parts[1].utf8.count <= 512 else {
            return nil
        }
        return parts[1]
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

/// What is stored of a token in its place.
package enum TokenDigest {
    /// The SHA-256 digest of a token's characters in UTF-8.
    package static func bytes(of token: some StringProtocol) -> [UInt8] {
        Array(SHA256.hash(data: Array(token.utf8)))
    }
}
