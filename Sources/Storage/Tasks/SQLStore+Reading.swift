package import Recurrence
package import Tasks

extension SQLStore {
    @specialized(where Driver == SQLiteDatabase)
    package func tasks(
        _ query: Query<TaskField>,
        seenBy viewer: Viewer,
        in locationID: LocationID
    ) async throws -> Page<TaskEntry> {
        let listing = TaskStatements.listing(of: query, seenBy: viewer, in: locationID)
        return try await scan(for: locationID) { connection in
            try self.page(of: query, listing, in: locationID, on: connection)
        }
    }

    package func tasks(
        _ ids: [Identifier<TaskInstance>],
        where predicate: Predicate<TaskField>,
        seenBy viewer: Viewer,
        in locationID: LocationID
    ) async throws -> Page<TaskEntry> {
        try await readSnapshot { connection in
            let transaction = self.transaction(in: locationID, on: connection)
            let matching = try Self.ids(
                among: ids,
                where: predicate,
                seenBy: viewer,
                in: locationID,
                on: connection
            )
            let beginning = try PageBeginning(
                of: ids.filter { matching.contains($0) },
                limit: PageBudget.recordCount,
                telling: unreadableRows
            ) { id in
                try transaction.entry(of: id, seenBy: viewer)
            }
            return Page(total: ids.count, records: beginning.records, rest: beginning.rest)
        }
    }

    /// Those of some tasks that satisfy a predicate, found by one statement.
    private static func ids(
        among ids: [Identifier<TaskInstance>],
        where predicate: Predicate<TaskField>,
        seenBy viewer: Viewer,
        in locationID: LocationID,
        on connection: Driver.Connection
    ) throws -> Set<Identifier<TaskInstance>> {
        if predicate == .all([]) { return Set(ids) }
        let areAmong = Predicate<TaskField>.isOneOf(.id, ids.map { .integer($0.rawValue) })
        // A page of more than that is one of numbers alone.
        let limit = max(ids.count, TaskStatements.joinedLimit + 1)
        let query = Query(predicate: .all([areAmong, predicate]), limit: limit)
        let listing = TaskStatements.listing(of: query, seenBy: viewer, in: locationID)
        var arguments = listing.arguments
        arguments.append(.integer(limit), for: "limit")
        arguments.append(.integer(0), for: "skip")
        return Set(
            try connection.rows(listing.page, arguments) { row in Identifier(try row.int64(0)) }
        )
    }

    /// Reads a page of tasks.
    private func page(
        of query: Query<TaskField>,
        _ listing: Listing,
        in locationID: LocationID,
        on connection: Driver.Connection
    ) throws -> Page<TaskEntry> {
        guard query.limit > TaskStatements.joinedLimit else {
            let page = try connection.page(
                of: listing,
                limit: query.limit,
                skip: query.skip,
                telling: unreadableRows
            ) { row in
                try TaskEntry(row, in: locationID)
            }
            return Page(total: page.total, records: page.rows)
        }
        let page = try connection.page(
            of: listing,
            limit: query.limit,
            skip: query.skip,
            telling: unreadableRows
        ) { row in
            Identifier<TaskInstance>(try row.int64(0))
        }
        let transaction = self.transaction(in: locationID, on: connection)
        let beginning = try PageBeginning(of: page.rows, telling: unreadableRows) { id in
            try transaction.entry(of: id)
        }
        return Page(total: page.total, records: beginning.records, rest: beginning.rest)
    }

    @specialized(where Driver == SQLiteDatabase)
    package func task(
        _ id: Identifier<TaskInstance>,
        where predicate: Predicate<TaskField>,
        seenBy viewer: Viewer,
        in locationID: LocationID
    ) async throws -> TaskEntry? {
        try await read { connection in
            try transaction(in: locationID, on: connection)
                .entry(of: id, where: predicate, seenBy: viewer)
        }
    }

    @specialized(where Driver == SQLiteDatabase)
    package func origins(
        _ query: Query<OriginField>,
        seenBy viewer: Viewer,
        in locationID: LocationID
    ) async throws -> Page<TaskOrigin> {
        let listing = OriginStatements.listing(of: query, seenBy: viewer, in: locationID)
        return try await scan(for: locationID) { connection in
            let page = try connection.page(
                of: listing,
                limit: query.limit,
                skip: query.skip,
                telling: unreadableRows
            ) { row in
                try TaskOrigin(row, in: locationID)
            }
            return Page(total: page.total, records: page.rows)
        }
    }

    package func seriesWithOccurrences(
        upTo bound: Timestamp,
        seenBy viewer: Viewer,
        in locationID: LocationID
    ) async throws -> [SeriesAddress] {
        let statement =
            switch viewer {
            case .creator: SeriesStatements.unstoredOfCreator
            case .colleague: SeriesStatements.unstoredOfColleague
            case .wholeLocation: SeriesStatements.unstoredOfLocation
            }
        var arguments = SQLArguments(in: locationID, seenBy: viewer)
        arguments.append(.integer(bound.microseconds), for: "bound")
        arguments.append(.integer(lookAheadSeriesLimit), for: "limit")
        return try await scan(for: locationID) { [arguments] connection in
            try connection.rows(statement, arguments) { row in
                SeriesAddress(locationID: locationID, seriesID: Identifier(try row.int64(0)))
            }
        }
    }

    /// The most series that are materialized for one query that looks ahead.
    private var lookAheadSeriesLimit: Int { 1000 }
}
