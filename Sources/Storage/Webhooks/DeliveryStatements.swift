import Recurrence
import Tasks

/// How the events of webhooks are kept as they are sent, and what became of them.
enum DeliveryStatements {
    private static let isOfWebhook =
        "shard = :shard AND locationID = :locationID AND webhookID = :webhookID"

    private static let isIt =
        "\(isOfWebhook) AND changeNumber = :changeNumber AND recordNumber = :recordNumber"

    private static let isAfterPlace = """
        \(isOfWebhook) AND (changeNumber, recordNumber) >= (:nextChangeNumber, :nextRecordNumber)
        """

    static let waiting = SQLStatement(
        """
        SELECT changeNumber, recordNumber, endChangeNumber, endRecordCount, type, changedAt, body
        FROM webhookDelivery WHERE \(isAfterPlace) AND sentAt IS NULL
        ORDER BY changeNumber, recordNumber
        """
    )

    static let insert = SQLStatement(
        """
        INSERT INTO webhookDelivery (
            shard, locationID, webhookID, changeNumber, recordNumber, endChangeNumber,
            endRecordCount, type, changedAt, body, attemptCount
        ) VALUES (
            :shard, :locationID, :webhookID, :changeNumber, :recordNumber, :endChangeNumber,
            :endRecordCount, :type, :changedAt, :body, 0
        )
        """
    )

    static let noteFailed = SQLStatement(
        """
        UPDATE webhookDelivery SET attemptCount = attemptCount + 1, attemptedAt = :attemptedAt,
            answer = :answer
        WHERE \(isIt)
        """
    )

    static let noteSent = SQLStatement(
        """
        UPDATE webhookDelivery SET attemptCount = attemptCount + 1, attemptedAt = :attemptedAt,
            answer = :answer, sentAt = :attemptedAt, body = NULL
        WHERE \(isIt)
        """
    )

    static let latest = SQLStatement(
        """
        SELECT changeNumber, recordNumber, type, changedAt, attemptCount, attemptedAt, answer,
            sentAt
        FROM webhookDelivery
        WHERE \(isOfWebhook) AND (changeNumber, recordNumber) < (:changeNumber, :recordNumber)
        ORDER BY changeNumber DESC, recordNumber DESC LIMIT :limit
        """
    )

    static let removeOld = SQLStatement(
        """
        DELETE FROM webhookDelivery
        WHERE \(isOfWebhook) AND changeNumber < (
            SELECT changeNumber FROM webhookDelivery WHERE \(isOfWebhook)
            ORDER BY changeNumber DESC, recordNumber DESC LIMIT 1 OFFSET :limit
        )
        """
    )

    static let removeAfterPlace = SQLStatement(
        "DELETE FROM webhookDelivery WHERE \(isAfterPlace)"
    )

    static let removeUntried = SQLStatement(
        "DELETE FROM webhookDelivery WHERE \(isAfterPlace) AND attemptCount = 0"
    )

    static let removeAll = SQLStatement("DELETE FROM webhookDelivery WHERE \(isOfWebhook)")
}

extension SQLArguments {
    /// The arguments that name the events after a webhook's place.
    init(afterPlaceOf webhook: Webhook) {
        self.init(webhook: webhook.id, in: webhook.locationID)
        let place = webhook.progress.place
        append(.integer(place.changeNumber + 1), for: "nextChangeNumber")
        append(.integer(place.recordCount), for: "nextRecordNumber")
    }
}

extension WrittenEvent {
    /// Creates an event from the columns that ``DeliveryStatements/waiting`` selects.
    init(_ row: some SQLRow, for webhook: Webhook) throws(UnreadableRow) {
        do throws(UnreadableValue) {
            self.init(
                changeNumber: try row.int64(0, in: .counts),
                recordNumber: Int(try row.int64(1, in: .counts)),
                type: try row.eventType(4),
                changedAt: try row.timestamp(5),
                body: try row.blob(6),
                end: WebhookPlace(
                    changeNumber: try row.int64(2, in: .counts),
                    recordCount: Int(try row.int64(3, in: .counts))
                )
            )
        } catch {
            throw UnreadableRow(error, of: webhook.id, in: webhook.locationID, row)
        }
    }

    /// The arguments of ``DeliveryStatements/insert``.
    func storedArguments(for webhook: Webhook) -> SQLArguments {
        var arguments = SQLArguments(webhook: webhook.id, in: webhook.locationID)
        arguments.append(.integer(changeNumber), for: "changeNumber")
        arguments.append(.integer(recordNumber), for: "recordNumber")
        arguments.append(.integer(end.changeNumber), for: "endChangeNumber")
        arguments.append(.integer(end.recordCount), for: "endRecordCount")
        arguments.append(.text(type.rawValue), for: "type")
        arguments.append(.integer(changedAt.microseconds), for: "changedAt")
        arguments.append(.blob(body), for: "body")
        return arguments
    }
}

extension WebhookDelivery {
    /// Creates one from the columns that ``DeliveryStatements/latest`` selects.
    init(
        _ row: some SQLRow,
        of id: Identifier<Webhook>,
        in locationID: LocationID
    ) throws(UnreadableRow) {
        do throws(UnreadableValue) {
            self.init(
                locationID: locationID,
                changeNumber: try row.int64(0, in: .counts),
                recordNumber: Int(try row.int64(1, in: .counts)),
                type: try row.eventType(2),
                changedAt: try row.timestamp(3),
                attemptCount: Int(try row.int64(4, in: .counts)),
                attemptedAt: try row.optionalTimestamp(5),
                answer: try row.optionalText(6, lengths: .optionalNames),
                sentAt: try row.optionalTimestamp(7)
            )
        } catch {
            throw UnreadableRow(error, of: id, in: locationID, row)
        }
    }
}

extension UnreadableRow {
    /// The row of an event whose change and record the first two columns name.
    fileprivate init(
        _ error: UnreadableValue,
        of id: Identifier<Webhook>,
        in locationID: LocationID,
        _ row: some SQLRow
    ) {
        let numbers = (0..<2).map { column in
            (try? row.int64(column)).map(String.init) ?? "?"
        }
        self.init(
            error,
            of: "webhookDelivery",
            key: "\(locationID.rawValue)/\(id.rawValue)/\(numbers.joined(separator: "/"))"
        )
    }
}

extension SQLRow {
    fileprivate func eventType(_ column: Int) throws(UnreadableValue) -> WebhookEventType {
        guard let type = WebhookEventType(rawValue: try text(column, lengths: .names)) else {
            throw UnreadableValue(column: name(of: column), reason: "is no type of event")
        }
        return type
    }
}
