import Tasks

extension Schema {
    /// What the commands of the server's own API store.
    static let commands =
        taskFields + [
            // Through which door a change came; null where nobody asked for it.
            Migration("column change.door", "ALTER TABLE change ADD COLUMN door @I2"),
            // The order `modified`; the creator's and the assignee's own tasks have indexes by due time.
            Migration(
                "index taskOfLocationByModified",
                """
                CREATE INDEX taskOfLocationByModified ON task (
                    shard, locationID, modifiedAt, taskID, state
                )
                """
            ),
            // The answers to requests with an idempotency key. A row comes with the effect of its
            // request, and gets the answer once that is known.
            Migration(
                "table keptAnswer",
                """
                CREATE TABLE keptAnswer (
                    shard @I2 NOT NULL,
                    locationID text NOT NULL,
                    principal text NOT NULL @C,
                    requestKey text NOT NULL @C,
                    fingerprint @BLOB NOT NULL,
                    recordID @I8,
                    changeNumber @I8,
                    status @I2,
                    fields text,
                    body @BLOB,
                    createdAt @I8 NOT NULL,
                    PRIMARY KEY (shard, locationID, principal, requestKey),
                    CHECK (status BETWEEN 100 AND 599),
                    CHECK (LENGTH(requestKey) <= 1024)
                ) @TAIL
                """
            ),
            Migration(
                "index keptAnswerByAge",
                "CREATE INDEX keptAnswerByAge ON keptAnswer (shard, createdAt)"
            ),
            // Until when a user wants no reminder of a task; the user 0 is the location's own token.
            Migration(
                "table snooze",
                """
                CREATE TABLE snooze (
                    shard @I2 NOT NULL,
                    locationID text NOT NULL,
                    taskID @I8 NOT NULL,
                    userID @I8 NOT NULL,
                    until @I8 NOT NULL,
                    PRIMARY KEY (shard, locationID, taskID, userID)
                ) @TAIL
                """
            ),
            // The number of the change that a change undid.
            Migration(
                "column change.undoneNumber",
                "ALTER TABLE change ADD COLUMN undoneNumber @I8"
            ),
            // Which changes concerned a series, or a single task, so that its history is found.
            Migration(
                "table changedOrigin",
                """
                CREATE TABLE changedOrigin (
                    shard @I2 NOT NULL,
                    locationID text NOT NULL,
                    originID @I8 NOT NULL,
                    changeNumber @I8 NOT NULL,
                    PRIMARY KEY (shard, locationID, originID, changeNumber)
                ) @TAIL
                """
            ),
            Migration(
                "checks of the commands' columns",
                adding: [
                    TableChecks(
                        table: "task",
                        conditions: [
                            "priority BETWEEN 0 AND 3",
                            "LENGTH(tags) <= 1048576",
                            "LENGTH(reminders) <= 1048576",
                            "completedByID BETWEEN 1 AND 9007199254740991",
                            "LENGTH(skipReason) <= 1048576",
                            "skipReason IS NULL OR state = 2",
                            "completedAt IS NULL OR state = 1",
                        ]
                    ),
                    TableChecks(
                        table: "series",
                        conditions: [
                            "priority BETWEEN 0 AND 3",
                            "LENGTH(tags) <= 1048576",
                            "LENGTH(reminders) <= 1048576",
                        ]
                    ),
                    TableChecks(table: "change", conditions: ["door BETWEEN 1 AND 4"]),
                ]
            ),
        ]

    /// How many tasks of each state a creator has in spans of due times.
    static let spans = [
        Migration(
            "table taskSpanTotal",
            """
            CREATE TABLE taskSpanTotal (
                shard @I2 NOT NULL,
                locationID text NOT NULL,
                creatorID @I8 NOT NULL,
                state @I2 NOT NULL,
                span @I8 NOT NULL,
                total @I8 NOT NULL,
                PRIMARY KEY (shard, locationID, creatorID, state, span)
            ) @TAIL
            """
        ),
        Migration("rows of taskSpanTotal", countedInSpans),
    ]

    /// The spans were four weeks long, and are one week now.
    static let weeks = [
        Migration("taskSpanTotal without rows", "DELETE FROM taskSpanTotal"),
        Migration("rows of taskSpanTotal by weeks", countedInSpans),
    ]

    private static let countedInSpans = """
        INSERT INTO taskSpanTotal (shard, locationID, creatorID, state, span, total)
        SELECT shard, locationID, COALESCE(creatorID, 0), state, \(DueSpan.number(of: "dueAt")),
            COUNT(*)
        FROM task
        GROUP BY shard, locationID, COALESCE(creatorID, 0), state,
            \(DueSpan.number(of: "dueAt"))
        """

    private static let taskFields = [
        Migration("column task.priority", "ALTER TABLE task ADD COLUMN priority @I2"),
        Migration("column task.tags", "ALTER TABLE task ADD COLUMN tags text @C"),
        Migration("column task.reminders", "ALTER TABLE task ADD COLUMN reminders text @C"),
        Migration("column task.completedAt", "ALTER TABLE task ADD COLUMN completedAt @I8"),
        Migration("column task.completedByID", "ALTER TABLE task ADD COLUMN completedByID @I8"),
        Migration("column task.skipReason", "ALTER TABLE task ADD COLUMN skipReason text @C"),
        Migration("column series.priority", "ALTER TABLE series ADD COLUMN priority @I2"),
        Migration("column series.tags", "ALTER TABLE series ADD COLUMN tags text @C"),
        Migration("column series.reminders", "ALTER TABLE series ADD COLUMN reminders text @C"),
    ]
}
