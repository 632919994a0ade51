/// What a person, or a location for all of its people, says of reminders.
package struct ReminderSettings: Hashable, Sendable {
    /// The reminders of tasks of which nothing is said; none where the next level counts.
    package var reminders: [Reminder]?
    /// When nothing is sent by mail and SMS; a person's alone.
    package var quietHours: QuietHours?
    /// At which minute of the day the day's work is mailed; a person's alone.
    package var digestMinute: Int?
    /// Whether the person wants no mails at all, which a link in each mail says; a person's alone.
    package var refusesMail: Bool

    package init(
        reminders: [Reminder]? = nil,
        quietHours: QuietHours? = nil,
        digestMinute: Int? = nil,
        refusesMail: Bool = false
    ) {
        self.reminders = reminders
        self.quietHours = quietHours
        self.digestMinute = digestMinute
        self.refusesMail = refusesMail
    }
}

/// From and until which minute of the day somebody is left alone, on their own clock.
///
/// They go over midnight where they end before they begin; the end is not of them.
package struct QuietHours: Hashable, Sendable {
    package var fromMinute: Int
    package var untilMinute: Int

    /// None unless both are minutes of a day, 0 to 1439, and differ.
    package init?(fromMinute: Int, untilMinute: Int) {
        guard (0..<1440).contains(fromMinute), (0..<1440).contains(untilMinute),
            fromMinute != untilMinute
        else { return nil }
        self.fromMinute = fromMinute
        self.untilMinute = untilMinute
    }
}
