import Tasks

extension LocationTransaction {
    /// What the directory says about the references of a command.
    ///
    /// It costs one statement for each reference.
    func facts(of references: References, for actor: Actor) throws -> ReferenceFacts {
        var facts = ReferenceFacts(
            assignees: try references.assigneeIDs.map { id in
                try connection.row(
                    ReferenceStatements.assignee,
                    arguments(id.rawValue, for: actor)
                ) { row in
                    ReferenceFacts.Assignee(userID: id, sharesWork: try row.int64(0) != 0)
                }
            },
            contacts: try references.contactIDs.map { id in
                try connection.row(
                    ReferenceStatements.contact,
                    arguments(id.rawValue, for: actor),
                    of: "contact",
                    key: "\(locationID.rawValue)/\(id.rawValue)"
                ) { row in
                    ReferenceFacts.Contact(
                        ownerID: try row.optionalIdentifier(0),
                        assigneeID: try row.optionalIdentifier(1),
                        isShared: try row.int64(2) != 0,
                        ownerSharesWork: try row.int64(3) != 0
                    )
                }
            },
            categories: try references.categoryID.map { id in
                var arguments = SQLArguments(in: locationID)
                arguments.append(.integer(id.rawValue), for: "number")
                return [
                    try connection.row(
                        ReferenceStatements.category,
                        arguments,
                        of: "category",
                        key: "\(locationID.rawValue)/\(id.rawValue)"
                    ) { row in
                        ReferenceFacts.Category(ownerID: try row.optionalIdentifier(0))
                    }
                ]
            } ?? []
        )
        facts.rotation = try references.rotationIDs.map { id in
            try connection.row(
                ReferenceStatements.assignee,
                arguments(id.rawValue, for: actor)
            ) { row in
                ReferenceFacts.Assignee(userID: id, sharesWork: try row.int64(0) != 0)
            }
        }
        facts.policyFacts = try policyFacts(
            calendarID: references.calendarID,
            userIDs: references.rotationIDs
        )
        facts.calendarIsThere =
            references.calendarID.map { facts.policyFacts.calendars[$0] != nil } ?? true
        return facts
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
        return try connection.row(ReferenceStatements.contactShare, arguments) { _ in true }
            ?? false
    }

    private func arguments(_ number: Int64, for actor: Actor) -> SQLArguments {
        var arguments = SQLArguments(in: locationID)
        arguments.append(.integer(number), for: "number")
        arguments.append(.integer(orNull: actor.userID?.rawValue), for: "actorID")
        return arguments
    }
}

/// The statements that read the records that a command refers to.
enum ReferenceStatements {
    static let assignee = SQLStatement(
        """
        SELECT \(sharesTeam(of: "member", with: "member.userID")) FROM member
        WHERE member.shard = :shard AND member.locationID = :locationID
            AND member.userID = :number AND member.deletedAt IS NULL
        """
    )

    static let contact = SQLStatement(
        """
        SELECT contact.ownerID, contact.assigneeID,
            CASE WHEN EXISTS (
                SELECT 1 FROM contactShare AS share
                WHERE share.shard = contact.shard AND share.locationID = contact.locationID
                    AND share.contactID = contact.contactID AND share.userID = :actorID
            ) THEN 1 ELSE 0 END,
            \(sharesTeam(of: "contact", with: "contact.ownerID"))
        FROM contact
        WHERE contact.shard = :shard AND contact.locationID = :locationID
            AND contact.contactID = :number AND contact.deletedAt IS NULL
        """
    )

    static let category = SQLStatement(
        """
        SELECT category.ownerID FROM category
        WHERE category.shard = :shard AND category.locationID = :locationID
            AND category.categoryID = :number AND category.deletedAt IS NULL
        """
    )

    static let contactShare = SQLStatement(
        """
        SELECT 1 FROM contactShare
        WHERE shard = :shard AND locationID = :locationID
            AND contactID = :contactID AND userID = :userID
        """
    )

    /// As 1 or 0, whether a user of a record is the actor `actorID`, or is in a team with the actor whose members share
    /// their work.
    static func sharesTeam(of record: String, with userID: String) -> String {
        """
        CASE WHEN \(userID) = :actorID THEN 1 WHEN EXISTS (
            SELECT 1 FROM teamMember AS mine
            JOIN teamMember AS theirs ON theirs.shard = mine.shard
                AND theirs.locationID = mine.locationID AND theirs.teamID = mine.teamID
            JOIN team ON team.shard = mine.shard
                AND team.locationID = mine.locationID AND team.teamID = mine.teamID
            WHERE mine.shard = \(record).shard AND mine.locationID = \(record).locationID
                AND mine.userID = :actorID AND theirs.userID = \(userID)
                AND team.isSharing = 1 AND team.deletedAt IS NULL
        ) THEN 1 ELSE 0 END
        """
    }
}
