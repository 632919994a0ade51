import Recurrence
import Tasks

/// A contact as it is stored, with the users that it is shared with.
struct ContactRow: DirectoryRow {
    var identity: DirectoryIdentity
    var firstName: String?
    var lastName: String?
    var email: String?
    var phone: String?
    var business: String?
    var ownerID: Identifier<User>?
    var assigneeID: Identifier<User>?
    var sharedWithIDs: Set<Int64> = []
    var deletedAt: Timestamp?

    init(
        _ identity: DirectoryIdentity,
        creating update: ContactUpdate,
        at place: DirectoryPlace
    ) {
        self.identity = identity
    }

    init?(_ address: DirectoryAddress, from connection: some SQLConnection) throws {
        let row = try connection.row(Self.select, at: address, of: "contact") { row in
            try ContactRow(address, row)
        }
        guard let row else { return nil }
        self = row
        sharedWithIDs = try Self.shares(of: address, from: connection)
    }

    /// Reads the users with whom a contact is shared.
    static func shares(
        of address: DirectoryAddress,
        from connection: some SQLConnection
    ) throws -> Set<Int64> {
        Set(try connection.rows(selectShares, address.arguments) { row in try row.int64(0) })
    }

    private init(_ address: DirectoryAddress, _ row: some SQLRow) throws(UnreadableValue) {
        let publicID = try row.text(0, lengths: .names)
        identity = DirectoryIdentity(address: address, publicID: publicID)
        firstName = try row.optionalText(1, lengths: .optionalNames)
        lastName = try row.optionalText(2, lengths: .optionalNames)
        email = try row.optionalText(3, lengths: .optionalNames)
        phone = try row.optionalText(4, lengths: .optionalNames)
        business = try row.optionalText(5, lengths: .optionalNames)
        ownerID = try row.optionalIdentifier(6)
        assigneeID = try row.optionalIdentifier(7)
        deletedAt = try row.optionalTimestamp(8)
    }

    mutating func apply(_ update: ContactUpdate) {
        firstName = update.firstName.applied(to: firstName)
        lastName = update.lastName.applied(to: lastName)
        email = update.email.applied(to: email)
        phone = update.phone.applied(to: phone)
        business = update.business.applied(to: business)
        ownerID = update.ownerID.applied(to: ownerID)
        assigneeID = update.assigneeID.applied(to: assigneeID)
        if let userIDs = update.sharedWithIDs { sharedWithIDs = Set(userIDs.map(\.rawValue)) }
    }

    func record(zone: String, savedAt: Timestamp?) -> DirectoryRecord {
        .contact(
            DirectoryContact(
                id: Identifier(identity.address.number),
                publicID: identity.publicID ?? "",
                firstName: firstName,
                lastName: lastName,
                email: email,
                phone: phone,
                business: business,
                ownerID: ownerID,
                assigneeID: assigneeID,
                sharedWithIDs: sharedWithIDs.sorted().map { Identifier($0) }
            )
        )
    }

    func save(
        replacing old: ContactRow?,
        to connection: some SQLConnection,
        at now: Timestamp
    ) throws {
        var arguments = commonArguments
        arguments.append(.text(orNull: identity.publicID), for: "publicID")
        arguments.append(.text(orNull: firstName), for: "firstName")
        arguments.append(.text(orNull: lastName), for: "lastName")
        arguments.append(.text(orNull: email), for: "email")
        arguments.append(.text(orNull: phone), for: "phone")
        arguments.append(.text(orNull: business), for: "business")
        arguments.append(.integer(orNull: ownerID?.rawValue), for: "ownerID")
        arguments.append(.integer(orNull: assigneeID?.rawValue), for: "assigneeID")
        try connection.execute(Self.upsert, arguments)
        let oldIDs = old?.sharedWithIDs ?? []
        for userID in oldIDs.subtracting(sharedWithIDs) {
            try connection.execute(Self.deleteShare, shareArguments(userID))
        }
        for userID in sharedWithIDs.subtracting(oldIDs) {
            try connection.execute(Self.insertShare, shareArguments(userID))
        }
    }

    private func shareArguments(_ userID: Int64) -> SQLArguments {
        var arguments = identity.address.arguments
        arguments.append(.integer(userID), for: "userID")
        return arguments
    }

    private static let select = SQLStatement(
        """
        SELECT publicID, firstName, lastName, email, phone, business, ownerID, assigneeID,
            deletedAt
        FROM contact
        WHERE shard = :shard AND locationID = :locationID AND contactID = :number
        """
    )
    private static let selectShares = SQLStatement(
        """
        SELECT userID FROM contactShare
        WHERE shard = :shard AND locationID = :locationID AND contactID = :number
        """
    )
    private static let upsert = SQLStatement(
        """
        INSERT INTO contact (
            shard, locationID, contactID, deletedAt, publicID, firstName, lastName, email, phone,
            business, ownerID, assigneeID
        ) VALUES (
            :shard, :locationID, :number, :deletedAt, :publicID, :firstName, :lastName, :email,
            :phone, :business, :ownerID, :assigneeID
        )
        ON CONFLICT (shard, locationID, contactID) DO UPDATE SET
            deletedAt = excluded.deletedAt, publicID = excluded.publicID,
            firstName = excluded.firstName, lastName = excluded.lastName, email = excluded.email,
            phone = excluded.phone, business = excluded.business, ownerID = excluded.ownerID,
            assigneeID = excluded.assigneeID
        """
    )
    private static let insertShare = SQLStatement(
        """
        INSERT INTO contactShare (shard, locationID, contactID, userID)
        VALUES (:shard, :locationID, :number, :userID)
        """
    )
    private static let deleteShare = SQLStatement(
        """
        DELETE FROM contactShare
        WHERE shard = :shard AND locationID = :locationID AND contactID = :number
            AND userID = :userID
        """
    )
}
