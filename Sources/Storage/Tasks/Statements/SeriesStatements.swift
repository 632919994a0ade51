import Tasks

/// How series and their clocks are read and written.
enum SeriesStatements {
    private static let columns = SeriesColumns.table.selection

    static let byID = SQLStatement(
        """
        SELECT \(columns) FROM series
        WHERE shard = :shard AND locationID = :locationID AND seriesID = :seriesID
        """
    )

    /// The numbers of a page's series, the oldest first.
    static let page = SQLStatement(
        """
        SELECT seriesID FROM series
        WHERE shard = :shard AND locationID = :locationID AND isDeleted = 0
        ORDER BY seriesID LIMIT :limit OFFSET :skip
        """
    )

    static let count = SQLStatement(
        """
        SELECT COUNT(*) FROM series
        WHERE shard = :shard AND locationID = :locationID AND isDeleted = 0
        """
    )

    static let insert = SQLStatement(SeriesColumns.table.insertion)

    static let update = SQLStatement(SeriesColumns.table.update)

    static let clock = SQLStatement(
        """
        SELECT materializedThrough, nextAt, fireAt, occurrenceCount, missedCount, doneAt
        FROM seriesClock
        WHERE shard = :shard AND locationID = :locationID AND seriesID = :seriesID
        """
    )

    static let setClock = SQLStatement(
        """
        INSERT INTO seriesClock (
            shard, locationID, seriesID, materializedThrough, nextAt, fireAt, occurrenceCount,
            missedCount, doneAt
        ) VALUES (
            :shard, :locationID, :seriesID, :materializedThrough, :nextAt, :fireAt,
            :occurrenceCount, :missedCount, :doneAt
        )
        ON CONFLICT (shard, locationID, seriesID) DO UPDATE SET
            materializedThrough = excluded.materializedThrough,
            nextAt = excluded.nextAt,
            fireAt = excluded.fireAt,
            occurrenceCount = excluded.occurrenceCount,
            missedCount = excluded.missedCount,
            doneAt = excluded.doneAt,
            setAsideAt = NULL,
            setAsideReason = NULL
        """
    )

    /// How many tasks a series has in each state.
    static let tally = SQLStatement(
        """
        SELECT state, COUNT(*) FROM task
        WHERE shard = :shard AND locationID = :locationID AND seriesID = :seriesID
        GROUP BY state
        """
    )

    static let setAsideReason = SQLStatement(
        """
        SELECT setAsideReason FROM seriesClock
        WHERE shard = :shard AND locationID = :locationID AND seriesID = :seriesID
            AND setAsideAt IS NOT NULL
        """
    )

    static let removeClock = SQLStatement(
        """
        DELETE FROM seriesClock
        WHERE shard = :shard AND locationID = :locationID AND seriesID = :seriesID
        """
    )

    private static let unstored = """
        SELECT clock.seriesID FROM seriesClock AS clock
        JOIN series ON series.shard = clock.shard
            AND series.locationID = clock.locationID AND series.seriesID = clock.seriesID
        WHERE clock.shard = :shard AND clock.locationID = :locationID AND clock.nextAt <= :bound
            AND series.isDeleted = 0 AND series.dueSchedule IS NULL
        """

    /// The condition for the series of a location that a viewer sees.
    private static func isSeen(by viewer: Viewer) -> String {
        let isInLocation = "series.shard = :shard AND series.locationID = :locationID"
        return switch viewer {
        case .creator: "\(isInLocation) AND series.creatorID = :creatorID"
        case .colleague: "\(isInLocation) AND \(isOfColleague)"
        case .wholeLocation: isInLocation
        }
    }

    private static let isOfColleague = """
        (series.creatorID = :viewerID OR \(TaskStatements.isOfColleague(ofRecord: "series"))
            OR EXISTS (
                SELECT 1 FROM turnTaker
                WHERE turnTaker.shard = series.shard AND turnTaker.locationID = series.locationID
                    AND turnTaker.userID = :viewerID AND turnTaker.seriesID = series.seriesID
            ))
        """

    /// The numbers of a viewer's series after one of them.
    static func pageOfNumbers(seenBy viewer: Viewer) -> SQLStatement {
        SQLStatement(
            dynamic: """
                SELECT series.seriesID FROM series
                WHERE \(isSeen(by: viewer)) AND series.isDeleted = 0
                    AND series.seriesID > :afterID
                ORDER BY series.seriesID LIMIT :limit
                """
        )
    }

    /// The numbers of a viewer's series with an occurrence up to a time that is not stored yet.
    static func coming(seenBy viewer: Viewer) -> SQLStatement {
        SQLStatement(
            dynamic: """
                SELECT series.seriesID FROM seriesClock AS clock
                JOIN series ON series.shard = clock.shard
                    AND series.locationID = clock.locationID AND series.seriesID = clock.seriesID
                WHERE clock.shard = :shard AND clock.locationID = :locationID
                    AND clock.nextAt <= :bound AND \(isSeen(by: viewer)) AND series.isDeleted = 0
                ORDER BY clock.nextAt, clock.seriesID LIMIT :limit
                """
        )
    }

    /// One row if a viewer sees a series.
    static func isThere(seenBy viewer: Viewer) -> SQLStatement {
        SQLStatement(
            dynamic: """
                SELECT 1 FROM series
                WHERE \(isSeen(by: viewer)) AND series.seriesID = :seriesID
                """
        )
    }

    static let unstoredOfLocation = SQLStatement(
        "\(unstored) ORDER BY clock.nextAt, clock.seriesID LIMIT :limit"
    )

    static let unstoredOfColleague = SQLStatement(
        """
        \(unstored) AND \(isOfColleague)
        ORDER BY clock.nextAt, clock.seriesID LIMIT :limit
        """
    )

    static let unstoredOfCreator = SQLStatement(
        """
        \(unstored) AND series.creatorID = :creatorID
        ORDER BY clock.nextAt, clock.seriesID LIMIT :limit
        """
    )
}
