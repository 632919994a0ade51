/// Who makes a change, and where.
package struct Actor: Hashable, Sendable {
    package var locationID: LocationID
    /// None for the server itself and for a location's own token.
    package var userID: Identifier<User>?
    /// Whether the user may refer to everything in the location, as its own token may.
    package var overseesLocation: Bool

    package init(
        locationID: LocationID,
        userID: Identifier<User>?,
        overseesLocation: Bool = false
    ) {
        self.locationID = locationID
        self.userID = userID
        self.overseesLocation = overseesLocation
    }

    /// The user by whose teams and contacts the actor's references are bounded; none where they may
    /// be to everything in the location.
    package var boundingUserID: Identifier<User>? { overseesLocation ? nil : userID }
}
