package import Recurrence

/// Changes to who and what a deployment knows, made together or not at all.
///
/// A record that is named and exists is changed field by field, one that does not exist is created,
/// and one that is not named stays as it is. Records may refer to each other: locations come
/// first, then users, and then the rest. Wherever a field is `nil` or ``FieldUpdate/keep``, it
/// keeps its value.
package struct DirectoryUpdate: Hashable, Sendable {
    package var locations: [LocationUpdate] = []
    package var users: [UserUpdate] = []
    package var teams: [TeamUpdate] = []
    package var contacts: [ContactUpdate] = []
    package var categories: [CategoryUpdate] = []
    package var tokens: [TokenUpdate] = []

    package init() {}
}

/// The kinds of records in the directory, in the order in which they refer to each other.
package enum DirectoryKind: Hashable, Sendable, CaseIterable {
    case location
    case user
    case team
    case contact
    case category
    case token
}

/// Changes to a location, the tenant.
package struct LocationUpdate: Hashable, Sendable {
    package var id: LocationID
    /// Needed to create one.
    package var name: String?
    /// The IANA name of a zone; UTC unless it is given.
    package var timeZone: String?
    package var isDeleted: Bool?

    package init(id: LocationID) {
        self.id = id
    }
}

/// Changes to a user.
package struct UserUpdate: Hashable, Sendable {
    /// Whom it concerns; where it is left out, the public ID tells, and a new user is given one.
    package var id: Identifier<User>?
    /// See ``PublicID``; a new user is given one where it is left out.
    package var publicID: String?
    /// Needed to create one, and the same ever after.
    package var locationID: LocationID?
    /// Needed to create one.
    package var name: String?
    package var email = FieldUpdate<String>.keep
    package var phone = FieldUpdate<String>.keep
    /// The IANA name of a zone; the location's zone where there is none.
    package var timeZone = FieldUpdate<String>.keep
    package var isDeleted: Bool?

    package init(id: Identifier<User>? = nil) {
        self.id = id
    }
}

/// Changes to a team.
package struct TeamUpdate: Hashable, Sendable {
    /// Which one it concerns; where it is left out, the location's team of that name.
    package var id: Identifier<Team>?
    /// Needed to create one, and the same ever after.
    package var locationID: LocationID?
    /// Needed to create one.
    package var name: String?
    /// Whether the members see each other's contacts and assign each other tasks.
    package var isSharing: Bool?
    /// All the members there are to be, without repetition.
    package var memberIDs: [Identifier<User>]?
    package var isDeleted: Bool?

    package init(id: Identifier<Team>? = nil) {
        self.id = id
    }
}

/// Changes to a contact.
package struct ContactUpdate: Hashable, Sendable {
    /// Which one it concerns; where it is left out, the public ID tells, and a new contact is
    /// given one.
    package var id: Identifier<Contact>?
    /// See ``PublicID``; a new contact is given one where it is left out.
    package var publicID: String?
    /// Needed to create one, and the same ever after.
    package var locationID: LocationID?
    package var firstName = FieldUpdate<String>.keep
    package var lastName = FieldUpdate<String>.keep
    package var email = FieldUpdate<String>.keep
    package var phone = FieldUpdate<String>.keep
    /// The name of the contact's business.
    package var business = FieldUpdate<String>.keep
    package var ownerID = FieldUpdate<Identifier<User>>.keep
    package var assigneeID = FieldUpdate<Identifier<User>>.keep
    /// All the users there are to be who see the contact besides, without repetition.
    package var sharedWithIDs: [Identifier<User>]?
    package var isDeleted: Bool?

    package init(id: Identifier<Contact>? = nil) {
        self.id = id
    }
}

/// Changes to a category that is not among ``TaskCategory/defaults``.
package struct CategoryUpdate: Hashable, Sendable {
    /// Which one it concerns; where it is left out, the location's or the user's of that name.
    package var id: Identifier<Category>?
    /// Needed to create one, and the same ever after.
    package var locationID: LocationID?
    /// Needed to create one.
    package var name: String?
    /// Whose own it is; the whole location's where there is none.
    package var ownerID = FieldUpdate<Identifier<User>>.keep
    package var isDeleted: Bool?

    package init(id: Identifier<Category>? = nil) {
        self.id = id
    }
}

/// Changes to a token, which is known by its digest alone.
package struct TokenUpdate: Hashable, Sendable {
    /// The SHA-256 digest of the token.
    package var digest: [UInt8]
    /// What people recognise the token by; see ``TokenText/hint(of:)``.
    package var hint: String
    /// Needed to create one, and the same ever after.
    package var holder: TokenHolder?
    /// What the token may do; none given means everything.
    package var scopes = FieldUpdate<Set<String>>.keep
    package var expiresAt = FieldUpdate<Timestamp>.keep
    package var isRevoked: Bool?

    package init(digest: [UInt8], hint: String) {
        self.digest = digest
        self.hint = hint
    }
}
