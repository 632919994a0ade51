/// Who makes a change, and where.
package struct Actor: Hashable, Sendable {
    package var locationID: LocationID
    /// None for the server itself and for a location's own token.
    package var userID: Identifier<User>?
    /// Whether the user may refer to everything in the location, as its own token may.
    package var overseesLocation: Bool
    /// Through which door the change comes; none where nobody asked for it, as with what comes due.
    package var door: ChangeDoor?

    package init(
        locationID: LocationID,
        userID: Identifier<User>?,
        overseesLocation: Bool = false,
        through door: ChangeDoor? = nil
    ) {
        self.locationID = locationID
        self.userID = userID
        self.overseesLocation = overseesLocation
        self.door = door
    }

    /// The user by whose teams and contacts the actor's references are bounded; none where they may
    /// be to everything in the location.
    package var boundingUserID: Identifier<User>? { overseesLocation ? nil : userID }
}

/// The ways on which people and programs change something; the numbers are stored.
package enum ChangeDoor: Int, Hashable, Sendable, CaseIterable {
    /// The server's own API.
    case api = 1
    case lionDesk = 2
    case highLevel = 3
    /// The command line, or the local door of a running server.
    case command = 4
}
