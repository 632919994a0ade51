import Tasks

// Tags and reminders stand each in a line of its own, between line ends, so that a tag is found by
// its line.

extension TaskTemplate {
    var storedPriority: Int64? { priority == 0 ? nil : Int64(priority) }

    var storedTags: String? { tags.isEmpty ? nil : Self.lines(tags) }

    var storedReminders: String? { Reminder.stored(reminders) }

    /// The lines of a text, as they are stored and found.
    static func lines(_ lines: [String]) -> String {
        "\n" + lines.joined(separator: "\n") + "\n"
    }
}

extension Reminder {
    /// The text that a column holds of reminders: none where nothing is said of any, empty where it was
    /// said that there are none.
    static func stored(_ reminders: [Reminder]?) -> String? {
        reminders.map { $0.isEmpty ? "" : TaskTemplate.lines($0.map(\.text)) }
    }
}

extension SQLRow {
    /// Returns the tags that a column holds.
    func tags(_ column: Int) throws(UnreadableValue) -> [String] {
        guard let text = try optionalText(column, lengths: .texts) else { return [] }
        return text.split(separator: "\n").map(String.init)
    }

    /// Returns the reminders that a column holds, or `nil` for null.
    func reminders(_ column: Int) throws(UnreadableValue) -> [Reminder]? {
        guard let text = try optionalText(column, lengths: .texts) else { return nil }
        var reminders: [Reminder] = []
        for line in text.split(separator: "\n") {
            guard let reminder = Reminder(parsing: line) else {
                throw UnreadableValue(column: name(of: column), reason: "is no list of reminders")
            }
            reminders.append(reminder)
        }
        return reminders
    }

    /// Returns a priority, which is 0 where the column is null.
    func priority(_ column: Int) throws(UnreadableValue) -> Int {
        isNull(column) ? 0 : Int(try int64(column, in: .priorities))
    }
}
