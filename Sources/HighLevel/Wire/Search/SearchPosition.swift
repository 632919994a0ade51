import HTTPServing
package import JSON
import Recurrence
package import Tasks

/// The place of a task in the order of a search.
///
/// The next page begins after it.
package struct SearchPosition: Hashable, Sendable {
    /// What the search is ordered by: a time, or a text.
    package let value: FieldValue
    package let id: Identifier<TaskInstance>

    package init(of task: TaskInstance, in order: SearchOrder) {
        id = task.id
        value =
            switch order.key {
            case .dueDate: .timestamp(HighLevelDate(task.due.timestamp).timestamp)
            case .title: .text(task.template.title)
            case .dateAdded, .createdAt: .timestamp(task.createdAt)
            case .dateUpdated, .updatedAt: .timestamp(task.modifiedAt)
            }
    }

    /// Reads the `searchAfter` of a row of an answer: `[1770000000000, "sx6wyHhbFdRXh302Lunr"]`.
    ///
    /// - Parameters:
    ///   - json: What was sent.
    ///   - order: The order of the search, which must be that of the answer.
    package init?(_ json: JSONValue, in order: SearchOrder) {
        guard case .array(let parts) = json, parts.count == 2,
            let id = parts[1].string.flatMap({ Identifier<TaskInstance>(highLevel: $0) })
        else { return nil }
        self.id = id
        switch (parts[0], order.microseconds) {
        case (.integer(let number), let unit?):
            // Accepts any time at which a task can be due, and no time that would overflow.
            guard number.magnitude / UInt64(1_000_000 / unit) < 1 << 40 else { return nil }
            value = .timestamp(Timestamp(microseconds: number * unit))
        case (.string(let text), nil):
            value = .text(text)
        default: return nil
        }
    }

    package func json(in order: SearchOrder) -> JSONValue {
        let first: JSONValue =
            switch value {
            case .timestamp(let time): .integer(time.microseconds / (order.microseconds ?? 1))
            case .text(let text): .string(text)
            case .integer, .boolean, .null: .null
            }
        return .array([first, .string(id.highLevel)])
    }
}

extension SearchOrder {
    /// The microseconds of the unit in which a position has its time; none where it has a text.
    ///
    /// Due times are whole milliseconds on this wire. The times at which tasks were made and changed
    /// are finer, and tasks must not lie between two positions.
    fileprivate var microseconds: Int64? {
        switch key {
        case .dueDate: 1000
        case .title: nil
        case .dateAdded, .createdAt, .dateUpdated, .updatedAt: 1
        }
    }
}
