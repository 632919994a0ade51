package import Recurrence
package import Tasks

extension SQLStore: SnoozeStore {
    package func snooze(
        _ id: Identifier<TaskInstance>,
        until time: Timestamp,
        seenBy viewer: Viewer,
        under terms: WriteTerms,
        by actor: Actor
    ) async throws -> TaskEntry? {
        try await write(for: actor.locationID) { connection in
            let transaction = self.transaction(in: actor.locationID, on: connection)
            guard let entry = try transaction.entry(of: id, seenBy: viewer) else { return nil }
            try terms.check(entry)
            if terms.isTrial { return entry }
            var arguments = SQLArguments(in: actor.locationID)
            arguments.append(.integer(id.rawValue), for: "taskID")
            arguments.append(.integer(actor.userID?.rawValue ?? 0), for: "userID")
            arguments.append(.integer(time.microseconds), for: "until")
            try connection.execute(SnoozeStatements.set, arguments)
            return entry
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
