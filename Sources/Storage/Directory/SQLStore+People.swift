package import Tasks

extension SQLStore: PeopleStore {
    package func location(_ id: LocationID) async throws -> DirectoryLocation? {
        try await readSnapshot { connection in
            guard let row = try LocationRow(id, from: connection), row.deletedAt == nil else {
                return nil
            }
            return row.location
        }
    }

    package func users(
        _ query: Query<UserField>,
        seenBy actor: Actor
    ) async throws -> Page<DirectoryUser> {
        let listing = PeopleStatements.users(query, seenBy: actor)
        return try await page(listing, query.limit, query.skip, in: actor.locationID) { row in
            try DirectoryUser(row, in: actor.locationID)
        }
    }

    package func contacts(
        _ query: Query<ContactField>,
        seenBy actor: Actor
    ) async throws -> Page<DirectoryContact> {
        let listing = PeopleStatements.contacts(query, seenBy: actor)
        return try await page(listing, query.limit, query.skip, in: actor.locationID) { row in
            try DirectoryContact(row, in: actor.locationID)
        }
    }

    private func page<Person: Identifiable & Sendable>(
        _ listing: Listing,
        _ limit: Int,
        _ skip: Int,
        in locationID: LocationID,
        _ person: @escaping @Sendable (Driver.Connection.Row) throws -> Person
    ) async throws -> Page<Person> where Person.ID: Sendable {
        try await scan(for: locationID) { connection in
            let page = try connection.page(
                of: listing,
                limit: limit,
                skip: skip,
                telling: unreadableRows,
                person
            )
            return Page(total: page.total, records: page.rows)
        }
    }
}

extension DirectoryUser {
    /// Creates a user from the columns that ``PeopleStatements`` select.
    fileprivate init(_ row: some SQLRow, in locationID: LocationID) throws(UnreadableRow) {
        do throws(UnreadableValue) {
            self.init(
                id: try row.identifier(0),
                publicID: try row.text(1, lengths: .names),
                name: try row.text(2, lengths: .names),
                email: try row.optionalText(3, lengths: .optionalNames),
                phone: try row.optionalText(4, lengths: .optionalNames),
                timeZone: try row.zoneName(5),
                role: try row.role(6),
                locale: try row.optionalText(7, lengths: .locales),
                reminderSettings: try row.reminderSettings(from: 8)
            )
        } catch {
            throw UnreadableRow(error, of: "member", in: locationID, row)
        }
    }
}

extension DirectoryContact {
    /// Creates a contact from the columns that ``PeopleStatements`` select.
    fileprivate init(_ row: some SQLRow, in locationID: LocationID) throws(UnreadableRow) {
        do throws(UnreadableValue) {
            self.init(
                id: try row.identifier(0),
                publicID: try row.text(1, lengths: .names),
                firstName: try row.optionalText(2, lengths: .optionalNames),
                lastName: try row.optionalText(3, lengths: .optionalNames),
                email: try row.optionalText(4, lengths: .optionalNames),
                phone: try row.optionalText(5, lengths: .optionalNames),
                business: try row.optionalText(6, lengths: .optionalNames),
                ownerID: try row.optionalIdentifier(7),
                assigneeID: try row.optionalIdentifier(8)
            )
        } catch {
            throw UnreadableRow(error, of: "contact", in: locationID, row)
        }
    }
}
