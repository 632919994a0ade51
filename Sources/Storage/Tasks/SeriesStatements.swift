/// How series and their clocks are read and written.
enum SeriesStatements {
    /// The columns that a series is made of, in its order.
    static let byID = SQLStatement(
        """
        SELECT seriesID, creatorID, title, body, assigneeID, contactID, categoryID,
            reminder, isAllDay, notifiesAssignee, startLocal, timeZone, ruleText, isDeleted,
            createdAt, modifiedAt
        FROM series
        WHERE shard = :shard AND locationID = :locationID AND seriesID = :seriesID
        """
    )

    static let insert = SQLStatement(
        """
        INSERT INTO series (
            creatorID, title, body, assigneeID, contactID, categoryID, reminder, isAllDay,
            notifiesAssignee, startLocal, timeZone, ruleText, isDeleted, createdAt, modifiedAt,
            shard, locationID, seriesID
        ) VALUES (
            :creatorID, :title, :body, :assigneeID, :contactID, :categoryID, :reminder, :isAllDay,
            :notifiesAssignee, :startLocal, :timeZone, :ruleText, :isDeleted, :createdAt,
            :modifiedAt, :shard, :locationID, :seriesID
        )
        """
    )

    static let update = SQLStatement(
        """
        UPDATE series SET
            creatorID = :creatorID, title = :title, body = :body, assigneeID = :assigneeID,
            contactID = :contactID, categoryID = :categoryID, reminder = :reminder,
            isAllDay = :isAllDay, notifiesAssignee = :notifiesAssignee, startLocal = :startLocal,
            timeZone = :timeZone, ruleText = :ruleText, isDeleted = :isDeleted,
            createdAt = :createdAt, modifiedAt = :modifiedAt
        WHERE shard = :shard AND locationID = :locationID AND seriesID = :seriesID
        """
    )

    static let clock = SQLStatement(
        """
        SELECT materializedThrough, nextAt, fireAt FROM seriesClock
        WHERE shard = :shard AND locationID = :locationID AND seriesID = :seriesID
        """
    )

    static let setClock = SQLStatement(
        """
        INSERT INTO seriesClock (
            shard, locationID, seriesID, materializedThrough, nextAt, fireAt
        ) VALUES (:shard, :locationID, :seriesID, :materializedThrough, :nextAt, :fireAt)
        ON CONFLICT (shard, locationID, seriesID) DO UPDATE SET
            materializedThrough = excluded.materializedThrough,
            nextAt = excluded.nextAt,
            fireAt = excluded.fireAt
        """
    )

    static let removeClock = SQLStatement(
        """
        DELETE FROM seriesClock
        WHERE shard = :shard AND locationID = :locationID AND seriesID = :seriesID
        """
    )

    /// The shards in which a series' horizon is to move.
    ///
    /// It goes from shard to shard by the index, and so takes a step for each that has a clock.
    static let dueShards = SQLStatement(
        """
        WITH RECURSIVE occupied (shard) AS (
            SELECT MIN(shard) FROM seriesClock
            UNION ALL
            SELECT (
                SELECT next.shard FROM seriesClock AS next WHERE next.shard > occupied.shard
                ORDER BY next.shard LIMIT 1
            )
            FROM occupied WHERE occupied.shard IS NOT NULL
        )
        SELECT shard FROM occupied
        WHERE EXISTS (
            SELECT 1 FROM seriesClock AS clock
            WHERE clock.shard = occupied.shard AND clock.fireAt <= :now
        )
        """
    )

    /// The series of one shard whose horizon is to move, the longest waiting first.
    static let due = SQLStatement(
        """
        SELECT clock.locationID, clock.seriesID, clock.fireAt
        FROM seriesClock AS clock
        JOIN location ON location.shard = clock.shard AND location.locationID = clock.locationID
        WHERE clock.shard = :shard AND clock.fireAt <= :now AND location.deletedAt IS NULL
        ORDER BY clock.fireAt, clock.locationID, clock.seriesID
        LIMIT :limit
        """
    )

    private static let unstored = """
        SELECT clock.seriesID FROM seriesClock AS clock
        JOIN series ON series.shard = clock.shard
            AND series.locationID = clock.locationID AND series.seriesID = clock.seriesID
        WHERE clock.shard = :shard AND clock.locationID = :locationID AND clock.nextAt <= :bound
            AND series.isDeleted = 0
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
