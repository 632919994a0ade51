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
    var role = UserRole.agent
    var locale: String?
    var reminderSettings = ReminderSettings()
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
        role = try row.role(6)
        locale = try row.optionalText(7, lengths: .locales)
        reminderSettings = try row.reminderSettings(from: 8)
    }

    mutating func apply(_ update: UserUpdate) {
        name = update.name ?? name
        email = update.email.applied(to: email)
        phone = update.phone.applied(to: phone)
        timeZone = update.timeZone.applied(to: timeZone)
        role = update.role ?? role
        locale = update.locale.applied(to: locale)
        reminderSettings = update.reminderSettings.applied(to: reminderSettings)
    }

    func record(zone: String, savedAt: Timestamp?) -> DirectoryRecord {
        .user(
            DirectoryUser(
                id: Identifier(identity.address.number),
                publicID: identity.publicID ?? "",
                name: name,
                email: email,
                phone: phone,
                timeZone: timeZone ?? zone,
                role: role,
                locale: locale,
                reminderSettings: reminderSettings
            )
        )
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
        arguments.append(.integer(Int64(role.rawValue)), for: "role")
        arguments.append(.text(orNull: locale), for: "locale")
        arguments.append(reminderSettings)
        try connection.execute(Self.upsert, arguments)
        // A new user has no tasks of which to be reminded.
        let hasMoved = old.map { $0.timeZone != timeZone || $0.deletedAt != deletedAt } ?? false
        if hasMoved || (old?.reminderSettings ?? ReminderSettings()) != reminderSettings {
            try connection.noteReminderWork(
                ofUser: Identifier(identity.address.number),
                since: now,
                in: identity.address.locationID
            )
        }
    }

    private static let select = SQLStatement(
        """
        SELECT publicID, name, email, phone, timeZone, deletedAt, role, locale, reminders,
            quietFromMinute, quietUntilMinute, digestMinute, refusesMail
        FROM member
        WHERE shard = :shard AND locationID = :locationID AND userID = :number
        """
    )
    private static let upsert = SQLStatement(
        """
        INSERT INTO member (
            shard, locationID, userID, deletedAt, publicID, name, email, phone, timeZone, role,
            locale, reminders, quietFromMinute, quietUntilMinute, digestMinute, refusesMail
        ) VALUES (
            :shard, :locationID, :number, :deletedAt, :publicID, :name, :email, :phone, :timeZone,
            :role, :locale, :reminders, :quietFromMinute, :quietUntilMinute, :digestMinute,
            :refusesMail
        )
        ON CONFLICT (shard, locationID, userID) DO UPDATE SET
            deletedAt = excluded.deletedAt, publicID = excluded.publicID, name = excluded.name,
            email = excluded.email, phone = excluded.phone, timeZone = excluded.timeZone,
            role = excluded.role, locale = excluded.locale, reminders = excluded.reminders,
            quietFromMinute = excluded.quietFromMinute,
            quietUntilMinute = excluded.quietUntilMinute,
            digestMinute = excluded.digestMinute, refusesMail = excluded.refusesMail
        """
    )
}
