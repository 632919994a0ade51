import Tasks

/// The statements of a query that has been compiled, with their values.
struct Listing {
    /// Counts the records on all pages.
    let count: SQLStatement
    /// Selects the records of one page, with the further arguments `limit` and `skip`.
    let page: SQLStatement
    let arguments: SQLArguments

    /// Creates a listing from the texts of its statements.
    init(count: String, page: String, arguments: SQLArguments) {
        self.count = SQLStatement(dynamic: count)
        self.page = SQLStatement(dynamic: page)
        self.arguments = arguments
    }
}

extension SQLConnection {
    /// Reads the rows of one page.
    ///
    /// Counts all records, unless their number follows from the page.
    ///
    /// - Returns: How many records are on all pages, and the rows of this one.
    func page<Value>(
        of listing: Listing,
        limit: Int,
        skip: Int,
        _ value: (Row) throws -> Value
    ) throws -> (total: Int, rows: [Value]) {
        var values: [Value] = []
        if limit > 0 {
            var arguments = listing.arguments
            arguments.append(.integer(limit), for: "limit")
            arguments.append(.integer(skip), for: "skip")
            values = try rows(listing.page, arguments, value)
            let isLastPage = values.count < limit && (skip == 0 || !values.isEmpty)
            if isLastPage { return (skip + values.count, values) }
        }
        let total = try row(listing.count, listing.arguments) { row in row.int(0) }
        return (total ?? 0, values)
    }
}
