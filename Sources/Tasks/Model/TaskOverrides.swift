/// The fields of a task that are not as its series has them.
package struct TaskOverrides: OptionSet, Hashable, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) {
        self.rawValue = rawValue
    }

    package static let title = TaskOverrides(rawValue: 1)
    package static let body = TaskOverrides(rawValue: 2)
    package static let due = TaskOverrides(rawValue: 4)
    package static let assignee = TaskOverrides(rawValue: 8)
    package static let contact = TaskOverrides(rawValue: 16)
    package static let category = TaskOverrides(rawValue: 32)
    package static let isAllDay = TaskOverrides(rawValue: 64)
    package static let priority = TaskOverrides(rawValue: 128)
    package static let tags = TaskOverrides(rawValue: 256)
    package static let reminders = TaskOverrides(rawValue: 512)

    /// All fields that can differ.
    package static let all = TaskOverrides(rawValue: 1023)
}
