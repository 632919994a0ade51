package import JSON
package import Tasks

/// What a search of a location's tasks asks for.
///
/// Contacts and assignees are the names that were sent; they are not looked up yet. Besides what is
/// published, it has what clients send nevertheless.
package struct TaskSearchBody: Hashable, Sendable {
    package let contactIDs: [String]
    package let assignedTo: [String]
    /// Whether tasks that are nobody's are wanted, beside those of the assignees if there are any.
    package let isUnassigned: Bool
    package let completed: Bool?
    /// Whether only open tasks are wanted whose due time has passed.
    package let isOverdue: Bool
    package let dueBounds: [DueBound]
    /// A text that the title or the body must contain.
    package let query: String?
    let businessID: String?
    package let order: SearchOrder
    package let limit: Int
    package let skip: Int
    package let searchAfter: SearchPosition?
    /// Whether the answer has the number of all tasks that are found.
    package let asksForTotal: Bool

    /// A bound of the due times that are wanted.
    package struct DueBound: Hashable, Sendable {
        package let comparison: Comparison
        package let date: HighLevelDate
    }

    /// The largest values that are accepted.
    package enum Limit {
        /// Rows of an answer.
        ///
        /// More are refused: a client takes a page that is shorter than it asked for as the last.
        package static let rowCount: Int64 = 1000
        package static let skip: Int64 = 1_000_000_000
        static let nameCount = 500
        static let queryLength = 1000
    }

    static let defaultLimit = 25

    /// Reads a search.
    ///
    /// - Parameters:
    ///   - members: The members of a body, or the parameters of a query.
    ///   - writing: Whether numbers and Booleans are texts, as in a query.
    /// - Throws: The refusal with every violation.
    package init(
        _ members: JSONObject,
        _ writing: PropertyReader.Writing = .typed
    ) throws(HighLevelError) {
        var reader = PropertyReader(members, writing)
        contactIDs = reader.texts("contactId", .optional, countLimit: Limit.nameCount) ?? []
        assignedTo = reader.texts("assignedTo", .optional, countLimit: Limit.nameCount) ?? []
        isUnassigned = reader.boolean("unAssigned", .optional) ?? false
        completed = reader.boolean("completed", .optional, .typedOrText)
        isOverdue = reader.boolean("overdue", .optional) ?? false
        dueBounds = Self.dueBounds(from: &reader)
        query = reader.text("query", .optional, lengths: 0...Limit.queryLength)
        businessID = reader.text("businessId", .optional, lengths: 0...Limit.queryLength)
        let order = SearchOrder(from: &reader)
        self.order = order
        (limit, skip) = Self.page(from: &reader)
        searchAfter = reader.value("searchAfter", or: "must be the searchAfter of a task") { json in
            SearchPosition(json, in: order)
        }
        asksForTotal = reader.boolean("count", .optional) ?? false
        try reader.finish()
    }

    /// Reads `dueDate`, an object of bounds, and the two inclusive bounds `startDate` and `endDate`.
    private static func dueBounds(from reader: inout PropertyReader) -> [DueBound] {
        let names: [(String, Comparison)] = [
            ("gt", .greater), ("gte", .greaterOrEqual), ("lt", .less), ("lte", .lessOrEqual),
        ]
        var bounds =
            reader.object("dueDate", .optional) { _, reader in
                names.compactMap { name, comparison in
                    reader.date(name, .optional).map { DueBound(comparison: comparison, date: $0) }
                }
            } ?? []
        if let date = reader.date("startDate", .optional) {
            bounds.append(DueBound(comparison: .greaterOrEqual, date: date))
        }
        if let date = reader.date("endDate", .optional) {
            bounds.append(DueBound(comparison: .lessOrEqual, date: date))
        }
        return bounds
    }

    /// Reads which page is wanted: by `limit` and `skip`, or by `pageLimit` and a `page` from 1 on.
    private static func page(from reader: inout PropertyReader) -> (limit: Int, skip: Int) {
        let asked = reader.integer("limit", .optional, in: 1...Limit.rowCount, .typedOrText)
        let pageLimit = reader.integer("pageLimit", .optional, in: 1...Limit.rowCount)
        if let asked, let pageLimit, asked != pageLimit {
            reader.note("pageLimit must be the same as limit")
        }
        let limit = asked ?? pageLimit ?? Int64(defaultLimit)
        let skip = reader.integer("skip", .optional, in: 0...Limit.skip, .typedOrText) ?? 0
        let pages = 1...Limit.skip / Limit.rowCount
        let page = reader.integer("page", .optional, in: pages, .typedOrText)
        guard let page else { return (Int(limit), Int(skip)) }
        let passed = (page - 1) * limit
        if skip != 0, skip != passed { reader.note("page must not contradict skip") }
        return (Int(limit), Int(passed))
    }
}
