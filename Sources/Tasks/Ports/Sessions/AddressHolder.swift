/// A user who can be reached at an address.
package struct AddressHolder: Hashable, Sendable {
    package var userID: Identifier<User>
    package var name: String
    package var address: String
    package var locale: String?
    package var locationName: String

    package init(
        userID: Identifier<User>,
        name: String,
        address: String,
        locale: String?,
        locationName: String
    ) {
        self.userID = userID
        self.name = name
        self.address = address
        self.locale = locale
        self.locationName = locationName
    }
}
