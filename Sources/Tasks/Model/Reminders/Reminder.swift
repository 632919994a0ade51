/// When somebody is reminded of a task, and on which way.
package struct Reminder: Hashable, Sendable, Codable {
    package enum Channel: String, Hashable, Sendable, Codable, CaseIterable {
        case email, sms, webhook, page
    }

    /// When, counted from the due time.
    package enum Moment: Hashable, Sendable, Codable {
        /// So many seconds before, 0 or more.
        case before(Int64)
        /// So many seconds after, 0 or more, and again every so many seconds while the task is open.
        case after(Int64, repeatSeconds: Int64?)
    }

    package var moment: Moment
    package var channel: Channel

    /// The most reminders of one task, and the longest time of one, in seconds: 10 years.
    package static let countLimit = 20
    package static let secondsLimit: Int64 = 315_360_000

    package init(_ moment: Moment, by channel: Channel) {
        self.moment = moment
        self.channel = channel
    }
}

extension Reminder {
    /// The reminder as it is stored: `-3600 email`, or `+3600 86400 sms` where it comes again.
    package var text: String {
        switch moment {
        case .before(let seconds): "-\(seconds) \(channel.rawValue)"
        case .after(let seconds, nil): "+\(seconds) \(channel.rawValue)"
        case .after(let seconds, let again?): "+\(seconds) \(again) \(channel.rawValue)"
        }
    }

    /// Reads a reminder as it is stored; nothing if it is none.
    package init?(parsing text: some StringProtocol) {
        let parts = text.split(separator: " ")
        guard (2...3).contains(parts.count),
            let channel = Channel(rawValue: String(parts.last ?? ""))
        else { return nil }
        let numbers = parts.dropLast().map { $0.drop { $0 == "-" || $0 == "+" } }
        let seconds = numbers.compactMap { Int64($0) }
        guard seconds.count == numbers.count,
            seconds.allSatisfy({ (0...Self.secondsLimit).contains($0) })
        else { return nil }
        switch (text.first, seconds.count) {
        case ("-", 1): self.init(.before(seconds[0]), by: channel)
        case ("+", 1): self.init(.after(seconds[0], repeatSeconds: nil), by: channel)
        case ("+", 2): self.init(.after(seconds[0], repeatSeconds: seconds[1]), by: channel)
        default: return nil
        }
    }
}

/// The words by which a task is found, as people may choose them.
package enum TagLimit {
    /// The most tags of one task.
    package static let count = 20
    /// Characters of one tag.
    package static let lengths = 1...100
}
