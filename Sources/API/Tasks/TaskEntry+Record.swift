import HTTPServing
import JSON
import Recurrence
import Tasks

/// A task as it is shown to a caller.
struct TaskRecord: APIRecord {
    let entry: TaskEntry
    /// The rule of its series in the caller's language; none for a single task, and of a rule that
    /// cannot be said.
    let words: String?

    var tagSalt: Int64 { entry.tagSalt }

    func writeMembers(to json: inout JSONWriter) { entry.writeMembers(to: &json) }

    func writeUntagged(to json: inout JSONWriter) { json.write("words", words) }
}

/// A task as everybody is shown it, without the rule in words.
extension TaskEntry: APIRecord {
    var tagSalt: Int64 { isComputed ? 0 : task.modifiedAt.microseconds }

    func writeMembers(to json: inout JSONWriter) {
        writeTask(to: &json)
        json.write("isOverridden", overrides.words)
    }

    /// Writes the members that the task has by itself, whatever its series has.
    func writeTask(to json: inout JSONWriter) {
        // What is only tried is nowhere to be found.
        if isComputed, let slot = task.slot {
            json.write("id", OccurrenceName(slot).text)
            json.write("isComputed", true)
        } else {
            json.write("id", task.id.isOfTrial ? nil : task.id)
        }
        json.write("seriesId", task.slot.flatMap { $0.seriesID.isOfTrial ? nil : $0.seriesID })
        json.write("slot", task.slot?.recurrenceID)
        json.write("title", task.template.title)
        json.write("body", task.template.body)
        json.write("state", task.skip == nil ? task.state.written : "skipped")
        json.write("dueAt", task.due.timestamp)
        json.name("due")
        json.beginObject()
        json.write("local", task.due.local)
        json.write("timeZone", task.due.timeZone)
        json.endObject()
        json.write("isAllDay", task.template.isAllDay)
        json.write("creatorId", task.creatorID)
        json.write("assigneeId", task.template.assigneeID)
        json.write("contactId", task.template.contactID)
        json.write("categoryId", task.template.categoryID)
        json.write("priority", count: task.template.priority)
        json.write("tags", task.template.tags)
        json.write(task.template.reminders)
        json.write("completedAt", task.completion?.at)
        json.write("completedById", task.completion?.userID)
        json.write("skipReason", task.skip?.reason)
        json.write("createdAt", task.createdAt)
        json.write("modifiedAt", task.modifiedAt)
    }
}

extension TaskState {
    /// The state's word.
    var written: String {
        switch self {
        case .open: "open"
        case .completed: "complete"
        case .deleted: "deleted"
        }
    }
}

extension TaskEntry {
    /// The tag that the task had as a computed one, where a path names its occurrence; else its own.
    func computedTag(of address: TaskAddress) -> EntityTag {
        guard case .occurrence = address else { return tag }
        var entry = self
        entry.isComputed = true
        return entry.tag
    }
}

/// The states of tasks as this API tells them.
enum ShownState: Int, Hashable, Sendable, CaseIterable {
    case open, complete, skipped, deleted

    /// The states by their words.
    static let words: KeyValuePairs<String, ShownState> = [
        "open": .open, "complete": .complete, "skipped": .skipped, "deleted": .deleted,
    ]

    /// The condition that a task is in one of some states.
    static func predicate(of states: [ShownState]) -> Predicate<TaskField> {
        var stored: [TaskState] = []
        if states.contains(.open) { stored.append(.open) }
        if states.contains(.complete) { stored.append(.completed) }
        let isDeleted = Predicate<TaskField>.isOneOf(.state, [TaskState.deleted.value])
        switch (states.contains(.skipped), states.contains(.deleted)) {
        case (true, true): stored.append(.deleted)
        case (false, false): break
        case (true, false):
            let isSkipped = Predicate<TaskField>.isNoneOf(.skipReason, [.null])
            return .any([.isOneOf(.state, stored.map(\.value)), .all([isDeleted, isSkipped])])
        case (false, true):
            let isSkipped = Predicate<TaskField>.isOneOf(.skipReason, [.null])
            return .any([.isOneOf(.state, stored.map(\.value)), .all([isDeleted, isSkipped])])
        }
        return .isOneOf(.state, stored.map(\.value))
    }
}

extension TaskState {
    fileprivate var value: FieldValue { .integer(Int64(rawValue)) }
}
