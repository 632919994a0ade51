/// How the scheduler finds what is due and moves it on.
enum ClockStatements {
    /// The shards that have a clock, from shard to shard by the index.
    static let shards = SQLStatement(
        """
        WITH RECURSIVE occupied (shard) AS (
            SELECT MIN(shard) FROM seriesClock WHERE fireAt IS NOT NULL
            UNION ALL
            SELECT (
                SELECT MIN(next.shard) FROM seriesClock AS next
                WHERE next.shard > occupied.shard AND next.fireAt IS NOT NULL
            )
            FROM occupied WHERE occupied.shard IS NOT NULL
        )
        SELECT shard FROM occupied WHERE shard IS NOT NULL
        """
    )

    /// When the first clock of each location of a shard fires, the longest waiting first.
    ///
    /// It goes from location to location by the index, whatever the number of clocks.
    static let firstFires = SQLStatement(
        """
        WITH RECURSIVE place (locationID) AS (
            SELECT MIN(locationID) FROM seriesClock WHERE shard = :shard AND fireAt IS NOT NULL
            UNION ALL
            SELECT (
                SELECT MIN(next.locationID) FROM seriesClock AS next
                WHERE next.shard = :shard AND next.locationID > place.locationID
                    AND next.fireAt IS NOT NULL
            )
            FROM place WHERE place.locationID IS NOT NULL
        )
        SELECT place.locationID, (
            SELECT MIN(clock.fireAt) FROM seriesClock AS clock
            WHERE clock.shard = :shard AND clock.locationID = place.locationID
                AND clock.fireAt IS NOT NULL
        ) AS firstFire
        FROM place
        JOIN location ON location.shard = :shard AND location.locationID = place.locationID
        WHERE location.deletedAt IS NULL
        ORDER BY firstFire, place.locationID
        """
    )

    /// The series of a location whose clocks have fired, the longest waiting first.
    static let fired = SQLStatement(
        """
        SELECT materializedThrough, nextAt, fireAt, occurrenceCount, seriesID FROM seriesClock
        WHERE shard = :shard AND locationID = :locationID AND fireAt <= :now
        ORDER BY fireAt LIMIT :limit
        """
    )

    /// Moves a clock on that stands as it was read.
    static let moveOn = SQLStatement(
        """
        UPDATE seriesClock SET
            materializedThrough = :materializedThrough, nextAt = :nextAt, fireAt = :fireAt,
            occurrenceCount = :occurrenceCount
        WHERE \(standsAsRead)
        """
    )

    /// Takes a clock off that stands as it was read.
    static let takeOff = SQLStatement("DELETE FROM seriesClock WHERE \(standsAsRead)")

    private static let standsAsRead = """
        shard = :shard AND locationID = :locationID AND seriesID = :seriesID
            AND fireAt = :readFireAt AND materializedThrough = :readThrough
            AND occurrenceCount = :readCount
        """

    /// A contact that the directory has.
    static let contact = SQLStatement(
        """
        SELECT 1 FROM contact
        WHERE shard = :shard AND locationID = :locationID AND contactID = :contactID
            AND deletedAt IS NULL
        """
    )

    /// The state and due time of a series' newest task for one contact.
    ///
    /// What an earlier schedule made ahead of an occurrence still to come is not the newest.
    static let newestTask = SQLStatement(
        """
        SELECT state, dueAt FROM task
        WHERE shard = :shard AND locationID = :locationID AND seriesID = :seriesID
            AND slotContactID = :contactID AND recurrenceID <= :materializedThrough
        ORDER BY recurrenceID DESC LIMIT 1
        """
    )
}
