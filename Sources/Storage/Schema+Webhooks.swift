import Tasks

extension Schema {
    /// The subscriptions of other systems, each with how far its events have been sent, and what
    /// became of the last of them.
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
        Migration(
            "table webhookDelivery",
            """
            CREATE TABLE webhookDelivery (
                shard @I2 NOT NULL,
                locationID text NOT NULL,
                webhookID @I8 NOT NULL,
                changeNumber @I8 NOT NULL,
                recordNumber @I8 NOT NULL,
                endChangeNumber @I8 NOT NULL,
                endRecordCount @I8 NOT NULL,
                type text NOT NULL,
                changedAt @I8 NOT NULL,
                body @BLOB,
                attemptCount @I8 NOT NULL,
                attemptedAt @I8,
                answer text,
                sentAt @I8,
                PRIMARY KEY (shard, locationID, webhookID, changeNumber, recordNumber)
            ) @TAIL
            """
        ),
        Migration(
            "checks of deliveries",
            adding: [
                TableChecks(
                    "webhookDelivery",
                    .integer("shard", .shards),
                    .text("locationID", .names),
                    .integer("webhookID", .identifiers),
                    .integer("changeNumber", .counts),
                    .integer("recordNumber", .counts),
                    .integer("endChangeNumber", .counts),
                    .integer("endRecordCount", .counts),
                    .text("type", .names),
                    .integer("changedAt", .instants),
                    .integer("attemptCount", .counts),
                    .integer("attemptedAt", .instants),
                    .text("answer", .optionalNames),
                    .integer("sentAt", .instants)
                )
            ]
        ),
    ]
}
