extension Schema {
    /// What people and locations say of reminders; null where nothing was said.
    static let reminderSettings =
        settingsColumns.map { column in
            Migration(
                "column \(column.table).\(column.name)",
                "ALTER TABLE \(column.table) ADD COLUMN \(column.name) \(column.type)"
            )
        } + [
            Migration(
                "checks of the settings of reminders",
                adding: [
                    TableChecks(
                        "member",
                        .text("reminders", .texts),
                        .integer("quietFromMinute", .minutesOfDay),
                        .integer("quietUntilMinute", .minutesOfDay),
                        .integer("digestMinute", .minutesOfDay),
                        .integer("refusesMail", .flags)
                    ),
                    TableChecks("location", .text("reminders", .texts)),
                ]
            )
        ]

    private static let settingsColumns: [(table: String, name: String, type: String)] = [
        ("member", "reminders", "text @C"),
        ("member", "quietFromMinute", "@I2"),
        ("member", "quietUntilMinute", "@I2"),
        ("member", "digestMinute", "@I2"),
        ("member", "refusesMail", "@I2"),
        ("location", "reminders", "text @C"),
    ]
}
