/// A user as the directory has them.
package struct DirectoryUser: Hashable, Identifiable, Sendable {
    package let id: Identifier<User>
    package var publicID: String
    package var name: String
    package var email: String?
    package var phone: String?
    /// The IANA name of the user's own zone, or else of the location's.
    package var timeZone: String
    package var role: UserRole
    /// The language tag (RFC 5646) of the user's language, if it is known.
    package var locale: String?
    package var reminderSettings: ReminderSettings

    package init(
        id: Identifier<User>,
        publicID: String,
        name: String,
        email: String? = nil,
        phone: String? = nil,
        timeZone: String,
        role: UserRole = .agent,
        locale: String? = nil,
        reminderSettings: ReminderSettings = ReminderSettings()
    ) {
        self.id = id
        self.publicID = publicID
        self.name = name
        self.email = email
        self.phone = phone
        self.timeZone = timeZone
        self.role = role
        self.locale = locale
        self.reminderSettings = reminderSettings
    }
}

/// The first and the last name of a user, of whom the directory has one name.
package struct NameParts: Hashable, Sendable {
    /// What comes before the first blank.
    package let first: String
    /// What comes after it; none if there is no blank.
    package let last: String?

    package init(of name: String) {
        let words = name.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        first = words.first.map(String.init) ?? ""
        last = words.count > 1 ? String(words[1]) : nil
    }
}
