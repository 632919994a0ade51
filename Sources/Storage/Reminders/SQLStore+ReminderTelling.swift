package import Recurrence
package import Tasks

extension SQLStore {
    package func tellReminders(
        inShard shard: Int,
        by way: ReminderWay,
        at now: Timestamp,
        limit: Int,
        deciding decide: @escaping @Sendable (PlannedReminder, ReminderMatter) -> ReminderDecision
    ) async throws -> ReminderTelling {
        let (due, hasUnreadable) = try await scan(for: nil) { connection in
            let lane = ReminderLane(connection, shard: shard, way: way, telling: unreadableRows)
            return try lane.due(at: now, limit: limit)
        }
        var telling = ReminderTelling()
        let ofLocations = Dictionary(grouping: due.map(\.reminder), by: \.key.locationID)
        for (locationID, reminders) in ofLocations {
            do {
                telling.count += try await tell(reminders, in: locationID, at: now, decide)
            } catch let error as CancellationError {
                throw error
            } catch let error as StoreUnavailable {
                throw error
            } catch {
                telling.failures[locationID] = "\(error)"
                try await putOff(reminders, until: now.advanced(by: .seconds(60)))
            }
        }
        telling.nextAt = try await read { connection in
            try ReminderLane(connection, shard: shard, way: way, telling: unreadableRows)
                .nextAt(after: due.isEmpty && hasUnreadable ? now : nil)
        }
        return telling
    }

    /// Tells of reminders in a location's log, in one entry.
    private func tell(
        _ reminders: [PlannedReminder],
        in locationID: LocationID,
        at now: Timestamp,
        _ decide: @escaping @Sendable (PlannedReminder, ReminderMatter) -> ReminderDecision
    ) async throws -> Int {
        try await write(for: locationID) { connection in
            var reader = MatterReader(
                connection,
                at: now,
                telling: unreadableRows,
                zones: NoZones()
            )
            var told: [PlannedReminder] = []
            var count = 0
            for reminder in reminders {
                let matter = try reader.matter(of: reminder, by: nil)
                let decision = decide(reminder, matter)
                let verdict = decision.verdict
                var arguments = SQLArguments(reminder.key)
                arguments.append(verdict, of: reminder)
                arguments.append(.integer(verdict.isAnAttempt ? 1 : 0), for: "usedCount")
                guard try connection.execute(ReminderStatements.end, arguments) == 1 else {
                    continue
                }
                count += 1
                if case .sent = verdict { told.append(reminder) }
                if let successor = decision.successor {
                    try connection.executeLater(
                        ReminderStatements.add,
                        successor.storedArguments()
                    )
                }
            }
            if told.isEmpty { return count }
            let transaction = self.transaction(in: locationID, on: connection)
            try transaction.append(
                LoggedChange(
                    kind: .reminded,
                    actorID: nil,
                    changedAt: now,
                    detail: ChangeDetail.reminders(told)
                )
            )
            return count
        }
    }

    /// Lets reminders wait of which a location's log could not tell.
    private func putOff(_ reminders: [PlannedReminder], until time: Timestamp) async throws {
        _ = try await write { connection in
            try connection.executeEach(
                ReminderStatements.postpone,
                reminders.map { reminder in
                    var arguments = SQLArguments(reminder.key)
                    arguments.append(.integer(time.microseconds), for: "attemptAt")
                    return arguments
                }
            )
        }
    }
}

/// No digest is told of in a log, so no day is asked for.
private struct NoZones: ZoneSource {
    func zone(named identifier: String) throws(UnknownZone) -> Zone {
        throw UnknownZone(identifier: identifier)
    }
}
