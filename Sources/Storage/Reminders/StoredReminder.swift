import Recurrence
import Tasks

/// What has become of a reminder; the numbers are stored, so they never change their meaning.
enum StoredReminderState: Int, CaseIterable {
    case waiting = 0
    /// Somebody sends it, until its lease ends.
    case sending = 1
    case sent = 2
    case withdrawn = 3
    case missed = 4
    case failed = 5

    init(_ state: ReminderState) {
        self =
            switch state {
            case .waiting: .waiting
            case .sent: .sent
            case .withdrawn: .withdrawn
            case .missed: .missed
            case .failed: .failed
            }
    }

    /// What people are told of it.
    var shown: ReminderState {
        switch self {
        case .waiting, .sending: .waiting
        case .sent: .sent
        case .withdrawn: .withdrawn
        case .missed: .missed
        case .failed: .failed
        }
    }
}

/// By which way a reminder goes, as a number.
enum StoredReminderWay: Int, CaseIterable {
    case email = 1
    case sms = 2
    case webhook = 3
    case page = 4
    case call = 5

    init(_ way: ReminderWay) {
        self =
            switch way {
            case .email: .email
            case .sms: .sms
            case .webhook: .webhook
            case .page: .page
            case .call: .call
            }
    }

    var way: ReminderWay {
        switch self {
        case .email: .email
        case .sms: .sms
        case .webhook: .webhook
        case .page: .page
        case .call: .call
        }
    }
}

/// Why somebody is reminded, as a number.
enum StoredReminderCause: Int, CaseIterable {
    case due = 1
    case assignment = 2
    case digest = 3

    init(_ cause: ReminderCause) {
        self =
            switch cause {
            case .due: .due
            case .assignment: .assignment
            case .digest: .digest
            }
    }
}

extension ReminderCause {
    fileprivate init(_ cause: StoredReminderCause, offsetSeconds: Int64) {
        self =
            switch cause {
            case .due: .due(offsetSeconds: offsetSeconds)
            case .assignment: .assignment
            case .digest: .digest
            }
    }

    var offsetSeconds: Int64 {
        switch self {
        case .due(let seconds): seconds
        case .assignment, .digest: 0
        }
    }
}

extension PlannedReminder {
    /// The columns that the initializer reads.
    static let columns = """
        taskID, userID, way, cause, offsetSeconds, plannedAt, fireAt, state, attemptCount, sentAt,
        answer
        """

    /// The order of the ledger after `fireAt`.
    static let keyColumns = "taskID, userID, way, cause, offsetSeconds, plannedAt"

    /// Creates a reminder from ``columns``, which come first in the row.
    init(_ row: some SQLRow, in locationID: LocationID) throws(UnreadableRow) {
        do throws(UnreadableValue) {
            let state: StoredReminderState = try row.value(7)
            self.init(
                key: try ReminderKey(row, in: locationID),
                fireAt: try row.timestamp(6),
                state: state.shown,
                attempts: Int(try row.int64(8, in: .counts)),
                sentAt: state == .sent ? try row.optionalTimestamp(9) : nil,
                answer: try row.optionalText(10, lengths: .optionalNames) ?? ""
            )
        } catch {
            throw UnreadableRow(reminder: error, in: locationID, row)
        }
    }
}

extension StandingReminder {
    /// Creates a reminder from ``PlannedReminder/columns``, which come first in the row.
    init(_ row: some SQLRow, in locationID: LocationID) throws(UnreadableRow) {
        let state = (try? row.int(7)) ?? StoredReminderState.waiting.rawValue
        self.init(
            try PlannedReminder(row, in: locationID),
            isBeingSent: state == StoredReminderState.sending.rawValue
        )
    }
}

extension UnreadableRow {
    /// The row of a reminder, which the first six columns name.
    init(reminder error: UnreadableValue, in locationID: LocationID, _ row: some SQLRow) {
        let numbers = (0..<6).map { column in
            (try? row.int64(column)).map(String.init) ?? "?"
        }
        self.init(
            error,
            of: "reminder",
            key: "\(locationID.rawValue)/\(numbers.joined(separator: "/"))"
        )
    }
}

extension ReminderKey {
    /// Creates a key from ``PlannedReminder/keyColumns``, which come first in the row.
    init(_ row: some SQLRow, in locationID: LocationID) throws(UnreadableValue) {
        let taskID = try row.int64(0, in: .identifiersOrNone)
        let way: StoredReminderWay = try row.value(2)
        let cause: StoredReminderCause = try row.value(3)
        self.init(
            locationID: locationID,
            taskID: taskID == 0 ? nil : Identifier(taskID),
            userID: try row.identifier(1),
            way: way.way,
            cause: ReminderCause(cause, offsetSeconds: try row.int64(4, in: .reminderOffsets)),
            plannedAt: try row.timestamp(5)
        )
    }
}

extension SQLArguments {
    /// The arguments that name a reminder.
    init(_ key: ReminderKey) {
        self.init(in: key.locationID)
        append(key)
    }

    /// Adds what names a reminder in its location.
    mutating func append(_ key: ReminderKey) {
        append(.integer(key.taskID?.rawValue ?? 0), for: "taskID")
        append(.integer(key.userID.rawValue), for: "userID")
        append(.integer(StoredReminderWay(key.way).rawValue), for: "way")
        append(.integer(StoredReminderCause(key.cause).rawValue), for: "cause")
        append(.integer(key.cause.offsetSeconds), for: "offsetSeconds")
        append(.integer(key.plannedAt.microseconds), for: "plannedAt")
    }
}
