import Tasks

/// Finds contacts and users by their names on the wire, and finds the names to show for them.
struct DirectoryLookup<Store: DirectoryNames>: Sendable {
    let store: Store

    /// The contacts with these names, in the same order.
    ///
    /// - Throws: The refusal of the first name that no contact of the location has.
    func contacts(
        named names: [String],
        in locationID: LocationID
    ) async throws -> [Identifier<Contact>] {
        let found = try await knownContacts(named: names, in: locationID)
        return try names.map { name in
            guard let id = found[name] else { throw HighLevelError.contactNotFound(name) }
            return id
        }
    }

    /// The users with these names, in the same order.
    ///
    /// - Throws: The refusal of the first name that no user of the location has.
    func users(
        named names: [String],
        in locationID: LocationID
    ) async throws -> [Identifier<User>] {
        let found = try await knownUsers(named: names, in: locationID)
        return try names.map { name in
            guard let id = found[name] else { throw HighLevelError.userNotFound(name) }
            return id
        }
    }

    /// The contacts that an update names.
    ///
    /// - Returns: Nil where the update names none, or where one is not there any more and the names
    ///   are those that answers show; then nothing changes.
    /// - Throws: The refusal of the first name that no contact of the location has.
    func contacts(
        named names: [String]?,
        in locationID: LocationID,
        unlessShown shown: () async throws -> [String]?
    ) async throws -> [Identifier<Contact>]? {
        guard let names else { return nil }
        do {
            return try await contacts(named: names, in: locationID)
        } catch let refusal as HighLevelError {
            if try await shown() == names { return nil }
            throw refusal
        }
    }

    /// The users that an update names, likewise.
    func users(
        named names: [String]?,
        in locationID: LocationID,
        unlessShown shown: () async throws -> [String]?
    ) async throws -> [Identifier<User>]? {
        guard let names else { return nil }
        do {
            return try await users(named: names, in: locationID)
        } catch let refusal as HighLevelError {
            if try await shown() == names { return nil }
            throw refusal
        }
    }

    /// The contacts of the location that have one of these names, by name.
    func knownContacts(
        named names: [String],
        in locationID: LocationID
    ) async throws -> [String: Identifier<Contact>] {
        let names = names.filter(PublicID.isWellFormed)
        return names.isEmpty ? [:] : try await store.contacts(named: names, in: locationID)
    }

    /// The users of the location that have one of these names, by name.
    func knownUsers(
        named names: [String],
        in locationID: LocationID
    ) async throws -> [String: Identifier<User>] {
        let names = names.filter(PublicID.isWellFormed)
        return names.isEmpty ? [:] : try await store.users(named: names, in: locationID)
    }

    /// The names of these contacts and users, which series or tasks refer to.
    func names(
        ofContacts contactIDs: [Identifier<Contact>],
        users userIDs: [Identifier<User>],
        in locationID: LocationID
    ) async throws -> ShownNames {
        var names = ShownNames()
        if !contactIDs.isEmpty {
            names.contacts = try await store.contacts(Set(contactIDs), in: locationID)
        }
        if !userIDs.isEmpty {
            names.users = try await store.users(Set(userIDs), in: locationID)
        }
        return names
    }

    /// The names of all contacts and assignees that tasks refer to.
    func names(
        of entries: [TaskEntry],
        in locationID: LocationID
    ) async throws -> ShownNames {
        try await names(
            ofContacts: entries.compactMap(\.task.template.contactID),
            users: entries.compactMap(\.task.template.assigneeID),
            in: locationID
        )
    }
}

/// How contacts and users are shown.
struct ShownNames {
    var contacts: [Identifier<Contact>: ContactName] = [:]
    var users: [Identifier<User>: UserName] = [:]
}
