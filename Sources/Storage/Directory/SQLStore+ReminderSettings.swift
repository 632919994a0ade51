import JSON
package import Recurrence
package import Tasks

extension SQLStore: ReminderSettingsStore {
    package func reminderSettings(
        of userID: Identifier<User>?,
        in locationID: LocationID
    ) async throws -> ReminderSettings {
        try await readSnapshot { connection in
            try connection.reminderSettings(of: userID, in: locationID) ?? ReminderSettings()
        }
    }

    package func changeReminderSettings(
        of userID: Identifier<User>?,
        in locationID: LocationID,
        by author: AuditAuthor,
        isTrial: Bool,
        at now: Timestamp,
        to change: @escaping @Sendable (inout ReminderSettings) throws -> Void
    ) async throws -> (before: ReminderSettings, after: ReminderSettings)? {
        let body = { @Sendable (transaction: LocationTransaction<Driver.Connection>) throws in
            guard let before = try transaction.connection.reminderSettings(
                    of: userID,
                    in: locationID
                ) else {
                return SettingsChange?.none
            }
            var after = before
            try change(&after)
            if after == before { return SettingsChange(before: before, after: after) }
            try transaction.store(after, of: userID)
            try transaction.noteReminderWork(ofUser: userID, since: now)
            let entry = DirectoryDeed.Entry(
                action: userID == nil ? "location.updated" : "user.updated",
                subject: userID.map { String($0.rawValue) } ?? locationID.rawValue,
                detail: .difference(from: before.members, to: after.members)
            )
            _ = try transaction.connection.append(entry, by: author, in: locationID, at: now)
            return SettingsChange(before: before, after: after)
        }
        let made =
            if isTrial {
                try await tryOut(in: locationID) { transaction, _ in try body(transaction) }
            } else {
                try await write(for: locationID) { connection in
                    try body(transaction(in: locationID, on: connection))
                }
            }
        return made.map { ($0.before, $0.after) }
    }
}

private struct SettingsChange: Sendable {
    var before: ReminderSettings
    var after: ReminderSettings
}

extension SQLConnection {
    /// What a user, or the location itself, says of reminders; none if there is no such one.
    func reminderSettings(
        of userID: Identifier<User>?,
        in locationID: LocationID
    ) throws -> ReminderSettings? {
        guard let userID else {
            return try row(
                SettingsStatements.ofLocation,
                SQLArguments(in: locationID),
                of: "location",
                key: locationID.rawValue
            ) { row in ReminderSettings(reminders: try row.reminders(0)) }
        }
        var arguments = SQLArguments(in: locationID)
        arguments.append(.integer(userID.rawValue), for: "userID")
        return try row(
            SettingsStatements.ofUser,
            arguments,
            of: "member",
            key: "\(locationID.rawValue)/\(userID.rawValue)"
        ) { row in try ReminderSettings(row, at: 0) }
    }
}

extension LocationTransaction {
    fileprivate func store(_ settings: ReminderSettings, of userID: Identifier<User>?) throws {
        var arguments = SQLArguments(in: locationID)
        arguments.append(.text(orNull: settings.reminders.map(storedText)), for: "reminders")
        guard let userID else {
            try connection.execute(SettingsStatements.storeOfLocation, arguments)
            return try remindOfAll()
        }
        arguments.append(.integer(userID.rawValue), for: "userID")
        let quiet = settings.quietHours
        arguments.append(.integer(orNull: quiet.map { Int64($0.fromMinute) }), for: "quietFromMinute")
        arguments.append(.integer(orNull: quiet.map { Int64($0.untilMinute) }), for: "quietUntilMinute")
        let digest = settings.digestMinute.map { Int64($0) }
        arguments.append(.integer(orNull: digest), for: "digestMinute")
        arguments.append(.integer(orNull: settings.refusesMail ? 1 : nil), for: "refusesMail")
        try connection.execute(SettingsStatements.storeOfUser, arguments)
        if settings.reminders != nil { try remindOfAll() }
    }

    private func storedText(_ reminders: [Reminder]) -> String {
        reminders.isEmpty ? "" : TaskTemplate.lines(reminders.map(\.text))
    }
}

extension ReminderSettings {
    /// The columns that the initializer reads.
    static let columns = """
        member.reminders, member.quietFromMinute, member.quietUntilMinute, member.digestMinute,
        member.refusesMail
        """

    /// Creates a user's settings from ``columns``, the first of which is at a place of the row.
    init(_ row: some SQLRow, at place: Int) throws(UnreadableValue) {
        self.init(
            reminders: try row.reminders(place),
            digestMinute: row.isNull(place + 3)
                ? nil : Int(try row.int64(place + 3, in: .minutesOfDay)),
            refusesMail: try row.optionalFlag(place + 4)
        )
        if row.isNull(place + 1) || row.isNull(place + 2) { return }
        quietHours = QuietHours(
            fromMinute: Int(try row.int64(place + 1, in: .minutesOfDay)),
            untilMinute: Int(try row.int64(place + 2, in: .minutesOfDay))
        )
    }

    /// What the audit tells of them.
    fileprivate var members: JSONObject {
        let quiet = quietHours.map { hours -> JSONObject in
            [
                "fromMinute": .integer(Int64(hours.fromMinute)),
                "untilMinute": .integer(Int64(hours.untilMinute)),
            ]
        }
        return [
            "reminders": reminders.map { .array($0.map { .string($0.text) }) } ?? .null,
            "quietHours": quiet.map { .object($0) } ?? .null,
            "digestMinute": digestMinute.map { .integer(Int64($0)) } ?? .null,
            "refusesMail": .bool(refusesMail),
        ]
    }
}

private enum SettingsStatements {
    static let ofLocation = SQLStatement(
        """
        SELECT reminders FROM location
        WHERE shard = :shard AND locationID = :locationID AND deletedAt IS NULL
        """
    )

    static let ofUser = SQLStatement(
        """
        SELECT \(ReminderSettings.columns) FROM member
        WHERE shard = :shard AND locationID = :locationID AND userID = :userID
            AND deletedAt IS NULL
        """
    )

    static let storeOfLocation = SQLStatement(
        """
        UPDATE location SET reminders = :reminders
        WHERE shard = :shard AND locationID = :locationID
        """
    )

    static let storeOfUser = SQLStatement(
        """
        UPDATE member SET reminders = :reminders, quietFromMinute = :quietFromMinute,
            quietUntilMinute = :quietUntilMinute, digestMinute = :digestMinute, refusesMail = :refusesMail
        WHERE shard = :shard AND locationID = :locationID AND userID = :userID
        """
    )
}
