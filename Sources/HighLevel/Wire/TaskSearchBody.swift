package import JSON
import Recurrence
package import Tasks

/// The body of a request that searches a location's tasks.
///
/// Contacts and assignees are the names that were sent; they are not looked up yet.
package struct TaskSearchBody: Hashable, Sendable {
    package let contactIDs: [String]
    package let assignedTo: [String]
    package let completed: Bool?
    /// A text that the title or the body must contain.
    package let query: String?
    let businessID: String?
    package let limit: Int
    package let skip: Int
    package let searchAfter: SearchPosition?

    /// The largest values that are accepted.
    package enum Limit {
        /// Rows of an answer; a request for more gets this many.
        static let rowCount = 500
        package static let skip: Int64 = 1_000_000_000
        static let nameCount = 500
        static let queryLength = 1000
    }

    static let defaultLimit = 25

    /// Reads a body.
    ///
    /// - Throws: The refusal with every violation.
    package init(_ members: JSONObject) throws(HighLevelError) {
        var reader = PropertyReader(members)
        contactIDs = reader.texts("contactId", .optional, countLimit: Limit.nameCount) ?? []
        assignedTo = reader.texts("assignedTo", .optional, countLimit: Limit.nameCount) ?? []
        completed = reader.boolean("completed", .optional)
        query = reader.text("query", .optional, lengths: 0...Limit.queryLength)
        businessID = reader.text("businessId", .optional, lengths: 0...Limit.queryLength)
        let limit = reader.integer("limit", .optional, in: 1...Int64.max)
        self.limit = limit.map { min(Int($0), Limit.rowCount) } ?? Self.defaultLimit
        skip = Int(reader.integer("skip", .optional, in: 0...Limit.skip) ?? 0)
        searchAfter = reader.value(
            "searchAfter",
            or: "must be the searchAfter of a task",
            using: SearchPosition.init
        )
        try reader.finish()
    }
}

/// The place of a task in the order of a search.
///
/// The next page begins after it.
package struct SearchPosition: Hashable, Sendable {
    package let dueAt: HighLevelDate
    package let id: Identifier<TaskInstance>

    package init(of task: TaskInstance) {
        dueAt = HighLevelDate(task.due.timestamp)
        id = task.id
    }

    /// Reads the `searchAfter` of a row of an answer: `[1770000000000, "sx6wyHhbFdRXh302Lunr"]`.
    package init?(_ json: JSONValue) {
        guard case .array(let parts) = json, parts.count == 2,
            case .integer(let milliseconds) = parts[0],
            // Accepts any time at which a task can be due, and no time that would overflow.
            abs(milliseconds / 1000) < 1 << 40,
            let id = parts[1].string.flatMap({ Identifier<TaskInstance>(highLevel: $0) })
        else { return nil }
        dueAt = HighLevelDate(Timestamp(microseconds: milliseconds * 1000))
        self.id = id
    }

    package var json: JSONValue {
        .array([.integer(dueAt.millisecondsSince1970), .string(id.highLevel)])
    }
}

extension TaskSearchBody {
    /// The query that the body asks for, with the contacts and users that were found.
    package func domainQuery(
        contactIDs: [Identifier<Contact>],
        assigneeIDs: [Identifier<User>]
    ) -> Query<TaskField> {
        var conditions: [Predicate<TaskField>] = [
            completed.map { .isIn([$0 ? .completed : .open]) } ?? .isVisible
        ]
        if !self.contactIDs.isEmpty {
            conditions.append(.isOneOf(.contactID, contactIDs.map { .integer($0.rawValue) }))
        }
        if !assignedTo.isEmpty {
            conditions.append(.isOneOf(.assigneeID, assigneeIDs.map { .integer($0.rawValue) }))
        }
        if let query, !query.isEmpty {
            conditions.append(.any([.contains(.title, query), .contains(.body, query)]))
        }
        if let businessID {
            conditions.append(.isOneOf(.contactBusiness, [.text(businessID)]))
        }
        if let searchAfter { conditions.append(.comesAfter(searchAfter)) }
        return Query(
            predicate: .all(conditions),
            order: [Ordering(.dueAt, isAscending: true)],
            limit: limit,
            skip: skip
        )
    }
}

extension Predicate where Field == TaskField {
    /// The condition that HighLevel shows a task: it is not deleted.
    package static var isVisible: Predicate { isIn([.open, .completed]) }

    fileprivate static func isIn(_ states: [TaskState]) -> Predicate {
        .isOneOf(.state, states.map { .integer(Int64($0.rawValue)) })
    }

    fileprivate static func comesAfter(_ position: SearchPosition) -> Predicate {
        let dueAt = FieldValue.timestamp(position.dueAt.timestamp)
        return .all([
            // This condition comes first so that an index can be used.
            .compares(.dueAt, .greaterOrEqual, dueAt),
            .any([
                .compares(.dueAt, .greater, dueAt),
                .compares(.id, .greater, .integer(position.id.rawValue)),
            ]),
        ])
    }
}
