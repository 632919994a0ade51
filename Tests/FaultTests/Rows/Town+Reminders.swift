import DatabaseTestSupport
import Recurrence
import ServerTestSupport
import Storage
import Tasks

extension Town {
    /// Gives a place and its user settings of reminders, of which a part is still to be planned.
    func addReminders(of place: Place, at now: Timestamp) async throws {
        let store = database.store
        let locationID = LocationID(place.location)
        let userID = Identifier<User>(Int64(place.number))
        for id in [nil, userID] {
            _ = try await store.changeReminderSettings(
                of: id,
                in: locationID,
                by: .operatorByCommand,
                isTrial: false,
                at: now
            ) { settings in
                settings.reminders = [Reminder(.before(60), by: .page)]
                if id == nil { return }
                settings.quietHours = QuietHours(fromMinute: 1320, untilMinute: 420)
                settings.digestMinute = 450
            }
        }
        let insert = SQLStatement(
            """
            INSERT INTO reminder (
                shard, locationID, taskID, userID, way, cause, offsetSeconds, plannedAt, fireAt,
                attemptAt, state, attemptCount, leasedUntil, sentAt, actorID, answer
            ) VALUES (
                \(locationID.shard), '\(place.location)', 1, \(place.number), 1, 1, 0,
                \(now.microseconds), \(now.microseconds), \(now.microseconds), 2, 1,
                \(now.microseconds), \(now.microseconds), \(place.number), 'answer'
            )
            """
        )
        try await store.driver.write { try $0.execute(insert, [:]) }
    }

    /// Has a place plan and look at its reminders, and look at their settings.
    func lookAtReminders(of place: Place, at now: Timestamp) async throws {
        let locationID = LocationID(place.location)
        while try await database.store.planReminders(
            in: locationID,
            at: now,
            lateness: .seconds(3600),
            zones: database.zones
        ) {}
        _ = try await database.store.reminders(
            ReminderQuery(),
            in: locationID,
            after: nil,
            limit: 100
        )
        for id in [nil, Identifier<User>(Int64(place.number))] {
            do {
                _ = try await database.store.reminderSettings(of: id, in: locationID)
            } catch {
                // They concern whoever asks for them.
            }
        }
    }
}
