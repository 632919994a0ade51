import Recurrence
import Tasks

/// How webhooks are read and written.
enum WebhookStatements {
    private static let columns = """
        webhookID, url, form, types, secret, formerSecret, formerUntil, changeNumber, recordCount,
        attemptCount, nextAttemptAt, failingSince, lastAnswer, pauseReason, createdAt
        """

    private static let isIt =
        "shard = :shard AND locationID = :locationID AND webhookID = :webhookID"

    static let byID = SQLStatement("SELECT \(columns) FROM webhook WHERE \(isIt)")

    /// Has the transaction wait for another that changes the webhook, and others for it.
    static let lock = SQLStatement(
        "UPDATE webhook SET attemptCount = attemptCount WHERE \(isIt)"
    )

    static let ofLocation = SQLStatement(
        """
        SELECT \(columns) FROM webhook WHERE shard = :shard AND locationID = :locationID
        ORDER BY webhookID
        """
    )

    /// The active ones of all locations, each with its location's last change.
    static let active = SQLStatement(
        """
        SELECT webhook.webhookID, webhook.locationID, webhook.changeNumber, webhook.nextAttemptAt,
            location.changeNumber
        FROM webhook JOIN location
            ON location.shard = webhook.shard AND location.locationID = webhook.locationID
        WHERE webhook.pauseReason IS NULL AND location.deletedAt IS NULL
        """
    )

    static let lastChange = SQLStatement(
        "SELECT changeNumber FROM location WHERE shard = :shard AND locationID = :locationID"
    )

    static let lastChangeBefore = SQLStatement(
        """
        SELECT MAX(changeNumber) FROM change
        WHERE shard = :shard AND locationID = :locationID AND changedAt < :before
        """
    )

    static let firstChange = SQLStatement(
        """
        SELECT MIN(changeNumber) FROM change
        WHERE shard = :shard AND locationID = :locationID
        """
    )

    static let store = SQLStatement(
        """
        INSERT INTO webhook (
            shard, locationID, webhookID, url, form, types, secret, formerSecret, formerUntil,
            changeNumber, recordCount, attemptCount, nextAttemptAt, failingSince, lastAnswer,
            pauseReason, createdAt
        ) VALUES (
            :shard, :locationID, :webhookID, :url, :form, :types, :secret, :formerSecret,
            :formerUntil, :changeNumber, :recordCount, :attemptCount, :nextAttemptAt, :failingSince,
            :lastAnswer, :pauseReason, :createdAt
        )
        ON CONFLICT (shard, locationID, webhookID) DO UPDATE SET
            url = excluded.url, form = excluded.form, types = excluded.types,
            secret = excluded.secret, formerSecret = excluded.formerSecret,
            formerUntil = excluded.formerUntil, changeNumber = excluded.changeNumber,
            recordCount = excluded.recordCount, attemptCount = excluded.attemptCount,
            nextAttemptAt = excluded.nextAttemptAt, failingSince = excluded.failingSince,
            lastAnswer = excluded.lastAnswer, pauseReason = excluded.pauseReason
        """
    )

    /// Moves on unless the place or the attempts are others than they were.
    static let keep = SQLStatement(
        """
        UPDATE webhook SET changeNumber = :changeNumber, recordCount = :recordCount,
            attemptCount = :attemptCount, nextAttemptAt = :nextAttemptAt,
            failingSince = :failingSince, lastAnswer = :lastAnswer, pauseReason = :pauseReason
        WHERE \(isIt) AND changeNumber = :formerChangeNumber AND recordCount = :formerRecordCount
            AND attemptCount = :formerAttemptCount AND pauseReason IS NULL
        """
    )

    static let remove = SQLStatement("DELETE FROM webhook WHERE \(isIt)")

    static let nextChange = SQLStatement(
        """
        SELECT changeNumber, changedAt, detail FROM change
        WHERE shard = :shard AND locationID = :locationID AND changeNumber > :after
        ORDER BY changeNumber LIMIT 1
        """
    )
}

extension Webhook {
    /// Creates a webhook from the columns that ``WebhookStatements`` select.
    init(_ row: some SQLRow, in locationID: LocationID) throws(UnreadableRow) {
        do throws(UnreadableValue) {
            var progress = WebhookProgress(
                place: WebhookPlace(
                    changeNumber: try row.int64(7, in: .counts),
                    recordCount: Int(try row.int64(8, in: .counts))
                )
            )
            progress.attemptCount = Int(try row.int64(9, in: .counts))
            progress.nextAttemptAt = try row.optionalTimestamp(10)
            progress.failingSince = try row.optionalTimestamp(11)
            progress.lastAnswer = try row.optionalText(12, lengths: .optionalNames)
            progress.pauseReason = try row.optionalText(13, lengths: .optionalNames)
            var former: FormerSecret?
            if let until = try row.optionalTimestamp(6), !row.isNull(5) {
                former = FormerSecret(
                    secret: SealedSecret(bytes: try row.blob(5)),
                    until: until
                )
            }
            self.init(
                id: try row.identifier(0),
                locationID: locationID,
                url: try row.text(1, lengths: .addresses),
                form: try row.value(2),
                types: try row.eventTypes(3),
                secret: SealedSecret(bytes: try row.blob(4)),
                former: former,
                progress: progress,
                createdAt: try row.timestamp(14)
            )
        } catch {
            throw UnreadableRow(error, of: "webhook", in: locationID, row)
        }
    }

    /// The arguments of ``WebhookStatements/store``.
    var storedArguments: SQLArguments {
        var arguments = SQLArguments(webhook: id, in: locationID)
        arguments.append(.text(url), for: "url")
        arguments.append(.integer(Int64(form.rawValue)), for: "form")
        let words = types.map { $0.map(\.rawValue).sorted().joined(separator: ",") }
        arguments.append(.text(orNull: words), for: "types")
        arguments.append(.blob(secret.bytes), for: "secret")
        arguments.append(.blob(orNull: former?.secret.bytes), for: "formerSecret")
        arguments.append(.integer(orNull: former?.until.microseconds), for: "formerUntil")
        arguments.append(progress)
        arguments.append(.integer(createdAt.microseconds), for: "createdAt")
        return arguments
    }
}

extension SQLArguments {
    /// The arguments that name a webhook.
    init(webhook id: Identifier<Webhook>, in locationID: LocationID) {
        self.init(in: locationID)
        append(.integer(id.rawValue), for: "webhookID")
    }

    /// Adds the columns of a webhook's progress.
    mutating func append(_ progress: WebhookProgress) {
        append(.integer(progress.place.changeNumber), for: "changeNumber")
        append(.integer(progress.place.recordCount), for: "recordCount")
        append(.integer(progress.attemptCount), for: "attemptCount")
        append(.integer(orNull: progress.nextAttemptAt?.microseconds), for: "nextAttemptAt")
        append(.integer(orNull: progress.failingSince?.microseconds), for: "failingSince")
        append(.text(orNull: progress.lastAnswer), for: "lastAnswer")
        append(.text(orNull: progress.pauseReason), for: "pauseReason")
    }
}

extension SQLRow {
    /// Reads types of events; none where the column is null.
    fileprivate func eventTypes(_ column: Int) throws(UnreadableValue) -> Set<WebhookEventType>? {
        guard let text = try optionalText(column, lengths: .lists) else { return nil }
        var types: Set<WebhookEventType> = []
        for word in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let type = WebhookEventType(rawValue: String(word)) else {
                throw UnreadableValue(column: name(of: column), reason: "has no type of event")
            }
            types.insert(type)
        }
        return types
    }
}
