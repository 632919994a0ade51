import Tasks

extension LocationTransaction {
    /// What the directory says of what a command refers to.
    func facts(of references: References, for actor: Actor) throws -> ReferenceFacts {
        ReferenceFacts(
            assigneeIsAllowed: try references.assigneeIDs.allSatisfy { id in
                try isAllowed(id.rawValue, to: actor, by: .assignee)
            },
            contactIsAllowed: try references.contactIDs.allSatisfy { id in
                try isAllowed(id.rawValue, to: actor, by: .contact)
            },
            categoryIsAllowed: try references.categoryID.map { id in
                try isAllowed(id.rawValue, to: actor, by: .category)
            } ?? true
        )
    }

    /// Tells whether a contact is shared with a user by name.
    func isShared(
        _ contactID: Identifier<Contact>?,
        with userID: Identifier<User>?
    ) throws -> Bool {
        guard let contactID, let userID else { return false }
        var arguments = SQLArguments(in: locationID)
        arguments.append(.integer(contactID.rawValue), for: "contactID")
        arguments.append(.integer(userID.rawValue), for: "userID")
        return try exists(ReferenceStatements.contactShare, arguments)
    }

    private func isAllowed(
        _ number: Int64,
        to actor: Actor,
        by statements: ReferenceStatements
    ) throws -> Bool {
        var arguments = SQLArguments(in: locationID)
        arguments.append(.integer(number), for: "number")
        guard let userID = actor.userID else { return try exists(statements.ofLocation, arguments) }
        arguments.append(.integer(userID.rawValue), for: "actorID")
        return try exists(statements.ofUser, arguments)
    }

    private func exists(_ statement: SQLStatement, _ arguments: SQLArguments) throws -> Bool {
        try connection.row(statement, arguments) { _ in true } ?? false
    }
}

/// How one kind of reference is checked.
private struct ReferenceStatements {
    /// Finds what a location's own token may refer to.
    let ofLocation: SQLStatement
    /// Finds what a user may refer to.
    let ofUser: SQLStatement

    private init(_ record: String, ofUser isOfUser: String) {
        ofLocation = SQLStatement(record)
        ofUser = SQLStatement("\(record) AND (\(isOfUser))")
    }

    static let assignee = ReferenceStatements(
        """
        SELECT 1 FROM member
        WHERE member.shard = :shard AND member.locationID = :locationID
            AND member.userID = :number AND member.deletedAt IS NULL
        """,
        ofUser: "member.userID = :actorID OR \(sharesTeam(of: "member", with: "member.userID"))"
    )

    static let contact = ReferenceStatements(
        """
        SELECT 1 FROM contact
        WHERE contact.shard = :shard AND contact.locationID = :locationID
            AND contact.contactID = :number AND contact.deletedAt IS NULL
        """,
        ofUser: """
            contact.ownerID = :actorID OR contact.assigneeID = :actorID
            OR EXISTS (
                SELECT 1 FROM contactShare AS share
                WHERE share.shard = contact.shard AND share.locationID = contact.locationID
                    AND share.contactID = contact.contactID AND share.userID = :actorID
            )
            OR \(sharesTeam(of: "contact", with: "contact.ownerID"))
            """
    )

    static let category = ReferenceStatements(
        """
        SELECT 1 FROM category
        WHERE category.shard = :shard AND category.locationID = :locationID
            AND category.categoryID = :number AND category.deletedAt IS NULL
        """,
        ofUser: "category.ownerID IS NULL OR category.ownerID = :actorID"
    )

    static let contactShare = SQLStatement(
        """
        SELECT 1 FROM contactShare
        WHERE shard = :shard AND locationID = :locationID
            AND contactID = :contactID AND userID = :userID
        """
    )

    /// The condition that a user of a record is with the actor in a team that shares its work.
    private static func sharesTeam(of record: String, with userID: String) -> String {
        """
        EXISTS (
            SELECT 1 FROM teamMember AS mine
            JOIN teamMember AS theirs ON theirs.shard = mine.shard
                AND theirs.locationID = mine.locationID AND theirs.teamID = mine.teamID
            JOIN team ON team.shard = mine.shard
                AND team.locationID = mine.locationID AND team.teamID = mine.teamID
            WHERE mine.shard = \(record).shard AND mine.locationID = \(record).locationID
                AND mine.userID = :actorID AND theirs.userID = \(userID)
                AND team.isSharing = 1 AND team.deletedAt IS NULL
        )
        """
    }
}
