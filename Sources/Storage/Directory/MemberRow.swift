import Recurrence
import Tasks

/// A user as stored.
///
/// Its table is `member`, because `user` is a reserved word of SQL.
struct MemberRow: DirectoryRow {
    var identity: DirectoryIdentity
    var name: String
    var email: String?
    var phone: String?
    var timeZone: String?
    var deletedAt: Timestamp?

    init(
        _ identity: DirectoryIdentity,
        creating update: UserUpdate,
        at place: DirectoryPlace
    ) throws {
        guard let name = update.name else { throw place.refusal(.name, .missing) }
        self.identity = identity
        self.name = name
    }

    init?(_ address: DirectoryAddress, from connection: some SQLConnection) throws {
        let row = try connection.row(Self.select, at: address, of: "member") { row in
            try MemberRow(address, row)
        }
        guard let row else { return nil }
        self = row
    }

    private init(_ address: DirectoryAddress, _ row: some SQLRow) throws(UnreadableValue) {
        let publicID = try row.text(0, lengths: .names)
        identity = DirectoryIdentity(address: address, publicID: publicID)
        name = try row.text(1, lengths: .names)
        email = try row.optionalText(2, lengths: .optionalNames)
        phone = try row.optionalText(3, lengths: .optionalNames)
        timeZone = row.isNull(4) ? nil : try row.zoneName(4)
        deletedAt = try row.optionalTimestamp(5)
    }

    mutating func apply(_ update: UserUpdate) {
        name = update.name ?? name
        email = update.email.applied(to: email)
        phone = update.phone.applied(to: phone)
        timeZone = update.timeZone.applied(to: timeZone)
    }

    func save(
        replacing old: MemberRow?,
        to connection: some SQLConnection,
        at now: Timestamp
    ) throws {
        var arguments = commonArguments
        arguments.append(.text(orNull: identity.publicID), for: "publicID")
        arguments.append(.text(name), for: "name")
        arguments.append(.text(orNull: email), for: "email")
        arguments.append(.text(orNull: phone), for: "phone")
        arguments.append(.text(orNull: timeZone), for: "timeZone")
        try connection.execute(Self.upsert, arguments)
    }

    private static let select = SQLStatement(
        """
        SELECT publicID, name, email, phone, timeZone, deletedAt FROM member
        WHERE shard = :shard AND locationID = :locationID AND userID = :number
        """
    )
    private static let upsert = SQLStatement(
        """
        INSERT INTO member (
            shard, locationID, userID, deletedAt, publicID, name, email, phone, timeZone
        ) VALUES (
            :shard, :locationID, :number, :deletedAt, :publicID, :name, :email, :phone, :timeZone
        )
        ON CONFLICT (shard, locationID, userID) DO UPDATE SET
            deletedAt = excluded.deletedAt, publicID = excluded.publicID, name = excluded.name,
            email = excluded.email, phone = excluded.phone, timeZone = excluded.timeZone
        """
    )
}
