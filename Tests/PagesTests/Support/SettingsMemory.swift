import Recurrence
import Synchronization
import Tasks

/// Keeps what users say of reminders in memory.
final class SettingsMemory: ReminderSettingsStore {
    private let settings = Mutex<[Identifier<User>?: ReminderSettings]>([:])

    func reminderSettings(
        of userID: Identifier<User>?,
        in locationID: LocationID
    ) async throws -> ReminderSettings {
        settings.withLock { $0[userID] ?? ReminderSettings() }
    }

    func changeReminderSettings(
        of userID: Identifier<User>?,
        in locationID: LocationID,
        by author: AuditAuthor,
        isTrial: Bool,
        at now: Timestamp,
        to change: @escaping @Sendable (inout ReminderSettings) throws -> Void
    ) async throws -> (before: ReminderSettings, after: ReminderSettings)? {
        try settings.withLock { settings in
            let before = settings[userID] ?? ReminderSettings()
            var after = before
            try change(&after)
            settings[userID] = after
            return (before, after)
        }
    }
}
