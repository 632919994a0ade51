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
        defer { reminderBell.planner.ring() }
        let terms = DirectoryTerms(author: author, in: locationID, isTrial: isTrial)
        return try await write(for: locationID, under: terms) {
            connection -> (before: ReminderSettings, after: ReminderSettings)? in
            guard let before = try connection.reminderSettings(of: userID, in: locationID) else {
                return nil
            }
            var after = before
            try change(&after)
            let deed = try connection.set(after, of: userID, in: locationID, at: now)
            if let deed {
                try connection.lock([locationID])
                _ = try connection.append(deed.entry, by: author, in: locationID, at: now)
            }
            return (before, after)
        }
    }
}

extension SQLConnection {
    /// What a user says of reminders, or the location itself; none if they are not in use.
    func reminderSettings(
        of userID: Identifier<User>?,
        in locationID: LocationID
    ) throws -> ReminderSettings? {
        if let userID {
            let address = DirectoryAddress(locationID, userID.rawValue)
            guard let row = try MemberRow(address, from: self), row.deletedAt == nil else {
                return nil
            }
            return row.reminderSettings
        }
        guard let row = try LocationRow(locationID, from: self), row.deletedAt == nil else {
            return nil
        }
        return ReminderSettings(reminders: row.reminders)
    }

    /// Gives a user, or the location itself, other settings.
    ///
    /// - Returns: What was done; nothing where they are as they were.
    fileprivate func set(
        _ settings: ReminderSettings,
        of userID: Identifier<User>?,
        in locationID: LocationID,
        at now: Timestamp
    ) throws -> DirectoryDeed? {
        guard let location = try LocationRow(locationID, from: self) else { return nil }
        var deed = DirectoryDeed()
        if let userID {
            let address = DirectoryAddress(locationID, userID.rawValue)
            guard let old = try MemberRow(address, from: self) else { return nil }
            var row = old
            row.reminderSettings = settings
            if row == old { return nil }
            try row.save(replacing: old, to: self, at: now)
            let (before, after) = (
                old.record(zone: location.timeZone, savedAt: nil),
                row.record(zone: location.timeZone, savedAt: now)
            )
            deed.note(
                DirectorySample(change: .updated, before: before, after: after),
                of: .user,
                numbered: userID.rawValue
            )
        } else {
            var row = location
            row.reminders = settings.reminders
            if row == location { return nil }
            try row.save(replacing: location, to: self, at: now)
            deed.note(
                DirectorySample(change: .updated, before: location.record, after: row.record),
                of: .location,
                numbered: 0
            )
        }
        return deed
    }
}

extension SQLRow {
    /// Returns what five columns hold: `reminders`, `quietFromMinute`, `quietUntilMinute`,
    /// `digestMinute` and `refusesMail`.
    func reminderSettings(from column: Int) throws(UnreadableValue) -> ReminderSettings {
        ReminderSettings(
            reminders: try reminders(column),
            quietHours: try quietHours(column + 1),
            digestMinute: try optionalMinute(column + 3),
            refusesMail: try optionalFlag(column + 4)
        )
    }

    private func quietHours(_ column: Int) throws(UnreadableValue) -> QuietHours? {
        guard let from = try optionalMinute(column), let until = try optionalMinute(column + 1)
        else { return nil }
        guard let hours = QuietHours(fromMinute: from, untilMinute: until) else {
            throw UnreadableValue(column: name(of: column), reason: "is also when they end")
        }
        return hours
    }

    private func optionalMinute(_ column: Int) throws(UnreadableValue) -> Int? {
        isNull(column) ? nil : Int(try int64(column, in: .minutesOfDay))
    }
}

extension SQLArguments {
    /// Adds the five arguments of what a user says of reminders.
    mutating func append(_ settings: ReminderSettings) {
        append(.text(orNull: Reminder.stored(settings.reminders)), for: "reminders")
        append(minute: settings.quietHours?.fromMinute, for: "quietFromMinute")
        append(minute: settings.quietHours?.untilMinute, for: "quietUntilMinute")
        append(minute: settings.digestMinute, for: "digestMinute")
        append(.integer(orNull: settings.refusesMail ? 1 : nil), for: "refusesMail")
    }

    private mutating func append(minute: Int?, for name: String) {
        append(.integer(orNull: minute.map { Int64($0) }), for: name)
    }
}
