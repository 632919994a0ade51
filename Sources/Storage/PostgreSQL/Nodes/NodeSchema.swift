import Tasks

/// The tables by which nodes share the work out, and the index by which each finds what others change.
///
/// SQLite has one node.
enum NodeSchema {
    static let migrations = [
        // A node lives until `aliveUntil`, by the database's clock, unless it says so again.
        Migration(
            "table node",
            """
            CREATE TABLE node (
                nodeID @I8 NOT NULL PRIMARY KEY,
                startedAt @I8 NOT NULL,
                aliveUntil @I8 NOT NULL
            ) @TAIL
            """
        ),
        // Which node works a shard, for as long as that node lives; 0 for none.
        Migration(
            "table shardLease",
            """
            CREATE TABLE shardLease (
                shard @I2 NOT NULL PRIMARY KEY,
                nodeID @I8 NOT NULL,
                epoch @I8 NOT NULL
            ) @TAIL
            """
        ),
        Migration(
            "index changeByTime",
            "CREATE INDEX changeByTime ON change (shard, changedAt, locationID)"
        ),
    ]
}

/// The statements of nodes; all go by the database's clock.
enum NodeStatements {
    private static let now =
        "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS bigint)"

    private static let allShards =
        (0..<LocationID.shardCount).map(String.init).joined(separator: ", ")

    static let time = SQLStatement("SELECT \(now)")

    static let beat = SQLStatement(
        """
        INSERT INTO node (nodeID, startedAt, aliveUntil)
        VALUES (:nodeID, \(now), \(now) + :lifetime)
        ON CONFLICT (nodeID) DO UPDATE SET aliveUntil = excluded.aliveUntil
        """
    )

    static let live = SQLStatement(
        "SELECT nodeID FROM node WHERE aliveUntil > \(now) ORDER BY nodeID"
    )

    static let leases = SQLStatement("SELECT shard, nodeID, epoch FROM shardLease")

    static let forgetDead = SQLStatement(
        "DELETE FROM node WHERE aliveUntil < \(now) - :age"
    )

    /// Takes a shard over if it stands as it was read.
    static let take = SQLStatement(
        """
        INSERT INTO shardLease (shard, nodeID, epoch) VALUES (:shard, :newNodeID, 1)
        ON CONFLICT (shard) DO UPDATE SET
            nodeID = excluded.nodeID, epoch = shardLease.epoch + 1
        WHERE shardLease.nodeID = :nodeID AND shardLease.epoch = :epoch
        """
    )

    static let release = SQLStatement(
        """
        UPDATE shardLease SET nodeID = 0, epoch = epoch + 1
        WHERE shard = :shard AND nodeID = :nodeID AND epoch = :epoch
        """
    )

    static let leave = SQLStatement("DELETE FROM node WHERE nodeID = :nodeID")

    /// The locations that were changed since a time, each with its last change and with when the
    /// first of its clocks fires.
    ///
    /// One step of an index for each shard, and one for each location.
    static let changes = SQLStatement(
        """
        SELECT change.locationID, MAX(change.changeNumber), (
            SELECT MIN(clock.fireAt) FROM seriesClock AS clock
            WHERE clock.shard = change.shard AND clock.locationID = change.locationID
                AND clock.fireAt IS NOT NULL
        )
        FROM change
        WHERE change.shard IN (\(allShards))
            AND change.changedAt >= :since
        GROUP BY change.shard, change.locationID
        """
    )
}
