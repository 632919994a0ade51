package import Recurrence

/// Decides which reminders a task has, and what becomes of those that it had.
package struct ReminderPlanner: Sendable {
    let facts: ReminderFacts
    private let zones: any ZoneSource

    /// The last instant for which anything is planned: the end of the year 9999.
    static let end = Timestamp(seconds: 253_402_300_799)

    package static let callsAreNotMade = "calls are not made, by design"
    package static let mailIsRefused = "the person wants no mails"

    package init(_ facts: ReminderFacts, in zones: any ZoneSource) {
        self.facts = facts
        self.zones = zones
    }

    // MARK: - What is wanted

    /// The task, as long as anybody is reminded of it.
    var task: TaskInstance? { facts.task.flatMap { $0.state == .open ? $0 : nil } }

    func wanted(for userID: Identifier<User>) -> [WantedReminder] {
        guard let task, task.remindedID == userID, let person = facts.people[userID] else {
            return []
        }
        return task.template.wantedReminders(else: person.settings, facts.locationReminders)
    }

    func zone(_ name: String) -> Zone? { try? zones.zone(named: name) }

    func moment(of task: TaskInstance) -> Timestamp {
        task.remindedAt(in: task.template.isAllDay ? zone(task.due.timeZone) : nil)
    }

    /// Whether a stored reminder still is one of the task's.
    package func wants(_ key: ReminderKey) -> Bool {
        guard let task, facts.people[key.userID] != nil, !refuses(key.way, of: key.userID) else {
            return false
        }
        switch key.cause {
        case .digest: return false
        case .assignment:
            return task.template.assigneeID == key.userID && task.template.notifiesAssignee
        case .due(let seconds):
            if key.plannedAt == facts.snoozedUntil[key.userID] { return true }
            let moment = moment(of: task)
            return moment.advanced(by: .seconds(seconds)) == key.plannedAt
                && wanted(for: key.userID).contains { $0.way == key.way && $0.comes(at: seconds) }
        }
    }

    /// Whether a person has said to want nothing that goes some way.
    func refuses(_ way: ReminderWay, of userID: Identifier<User>) -> Bool {
        way == .email && facts.people[userID]?.settings.refusesMail ?? false
    }

    /// When a reminder is sent that was planned for some time: after the person's quiet hours.
    package func fireAt(_ key: ReminderKey, notBefore time: Timestamp? = nil) -> Timestamp {
        fireAt(key, putOffUntil: max(key.plannedAt, time ?? key.plannedAt))
    }

    /// When a reminder is sent that is to be sent at some time: after the person's quiet hours.
    package func fireAt(_ key: ReminderKey, putOffUntil time: Timestamp) -> Timestamp {
        switch key.way {
        case .webhook, .page, .call: return time
        case .email, .sms:
            guard let person = facts.people[key.userID], let quiet = person.settings.quietHours,
                let zone = zone(person.timeZone)
            else { return time }
            return quiet.end(of: time, in: zone)
        }
    }

    // MARK: - What is planned

    /// The reminders that come from some time on, of a repeated one the next.
    func reminders(from time: Timestamp) -> [PlannedReminder] {
        guard let task, let userID = task.remindedID else { return [] }
        let moment = moment(of: task)
        // Rounded up, so that nothing is planned before that time.
        let seconds = moment.duration(to: time).components.seconds
        let first = moment.advanced(by: .seconds(seconds)) < time ? seconds + 1 : seconds
        var planned: [PlannedReminder] = []
        var keys: Set<ReminderKey> = []
        for one in wanted(for: userID) {
            guard let offset = one.first(from: first) else { continue }
            let plannedAt = moment.advanced(by: .seconds(offset))
            let key = self.key(task, userID, one.way, offset, plannedAt: plannedAt)
            guard key.plannedAt <= Self.end, keys.insert(key).inserted else { continue }
            planned.append(self.reminder(key))
        }
        return planned
    }

    /// The reminder that follows one that was sent or given up, of one that is repeated.
    ///
    /// Of those that quiet hours move to their end it is the last.
    package func successor(of key: ReminderKey) -> PlannedReminder? {
        guard case .due(let seconds) = key.cause, let task, task.remindedID == key.userID,
            let wanted = wanted(for: key.userID).first(where: { one in
                one.way == key.way && one.repeatSeconds != nil && one.comes(at: seconds)
            })
        else { return nil }
        let moment = moment(of: task)
        var found: PlannedReminder?
        var last = seconds
        while let next = wanted.first(from: last + 1) {
            let plannedAt = moment.advanced(by: .seconds(next))
            guard plannedAt <= Self.end else { break }
            let reminder = reminder(self.key(task, key.userID, key.way, next, plannedAt: plannedAt))
            if let found, reminder.fireAt > found.fireAt { break }
            found = reminder
            if reminder.fireAt == plannedAt { break }
            last = next
        }
        return found
    }

    func key(
        _ task: TaskInstance,
        _ userID: Identifier<User>,
        _ way: ReminderWay,
        _ seconds: Int64,
        plannedAt: Timestamp
    ) -> ReminderKey {
        ReminderKey(
            locationID: facts.locationID,
            taskID: task.id,
            userID: userID,
            way: way,
            cause: .due(offsetSeconds: seconds),
            plannedAt: plannedAt
        )
    }

    /// A reminder as it is planned: one that is not sent says at once why.
    func reminder(_ key: ReminderKey) -> PlannedReminder {
        func ended(_ state: ReminderState, _ answer: String) -> PlannedReminder {
            PlannedReminder(key: key, fireAt: key.plannedAt, state: state, answer: answer)
        }
        if key.way == .call { return ended(.failed, Self.callsAreNotMade) }
        if refuses(key.way, of: key.userID) { return ended(.withdrawn, Self.mailIsRefused) }
        return PlannedReminder(key: key, fireAt: fireAt(key, notBefore: delay(of: key)))
    }

    /// Until when the person put off what was planned for an earlier time.
    func delay(of key: ReminderKey) -> Timestamp? { facts.snoozedUntil[key.userID] }
}
