import Tasks

extension Schema {
    /// The subscriptions of other systems, each with how far its events have been sent.
    static let webhooks = [
        Migration(
            "table webhook",
            """
            CREATE TABLE webhook (
                shard @I2 NOT NULL,
                locationID text NOT NULL,
                webhookID @I8 NOT NULL,
                url text NOT NULL,
                form @I2 NOT NULL,
                types text,
                secret @BLOB NOT NULL,
                formerSecret @BLOB,
                formerUntil @I8,
                changeNumber @I8 NOT NULL,
                recordCount @I8 NOT NULL,
                attemptCount @I8 NOT NULL,
                nextAttemptAt @I8,
                failingSince @I8,
                lastAnswer text,
                pauseReason text,
                createdAt @I8 NOT NULL,
                PRIMARY KEY (shard, locationID, webhookID)
            ) @TAIL
            """
        ),
        Migration(
            "checks of webhooks",
            adding: [
                TableChecks(
                    "webhook",
                    .integer("shard", .shards),
                    .text("locationID", .names),
                    .integer("webhookID", .identifiers),
                    .text("url", .addresses),
                    .integer("form", .choices(WebhookForm.self)),
                    .text("types", .lists),
                    .integer("formerUntil", .instants),
                    .integer("changeNumber", .counts),
                    .integer("recordCount", .counts),
                    .integer("attemptCount", .counts),
                    .integer("nextAttemptAt", .instants),
                    .integer("failingSince", .instants),
                    .text("lastAnswer", .optionalNames),
                    .text("pauseReason", .optionalNames),
                    .integer("createdAt", .instants)
                )
            ]
        ),
    ]
}
