import Tasks

/// How instants of changed zones are found, and how the zones are remembered.
enum RetimingStatements {
    static let digests = SQLStatement("SELECT name, digest FROM zoneTable")

    static let noteDigest = SQLStatement(
        """
        INSERT INTO zoneTable (name, digest) VALUES (:name, :digest)
        ON CONFLICT (name) DO UPDATE SET digest = excluded.digest
        """
    )

    static let forgetDigests = SQLStatement("DELETE FROM zoneTable")

    static let locations = SQLStatement(
        "SELECT locationID FROM location WHERE deletedAt IS NULL ORDER BY shard, locationID"
    )

    /// It goes along an index of due times, so it meets no task that is past.
    static let openTasks = SQLStatement(
        """
        SELECT taskID, dueLocal, timeZone, dueAt, dueInSecondPass FROM task
        WHERE shard = :shard AND locationID = :locationID
            AND (dueAt, taskID) > (:dueAt, :taskID) AND state = \(TaskState.open.rawValue)
        ORDER BY dueAt, taskID LIMIT :limit
        """
    )

    static let runningSeries = SQLStatement(
        """
        SELECT clock.seriesID, series.timeZone FROM seriesClock AS clock
        JOIN series ON series.shard = clock.shard
            AND series.locationID = clock.locationID AND series.seriesID = clock.seriesID
        WHERE clock.shard = :shard AND clock.locationID = :locationID
            AND clock.seriesID > :seriesID AND clock.nextAt IS NOT NULL AND series.isDeleted = 0
        ORDER BY clock.seriesID LIMIT :limit
        """
    )
}
