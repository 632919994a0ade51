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
