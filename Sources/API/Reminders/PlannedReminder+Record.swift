import HTTPServing
package import JSON
import Recurrence
package import Tasks

extension JSONWriter {
    /// Writes a reminder as the ledger shows it.
    package mutating func write(_ reminder: PlannedReminder) {
        let key = reminder.key
        beginObject()
        writeMembers(of: reminder)
        write("cause", key.cause.word)
        name("offset")
        if case .due(let seconds) = key.cause { write(seconds) } else { writeNull() }
        write("fireAt", reminder.fireAt)
        endObject()
    }

    /// Writes what is told of a reminder wherever it is.
    package mutating func writeMembers(of reminder: PlannedReminder) {
        let key = reminder.key
        write("taskId", key.taskID)
        write("userId", key.userID)
        write("channel", key.way.rawValue)
        write("dueAt", key.plannedAt)
        write("sentAt", reminder.sentAt)
        write("state", reminder.state.rawValue)
        write("attempts", count: reminder.attempts)
        name("lateBy")
        if let seconds = reminder.secondsLate { write(seconds) } else { writeNull() }
        write("answer", reminder.answer.isEmpty ? nil : reminder.answer)
    }
}

extension ReminderCause {
    fileprivate var word: String {
        switch self {
        case .due: "due"
        case .assignment: "assignment"
        case .digest: "digest"
        }
    }
}

extension PlannedReminder {
    /// How many seconds after its time it was sent, to the millisecond; none unless it was.
    package var secondsLate: Double? {
        sentAt.map { Double(max(0, $0.microseconds - fireAt.microseconds) / 1000) / 1000 }
    }
}

/// A place in the ledger, as numbers that a client gives back.
package struct ReminderPlace: Hashable, Sendable {
    package static let keyCount = 6

    package let reminder: PlannedReminder

    package init(_ reminder: PlannedReminder) {
        self.reminder = reminder
    }

    /// Reads the keys of a cursor; nothing where they cannot be those of a reminder.
    package init?(_ keys: [Int64], in locationID: LocationID) {
        guard keys.count == Self.keyCount, ReminderWay.allCases.indices.contains(Int(keys[3]))
        else { return nil }
        let key = ReminderKey(
            locationID: locationID,
            taskID: keys[1] == 0 ? nil : Identifier(keys[1]),
            userID: Identifier(keys[2]),
            way: ReminderWay.allCases[Int(keys[3])],
            cause: ReminderCause(key: keys[4]),
            plannedAt: Timestamp(microseconds: keys[5])
        )
        self.init(PlannedReminder(key: key, fireAt: Timestamp(microseconds: keys[0])))
    }

    package var keys: [Int64] {
        let key = reminder.key
        return [
            reminder.fireAt.microseconds, key.taskID?.rawValue ?? 0, key.userID.rawValue,
            Int64(ReminderWay.allCases.firstIndex(of: key.way) ?? 0), key.cause.key,
            key.plannedAt.microseconds,
        ]
    }
}

extension ReminderCause {
    // No offset is that long.
    private static let assignmentKey = Int64.max
    private static let digestKey = Int64.max - 1

    fileprivate init(key: Int64) {
        switch key {
        case Self.assignmentKey: self = .assignment
        case Self.digestKey: self = .digest
        default: self = .due(offsetSeconds: key)
        }
    }

    fileprivate var key: Int64 {
        switch self {
        case .due(let seconds): seconds
        case .assignment: Self.assignmentKey
        case .digest: Self.digestKey
        }
    }
}
