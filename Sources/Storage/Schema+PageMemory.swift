extension Schema {
    /// What the page keeps for its users: the secret addresses of their calendars, and searches by name.
    static let pageMemory = [
        Migration(
            "table calendarAddress",
            """
            CREATE TABLE calendarAddress (
                shard @I2 NOT NULL,
                digest @BLOB NOT NULL,
                locationID text NOT NULL,
                userID @I8 NOT NULL,
                createdAt @I8 NOT NULL,
                usedAt @I8,
                PRIMARY KEY (shard, digest)
            ) @TAIL
            """
        ),
        Migration(
            "index calendarAddressOfUser",
            """
            CREATE UNIQUE INDEX calendarAddressOfUser ON calendarAddress (
                shard, locationID, userID
            )
            """
        ),
        Migration(
            "table savedFilter",
            """
            CREATE TABLE savedFilter (
                shard @I2 NOT NULL,
                locationID text NOT NULL,
                userID @I8 NOT NULL,
                name text NOT NULL @C,
                query text NOT NULL @C,
                savedAt @I8 NOT NULL,
                PRIMARY KEY (shard, locationID, userID, name)
            ) @TAIL
            """
        ),
        Migration(
            "checks of what the page keeps for users",
            adding: [
                TableChecks(
                    "calendarAddress",
                    .integer("shard", .shards),
                    .text("locationID", .names),
                    .integer("userID", .identifiers),
                    .integer("createdAt", .instants),
                    .integer("usedAt", .instants)
                ),
                TableChecks(
                    "savedFilter",
                    .integer("shard", .shards),
                    .text("locationID", .names),
                    .integer("userID", .identifiers),
                    .text("name", .names),
                    .text("query", .addresses),
                    .integer("savedAt", .instants)
                ),
            ]
        ),
    ]
}
