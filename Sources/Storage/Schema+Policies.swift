import Tasks

extension Schema {
    /// What the policies of series, calendars and absences are stored in.
    ///
    /// A policy that is not said is null, as in series of earlier days.
    static let policies =
        policyColumns.map { column in
            Migration("column \(column.name)", column.definition)
        } + [
            Migration(
                "table calendar",
                """
                CREATE TABLE calendar (
                    shard @I2 NOT NULL,
                    locationID text NOT NULL,
                    calendarID @I8 NOT NULL,
                    name text NOT NULL @C,
                    weekend @I2 NOT NULL,
                    days text NOT NULL @C,
                    createdAt @I8 NOT NULL,
                    modifiedAt @I8 NOT NULL,
                    PRIMARY KEY (shard, locationID, calendarID)
                ) @TAIL
                """
            ),
            Migration(
                "index seriesOfCalendar",
                """
                CREATE INDEX seriesOfCalendar ON series (shard, locationID, dayOffCalendarID)
                WHERE dayOffCalendarID IS NOT NULL
                """
            ),
            // Which series a user takes turns in.
            Migration(
                "table turnTaker",
                """
                CREATE TABLE turnTaker (
                    shard @I2 NOT NULL,
                    locationID text NOT NULL,
                    userID @I8 NOT NULL,
                    seriesID @I8 NOT NULL,
                    PRIMARY KEY (shard, locationID, userID, seriesID)
                ) @TAIL
                """
            ),
            policyChecks,
        ]

    private static let policyColumns: [(name: String, definition: String)] = [
        ("series", "repeatsAfterCompletion", "@I2"),
        ("series", "monthEnd", "@I2"),
        ("series", "dayOffCalendarID", "@I8"),
        ("series", "dayOffMove", "@I2"),
        ("series", "rotation", "text @C"),
        ("series", "rotationStep", "@I2"),
        ("series", "rotationTurn", "@I8"),
        ("series", "pausedFrom", "@I8"),
        ("series", "pausedUntil", "@I8"),
        ("series", "endedAt", "@I8"),
        ("series", "dates", "text @C"),
        ("series", "exceptionDates", "text @C"),
        ("series", "rollsForward", "@I2"),
        ("seriesClock", "missedCount", "@I8"),
        ("seriesClock", "doneAt", "@I8"),
        ("member", "absences", "text @C"),
    ].map { table, column, type in
        ("\(table).\(column)", "ALTER TABLE \(table) ADD COLUMN \(column) \(type)")
    }

    private static let policyChecks = Migration(
        "checks of policies, calendars and absences",
        adding: [
            TableChecks(
                "series",
                .integer("repeatsAfterCompletion", .flags),
                .integer("monthEnd", .choices(MonthEndPolicy.self)),
                .integer("dayOffCalendarID", .identifiers),
                .integer("dayOffMove", .choices(DayOffMove.self)),
                .text("rotation", .lists),
                .integer("rotationStep", .choices(RotationStep.self)),
                .integer("rotationTurn", .turns),
                .integer("pausedFrom", .instants),
                .integer("pausedUntil", .instants),
                .integer("endedAt", .instants),
                .text("dates", .lists),
                .text("exceptionDates", .lists),
                .integer("rollsForward", .flags)
            ),
            TableChecks(
                "seriesClock",
                .integer("missedCount", .occurrenceCounts),
                .integer("doneAt", .instants)
            ),
            TableChecks("member", .text("absences", .lists)),
            TableChecks(
                "calendar",
                .integer("shard", .shards),
                .text("locationID", .names),
                .integer("calendarID", .identifiers),
                .text("name", .names),
                .integer("weekend", .weekends),
                .text("days", .texts),
                .integer("createdAt", .instants),
                .integer("modifiedAt", .instants)
            ),
            TableChecks(
                "turnTaker",
                .integer("shard", .shards),
                .text("locationID", .names),
                .integer("userID", .identifiers),
                .integer("seriesID", .identifiers)
            ),
        ]
    )
}
