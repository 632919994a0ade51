package import Recurrence

/// Which records are wanted, in which order, and which page of them.
package struct Query<Field: Hashable & Sendable>: Hashable, Sendable {
    package var predicate: Predicate<Field>
    /// The order; the most significant key comes first.
    ///
    /// Records that are equal in it come by rising identifier.
    package var order: [Ordering<Field>]
    /// The most records to return; 0 asks only for the total.
    package var limit: Int
    /// How many records to pass over first.
    package var skip: Int
    /// Whether somebody wants to know how many records match on all pages.
    package var needsTotal: Bool

    package init(
        predicate: Predicate<Field> = .all([]),
        order: [Ordering<Field>] = [],
        limit: Int,
        skip: Int = 0,
        needsTotal: Bool = true
    ) {
        self.needsTotal = needsTotal
        self.predicate = predicate
        self.order = order
        self.limit = limit
        self.skip = skip
    }
}

/// A condition on a record.
package indirect enum Predicate<Field: Hashable & Sendable>: Hashable, Sendable {
    /// All of the conditions hold. An empty list of conditions holds always.
    case all([Predicate])
    /// At least one of the conditions holds.
    case any([Predicate])
    /// The field's value is one of these. `null` among them stands for no value.
    case isOneOf(Field, [FieldValue])
    /// The field's value is none of these. A field without a value satisfies this, unless `null` is
    /// among them.
    case isNoneOf(Field, [FieldValue])
    /// The field has a value, and its comparison with this value holds.
    case compares(Field, Comparison, FieldValue)
    /// The field's text contains this text. ASCII letters match in upper and lower case.
    case contains(Field, String)
}

/// How a field's value is compared with another value.
package enum Comparison: Hashable, Sendable {
    case less
    case lessOrEqual
    case greater
    case greaterOrEqual
}

/// A value that a field is compared with.
///
/// Its case is the kind of the field, or `null`.
package enum FieldValue: Hashable, Sendable {
    case null
    case integer(Int64)
    /// Compared by Unicode code points.
    case text(String)
    /// False comes before true.
    case boolean(Bool)
    case timestamp(Timestamp)
}

/// One key of an order.
///
/// Records without a value come first in rising order, and last in falling order.
package struct Ordering<Field: Hashable & Sendable>: Hashable, Sendable {
    package var field: Field
    package var isAscending: Bool

    package init(_ field: Field, isAscending: Bool) {
        self.field = field
        self.isAscending = isAscending
    }
}

/// One page of the records that a query matches.
package struct Page<Record: Identifiable & Sendable>: Sendable where Record.ID: Sendable {
    /// How many records match, on all pages.
    ///
    /// If the query needs no total, it may be how many were read so far.
    package var total: Int
    /// The first records of the page, as many as are read at once.
    package var records: [Record]
    /// The identifiers of the page's other records, in order.
    package var rest: [Record.ID]

    package init(total: Int, records: [Record], rest: [Record.ID] = []) {
        self.total = total
        self.records = records
        self.rest = rest
    }
}

/// How much of a page is read at once, so that no page fills the memory.
package enum PageBudget {
    /// No further record is read after this many bytes of text.
    package static let byteCount = 256 * 1024
    /// How many records are read by their identifiers.
    package static let recordCount = 100
}

/// The fields of a task that a query can use.
package enum TaskField: Hashable, Sendable, CaseIterable {
    case id
    /// The series' number, or a single task's own.
    case originID
    /// The series' number; none for a single task.
    case seriesID
    case creatorID
    case contactID
    /// The business that the contact belongs to.
    case contactBusiness
    case assigneeID
    case dueAt
    case isAllDay
    case notifiesAssignee
    case reminder
    case categoryID
    case title
    case body
    case state
    case ruleText
    case createdAt
    case modifiedAt
    case priority
    /// The tags, each in a line.
    case tags
    /// Why the task was skipped; none for a task that was not.
    case skipReason
    /// What is written of the task: title, body, and the contact's name, without capitals and
    /// accents. A text that it contains has to be like this, too; see `FoldedText`.
    case words
}

/// The fields of a task's origin that a query can use.
package enum OriginField: Hashable, Sendable, CaseIterable {
    case id
    case creatorID
    case start
    case repeats
    case ruleText
    case createdAt
    case modifiedAt
}

/// The fields of a category that a query can use.
package enum CategoryField: Hashable, Sendable, CaseIterable {
    case id
    case name
    case ownerID
    case createdAt
    case modifiedAt
}

/// The fields of a user that a query can use.
package enum UserField: Hashable, Sendable, CaseIterable {
    case id
    case name
    /// What comes before the first blank of the name.
    case firstName
    /// What comes after it.
    case lastName
    case email
    case phone
    case timeZone
}

/// The fields of a contact that a query can use.
package enum ContactField: Hashable, Sendable, CaseIterable {
    case id
    case firstName
    case lastName
    /// First and last name, with a blank between them.
    case name
    case email
    case phone
    case business
    case ownerID
    case assigneeID
}

extension Predicate where Field == TaskField {
    /// The latest due time that a task can have if it satisfies the predicate; none if there is no
    /// limit.
    var latestDueAt: Timestamp? {
        switch self {
        case .all(let parts): parts.compactMap(\.latestDueAt).min()
        case .any(let parts):
            parts.allSatisfy { $0.latestDueAt != nil } ? parts.compactMap(\.latestDueAt).max() : nil
        case .isOneOf(.dueAt, let values):
            values.compactMap { value in
                if case .timestamp(let timestamp) = value { timestamp } else { nil }
            }.max()
        case .compares(.dueAt, .less, .timestamp(let bound)),
            .compares(.dueAt, .lessOrEqual, .timestamp(let bound)):
            bound
        case .isOneOf, .isNoneOf, .compares, .contains: nil
        }
    }
}
