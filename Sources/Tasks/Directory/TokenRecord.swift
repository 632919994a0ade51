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
package struct TokenRecord: Hashable, Identifiable, Sendable {
    /// What tells the token from others; see ``TokenText/identifier(ofDigest:)``.
    package var id: String
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
    /// The latest day in UTC on which it was used, if it was.
    package var lastUsedOn: CivilDate?

    package init(
        id: String,
        hint: String,
        locationID: LocationID,
        userID: Identifier<User>?,
        scopes: Set<String>?,
        createdAt: Timestamp,
        expiresAt: Timestamp?,
        revokedAt: Timestamp?,
        lastUsedOn: CivilDate? = nil
    ) {
        self.id = id
        self.hint = hint
        self.locationID = locationID
        self.userID = userID
        self.scopes = scopes
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
        self.lastUsedOn = lastUsedOn
    }
}

/// What is kept of a new token's text.
package struct TokenSecret: Hashable, Sendable {
    /// The SHA-256 digest of the token.
    package var digest: [UInt8]
    package var hint: String

    package init(digest: [UInt8], hint: String) {
        self.digest = digest
        self.hint = hint
    }
}

/// What became of a token.
package struct TokenOutcome: Hashable, Sendable {
    /// The token as it is then; of a rotation the new one.
    package var record: TokenRecord
    /// The other token of a rotation.
    package var predecessor: TokenRecord?
    /// Whether anything was changed.
    package var isChanged: Bool
    /// The number of the change in the location's audit; none where nothing changed, and of a trial.
    package var auditNumber: Int64?

    package init(
        record: TokenRecord,
        predecessor: TokenRecord? = nil,
        isChanged: Bool = true,
        auditNumber: Int64? = nil
    ) {
        self.record = record
        self.predecessor = predecessor
        self.isChanged = isChanged
        self.auditNumber = auditNumber
    }
}

/// A token that is to be kept.
package struct NewToken: Hashable, Sendable {
    package var secret: TokenSecret
    package var holder: TokenHolder
    /// What the token may do; `nil` means everything.
    package var scopes: Set<String>?
    package var expiresAt: Timestamp?

    package init(
        _ secret: TokenSecret,
        holder: TokenHolder,
        scopes: Set<String>?,
        expiresAt: Timestamp?
    ) {
        self.secret = secret
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
