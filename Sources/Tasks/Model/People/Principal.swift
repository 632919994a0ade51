/// On whose behalf a request is made, as its token says.
package struct Principal: Hashable, Sendable {
    /// The tenant that the token belongs to; every query carries it.
    package var locationID: LocationID
    /// The user that the token acts as; none for a location's own token.
    package var userID: Identifier<User>?
    /// The IANA name of the zone of the principal's wall-clock times.
    package var timeZone: String
    /// What the token may do; `nil` means everything.
    package var scopes: Set<String>?
    /// The user's role; of a location's own token it says nothing.
    package var role: UserRole
    /// The language tag (RFC 5646) of the user's language, if it is known.
    package var locale: String?
    /// What tells the token from others.
    package var tokenID: String?
    /// Whether requests that change a record have to say which state of it they mean.
    package var requiresMatch: Bool

    package init(
        locationID: LocationID,
        userID: Identifier<User>?,
        timeZone: String,
        scopes: Set<String>?,
        role: UserRole = .agent,
        locale: String? = nil,
        tokenID: String? = nil,
        requiresMatch: Bool = false
    ) {
        self.locationID = locationID
        self.userID = userID
        self.timeZone = timeZone
        self.scopes = scopes
        self.role = role
        self.locale = locale
        self.tokenID = tokenID
        self.requiresMatch = requiresMatch
    }

    /// Tells whether the token covers a scope.
    package func allows(_ scope: String) -> Bool {
        scopes?.contains(scope) ?? true
    }
}
