package import Recurrence
package import Tasks

extension SQLStore: SnoozeStore {
    package func snooze(
        _ id: Identifier<TaskInstance>,
        until time: Timestamp,
        seenBy viewer: Viewer,
        under terms: WriteTerms,
        by actor: Actor,
        at now: Timestamp
    ) async throws -> WriteOutcome? {
        try await change(
            in: actor.locationID,
            at: now,
            trying: terms.isTrial,
            remembering: .optionalOutcome
        ) { transaction, source in
            let id =
                try terms.occurrence.map { occurrence in
                    try transaction.task(of: occurrence, seenBy: viewer, at: now, &source)
                } ?? id
            guard let entry = try transaction.entry(of: id, seenBy: viewer) else {
                return (nil, nil)
            }
            try terms.check(entry)
            var reminders = ReminderCounts()
            if let userID = actor.userID, let zones = terms.reminderZones {
                reminders = try transaction.reminderCounts(
                    of: entry.task,
                    snoozing: userID,
                    until: time,
                    at: now,
                    in: zones
                )
            }
            var arguments = SQLArguments(in: actor.locationID)
            arguments.append(.integer(id.rawValue), for: "taskID")
            arguments.append(.integer(actor.userID?.rawValue ?? 0), for: "userID")
            arguments.append(.integer(time.microseconds), for: "until")
            try transaction.connection.execute(SnoozeStatements.set, arguments)
            if let userID = actor.userID {
                try transaction.noteReminderWork(ofTask: id, ofUser: userID, since: now)
            }
            let none = ChangePlan(.updated)
            let effect = ChangeEffect(of: none, reaching: 1, reminding: reminders)
            return (WriteOutcome(entry: entry, effect: effect, changeNumber: nil), nil)
        }
    }
}

private enum SnoozeStatements {
    static let set = SQLStatement(
        """
        INSERT INTO snooze (shard, locationID, taskID, userID, until)
        VALUES (:shard, :locationID, :taskID, :userID, :until)
        ON CONFLICT (shard, locationID, taskID, userID) DO UPDATE SET until = excluded.until
        """
    )
}
