import JSON
import Tasks

extension JSONWriter {
    mutating func write(_ name: StaticString, _ words: [String]) {
        self.name(name)
        beginArray()
        for word in words { write(word) }
        endArray()
    }

    /// Writes reminders under their name; null where nothing is said of any.
    mutating func write(_ reminders: [Reminder]?) {
        name("reminders")
        guard let reminders else { return writeNull() }
        beginArray()
        for reminder in reminders {
            beginObject()
            for (name, text) in reminder.parts {
                self.name(name)
                write(text)
            }
            endObject()
        }
        endArray()
    }
}

extension TaskOverrides {
    /// The names of the members that differ from the series'.
    var words: [String] {
        let names: [(TaskOverrides, String)] = [
            (.title, "title"), (.body, "body"), (.due, "due"), (.assignee, "assigneeId"),
            (.contact, "contactId"), (.category, "categoryId"), (.isAllDay, "isAllDay"),
            (.priority, "priority"), (.tags, "tags"), (.reminders, "reminders"),
        ]
        return names.filter { contains($0.0) }.map(\.1)
    }
}
