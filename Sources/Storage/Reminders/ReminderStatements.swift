import Recurrence
import Tasks

/// How reminders are planned and sent.
enum ReminderStatements {
    private static let isIt = """
        shard = :shard AND locationID = :locationID AND taskID = :taskID AND userID = :userID
        AND way = :way AND cause = :cause AND offsetSeconds = :offsetSeconds
        AND plannedAt = :plannedAt
        """

    private static let waiting = StoredReminderState.waiting.rawValue
    private static let sending = StoredReminderState.sending.rawValue
    private static let withdrawn = StoredReminderState.withdrawn.rawValue

    // MARK: - Planning

    static let ofTask = SQLStatement(
        """
        SELECT \(PlannedReminder.columns) FROM reminder
        WHERE shard = :shard AND locationID = :locationID AND taskID = :taskID
        """
    )

    /// The digests of a user that wait.
    static let digests = SQLStatement(
        """
        SELECT \(PlannedReminder.columns) FROM reminder
        WHERE shard = :shard AND locationID = :locationID AND taskID = 0 AND userID = :userID
            AND state <= \(sending)
        """
    )

    static let add = SQLStatement(
        """
        INSERT INTO reminder (
            shard, locationID, taskID, userID, way, cause, offsetSeconds, plannedAt, fireAt,
            attemptAt, state, attemptCount, actorID, answer
        ) VALUES (
            :shard, :locationID, :taskID, :userID, :way, :cause, :offsetSeconds, :plannedAt, :fireAt,
            :fireAt, :state, 0, :actorID, :answer
        )
        ON CONFLICT (
            shard, locationID, taskID, userID, way, cause, offsetSeconds, plannedAt
        ) DO NOTHING
        """
    )

    /// Changes one that waits or was withdrawn, unless somebody is sending it.
    static let replace = SQLStatement(
        """
        UPDATE reminder SET cause = :newCause, offsetSeconds = :newOffsetSeconds,
            plannedAt = :newPlannedAt, fireAt = :fireAt, attemptAt = :fireAt, state = :state,
            answer = :answer
        WHERE \(isIt) AND state IN (\(waiting), \(withdrawn))
        """
    )

    static let snoozes = SQLStatement(
        """
        SELECT userID, until FROM snooze
        WHERE shard = :shard AND locationID = :locationID AND taskID = :taskID AND userID > 0
        """
    )

    // MARK: - Sending

    /// The first instants of a shard, by each way.
    static let firstAttempts = SQLStatement(
        StoredReminderWay.allCases.map { way in
            """
            SELECT \(way.rawValue), MIN(attemptAt) FROM reminder
            WHERE shard = :shard AND way = \(way.rawValue) AND state = \(waiting)
            """
        }.joined(separator: " UNION ALL ")
    )

    static let firstAttempt = SQLStatement(
        """
        SELECT MIN(attemptAt) FROM reminder
        WHERE shard = :shard AND way = :way AND state = \(waiting)
        """
    )

    /// Those that are to be sent; the location comes after the columns.
    static let due = SQLStatement(
        """
        SELECT \(PlannedReminder.columns), locationID, actorID FROM reminder
        WHERE shard = :shard AND way = :way AND state = \(waiting) AND attemptAt <= :now
        ORDER BY attemptAt LIMIT :limit
        """
    )

    static let claim = SQLStatement(
        """
        UPDATE reminder SET state = \(sending), attemptCount = attemptCount + 1,
            leasedUntil = :leasedUntil, sentAt = :now
        WHERE \(isIt) AND state = \(waiting) AND attemptCount = :attemptCount
        """
    )

    /// Whether one is still the caller's.
    static let held = SQLStatement(
        """
        SELECT 1 FROM reminder
        WHERE \(isIt) AND state = \(sending) AND attemptCount = :attemptCount
            AND leasedUntil = :leasedUntil
        """
    )

    static let finish = SQLStatement(
        """
        UPDATE reminder SET state = :state, attemptCount = attemptCount - :unusedCount,
            attemptAt = :attemptAt, leasedUntil = NULL, sentAt = :sentAt, answer = :answer
        WHERE \(isIt) AND state = \(sending) AND attemptCount = :attemptCount
            AND leasedUntil = :leasedUntil
        """
    )

    /// Ends one that waits, without its being sent to anybody outside.
    static let end = SQLStatement(
        """
        UPDATE reminder SET state = :state, attemptCount = attemptCount + :usedCount,
            attemptAt = :attemptAt, sentAt = :sentAt, answer = :answer
        WHERE \(isIt) AND state = \(waiting)
        """
    )

