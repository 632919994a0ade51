/// How series and their clocks are read and written.
enum SeriesStatements {
    private static let columns = SeriesColumns.table.selection

    static let byID = SQLStatement(
        """
        SELECT \(columns) FROM series
        WHERE shard = :shard AND locationID = :locationID AND seriesID = :seriesID
        """
    )

    /// The oldest come first.
    static let page = SQLStatement(
        """
        SELECT \(columns) FROM series
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
        SELECT materializedThrough, nextAt, fireAt, occurrenceCount FROM seriesClock
        WHERE shard = :shard AND locationID = :locationID AND seriesID = :seriesID
        """
    )

    static let setClock = SQLStatement(
        """
        INSERT INTO seriesClock (
            shard, locationID, seriesID, materializedThrough, nextAt, fireAt, occurrenceCount
        ) VALUES (
            :shard, :locationID, :seriesID, :materializedThrough, :nextAt, :fireAt, :occurrenceCount
        )
        ON CONFLICT (shard, locationID, seriesID) DO UPDATE SET
            materializedThrough = excluded.materializedThrough,
            nextAt = excluded.nextAt,
            fireAt = excluded.fireAt,
            occurrenceCount = excluded.occurrenceCount,
            setAsideAt = NULL,
            setAsideReason = NULL
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

    static let unstoredOfLocation = SQLStatement(
        "\(unstored) ORDER BY clock.nextAt, clock.seriesID LIMIT :limit"
    )

    static let unstoredOfCreator = SQLStatement(
        """
        \(unstored) AND series.creatorID = :creatorID
        ORDER BY clock.nextAt, clock.seriesID LIMIT :limit
        """
    )
}
