/// How the scheduler finds clocks that have fired and moves them on.
enum ClockStatements {
    /// Whether a node has a shard still.
    static let lease = SQLStatement(
        """
        SELECT 1 FROM shardLease WHERE shard = :shard AND nodeID = :nodeID AND epoch = :epoch
        """
    )

    /// The shards that have locations, to which far fewer rows lead than to those with clocks; and
    /// what clocks have for a shard that is none.
    static let shards = SQLStatement(
        """
        SELECT DISTINCT location.shard FROM location
        WHERE location.deletedAt IS NULL AND location.shard BETWEEN 0 AND \(lastShard)
        UNION ALL
        SELECT clock.shard FROM seriesClock AS clock
        WHERE clock.fireAt IS NOT NULL AND (clock.shard < 0 OR clock.shard > \(lastShard))
        """
    )

    private static let lastShard = ClosedRange<Int64>.shards.upperBound

    /// When the first clock of each location of a shard fires, except deleted locations.
    ///
    /// The location that waits longest comes first.
    ///
    /// It uses the index to go from one location to the next, so its cost does not depend on the
    /// number of clocks.
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

    /// The series of a location whose clocks have fired.
    ///
    /// The one that waits longest comes first.
    static let fired = SQLStatement(
        """
        SELECT materializedThrough, nextAt, fireAt, occurrenceCount, missedCount, doneAt, seriesID,
            setAsideAt
        FROM seriesClock
        WHERE shard = :shard AND locationID = :locationID AND fireAt <= :now
        ORDER BY fireAt LIMIT :limit
        """
    )

    /// Moves a clock on if it still has the values that were read.
    static let moveOn = SQLStatement(
        """
        UPDATE seriesClock SET
            materializedThrough = :materializedThrough, nextAt = :nextAt, fireAt = :fireAt,
            occurrenceCount = :occurrenceCount, missedCount = :missedCount, doneAt = :doneAt,
            setAsideAt = NULL, setAsideReason = NULL
        WHERE \(standsAsRead)
        """
    )

    /// Has a clock fire again later if it still has the values that were read, and notes since when
    /// it is held and why.
    static let hold = SQLStatement(
        """
        UPDATE seriesClock SET
            fireAt = :fireAt, setAsideAt = :setAsideAt, setAsideReason = :setAsideReason
        WHERE \(standsAsRead)
        """
    )

    /// Removes a clock if it still has the values that were read.
    static let takeOff = SQLStatement("DELETE FROM seriesClock WHERE \(standsAsRead)")

    /// Stops a clock and notes since when and why.
    static let setAside = SQLStatement(
        """
        UPDATE seriesClock SET
            nextAt = NULL, fireAt = NULL,
            setAsideAt = :setAsideAt, setAsideReason = :setAsideReason
        WHERE shard = :shard AND locationID = :locationID AND seriesID = :seriesID
        """
    )

    /// The series that are set aside or held, by location and number.
    static let setAsideSeries = SQLStatement(
        """
        SELECT locationID, seriesID, setAsideAt, setAsideReason, fireAt FROM seriesClock
        WHERE setAsideAt IS NOT NULL ORDER BY locationID, seriesID
        """
    )

    static let setAsideCount = SQLStatement(
        """
        SELECT COUNT(*) FROM seriesClock WHERE setAsideAt IS NOT NULL AND fireAt IS NULL
        """
    )

    /// How many series are held, by the reason.
    static let held = SQLStatement(
        """
        SELECT setAsideReason, COUNT(*) FROM seriesClock
        WHERE setAsideAt IS NOT NULL AND fireAt IS NOT NULL
        GROUP BY setAsideReason ORDER BY COUNT(*) DESC, setAsideReason LIMIT 100
        """
    )

    private static let standsAsRead = """
        shard = :shard AND locationID = :locationID AND seriesID = :seriesID
            AND fireAt = :readFireAt AND materializedThrough = :readThrough
            AND occurrenceCount = :readCount
        """

    /// A contact that is in the directory and was not deleted.
    static let contact = SQLStatement(
        """
        SELECT 1 FROM contact
        WHERE shard = :shard AND locationID = :locationID AND contactID = :contactID
            AND deletedAt IS NULL
        """
    )

    /// The state and due time of a series' newest task for one contact.
    ///
    /// Tasks that an earlier schedule made ahead of later occurrences are not considered.
    static let newestTask = SQLStatement(
        """
        SELECT state, dueAt, taskID FROM task
        WHERE shard = :shard AND locationID = :locationID AND seriesID = :seriesID
            AND slotContactID = :contactID AND recurrenceID <= :materializedThrough
        ORDER BY recurrenceID DESC LIMIT 1
        """
    )
}
