package import Recurrence

/// What the reminders of a task go by.
package struct ReminderFacts: Hashable, Sendable {
    package var locationID: LocationID
    /// The task; none if there is none of that number any more.
    package var task: TaskInstance?
    /// What those say of reminders who are reminded of it.
    package var people: [Identifier<User>: RemindedPerson]
    package var locationReminders: [Reminder]?
    /// Until when somebody put the task's reminders off.
    package var snoozedUntil: [Identifier<User>: Timestamp]

    package init(
        in locationID: LocationID,
        task: TaskInstance?,
        people: [Identifier<User>: RemindedPerson] = [:],
        locationReminders: [Reminder]? = nil,
        snoozedUntil: [Identifier<User>: Timestamp] = [:]
    ) {
        self.locationID = locationID
        self.task = task
        self.people = people
        self.locationReminders = locationReminders
        self.snoozedUntil = snoozedUntil
    }
}

/// What a person says of reminders, and on whose clock.
package struct RemindedPerson: Hashable, Sendable {
    package var settings: ReminderSettings
    /// The IANA name of the person's zone.
    package var timeZone: String

    package init(settings: ReminderSettings, timeZone: String) {
        self.settings = settings
        self.timeZone = timeZone
    }
}

/// A reminder that is stored, and whether somebody is sending it.
package struct StandingReminder: Hashable, Sendable {
    package var reminder: PlannedReminder
    package var isBeingSent: Bool

    package init(_ reminder: PlannedReminder, isBeingSent: Bool = false) {
        self.reminder = reminder
        self.isBeingSent = isBeingSent
    }

    /// Whether it may still be changed.
    var isWaiting: Bool { reminder.state == .waiting && !isBeingSent }
}

/// One step of what becomes of the stored reminders of a task.
package enum ReminderStep: Hashable, Sendable {
    case add(PlannedReminder)
    /// A waiting one becomes another one.
    case replace(ReminderKey, PlannedReminder)
}
