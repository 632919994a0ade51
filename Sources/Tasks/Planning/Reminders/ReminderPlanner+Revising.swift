package import Recurrence

extension ReminderPlanner {
    package static let notWanted = "the task is not to be reminded of any more"
    package static let putOff = "put off"

    /// What becomes of the stored reminders of a task, now that it, its people or what they say are as
    /// they are.
    ///
    /// What is planned, sent or given up already is not planned again. What was withdrawn and is
    /// wanted again waits again.
    ///
    /// - Parameters:
    ///   - stored: All reminders of the task.
    ///   - time: Nothing is planned for an earlier time.
    ///   - snoozer: Who just put the next reminder off.
    /// - Returns: What is to be done, in its order.
    package func revise(
        _ stored: [StandingReminder],
        from time: Timestamp,
        snoozing snoozer: Identifier<User>? = nil
    ) -> [ReminderStep] {
        var revision = Revision(stored)
        var unwanted: [PlannedReminder] = []
        for standing in stored where standing.isWaiting {
            let reminder = standing.reminder
            if wants(reminder.key) {
                revision.keep(reminder, at: keptFireAt(of: reminder))
            } else {
                unwanted.append(reminder)
            }
        }
        for planned in reminders(from: time) where !revision.hasPutOff(planned, facts) {
            revision.plan(planned, insteadOfOneOf: &unwanted)
        }
        for reminder in unwanted { revision.withdraw(reminder, because: reason(for: reminder.key)) }
        if let snoozer { snooze(by: snoozer, &revision, from: time) }
        return revision.steps
    }

    /// The digest that a person has, in place of the one that waits.
    ///
    /// - Parameters:
    ///   - stored: The digests that wait.
    ///   - userID: Whose.
    ///   - time: The first time for which one is planned.
    /// - Returns: What is to be done, in its order.
    package func reviseDigest(
        _ stored: [StandingReminder],
        of userID: Identifier<User>,
        from time: Timestamp
    ) -> [ReminderStep] {
        var revision = Revision(stored)
        var unwanted = stored.filter(\.isWaiting).map(\.reminder)
        if let planned = digest(of: userID, from: time) {
            if unwanted.contains(where: { $0.key == planned.key }) {
                unwanted.removeAll { $0.key == planned.key }
            } else {
                revision.plan(planned, insteadOfOneOf: &unwanted)
            }
        }
        for reminder in unwanted {
            revision.withdraw(reminder, because: reasonAgainstDigest(of: userID) ?? Self.noDigest)
        }
        return revision.steps
    }

    /// The next digest of a person; none if none is wanted.
    package func digest(of userID: Identifier<User>, from time: Timestamp) -> PlannedReminder? {
        guard let person = facts.people[userID], let minute = person.settings.digestMinute,
            !person.settings.refusesMail, let zone = zone(person.timeZone)
        else { return nil }
        let date = zone.localDateTime(at: time).date
        // A minute that the clocks skip or show twice may lie on the other side of the time.
        let times = (-1...2).map { day in
            zone.timestamp(
                of: LocalDateTime(date.advanced(byDays: day), secondOfDay: minute * 60)
            )
        }
        guard let plannedAt = times.first(where: { $0 >= time }) else { return nil }
        let key = ReminderKey(
            locationID: facts.locationID,
            taskID: nil,
            userID: userID,
            way: .email,
            cause: .digest,
            plannedAt: plannedAt
        )
        return PlannedReminder(key: key, fireAt: plannedAt)
    }

    /// A notice of an assignment; none if the person is not to be told.
    ///
    /// - Parameters:
    ///   - actorID: Who assigned the task; none if that was no user.
    ///   - time: When.
    /// - Returns: The notice.
    package func notice(by actorID: Identifier<User>?, at time: Timestamp) -> PlannedReminder? {
        guard let task, let userID = task.template.assigneeID, task.template.notifiesAssignee,
            userID != actorID, userID != task.creatorID, facts.people[userID] != nil
        else { return nil }
        let key = ReminderKey(
            locationID: facts.locationID,
            taskID: task.id,
            userID: userID,
            way: .email,
            cause: .assignment,
            plannedAt: time
        )
        let notice = reminder(key)
        // An assignment is told of, whether or not the task's reminders were put off.
        if notice.state == .waiting { return PlannedReminder(key: key, fireAt: fireAt(key)) }
        return notice
    }

    /// Why a stored reminder is not to be sent; none if it is.
    package func reasonToWithdraw(_ key: ReminderKey) -> String? {
        if case .digest = key.cause { return reasonAgainstDigest(of: key.userID) }
        return wants(key) ? nil : reason(for: key)
    }

    private static let noDigest = "no digest is wanted"

    private func reasonAgainstDigest(of userID: Identifier<User>) -> String? {
        guard let person = facts.people[userID] else { return "the person is gone" }
        if person.settings.digestMinute == nil { return Self.noDigest }
        return refuses(.email, of: userID) ? Self.mailIsRefused : nil
    }

    private func reason(for key: ReminderKey) -> String {
        guard let task = facts.task else { return "the task is gone" }
        switch task.state {
        case .completed: return "the task is done"
        case .deleted: return task.skip == nil ? "the task is deleted" : "the task is skipped"
        case .open: return refuses(key.way, of: key.userID) ? Self.mailIsRefused : Self.notWanted
        }
    }

