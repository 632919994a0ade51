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

extension QuietHours {
    /// Reads the times on the clock, such as `21:00` and `07:00`; none where they are none, or alike.
    package init?(from: String, to: String) {
        guard let from = ClockMinute(parsing: from), let to = ClockMinute(parsing: to) else {
            return nil
        }
        self.init(fromMinute: from.minute, untilMinute: to.minute)
    }

    /// The times on the clock at which they begin and end.
    package var texts: (from: String, to: String) {
        (ClockMinute(fromMinute).text, ClockMinute(untilMinute).text)
    }
}

/// A minute of the day as people write it: `07:30`.
package struct ClockMinute: Hashable, Sendable {
    /// Minutes since midnight, 0 to 1439.
    package let minute: Int

    package init(_ minute: Int) {
        self.minute = minute
    }

    /// Reads hours and minutes of two digits each; none for any other text.
    package init?(parsing text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let isOfDigits = parts.allSatisfy { part in
            part.utf8.count == 2 && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
        }
        guard parts.count == 2, isOfDigits, let hour = Int(parts[0]), let minute = Int(parts[1]),
            hour < 24, minute < 60
        else { return nil }
        self.minute = hour * 60 + minute
    }

    package var text: String {
        [minute / 60, minute % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    }
}
