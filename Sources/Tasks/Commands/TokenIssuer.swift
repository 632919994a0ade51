package import Recurrence

/// Issues and revokes tokens.
///
/// Of a token's text only the digest and the hint are kept.
package struct TokenIssuer<Store: DirectoryStore>: Sendable {
    private let store: Store
    private let digest: @Sendable ([UInt8]) -> [UInt8]
    private let randomBytes: @Sendable (Int) -> [UInt8]

    /// Creates an issuer.
    ///
    /// - Parameters:
    ///   - store: Where the tokens are kept.
    ///   - digest: Returns the SHA-256 digest of bytes.
    ///   - randomBytes: Returns as many bytes as it is asked for. Nobody can predict them.
    package init(
        store: Store,
        digest: @escaping @Sendable ([UInt8]) -> [UInt8],
        randomBytes: @escaping @Sendable (Int) -> [UInt8]
    ) {
        self.store = store
        self.digest = digest
        self.randomBytes = randomBytes
    }

    /// Issues a token.
    ///
    /// - Parameters:
    ///   - holder: Whom the token stands for.
    ///   - scopes: What the token may do; `nil` means everything.
    ///   - expiresAt: When the token expires; `nil` means never.
    ///   - now: The time of issue.
    /// - Returns: The token, which cannot be read again later, and the record that is kept of it.
    /// - Throws: ``TokenRefusal``.
    package func issue(
        to holder: TokenHolder,
        scopes: Set<String>?,
        expiresAt: Timestamp?,
        at now: Timestamp
    ) async throws -> (token: String, record: TokenRecord) {
        if let malformed = scopes?.sorted().first(where: { !TokenText.isWellFormed(scope: $0) }) {
            throw TokenRefusal.malformedScope(malformed)
        }
        if let expiresAt, expiresAt <= now { throw TokenRefusal.expiryNotInFuture }
        let text = TokenText.random(for: holder, from: randomBytes)
        let token = NewToken(
            TokenSecret(digest: digest(Array(text.utf8)), hint: TokenText.hint(of: text)),
            holder: holder,
            scopes: scopes,
            expiresAt: expiresAt
        )
        return (text, try await store.addToken(token, at: now))
    }

    /// Revokes a token, for good.
    ///
    /// - Parameters:
    ///   - text: The token, or its hint.
    ///   - now: The token is refused from this time on.
    /// - Returns: The record that is kept of the token.
    /// - Throws: ``TokenRefusal/unknown`` or ``TokenRefusal/ambiguous(count:)``.
    package func revoke(_ text: String, at now: Timestamp) async throws -> TokenRecord {
        try await store.revokeToken(
            withDigest: digest(Array(text.utf8)),
            orHint: text,
            at: now
        )
    }
}