    static let postpone = SQLStatement(
        """
        UPDATE reminder SET attemptAt = :attemptAt WHERE \(isIt) AND state = \(waiting)
        """
    )

    static let takeUpAbandoned = SQLStatement(
        """
        UPDATE reminder SET leasedUntil = NULL, sentAt = NULL,
            state = CASE WHEN \(waitsAgain) THEN \(waiting)
                ELSE \(StoredReminderState.failed.rawValue) END,
            answer = CASE WHEN \(waitsAgain) THEN answer ELSE 'the outcome is not known' END
        WHERE shard = :shard AND state = \(sending) AND leasedUntil < :before
        """
    )

    private static let waitsAgain = """
        (way = \(StoredReminderWay.email.rawValue) AND :mailsAgain = 1)
        OR (way = \(StoredReminderWay.sms.rawValue) AND :messagesAgain = 1)
        """

    /// How many mails and messages a person was sent since a time, and since a later one.
    static let sentCounts = SQLStatement(
        """
        SELECT COUNT(*), COUNT(CASE WHEN sentAt > :hourAgo THEN 1 END) FROM reminder
        WHERE shard = :shard AND locationID = :locationID AND userID = :userID
            AND sentAt > :dayAgo AND sentAt IS NOT NULL
            AND way IN (\(StoredReminderWay.email.rawValue), \(StoredReminderWay.sms.rawValue))
        """
    )

    /// The open tasks of a person that are due before a time; of whom they are is in two indexes.
    static let tasksOfDay = SQLStatement(
        """
        SELECT taskID FROM (
            SELECT taskID, dueAt FROM task
            WHERE shard = :shard AND locationID = :locationID AND assigneeID = :userID
                AND dueAt < :until AND state = \(TaskState.open.rawValue)
            UNION ALL
            SELECT taskID, dueAt FROM task
            WHERE shard = :shard AND locationID = :locationID AND creatorID = :userID
                AND assigneeID IS NULL AND dueAt < :until
                AND state = \(TaskState.open.rawValue)
        ) AS found
        ORDER BY dueAt, taskID LIMIT :limit
        """
    )

    // MARK: - Forgetting

    /// How many are forgotten in one transaction.
    static let forgetLimit = 500

    static let forget = SQLStatement(
        """
        DELETE FROM reminder
        WHERE shard = :shard AND locationID = :locationID AND (\(PlannedReminder.keyColumns)) IN (
            SELECT \(PlannedReminder.keyColumns) FROM reminder
            WHERE shard = :shard AND locationID = :locationID AND fireAt < :before
                AND state > \(sending)
            ORDER BY fireAt LIMIT :limit
        )
        """
    )

    /// The locations that have reminders to forget.
    static let locationsToForget = SQLStatement(
        """
        SELECT locationID FROM location
        WHERE EXISTS (
            SELECT 1 FROM reminder
            WHERE reminder.shard = location.shard AND reminder.locationID = location.locationID
                AND reminder.fireAt < :before AND reminder.state > \(sending)
        )
        """
    )
}

extension PlannedReminder {
    /// The arguments of ``ReminderStatements/add``.
    func storedArguments(by actorID: Identifier<User>? = nil) -> SQLArguments {
        var arguments = SQLArguments(key)
        appendState(to: &arguments)
        arguments.append(.integer(orNull: actorID?.rawValue), for: "actorID")
        return arguments
    }

    /// The arguments of ``ReminderStatements/replace``.
    func arguments(replacing former: ReminderKey) -> SQLArguments {
        var arguments = SQLArguments(former)
        arguments.append(.integer(StoredReminderCause(key.cause).rawValue), for: "newCause")
        arguments.append(.integer(key.cause.offsetSeconds), for: "newOffsetSeconds")
        arguments.append(.integer(key.plannedAt.microseconds), for: "newPlannedAt")
        appendState(to: &arguments)
        return arguments
    }

    private func appendState(to arguments: inout SQLArguments) {
        arguments.append(.integer(fireAt.microseconds), for: "fireAt")
        arguments.append(.integer(StoredReminderState(state).rawValue), for: "state")
        arguments.append(.text(orNull: answer.isEmpty ? nil : answer), for: "answer")
    }

    /// When it is to be sent and on which lane; none if it does not wait.
    var attempt: (at: Timestamp, lane: ReminderAgenda.Lane)? {
        guard state == .waiting else { return nil }
        return (fireAt, ReminderAgenda.Lane(shard: key.locationID.shard, way: key.way))
    }
}
