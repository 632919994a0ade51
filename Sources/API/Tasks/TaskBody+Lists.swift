import JSON
import Recurrence
import Tasks

extension TaskFieldReader {
    func priority(from reader: inout MemberReader) -> Given<Int64> {
        reader.integer("priority", in: 0...3, isNullable: true)
    }

    /// Reads the tags, each once.
    func tags(from reader: inout MemberReader) -> Given<[String]> {
        reader.list("tags", isNullable: true, countLimit: TagLimit.count) {
            (value) -> ReadItem<String> in
            guard let text = value.string, TagLimit.lengths.contains(text.unicodeScalars.count),
                !text.unicodeScalars.contains(where: { $0.value < 0x20 })
            else { return .fault("is no tag, which is a text of 1 to 100 characters in a line") }
            return .item(text)
        }.mapValue { tags in
            var seen: Set<String> = []
            return tags.filter { seen.insert($0).inserted }
        }
    }
}

extension MemberReader {
    /// Reads the reminders; null says nothing of any.
    mutating func reminders() -> Given<[Reminder]> {
        list("reminders", isNullable: true, countLimit: Reminder.countLimit) {
            (value) -> ReadItem<Reminder> in
            guard let members = value.object?.members else { return .fault("is no object") }
            do throws(ReminderFault) {
                // What is no text is no part, either.
                let parts = members.map { (name: $0.name, text: $0.value.string ?? "") }
                return .item(try Reminder(parts: parts))
            } catch {
                return .fault(error.reason)
            }
        }
    }
}
