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
        return try await readSnapshot { connection in
            try connection.page(
                of: listing,
                limit: query.limit,
                skip: query.skip,
                telling: unreadableRows
            ) { row in
                try TaskEntry(row, in: locationID)
            }
        }
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
        return try await readSnapshot { connection in
            try connection.page(
                of: listing,
                limit: query.limit,
                skip: query.skip,
                telling: unreadableRows
            ) { row in
                try TaskOrigin(row, in: locationID)
            }
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
            case .wholeLocation: SeriesStatements.unstoredOfLocation
            }
        var arguments = SQLArguments(in: locationID, seenBy: viewer)
        arguments.append(.integer(bound.microseconds), for: "bound")
        arguments.append(.integer(lookAheadSeriesLimit), for: "limit")
        return try await read { [arguments] connection in
            try connection.rows(statement, arguments) { row in
                SeriesAddress(locationID: locationID, seriesID: Identifier(try row.int64(0)))
            }
        }
    }

    /// The most series that are materialized for one query that looks ahead.
    private var lookAheadSeriesLimit: Int { 1000 }
}
