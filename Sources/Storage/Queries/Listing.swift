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
    /// Reads one page.
    ///
    /// Counts all records, unless their number follows from the page.
    func page<Record: Sendable>(
        of listing: Listing,
        limit: Int,
        skip: Int,
        _ record: (Row) throws -> Record
    ) throws -> Page<Record> {
        var records: [Record] = []
        if limit > 0 {
            var arguments = listing.arguments
            arguments.append(.integer(limit), for: "limit")
            arguments.append(.integer(skip), for: "skip")
            records = try rows(listing.page, arguments, record)
            let isLastPage = records.count < limit && (skip == 0 || !records.isEmpty)
            if isLastPage { return Page(total: skip + records.count, records: records) }
        }
        let total = try row(listing.count, listing.arguments) { row in row.int(0) }
        return Page(total: total ?? 0, records: records)
    }
}