    /// When a reminder that is kept is sent: as it was put off, or as it would be planned.
    private func keptFireAt(of reminder: PlannedReminder) -> Timestamp {
        if let time = facts.snoozedUntil[reminder.key.userID] {
            let putOff = fireAt(reminder.key, notBefore: time)
            if reminder.fireAt == time || reminder.fireAt == putOff { return reminder.fireAt }
        }
        return fireAt(reminder.key, notBefore: delay(of: reminder.key))
    }

    /// Moves the next reminder of a person, and what would come before that time, to the time until
    /// which it was put off; plans one where none waits.
    private func snooze(
        by userID: Identifier<User>,
        _ revision: inout Revision,
        from time: Timestamp
    ) {
        guard let task, let until = facts.snoozedUntil[userID], until >= time,
            facts.people[userID] != nil
        else { return }
        let waiting = revision.waiting(for: userID)
        let next = waiting.map(\.fireAt).min()
        var movedWays: Set<ReminderWay> = []
        for reminder in waiting.sorted(by: { $0.key.plannedAt > $1.key.plannedAt })
        where reminder.fireAt == next || reminder.key.plannedAt < until {
            if movedWays.insert(reminder.key.way).inserted {
                revision.keep(reminder, at: fireAt(reminder.key, putOffUntil: until))
            } else {
                revision.withdraw(reminder, because: Self.putOff)
            }
        }
        guard movedWays.isEmpty, until <= Self.end else { return }
        let ways = wanted(for: userID).map(\.way)
        let way = ways.first { $0 != .call && !refuses($0, of: userID) } ?? .page
        let seconds = moment(of: task).duration(to: until).components.seconds
        let key = key(task, userID, way, seconds, plannedAt: until)
        revision.plan(PlannedReminder(key: key, fireAt: fireAt(key)))
    }
}

/// The stored reminders of a task and what becomes of them.
private struct Revision {
    private let stored: [ReminderKey: StandingReminder]
    private var changed: [ReminderKey: (former: ReminderKey?, reminder: PlannedReminder)] = [:]
    private var order: [ReminderKey] = []

    init(_ stored: [StandingReminder]) {
        self.stored = Dictionary(stored.map { ($0.reminder.key, $0) }) { first, _ in first }
    }

    var steps: [ReminderStep] {
        order.compactMap { key in
            guard let (former, reminder) = changed[key] else { return nil }
            if let former { return .replace(former, reminder) }
            return .add(reminder)
        }
    }

    /// What waits for a person by now.
    func waiting(for userID: Identifier<User>) -> [PlannedReminder] {
        let unchanged = stored.values.filter { standing in
            standing.isWaiting && changed[standing.reminder.key] == nil
                && !changed.values.contains { $0.former == standing.reminder.key }
        }.map(\.reminder)
        return (unchanged + changed.values.map(\.reminder)).filter {
            $0.state == .waiting && $0.key.userID == userID
        }
    }

    private mutating func set(_ reminder: PlannedReminder, insteadOf former: ReminderKey?) {
        if changed[reminder.key] == nil { order.append(reminder.key) }
        let known = changed[reminder.key]
        changed[reminder.key] = (known.map(\.former) ?? former, reminder)
    }

    mutating func keep(_ reminder: PlannedReminder, at fireAt: Timestamp) {
        if reminder.fireAt == fireAt { return }
        var reminder = reminder
        reminder.fireAt = fireAt
        set(reminder, insteadOf: reminder.key)
    }

    /// Whether a reminder was put off, to come with another at the end of that.
    func hasPutOff(_ reminder: PlannedReminder, _ facts: ReminderFacts) -> Bool {
        guard let stored = stored[reminder.key]?.reminder, stored.state == .withdrawn,
            let until = facts.snoozedUntil[reminder.key.userID]
        else { return false }
        return stored.answer == ReminderPlanner.putOff && reminder.key.plannedAt < until
    }

    mutating func withdraw(_ reminder: PlannedReminder, because reason: String) {
        var reminder = stored[reminder.key]?.reminder ?? reminder
        reminder.state = .withdrawn
        reminder.answer = reason
        set(reminder, insteadOf: reminder.key)
    }

    /// Plans a reminder that is not there yet, or was withdrawn.
    mutating func plan(_ reminder: PlannedReminder) {
        guard let standing = stored[reminder.key] else { return set(reminder, insteadOf: nil) }
        switch standing.reminder.state {
        case .withdrawn where reminder.state == .waiting:
            set(reminder, insteadOf: reminder.key)
        case .withdrawn, .waiting, .sent, .missed, .failed: break
        }
    }

    /// Plans a reminder by moving one that is not wanted any more, if there is one of its kind.
    mutating func plan(
        _ reminder: PlannedReminder,
        insteadOfOneOf unwanted: inout [PlannedReminder]
    ) {
        guard stored[reminder.key] == nil, reminder.state == .waiting,
            let place = unwanted.lastPlace(ofKindOf: reminder)
        else { return plan(reminder) }
        let former = unwanted.remove(at: place)
        set(reminder, insteadOf: former.key)
    }
}

extension [PlannedReminder] {
    /// The place of one of the same person and way, of the same offset if there is one.
    fileprivate func lastPlace(ofKindOf reminder: PlannedReminder) -> Int? {
        let places = indices.filter { place in
            let key = self[place].key
            return key.userID == reminder.key.userID && key.way == reminder.key.way
                && key.cause.isSameKind(as: reminder.key.cause)
        }
        return places.last { self[$0].key.cause == reminder.key.cause } ?? places.last
    }
}

extension ReminderCause {
    fileprivate func isSameKind(as other: ReminderCause) -> Bool {
        switch (self, other) {
        case (.due, .due), (.assignment, .assignment), (.digest, .digest): true
        default: false
        }
    }
}
