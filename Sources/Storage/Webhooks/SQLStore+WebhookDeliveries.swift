package import Recurrence
package import Tasks

extension SQLStore {
    /// How many events of a webhook are remembered beside those of the last change.
    private static var deliveryLimit: Int { 200 }

    package func writtenEvents(for webhook: Webhook) async throws -> [WrittenEvent] {
        try await read { connection in
            try transaction(in: webhook.locationID, on: connection).writtenEvents(for: webhook)
        }
    }

    package func keep(
        _ events: [WrittenEvent],
        for webhook: Webhook
    ) async throws -> [WrittenEvent]? {
        // The log does not grow by it, so nobody is woken.
        try await write { connection in
            let transaction = self.transaction(in: webhook.locationID, on: connection)
            guard try transaction.keep(webhook.progress, of: webhook) else { return nil }
            let waiting = try transaction.writtenEvents(for: webhook)
            if !waiting.isEmpty { return waiting }
            try connection.execute(
                DeliveryStatements.removeAfterPlace,
                SQLArguments(afterPlaceOf: webhook)
            )
            _ = try connection.executeEach(
                DeliveryStatements.insert,
                events.map { $0.storedArguments(for: webhook) }
            )
            var arguments = SQLArguments(webhook: webhook.id, in: webhook.locationID)
            arguments.append(.integer(Self.deliveryLimit), for: "limit")
            try connection.execute(DeliveryStatements.removeOld, arguments)
            return events
        }
    }

    package func keep(_ progress: WebhookProgress, of webhook: Webhook) async throws -> Bool {
        try await write { connection in
            try transaction(in: webhook.locationID, on: connection).keep(progress, of: webhook)
        }
    }

    package func keep(
        _ progress: WebhookProgress,
        of webhook: Webhook,
        trying event: WrittenEvent,
        _ answer: WebhookAnswer,
        at now: Timestamp
    ) async throws -> Bool {
        try await write { connection in
            let transaction = self.transaction(in: webhook.locationID, on: connection)
            guard try transaction.keep(progress, of: webhook) else { return false }
            var arguments = SQLArguments(webhook: webhook.id, in: webhook.locationID)
            arguments.append(.integer(event.changeNumber), for: "changeNumber")
            arguments.append(.integer(event.recordNumber), for: "recordNumber")
            arguments.append(.integer(now.microseconds), for: "attemptedAt")
            arguments.append(.text(answer.text), for: "answer")
            try connection.execute(
                answer.isSuccess ? DeliveryStatements.noteSent : DeliveryStatements.noteFailed,
                arguments
            )
            return true
        }
    }

    package func deliveries(
        of id: Identifier<Webhook>,
        in locationID: LocationID,
        before last: (changeNumber: Int64, recordNumber: Int64)?,
        limit: Int
    ) async throws -> [WebhookDelivery] {
        var arguments = SQLArguments(webhook: id, in: locationID)
        arguments.append(.integer(last?.changeNumber ?? .max), for: "changeNumber")
        arguments.append(.integer(last?.recordNumber ?? 0), for: "recordNumber")
        arguments.append(.integer(limit), for: "limit")
        return try await scan(for: locationID) { [arguments, unreadableRows] connection in
            try connection.readableRows(
                DeliveryStatements.latest,
                arguments,
                telling: unreadableRows
            ) { row in try WebhookDelivery(row, of: id, in: locationID) }.values
        }
    }
}

extension LocationTransaction {
    /// The events after a webhook's place that are kept; none where one of them cannot be read, so
    /// that all are written anew.
    fileprivate func writtenEvents(for webhook: Webhook) throws -> [WrittenEvent] {
        let (events, count) = try connection.readableRows(
            DeliveryStatements.waiting,
            SQLArguments(afterPlaceOf: webhook),
            telling: unreadableRows
        ) { row in try WrittenEvent(row, for: webhook) }
        return events.count == count ? events : []
    }

    /// Keeps the progress of a webhook that nobody has changed meanwhile.
    ///
    /// - Returns: Whether it was kept. If so, nobody changes the webhook until the transaction ends.
    fileprivate func keep(_ progress: WebhookProgress, of webhook: Webhook) throws -> Bool {
        var arguments = SQLArguments(webhook: webhook.id, in: locationID)
        arguments.append(progress)
        let former = webhook.progress
        arguments.append(.integer(former.place.changeNumber), for: "formerChangeNumber")
        arguments.append(.integer(former.place.recordCount), for: "formerRecordCount")
        arguments.append(.integer(former.attemptCount), for: "formerAttemptCount")
        return try connection.execute(WebhookStatements.keep, arguments) == 1
    }

    /// Forgets the events that a webhook is to be told anew, or may not want any more.
    ///
    /// One that was tried before stays as it was.
    func forgetEvents(of webhook: Webhook, after former: Webhook) throws {
        if webhook.progress.place != former.progress.place {
            try connection.execute(
                DeliveryStatements.removeAfterPlace,
                SQLArguments(afterPlaceOf: webhook)
            )
        } else if webhook.types != former.types {
            try connection.execute(
                DeliveryStatements.removeUntried,
                SQLArguments(afterPlaceOf: webhook)
            )
        }
    }
}
