/// A contact as the directory has it.
package struct DirectoryContact: Hashable, Identifiable, Sendable {
    package let id: Identifier<Contact>
    package var publicID: String
    package var firstName: String?
    package var lastName: String?
    package var email: String?
    package var phone: String?
    /// The name of the contact's business.
    package var business: String?
    package var ownerID: Identifier<User>?
    package var assigneeID: Identifier<User>?
    /// With whom it is shared by name, in rising order, where that was asked for.
    package var sharedWithIDs: [Identifier<User>]

    package init(
        id: Identifier<Contact>,
        publicID: String,
        firstName: String? = nil,
        lastName: String? = nil,
        email: String? = nil,
        phone: String? = nil,
        business: String? = nil,
        ownerID: Identifier<User>? = nil,
        assigneeID: Identifier<User>? = nil,
        sharedWithIDs: [Identifier<User>] = []
    ) {
        self.id = id
        self.publicID = publicID
        self.firstName = firstName
        self.lastName = lastName
        self.email = email
        self.phone = phone
        self.business = business
        self.ownerID = ownerID
        self.assigneeID = assigneeID
        self.sharedWithIDs = sharedWithIDs
    }
}
