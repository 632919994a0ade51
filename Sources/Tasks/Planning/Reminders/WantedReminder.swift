package import Recurrence

/// A reminder that a task is to have, whenever that is.
package struct WantedReminder: Hashable, Sendable {
    /// Seconds after the moment that counts; before it where negative.
    package var offsetSeconds: Int64
    /// After how many seconds it comes again while the task is open.
    package var repeatSeconds: Int64?
    package var way: ReminderWay

    /// How often one reminder comes at most.
    static let repeatLimit: Int64 = 100

    init(_ offsetSeconds: Int64, repeatSeconds: Int64? = nil, by way: ReminderWay) {
        self.offsetSeconds = offsetSeconds
        self.repeatSeconds = repeatSeconds.flatMap { $0 > 0 ? $0 : nil }
        self.way = way
    }

    init(_ reminder: Reminder) {
        let way: ReminderWay =
            switch reminder.channel {
            case .email: .email
            case .sms: .sms
            case .webhook: .webhook
            case .page: .page
            }
        switch reminder.moment {
        case .before(let seconds): self.init(-seconds, by: way)
        case .after(let seconds, let again): self.init(seconds, repeatSeconds: again, by: way)
        }
    }

    /// Whether the reminder is, or once more is, so many seconds after the moment that counts.
    func comes(at seconds: Int64) -> Bool {
        let rest = seconds - offsetSeconds
        guard let repeatSeconds else { return rest == 0 }
        return rest >= 0 && rest % repeatSeconds == 0 && rest / repeatSeconds < Self.repeatLimit
    }

    /// The first time that it comes, from so many seconds after the moment that counts on.
    func first(from seconds: Int64) -> Int64? {
        if offsetSeconds >= seconds { return offsetSeconds }
        guard let repeatSeconds else { return nil }
        let count = (seconds - offsetSeconds + repeatSeconds - 1) / repeatSeconds
        return count < Self.repeatLimit ? offsetSeconds + count * repeatSeconds : nil
    }
}

extension TaskTemplate {
    /// Whether the task speaks of reminders itself, so that something is planned for it.
    package var speaksOfReminders: Bool {
        notifiesAssignee && (!(reminders ?? []).isEmpty || !ownReminders.isEmpty)
    }

    /// The reminders of the nearest level that says something.
    ///
    /// - Parameters:
    ///   - settings: What the person says.
    ///   - locationReminders: What the location says.
    /// - Returns: The reminders.
    func wantedReminders(
        else settings: ReminderSettings,
        _ locationReminders: [Reminder]?
    ) -> [WantedReminder] {
        guard notifiesAssignee else { return [] }
        if let reminders, !reminders.isEmpty { return reminders.map { WantedReminder($0) } }
        switch reminder {
        case .noReminder:
            let others = reminders ?? settings.reminders ?? locationReminders ?? []
            return others.map { WantedReminder($0) }
        case .agentNoReminder, .email, .agentEmail, .textMessage, .agentTextMessage, .call,
            .agentCall:
            return ownReminders
        }
    }

    /// What LionDesk's type of reminder says.
    private var ownReminders: [WantedReminder] {
        switch reminder {
        case .noReminder, .agentNoReminder: []
        case .email, .agentEmail: [WantedReminder(0, by: .email)]
        case .textMessage, .agentTextMessage: [WantedReminder(0, by: .sms)]
        case .call, .agentCall: [WantedReminder(0, by: .call)]
        }
    }
}

extension TaskInstance {
    /// Who is reminded of the task: its assignee, or else who made it.
    package var remindedID: Identifier<User>? { template.assigneeID ?? creatorID }

    /// The moment from which reminders are counted: the due time, or 8:00 of the day of a task of
    /// which only the day counts, where the zone can be read.
    func remindedAt(in zone: Zone?) -> Timestamp {
        guard template.isAllDay, let zone else { return due.timestamp }
        return zone.timestamp(of: LocalDateTime(due.local.date, secondOfDay: 8 * 3600))
    }
}

extension QuietHours {
    /// The time, or the end of the quiet hours in which it lies, in the person's zone.
    package func end(of time: Timestamp, in zone: Zone) -> Timestamp {
        let local = zone.localDateTime(at: time)
        let minute = local.secondOfDay / 60
        let isQuiet =
            fromMinute < untilMinute
            ? (fromMinute..<untilMinute).contains(minute)
            : minute >= fromMinute || minute < untilMinute
        guard isQuiet else { return time }
        let date = minute < untilMinute ? local.date : local.date.advanced(byDays: 1)
        let end = zone.timestamp(of: LocalDateTime(date, secondOfDay: untilMinute * 60))
        return max(time, end)
    }
}
