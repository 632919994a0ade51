package import Recurrence

/// On whose behalf a request is made: what its token says.
package struct Principal: Hashable, Sendable {
    /// The tenant that the token belongs to; every query carries it.
    package var locationID: LocationID
    /// The user that the token acts as; none for a location's own token.
    package var userID: Identifier<User>?
    /// The IANA name of the zone in which the principal's wall-clock times are meant.
    package var timeZone: String
    /// What the token may do; none given means everything.
    package var scopes: Set<String>?

    package init(
        locationID: LocationID,
        userID: Identifier<User>?,
        timeZone: String,
        scopes: Set<String>?
    ) {
        self.locationID = locationID
        self.userID = userID
        self.timeZone = timeZone
        self.scopes = scopes
    }

    /// Tells whether the token covers a scope.
    package func allows(_ scope: String) -> Bool {
        scopes?.contains(scope) ?? true
    }
}

/// Whether a token opens the door.
package enum TokenVerdict: Hashable, Sendable {
    case accepted(Principal)
    case expired
    case unknown
}

/// Where tokens are looked up.
package protocol TokenStore: Sendable {
    /// Tells whom a token stands for at a time, by the SHA-256 digest of the token.
    func verdict(onTokenWithHash hash: [UInt8], at now: Timestamp) async throws -> TokenVerdict
}
