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

    /// Reads the reminders; null says nothing of any.
    func reminders(from reader: inout MemberReader) -> Given<[Reminder]> {
        reader.list("reminders", isNullable: true, countLimit: Reminder.countLimit) {
            (value) -> ReadItem<Reminder> in
            guard let members = value.object else { return .fault("is no object") }
            for member in members.members
            where !["before", "after", "repeat", "channel"].contains(member.name) {
                return .fault("has `\(member.name.prefix(100))`, which is not known here")
            }
            guard let channel = Reminder.Channel(rawValue: members["channel"]?.string ?? "") else {
                return .fault("has no `channel` that is email, sms, webhook or page")
            }
            switch (members["before"], members["after"], members["repeat"]) {
            case (let before?, nil, nil):
                guard let seconds = before.reminderSeconds else { break }
                return .item(Reminder(.before(seconds), by: channel))
            case (nil, let after?, nil):
                guard let seconds = after.reminderSeconds else { break }
                return .item(Reminder(.after(seconds, repeatSeconds: nil), by: channel))
            case (nil, let after?, let again?):
                guard let seconds = after.reminderSeconds, let again = again.reminderSeconds,
                    again >= 60
                else { break }
                return .item(Reminder(.after(seconds, repeatSeconds: again), by: channel))
            default: break
            }
            return .fault(
                "has neither `before` nor `after`, which may have `repeat`, as times such as PT1H"
            )
        }
    }
}

extension JSONValue {
    fileprivate var reminderSeconds: Int64? {
        guard let seconds = string.flatMap({ CalendarDuration(parsing: $0) })?.seconds,
            seconds <= Reminder.secondsLimit
        else { return nil }
        return seconds
    }
}
