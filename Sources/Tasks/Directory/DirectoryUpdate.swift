package import Recurrence

/// Changes to the directory of a deployment, made together or not at all.
///
/// A record that is named and exists is changed field by field. A record that is named and does not
/// exist is created. A record that is not named stays as it is. Records may refer to each other:
/// locations come first, then users, and then the rest. A field that is `nil` or
/// ``FieldUpdate/keep`` keeps its value.
package struct DirectoryUpdate: Hashable, Sendable {
    package var locations: [LocationUpdate] = []
    package var users: [UserUpdate] = []
    package var teams: [TeamUpdate] = []
    package var contacts: [ContactUpdate] = []
    package var categories: [CategoryUpdate] = []
    package var tokens: [TokenUpdate] = []

    package init() {}

    /// How many records it names.
    package var recordCount: Int {
        locations.count + users.count + teams.count + contacts.count + categories.count
            + tokens.count
    }
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
    /// See ``DirectoryLocation/requiresMatch``; false unless it is given.
    package var requiresMatch: Bool?
    /// See ``DirectoryLocation/reminders``.
    package var reminders = FieldUpdate<[Reminder]>.keep
    package var isDeleted: Bool?

    package init(id: LocationID) {
        self.id = id
    }
}

/// Changes to a user.
package struct UserUpdate: Hashable, Sendable {
    /// The user's number.
    ///
    /// If it is left out, the public ID identifies the user, and a new user is given a number.
    package var id: Identifier<User>?
    /// See ``PublicID``.
    ///
    /// If it is left out, a new user is given one.
    package var publicID: String?
    /// Needed to create one; it cannot change later.
    package var locationID: LocationID?
    /// Needed to create one.
    package var name: String?
    package var email = FieldUpdate<String>.keep
    package var phone = FieldUpdate<String>.keep
    /// The IANA name of a zone.
    ///
    /// A user without one has the location's zone.
    package var timeZone = FieldUpdate<String>.keep
    package var role: UserRole?
    /// The language tag (RFC 5646) of the user's language.
    package var locale = FieldUpdate<String>.keep
    package var reminderSettings = ReminderSettingsUpdate()
    package var isDeleted: Bool?

    package init(id: Identifier<User>? = nil) {
        self.id = id
    }

    /// Whether it changes nothing but what users say of themselves, whatever their role.
    package var isOfSelf: Bool {
        var update = UserUpdate(id: id)
        update.name = name
        update.timeZone = timeZone
        update.locale = locale
        update.reminderSettings = reminderSettings
        return update == self
    }
}

/// Changes to what a user says of reminders; see ``ReminderSettings``.
package struct ReminderSettingsUpdate: Hashable, Sendable {
    package var reminders = FieldUpdate<[Reminder]>.keep
    package var quietHours = FieldUpdate<QuietHours>.keep
    package var digestMinute = FieldUpdate<Int>.keep
    package var refusesMail: Bool?

    package init() {}

    /// An update that gives every field a value.
    package init(to settings: ReminderSettings) {
        reminders = FieldUpdate(to: settings.reminders)
        quietHours = FieldUpdate(to: settings.quietHours)
        digestMinute = FieldUpdate(to: settings.digestMinute)
        refusesMail = settings.refusesMail
    }

    /// Returns the settings after the update.
    package func applied(to settings: ReminderSettings) -> ReminderSettings {
        ReminderSettings(
            reminders: reminders.applied(to: settings.reminders),
            quietHours: quietHours.applied(to: settings.quietHours),
            digestMinute: digestMinute.applied(to: settings.digestMinute),
            refusesMail: refusesMail ?? settings.refusesMail
        )
    }
}

/// Changes to a team.
package struct TeamUpdate: Hashable, Sendable {
    /// The team's number.
    ///
    /// If it is left out, the name identifies the team within the location, and a new team is given
    /// a number.
    package var id: Identifier<Team>?
    /// Needed to create one; it cannot change later.
    package var locationID: LocationID?
    /// Needed to create one.
    package var name: String?
    /// Whether the members see each other's contacts and assign each other tasks.
    package var isSharing: Bool?
    /// The complete list of members, without repetition.
    package var memberIDs: [Identifier<User>]?
    package var isDeleted: Bool?

    package init(id: Identifier<Team>? = nil) {
        self.id = id
    }
}

/// Changes to a contact.
package struct ContactUpdate: Hashable, Sendable {
    /// The contact's number.
    ///
    /// If it is left out, the public ID identifies the contact, and a new contact is given a
    /// number.
    package var id: Identifier<Contact>?
    /// See ``PublicID``.
    ///
    /// If it is left out, a new contact is given one.
    package var publicID: String?
    /// Needed to create one; it cannot change later.
    package var locationID: LocationID?
    package var firstName = FieldUpdate<String>.keep
    package var lastName = FieldUpdate<String>.keep
    package var email = FieldUpdate<String>.keep
    package var phone = FieldUpdate<String>.keep
    /// The name of the contact's business.
    package var business = FieldUpdate<String>.keep
    package var ownerID = FieldUpdate<Identifier<User>>.keep
    package var assigneeID = FieldUpdate<Identifier<User>>.keep
    /// The complete list of other users who see the contact, without repetition.
    package var sharedWithIDs: [Identifier<User>]?
    package var isDeleted: Bool?

    package init(id: Identifier<Contact>? = nil) {
        self.id = id
    }
}

/// Changes to a category that is not among ``TaskCategory/defaults``.
package struct CategoryUpdate: Hashable, Sendable {
    /// The category's number.
    ///
    /// If it is left out, the name identifies the category among the location's or the user's own,
    /// and a new category is given a number.
    package var id: Identifier<Category>?
    /// Needed to create one; it cannot change later.
    package var locationID: LocationID?
    /// Needed to create one.
    package var name: String?
    /// The user whose own category it is.
    ///
    /// A category without an owner belongs to the whole location.
    package var ownerID = FieldUpdate<Identifier<User>>.keep
    package var isDeleted: Bool?

    package init(id: Identifier<Category>? = nil) {
        self.id = id
    }
}

/// Changes to a token.
///
/// Only its digest identifies it.
package struct TokenUpdate: Hashable, Sendable {
    /// The SHA-256 digest of the token.
    package var digest: [UInt8]
    /// What people recognise the token by; see ``TokenText/hint(of:)``.
    package var hint: String
    /// Needed to create one; it cannot change later.
    package var holder: TokenHolder?
    /// What the token may do; no value means everything.
    package var scopes = FieldUpdate<Set<String>>.keep
    package var expiresAt = FieldUpdate<Timestamp>.keep
    package var isRevoked: Bool?

    package init(digest: [UInt8], hint: String) {
        self.digest = digest
        self.hint = hint
    }
}
