import ArgumentParser
import JSON

/// What is said of a user's reminders.
struct ReminderFields: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            The reminders of the user's tasks of which nothing is said, as JSON such as \
            '[{"before": "PT1H", "channel": "email"}]'; null for those of the location.
            """,
            valueName: "json"
        )
    )
    var reminders: String?

    @Option(
        help: ArgumentHelp(
            "When nothing is mailed or texted, such as 21:00-07:00; none to end it.",
            valueName: "times"
        )
    )
    var quietHours: String?

    @Option(
        help: ArgumentHelp(
            "At which time the day's work is mailed, such as 07:30; none to end it.",
            valueName: "time"
        )
    )
    var digest: String?

    @Option(help: ArgumentHelp("Whether the user wants no mails at all.", valueName: "bool"))
    var refusesMail: Bool?

    /// The fields as a directory document has them.
    var members: JSONObject {
        get throws {
            var members: JSONObject = [:]
            if let reminders {
                guard let value = try? JSONValue(parsing: Array(reminders.utf8)) else {
                    throw ValidationError("--reminders cannot be read as JSON.")
                }
                members["reminders"] = value
            }
            members["quietHours"] = quietHours.map { text in
                if text == "none" { return .null }
                let times = text.split(separator: "-", maxSplits: 1).map { String($0) }
                guard times.count == 2 else { return .string(text) }
                return .object(["from": .string(times[0]), "to": .string(times[1])])
            }
            members["digest"] = digest.map { $0 == "none" ? .null : .string($0) }
            members["refusesMail"] = refusesMail.map { .bool($0) }
            return members
        }
    }
}
