package import Recurrence

/// Whom a token stands for.
package enum TokenHolder: Hashable, Sendable {
    case user(Identifier<User>)
    /// The whole location.
    case location(LocationID)
}

/// What is kept of a token.
///
/// The token itself is not kept.
package struct TokenRecord: Hashable, Sendable {
    /// What people recognise the token by; see ``TokenText/hint(of:)``.
    package var hint: String
    package var locationID: LocationID
    /// The user that the token acts as; none for a location's own token.
    package var userID: Identifier<User>?
    /// What the token may do; `nil` means everything.
    package var scopes: Set<String>?
    package var createdAt: Timestamp
    package var expiresAt: Timestamp?
    package var revokedAt: Timestamp?

    package init(
        hint: String,
        locationID: LocationID,
        userID: Identifier<User>?,
        scopes: Set<String>?,
        createdAt: Timestamp,
        expiresAt: Timestamp?,
        revokedAt: Timestamp?
    ) {
        self.hint = hint
        self.locationID = locationID
        self.userID = userID
        self.scopes = scopes
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
    }
}

/// A token that is to be kept.
package struct NewToken: Hashable, Sendable {
    /// The SHA-256 digest of the token.
    package var digest: [UInt8]
    package var hint: String
    package var holder: TokenHolder
    /// What the token may do; `nil` means everything.
    package var scopes: Set<String>?
    package var expiresAt: Timestamp?

    package init(
        digest: [UInt8],
        hint: String,
        holder: TokenHolder,
        scopes: Set<String>?,
        expiresAt: Timestamp?
    ) {
        self.digest = digest
        self.hint = hint
        self.holder = holder
        self.scopes = scopes
        self.expiresAt = expiresAt
    }
}

/// Why a token was not issued or not revoked.
package enum TokenRefusal: Error, Hashable {
    /// There is no such user or location, or it was deleted.
    case unknownHolder
    /// A scope is empty, is longer than 100 characters, or has a character that RFC 6749,
    /// section 3.3, does not allow.
    case malformedScope(String)
    /// The token would be expired from the start.
    case expiryNotInFuture
    /// No token in force is the given text or has it as its hint.
    case unknown
    /// The hint is that of several tokens in force: this many.
    case ambiguous(count: Int)
}
