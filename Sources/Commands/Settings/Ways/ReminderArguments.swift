import ArgumentParser
import Tasks

/// The arguments about reminders: how late and how many they may be.
struct ReminderArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            How late a reminder is still sent, after an outage or while it is refused, such as 30m, \
            12h or 2d; a later one is noted as missed. PERENNIAL_REMINDER_LATENESS; 12h by default.
            """,
            valueName: "time"
        )
    )
    var reminderLateness: String?

    @Option(
        help: ArgumentHelp(
            """
            How many mails and messages a person is sent in an hour, 1 to 10000. \
            PERENNIAL_REMINDER_HOUR_CAP; 30 by default.
            """,
            valueName: "count"
        )
    )
    var reminderHourCap: Int?

    @Option(
        help: ArgumentHelp(
            """
            How many mails and messages a person is sent in a day, 1 to 100000. \
            PERENNIAL_REMINDER_DAY_CAP; 100 by default.
            """,
            valueName: "count"
        )
    )
    var reminderDayCap: Int?

    @Option(
        help: ArgumentHelp(
            """
            For how many days it is kept what became of reminders that were sent or given up, 0 to \
            36500, and never longer than the log; 0 keeps it as long as that. \
            PERENNIAL_REMINDER_RETENTION; 400 by default.
            """,
            valueName: "days"
        )
    )
    var reminderRetention: Int?

    /// How long the ledger of reminders is kept; none where it is kept as long as the log.
    func retention() throws -> Duration? {
        let days = try Setting("reminder-retention").value(
            reminderRetention,
            default: 400,
            in: 0...36_500
        )
        return days == 0 ? nil : .days(days)
    }

    /// What the settings come to.
    ///
    /// - Throws: `ValidationError` where a value is out of its range.
    func limits() throws -> ReminderLimits {
        let lateness = try Setting("reminder-lateness").value(reminderLateness, default: "12h")
        guard let length = Self.length(lateness) else {
            throw ValidationError(
                """
                --reminder-lateness cannot be '\(lateness)': it is a number of minutes, hours or \
                days, such as 30m, 12h or 2d, 30 days at most.
                """
            )
        }
        return ReminderLimits(
            lateness: length,
            hourLimit: try Setting("reminder-hour-cap").value(
                reminderHourCap,
                default: 30,
                in: 1...10_000
            ),
            dayLimit: try Setting("reminder-day-cap").value(
                reminderDayCap,
                default: 100,
                in: 1...100_000
            )
        )
    }

    /// A length such as `12h`; none if it is none, or longer than 30 days.
    private static func length(_ text: String) -> Duration? {
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        guard let unit = text.last.flatMap({ units[$0] }), let count = Int64(text.dropLast()),
            count >= 0, count <= 30 * 86_400 / unit
        else { return nil }
        return .seconds(count * unit)
    }
}
