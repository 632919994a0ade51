/// What is wrong with a reminder as it was written.
package struct ReminderFault: Error, Hashable {
    package let reason: String

    package init(reason: String) {
        self.reason = reason
    }
}

extension Reminder {
    private static let partNames = ["before", "after", "repeat", "channel"]

    /// Reads a reminder from its parts: `before`, or `after` which may have `repeat`, as lengths of
    /// time such as `PT1H`, and `channel`.
    ///
    /// - Throws: What is wrong with them.
    package init(parts: [(name: String, text: String)]) throws(ReminderFault) {
        if let part = parts.first(where: { !Self.partNames.contains($0.name) }) {
            throw ReminderFault(reason: "has `\(part.name.prefix(100))`, which is not known here")
        }
        func text(_ name: String) -> String? { parts.first { $0.name == name }?.text }
        guard let channel = Channel(rawValue: text("channel") ?? "") else {
            throw ReminderFault(reason: "has no `channel` that is email, sms, webhook or page")
        }
        guard
            let moment = Moment(before: text("before"), after: text("after"), text("repeat"))
        else {
            throw ReminderFault(
                reason:
                    "has neither `before` nor `after`, which may have `repeat`, as times such as PT1H"
            )
        }
        self.init(moment, by: channel)
    }

    /// The parts of which a reminder is written, by their names and in order.
    package var parts: [(name: String, text: String)] {
        let times: [(name: String, seconds: Int64?)] =
            switch moment {
            case .before(let seconds): [("before", seconds)]
            case .after(let seconds, let again): [("after", seconds), ("repeat", again)]
            }
        return times.compactMap { time in
            time.seconds.map { (time.name, CalendarDuration(seconds: $0).text) }
        } + [("channel", channel.rawValue)]
    }
}

extension Reminder.Moment {
    /// The shortest time after which a reminder comes again, in seconds.
    private static let repeatLowerLimit: Int64 = 60

    fileprivate init?(before: String?, after: String?, _ again: String?) {
        switch (before, after, again) {
        case (let before?, nil, nil):
            guard let seconds = Self.seconds(before) else { return nil }
            self = .before(seconds)
        case (nil, let after?, nil):
            guard let seconds = Self.seconds(after) else { return nil }
            self = .after(seconds, repeatSeconds: nil)
        case (nil, let after?, let again?):
            guard let seconds = Self.seconds(after), let again = Self.seconds(again),
                again >= Self.repeatLowerLimit
            else { return nil }
            self = .after(seconds, repeatSeconds: again)
        default: return nil
        }
    }

    private static func seconds(_ text: String) -> Int64? {
        guard let seconds = CalendarDuration(parsing: text)?.seconds,
            seconds <= Reminder.secondsLimit
        else { return nil }
        return seconds
    }
}
