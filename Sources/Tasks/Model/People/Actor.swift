/// Who makes a change, and where.
package struct Actor: Hashable, Sendable {
    package var locationID: LocationID
    /// None for the server itself and for a location's own token.
    package var userID: Identifier<User>?

    package init(locationID: LocationID, userID: Identifier<User>?) {
        self.locationID = locationID
        self.userID = userID
    }
}
