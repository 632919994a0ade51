import Tasks

/// How the people of a location are listed.
enum PeopleStatements {
    static func users(_ query: Query<UserField>, seenBy actor: Actor) -> Listing {
        var compiler = QueryCompiler<UserField>(arguments(for: actor))
        let isSeen =
            actor.boundingUserID == nil
            ? "" : " AND \(ReferenceStatements.sharesTeam(of: "member", with: "member.userID")) = 1"
        return listing(
            """
            FROM member
            JOIN location ON location.shard = member.shard
                AND location.locationID = member.locationID
            WHERE member.shard = :shard AND member.locationID = :locationID
                AND member.deletedAt IS NULL\(isSeen)
                AND \(compiler.condition(query.predicate))
            """,
            columns: """
                member.userID, member.publicID, member.name, member.email, member.phone,
                COALESCE(member.timeZone, location.timeZone) AS timeZone, member.role,
                member.locale, member.reminders, member.quietFromMinute,
                member.quietUntilMinute, member.digestMinute, member.refusesMail
                """,
            order: QueryCompiler.order(query.order),
            compiler.arguments,
            isCounted: query.needsTotal
        )
    }

    static func contacts(_ query: Query<ContactField>, seenBy actor: Actor) -> Listing {
        var compiler = QueryCompiler<ContactField>(arguments(for: actor))
        let isSeen =
            actor.boundingUserID == nil
            ? ""
            : """
             AND (
                contact.ownerID = :actorID OR contact.assigneeID = :actorID OR EXISTS (
                    SELECT 1 FROM contactShare AS share
                    WHERE share.shard = contact.shard AND share.locationID = contact.locationID
                        AND share.contactID = contact.contactID AND share.userID = :actorID
                ) OR \(ReferenceStatements.sharesTeam(of: "contact", with: "contact.ownerID")) = 1
            )
            """
        return listing(
            """
            FROM contact
            WHERE contact.shard = :shard AND contact.locationID = :locationID
                AND contact.deletedAt IS NULL\(isSeen)
                AND \(compiler.condition(query.predicate))
            """,
            columns: """
                contact.contactID, contact.publicID, contact.firstName, contact.lastName,
                contact.email, contact.phone, contact.business, contact.ownerID, contact.assigneeID
                """,
            order: QueryCompiler.order(query.order),
            compiler.arguments,
            isCounted: query.needsTotal
        )
    }

    private static func listing(
        _ matches: String,
        columns: String,
        order: String,
        _ arguments: SQLArguments,
        isCounted: Bool
    ) -> Listing {
        Listing(
            count: "SELECT COUNT(*) \(matches)",
            page: "SELECT \(columns) \(matches) ORDER BY \(order) LIMIT :limit OFFSET :skip",
            arguments: arguments,
            isCounted: isCounted
        )
    }

    private static func arguments(for actor: Actor) -> SQLArguments {
        var arguments = SQLArguments(in: actor.locationID)
        if let userID = actor.boundingUserID {
            arguments.append(.integer(userID.rawValue), for: "actorID")
        }
        return arguments
    }
}

extension UserField: StoredField {
    var expression: String {
        switch self {
        case .id: "member.userID"
        case .name: "member.name"
        case .firstName:
            """
            CASE WHEN \(Self.blank) = 0 THEN member.name
            ELSE SUBSTR(member.name, 1, \(Self.blank) - 1) END
            """
        case .lastName:
            "CASE WHEN \(Self.blank) = 0 THEN NULL ELSE SUBSTR(member.name, \(Self.blank) + 1) END"
        case .email: "member.email"
        case .phone: "member.phone"
        case .timeZone: "COALESCE(member.timeZone, location.timeZone)"
        }
    }

    private static let blank = "INSTR(member.name, ' ')"

    var kind: FieldKind {
        switch self {
        case .id: .integer
        case .name, .firstName, .lastName, .email, .phone, .timeZone: .text
        }
    }

    var isNullable: Bool {
        switch self {
        case .lastName, .email, .phone: true
        case .id, .name, .firstName, .timeZone: false
        }
    }
}

extension ContactField: StoredField {
    var expression: String {
        switch self {
        case .id: "contact.contactID"
        case .firstName: "contact.firstName"
        case .lastName: "contact.lastName"
        case .name: "(COALESCE(contact.firstName, '') || ' ' || COALESCE(contact.lastName, ''))"
        case .email: "contact.email"
        case .phone: "contact.phone"
        case .business: "contact.business"
        case .ownerID: "contact.ownerID"
        case .assigneeID: "contact.assigneeID"
        }
    }

    var kind: FieldKind {
        switch self {
        case .id, .ownerID, .assigneeID: .integer
        case .firstName, .lastName, .name, .email, .phone, .business: .text
        }
    }

    var isNullable: Bool {
        switch self {
        case .id, .name: false
        case .firstName, .lastName, .email, .phone, .business, .ownerID, .assigneeID: true
        }
    }
}
