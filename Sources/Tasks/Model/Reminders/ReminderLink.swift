package import Recurrence

/// What a link in a reminder lets its receiver do without signing in, and until when.
package struct ReminderLink: Hashable, Sendable {
    /// What is done.
    package enum Deed: UInt8, Hashable, Sendable, CaseIterable {
        /// Whatever of the next four is chosen.
        case choose = 0
        case complete = 1
        /// To be reminded again in an hour.
        case snoozeHour = 2
        /// To be reminded again tomorrow at nine.
        case snoozeTomorrow = 3
        /// Not to be done this time.
        case skip = 4
        /// To get no more mails, or mails again.
        case refuseMail = 5
    }

    package var locationID: LocationID
    package var userID: Identifier<User>
    /// None of a link that is about no task.
    package var taskID: Identifier<TaskInstance>?
    package var deed: Deed
    /// When the task was due as the reminder told it, on the user's clock and to the minute.
    package var dueLocal: LocalDateTime?
    /// To the minute.
    package var expiresAt: Timestamp

    package init(
        locationID: LocationID,
        userID: Identifier<User>,
        taskID: Identifier<TaskInstance>?,
        deed: Deed,
        dueLocal: LocalDateTime?,
        expiresAt: Timestamp
    ) {
        self.locationID = locationID
        self.userID = userID
        self.taskID = taskID
        self.deed = deed
        self.dueLocal = dueLocal.map { LocalDateTime(secondsSince1970: $0.minutes * 60) }
        self.expiresAt = Timestamp(seconds: expiresAt.minutes * 60)
    }
}

extension LocalDateTime {
    fileprivate var minutes: Int64 { secondsSince1970.dividedDown(by: 60) }
}

extension Timestamp {
    fileprivate var minutes: Int64 { seconds.dividedDown(by: 60) }
}

extension Int64 {
    fileprivate func dividedDown(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}

// MARK: - As bytes

extension ReminderLink {
    /// The link in a few bytes: what is done, its numbers, and the location's name.
    package var bytes: [UInt8] {
        var bytes = [deed.rawValue]
        bytes.append(number: expiresAt.minutes)
        bytes.append(number: userID.rawValue)
        bytes.append(number: taskID?.rawValue ?? 0)
        // A time before 1970 is none that anybody is reminded of.
        bytes.append(number: dueLocal.map { max(0, $0.minutes) + 1 } ?? 0)
        return bytes + Array(locationID.rawValue.utf8)
    }

    /// Reads a link; nothing where the bytes are none.
    package init?(bytes: [UInt8]) {
        var rest = bytes[...]
        guard let deed = rest.popFirst().flatMap({ Deed(rawValue: $0) }),
            let expiry = rest.popNumber(), let user = rest.popNumber(),
            let task = rest.popNumber(), let due = rest.popNumber(),
            let location = String(validating: rest, as: UTF8.self), !location.isEmpty,
            user <= Identifier<User>.largest, task <= Identifier<User>.largest,
            expiry <= Self.minuteLimit, due <= Self.minuteLimit
        else { return nil }
        self.init(
            locationID: LocationID(location),
            userID: Identifier(user),
            taskID: task == 0 ? nil : Identifier(task),
            deed: deed,
            dueLocal: due == 0 ? nil : LocalDateTime(secondsSince1970: (due - 1) * 60),
            expiresAt: Timestamp(seconds: expiry * 60)
        )
    }

    /// Minutes after 1970 that lie beyond the year 9999.
    private static var minuteLimit: Int64 { 4_300_000_000 }
}

extension [UInt8] {
    /// Appends a number that is not negative, seven bits a byte, the lowest first.
    fileprivate mutating func append(number: Int64) {
        var rest = UInt64(Swift.max(0, number))
        while rest >= 0x80 {
            append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        append(UInt8(rest))
    }
}

extension ArraySlice<UInt8> {
    fileprivate mutating func popNumber() -> Int64? {
        var number: Int64 = 0
        // Eight bytes hold every number that an identifier may be.
        for place in 0..<8 {
            guard let byte = popFirst() else { return nil }
            number |= Int64(byte & 0x7F) << (7 * Int64(place))
            if byte < 0x80 { return number }
        }
        return nil
    }
}
