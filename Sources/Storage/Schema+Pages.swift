extension Schema {
    /// Who is signed in to the page.
    ///
    /// Links and sessions are looked up before their location is known, but their texts say the shard.
    static let pages = [
        Migration(
            "table signInLink",
            """
            CREATE TABLE signInLink (
                shard @I2 NOT NULL,
                digest @BLOB NOT NULL,
                locationID text NOT NULL,
                userID @I8 NOT NULL,
                expiresAt @I8 NOT NULL,
                PRIMARY KEY (shard, digest)
            ) @TAIL
            """
        ),
        Migration(
            "table pageSession",
            """
            CREATE TABLE pageSession (
                shard @I2 NOT NULL,
                digest @BLOB NOT NULL,
                locationID text NOT NULL,
                userID @I8 NOT NULL,
                browser text NOT NULL @C,
                createdAt @I8 NOT NULL,
                usedAt @I8 NOT NULL,
                PRIMARY KEY (shard, digest)
            ) @TAIL
            """
        ),
        Migration(
            "index pageSessionOfUser",
            "CREATE INDEX pageSessionOfUser ON pageSession (shard, locationID, userID, usedAt)"
        ),
        // Who signs in by an address has not said the location.
        Migration("index memberByAddress", "CREATE INDEX memberByAddress ON member (LOWER(email))"),
    ]
}
