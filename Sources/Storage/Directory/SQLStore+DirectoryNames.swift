package import Tasks

extension SQLStore: DirectoryNames {
    package func contacts(
        named publicIDs: [String],
        in locationID: LocationID
    ) async throws -> [String: Identifier<Contact>] {
        try await identifiers(
            named: publicIDs,
            by: NameStatements.contact,
            of: .contact,
            in: locationID
        )
    }

    package func users(
        named publicIDs: [String],
        in locationID: LocationID
    ) async throws -> [String: Identifier<User>] {
        try await identifiers(named: publicIDs, by: NameStatements.user, of: .user, in: locationID)
    }

    package func contacts(
        _ ids: Set<Identifier<Contact>>,
        in locationID: LocationID
    ) async throws -> [Identifier<Contact>: ContactName] {
        try await names(of: ids, by: NameStatements.contact, of: "contact", in: locationID) { row in
            ContactName(
                publicID: try row.text(1, lengths: .names),
                firstName: try row.optionalText(2, lengths: .optionalNames),
                lastName: try row.optionalText(3, lengths: .optionalNames),
                business: try row.optionalText(4, lengths: .optionalNames)
            )
        }
    }

    package func users(
        _ ids: Set<Identifier<User>>,
        in locationID: LocationID
    ) async throws -> [Identifier<User>: UserName] {
        try await names(of: ids, by: NameStatements.user, of: "member", in: locationID) { row in
            UserName(
                publicID: try row.text(1, lengths: .names),
                name: try row.text(2, lengths: .names)
            )
        }
    }

    /// The numbers of the records with these public names, without deleted records.
    private func identifiers<Subject>(
        named publicIDs: [String],
        by statement: SQLStatement,
        of kind: DirectoryKind,
        in locationID: LocationID
    ) async throws -> [String: Identifier<Subject>] {
        if publicIDs.isEmpty { return [:] }
        return try await readSnapshot { connection in
            let register = DirectoryRegister(connection)
            return try publicIDs.reduce(into: [:]) { identifiers, publicID in
                guard let address = try register.holder(of: .publicID(publicID, kind)),
                    address.locationID == locationID,
                    try connection.row(statement, address.arguments, { row in try row.int(0) }) == 0
                else { return }
                identifiers[publicID] = Identifier(address.number)
            }
        }
    }

    private func names<Subject, Name: Sendable>(
        of ids: Set<Identifier<Subject>>,
        by statement: SQLStatement,
        of table: String,
        in locationID: LocationID,
        _ name: @escaping @Sendable (Driver.Connection.Row) throws -> Name
    ) async throws -> [Identifier<Subject>: Name] {
        if ids.isEmpty { return [:] }
        return try await readSnapshot { connection in
            try ids.reduce(into: [:]) { names, id in
                let address = DirectoryAddress(locationID, id.rawValue)
                do {
                    names[id] = try connection.row(statement, at: address, of: table, name)
                } catch let error as UnreadableRow {
                    unreadableRows.note(error)
                }
            }
        }
    }
}

/// How one record is looked up.
///
/// The first column tells whether it was deleted.
private enum NameStatements {
    static let contact = SQLStatement(
        """
        SELECT CASE WHEN deletedAt IS NULL THEN 0 ELSE 1 END, publicID, firstName, lastName,
            business
        FROM contact
        WHERE shard = :shard AND locationID = :locationID AND contactID = :number
        """
    )

    static let user = SQLStatement(
        """
        SELECT CASE WHEN deletedAt IS NULL THEN 0 ELSE 1 END, publicID, name FROM member
        WHERE shard = :shard AND locationID = :locationID AND userID = :number
        """
    )
}
