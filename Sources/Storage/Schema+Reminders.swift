import Tasks

extension Schema {
    /// What people are reminded of, and what is still to be planned.
    ///
    /// In `reminder`, a task of 0 is none. `attemptAt` says when a waiting row is to be sent next, and
    /// `leasedUntil` until when one that is being sent belongs to who sends it.
    static let reminders =
        [
            // 1 where people are reminded of tasks that do not say so themselves.
            Migration(
                "column location.remindsOfAll",
                "ALTER TABLE location ADD COLUMN remindsOfAll @I2"
            ),
            Migration(
                "table reminder",
                """
                CREATE TABLE reminder (
                    shard @I2 NOT NULL,
                    locationID text NOT NULL,
                    taskID @I8 NOT NULL,
                    userID @I8 NOT NULL,
                    way @I2 NOT NULL,
                    cause @I2 NOT NULL,
                    offsetSeconds @I8 NOT NULL,
                    plannedAt @I8 NOT NULL,
                    fireAt @I8 NOT NULL,
                    attemptAt @I8 NOT NULL,
                    state @I2 NOT NULL,
                    attemptCount @I8 NOT NULL,
                    leasedUntil @I8,
                    sentAt @I8,
                    actorID @I8,
                    answer text,
                    PRIMARY KEY (\(keyOfReminders))
                ) @TAIL
                """
            ),
            Migration(
                "index reminderByAttempt",
                """
                CREATE INDEX reminderByAttempt ON reminder (shard, way, attemptAt)
                WHERE state = \(StoredReminderState.waiting.rawValue)
                """
            ),
            Migration(
                "index reminderByLease",
                """
                CREATE INDEX reminderByLease ON reminder (shard, leasedUntil)
                WHERE state = \(StoredReminderState.sending.rawValue)
                """
            ),
            Migration(
                "index reminderOfLocationByFire",
                "CREATE INDEX reminderOfLocationByFire ON reminder (shard, locationID, fireAt, taskID)"
            ),
            // What somebody was sent, to keep to so many an hour and a day.
            Migration(
                "index reminderOfUserBySent",
                """
                CREATE INDEX reminderOfUserBySent ON reminder (shard, locationID, userID, sentAt)
                WHERE sentAt IS NOT NULL
                """
            ),
            // What is still to be planned: an entry of the log, or, under the number 0, the open tasks of
            // a location, of a user or one task. A row is removed with its planning.
            Migration(
                "table reminderWork",
                """
                CREATE TABLE reminderWork (
                    shard @I2 NOT NULL,
                    locationID text NOT NULL,
                    changeNumber @I8 NOT NULL,
                    userID @I8 NOT NULL,
                    taskID @I8 NOT NULL,
                    sinceAt @I8,
                    doneThrough @I8 NOT NULL,
                    PRIMARY KEY (shard, locationID, changeNumber, userID, taskID)
                ) @TAIL
                """
            ),
            // The tasks of earlier days.
            Migration(
                "rows of reminderWork",
                """
                INSERT INTO reminderWork (
                    shard, locationID, changeNumber, userID, taskID, doneThrough
                )
                SELECT shard, locationID, 0, 0, 0, 0 FROM location WHERE deletedAt IS NULL
                """
            ),
            reminderChecks,
            // What people were reminded of stands in the log, as a kind of its own.
            Migration(
                "reminders in the log",
                adding: [
                    TableChecks(
                        table: "change",
                        conditions: [],
                        replacing: ReplacedCheck(
                            column: "kind",
                            former: "kind BETWEEN 1 AND 4",
                            condition: ColumnCheck.integer("kind", .choices(ChangeKind.self))
                                .condition
                        )
                    )
                ]
            ),
        ]

    private static let keyOfReminders =
        "shard, locationID, taskID, userID, way, cause, offsetSeconds, plannedAt"

    private static let reminderChecks = Migration(
        "checks of reminders",
        adding: [
            TableChecks("location", .integer("remindsOfAll", .flags)),
            TableChecks(
                "reminder",
                .integer("shard", .shards),
                .text("locationID", .names),
                .integer("taskID", .identifiersOrNone),
                .integer("userID", .identifiers),
                .integer("way", .choices(StoredReminderWay.self)),
                .integer("cause", .choices(StoredReminderCause.self)),
                .integer("offsetSeconds", .reminderOffsets),
                .integer("plannedAt", .instants),
                .integer("fireAt", .instants),
                .integer("attemptAt", .instants),
                .integer("state", .choices(StoredReminderState.self)),
                .integer("attemptCount", .counts),
                .integer("leasedUntil", .instants),
                .integer("sentAt", .instants),
                .integer("actorID", .identifiers),
                .text("answer", .optionalNames)
            ),
            TableChecks(
                "reminderWork",
                .integer("shard", .shards),
                .text("locationID", .names),
                .integer("changeNumber", .counts),
                .integer("userID", .identifiersOrNone),
                .integer("taskID", .identifiersOrNone),
                .integer("sinceAt", .instants),
                .integer("doneThrough", .identifiersOrNone)
            ),
        ]
    )
}
