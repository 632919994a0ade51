import Tasks

/// The statements of a query that has been compiled, with their values.
struct Listing {
    /// Counts the records on all pages.
    let count: SQLStatement
    /// Adds up the kept totals of the records on all pages, where there are such totals.
    ///
    /// The second column is the creator of one that cannot be read, and the third is its location.
    let keptCount: SQLStatement?
    /// Selects the records of one page, with the further arguments `limit` and `skip`.
    let page: SQLStatement
    let arguments: SQLArguments
    /// Whether the records on all pages are counted.
    let isCounted: Bool

    /// Creates a listing from the texts of its statements.
    init(
        count: String,
        keptCount: String? = nil,
        page: String,
        arguments: SQLArguments,
        isCounted: Bool = true
    ) {
        self.isCounted = isCounted
        self.count = SQLStatement(dynamic: count)
        self.keptCount = keptCount.map { SQLStatement(dynamic: $0) }
        self.page = SQLStatement(dynamic: page)
        self.arguments = arguments
    }
}

extension SQLConnection {
    /// Reads the rows of one page.
    ///
    /// Counts all records, unless their number follows from the page. A row that cannot be read is
    /// left out of its page. It keeps its place and is counted, so that the other records stay on
    /// their pages.
    ///
    /// - Returns: How many records are on all pages, and what can be read of this one.
    func page<Value>(
        of listing: Listing,
        limit: Int,
        skip: Int,
        telling unreadable: UnreadableRows,
        _ value: (Row) throws -> Value
    ) throws -> (total: Int, rows: [Value]) {
        var values: [Value] = []
        if limit > 0 {
            var arguments = listing.arguments
            arguments.append(.integer(limit), for: "limit")
            arguments.append(.integer(skip), for: "skip")
            let rowCount: Int
            (values, rowCount) = try readableRows(
                listing.page,
                arguments,
                telling: unreadable,
                value
            )
            let isLastPage = rowCount < limit && (skip == 0 || rowCount > 0)
            if isLastPage || !listing.isCounted { return (skip + rowCount, values) }
        }
        return (try total(of: listing, telling: unreadable), values)
    }

    private func total(of listing: Listing, telling unreadable: UnreadableRows) throws -> Int {
        if let kept = listing.keptCount {
            let total = try row(kept, listing.arguments) { row -> Int? in
                guard let creatorID = try row.optionalInt64(1) else { return try row.int(0) }
                let key = "\(try row.text(2))/\(creatorID)"
                unreadable.note(
                    UnreadableRow(
                        table: "taskTotal",
                        key: key,
                        column: "total",
                        reason: "is no number of tasks"
                    )
                )
                return nil
            }
            if let total, let total { return total }
        }
        return try row(listing.count, listing.arguments) { row in try row.int(0) } ?? 0
    }
}
