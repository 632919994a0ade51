import JSON
import Tasks

/// The order of the tasks that a search finds; tasks that are equal in it come by rising identifier.
package struct SearchOrder: Hashable, Sendable {
    package let key: Key
    package let isAscending: Bool

    /// The order unless another is asked for: the earliest due time first.
    package static let standard = SearchOrder(key: .dueDate, isAscending: true)

    package init(key: Key, isAscending: Bool) {
        self.key = key
        self.isAscending = isAscending
    }

    /// What tasks can be ordered by, under the names that answers have for it.
    package enum Key: String, Hashable, Sendable, CaseIterable {
        case dueDate
        case title
        case dateAdded
        case createdAt
        case dateUpdated
        case updatedAt
    }

    /// Reads `sortKey` and `sortDirection`.
    init(from reader: inout PropertyReader) {
        key = reader.choice("sortKey", .optional) ?? .dueDate
        let isAscending = reader.value(
            "sortDirection",
            or: "must be one of the following values: asc, desc"
        ) { json -> Bool? in
            switch json.string?.lowercased() {
            case "asc": true
            case "desc": false
            default: nil
            }
        }
        self.isAscending = isAscending ?? true
    }

    var field: TaskField {
        switch key {
        case .dueDate: .dueAt
        case .title: .title
        case .dateAdded, .createdAt: .createdAt
        case .dateUpdated, .updatedAt: .modifiedAt
        }
    }
}
