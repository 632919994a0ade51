import Tasks

extension Schema {
    /// What administration needs: roles, languages, the use of tokens, and its audit.
    static let administration = [
        // Null is an agent's role.
        Migration("column member.role", "ALTER TABLE member ADD COLUMN role @I2"),
        Migration("column member.locale", "ALTER TABLE member ADD COLUMN locale text"),
        checksOfRoles,
        // The latest day on which the token was used, in days since 1970.
        Migration("column token.lastUsedOn", "ALTER TABLE token ADD COLUMN lastUsedOn @I8"),
        Migration(
            "index tokenOfLocation",
            "CREATE INDEX tokenOfLocation ON token (shard, locationID, createdAt)"
        ),
        // What was done in administration, and by whom. Rows are added and never changed.
        Migration(
            "table audit",
            """
            CREATE TABLE audit (
                shard @I2 NOT NULL,
                locationID text NOT NULL,
                auditNumber @I8 NOT NULL,
                doneAt @I8 NOT NULL,
                door @I2 NOT NULL,
                actorID @I8,
                tokenID text,
                action text NOT NULL,
                subject text,
                detail text NOT NULL,
                PRIMARY KEY (shard, locationID, auditNumber)
            ) @TAIL
            """
        ),
        checksOfAdministration,
    ]

    /// What a location asks of requests that write.
    static let conditions = [
        // 1 where those that change a record have to say which state of it they mean; else null.
        Migration(
            "column location.requiresMatch",
            "ALTER TABLE location ADD COLUMN requiresMatch @I2"
        ),
        Migration(
            "checks of conditions",
            adding: [TableChecks("location", .integer("requiresMatch", .flags))]
        ),
    ]

    private static let checksOfRoles = Migration(
        "checks of roles and languages",
        adding: [
            TableChecks(
                "member",
                .integer("role", .choices(UserRole.self)),
                .text("locale", .locales)
            )
        ]
    )

    private static let checksOfAdministration = Migration(
        "checks of administration",
        adding: [
            TableChecks("token", .integer("lastUsedOn", .days)),
            TableChecks(
                "audit",
                .integer("shard", .shards),
                .text("locationID", .names),
                .integer("auditNumber", .identifiers),
                .integer("doneAt", .instants),
                .integer("door", .choices(AuditDoor.self)),
                .integer("actorID", .identifiers),
                .text("tokenID", .names),
                .text("action", .names),
                .text("subject", .names),
                .text("detail", .texts)
            ),
        ]
    )
}
