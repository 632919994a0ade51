/// Where the names of a location's users and contacts are looked up.
package protocol DirectoryNames: Sendable {
    /// The contacts with these public names, without those that were deleted.
    func contacts(
        named publicIDs: [String],
        in locationID: LocationID
    ) async throws -> [String: Identifier<Contact>]

    /// The users with these public names, without those that were deleted.
    func users(
        named publicIDs: [String],
        in locationID: LocationID
    ) async throws -> [String: Identifier<User>]

    /// What is shown of contacts, including deleted ones.
    func contacts(
        _ ids: Set<Identifier<Contact>>,
        in locationID: LocationID
    ) async throws -> [Identifier<Contact>: ContactName]

    /// What is shown of users, including deleted ones.
    func users(
        _ ids: Set<Identifier<User>>,
        in locationID: LocationID
    ) async throws -> [Identifier<User>: UserName]
}

/// What is shown of a contact beside a task.
package struct ContactName: Hashable, Sendable {
    package var publicID: String
    package var firstName: String?
    package var lastName: String?
    package var business: String?

    package init(publicID: String, firstName: String?, lastName: String?, business: String?) {
        self.publicID = publicID
        self.firstName = firstName
        self.lastName = lastName
        self.business = business
    }
}

/// What is shown of a user beside a task.
package struct UserName: Hashable, Sendable {
    package var publicID: String
    package var name: String

    package init(publicID: String, name: String) {
        self.publicID = publicID
        self.name = name
    }
}
