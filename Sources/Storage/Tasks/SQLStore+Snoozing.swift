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
    ) async throws -> TaskEntry? {
        try await change(
            in: actor.locationID,
            at: now,
            trying: terms.isTrial,
            remembering: .snoozing
        ) { transaction, source in
            let id =
                try terms.occurrence.map { occurrence in
                    try transaction.task(of: occurrence, seenBy: viewer, at: now, &source)
                } ?? id
            guard let entry = try transaction.entry(of: id, seenBy: viewer) else {
                return (nil, nil)
            }
            try terms.check(entry)
            var arguments = SQLArguments(in: actor.locationID)
            arguments.append(.integer(id.rawValue), for: "taskID")
            arguments.append(.integer(actor.userID?.rawValue ?? 0), for: "userID")
            arguments.append(.integer(time.microseconds), for: "until")
            try transaction.connection.execute(SnoozeStatements.set, arguments)
            if let userID = actor.userID {
                try transaction.noteReminderWork(ofTask: id, ofUser: userID, since: now)
            }
            return (entry, nil)
        }
    }
}

extension EffectMemory where Value == TaskEntry? {
    fileprivate static var snoozing: EffectMemory {
        EffectMemory(
            note: { $0.map { EffectNote(recordID: $0.task.id.rawValue) } },
            recall: { note, transaction in try transaction.entry(of: Identifier(note.recordID)) }
        )
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
