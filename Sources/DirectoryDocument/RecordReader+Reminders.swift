import JSON
import Tasks

extension RecordReader {
    /// Takes what a user says of reminders.
    mutating func reminderSettings() throws(DirectoryDocumentError) -> ReminderSettingsUpdate {
        var update = ReminderSettingsUpdate()
        update.reminders = try reminders("reminders")
        update.quietHours = try quietHours("quietHours")
        switch value("digest") {
        case nil: break
        case .null?: update.digestMinute = .clear
        case let value?:
            guard let time = value.string.flatMap({ ClockMinute(parsing: $0) }) else {
                throw error("digest", "must be a time on the clock such as 07:30")
            }
            update.digestMinute = .set(time.minute)
        }
        update.refusesMail = try flag("refusesMail")
        return update
    }

    /// Takes a list of reminders that may be cleared.
    mutating func reminders(
        _ name: String
    ) throws(DirectoryDocumentError) -> FieldUpdate<[Reminder]> {
        switch value(name) {
        case nil: return .keep
        case .null?: return .clear
        case .array(let items)? where items.count <= Reminder.countLimit:
            var reminders: [Reminder] = []
            for (position, item) in items.enumerated() {
                do throws(ReminderFault) {
                    reminders.append(try Reminder(item))
                } catch {
                    let path = "\(path(of: name))[\(position)]"
                    throw DirectoryDocumentError(path: path, reason: error.reason)
                }
            }
            return .set(reminders)
        default: throw error(name, "must be a list of up to \(Reminder.countLimit) reminders")
        }
    }

    private mutating func quietHours(
        _ name: String
    ) throws(DirectoryDocumentError) -> FieldUpdate<QuietHours> {
        switch value(name) {
        case nil: return .keep
        case .null?: return .clear
        case let value?:
            guard let members = value.object, members.members.count == 2,
                let from = members["from"]?.string, let to = members["to"]?.string,
                let hours = QuietHours(from: from, to: to)
            else {
                let reason = #"must be two times, such as {"from": "21:00", "to": "07:00"}"#
                throw error(name, reason)
            }
            return .set(hours)
        }
    }
}

extension Reminder {
    /// Reads a reminder as a document has it.
    fileprivate init(_ value: JSONValue) throws(ReminderFault) {
        guard let members = value.object?.members else {
            throw ReminderFault(reason: "is no object")
        }
        // What is no text is no part, either.
        try self.init(parts: members.map { (name: $0.name, text: $0.value.string ?? "") })
    }
}
