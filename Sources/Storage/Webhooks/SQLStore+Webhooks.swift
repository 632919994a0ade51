import JSON
package import Recurrence
package import Tasks

extension SQLStore: WebhookStore {
    /// How many webhooks a location may have.
    private static var webhookLimit: Int { 50 }

    package func webhooks(in locationID: LocationID) async throws -> [Webhook] {
        try await scan(for: locationID) { connection in
            try transaction(in: locationID, on: connection).webhooks()
        }
    }

    package func webhook(
        _ id: Identifier<Webhook>,
        in locationID: LocationID
    ) async throws -> Webhook? {
        try await read { connection in
            try transaction(in: locationID, on: connection).webhook(id)
        }
    }

    package func activeWebhooks() async throws -> [WaitingWebhook] {
        try await scan(for: nil) { connection in
            try connection.readableRows(
                WebhookStatements.active,
                [:],
                telling: unreadableRows
            ) { row in try WaitingWebhook(row) }.values
        }
    }

    package func addWebhook(
        _ draft: Webhook,
        under terms: WebhookTerms,
        at now: Timestamp,
        sealing seal: @escaping @Sendable (Webhook) throws -> SealedSecret
    ) async throws -> WebhookOutcome {
        try await changeWebhooks(in: draft.locationID, under: terms) { transaction, numbers in
            guard try transaction.webhooks().count < Self.webhookLimit else {
                throw WebhookRefusal.tooMany(limit: Self.webhookLimit)
            }
            var webhook = draft
            webhook.id = try numbers.next()
            webhook.progress = .goingOn(from: try transaction.lastPlace())
            webhook.secret = try seal(webhook)
            return try transaction.store(webhook, replacing: nil, under: terms, at: now)
        }
    }

    package func changeWebhook(
        _ id: Identifier<Webhook>,
        in locationID: LocationID,
        under terms: WebhookTerms,
        at now: Timestamp,
        to change: @escaping @Sendable (Webhook) throws -> Webhook
    ) async throws -> WebhookOutcome? {
        try await changeWebhooks(in: locationID, under: terms) {
            transaction,
            _ -> WebhookOutcome? in
            guard let webhook = try transaction.webhookToChange(id) else { return nil }
            try terms.check(webhook)
            return try transaction.store(
                try change(webhook),
                replacing: webhook,
                under: terms,
                at: now
            )
        }
    }

    package func removeWebhook(
        _ id: Identifier<Webhook>,
        in locationID: LocationID,
        under terms: WebhookTerms,
        at now: Timestamp
    ) async throws -> WebhookOutcome? {
        try await changeWebhooks(in: locationID, under: terms) {
            transaction,
            _ -> WebhookOutcome? in
            guard let webhook = try transaction.webhookToChange(id) else { return nil }
            try terms.check(webhook)
            return try transaction.remove(webhook, under: terms, at: now)
        }
    }

    package func place(
        before time: Timestamp?,
        in locationID: LocationID
    ) async throws -> WebhookPlace {
        try await scan(for: locationID) { connection in
            let transaction = transaction(in: locationID, on: connection)
            guard let time else { return try transaction.lastPlace() }
            return try transaction.place(before: time)
        }
    }

    /// Runs a change of a location's webhooks, or only tries it.
    private func changeWebhooks<Value: Sendable>(
        in locationID: LocationID,
        under terms: WebhookTerms,
        _ body:
            @escaping @Sendable (
                LocationTransaction<Driver.Connection>, inout IdentifierSource
            ) throws -> Value
    ) async throws -> Value {
        do {
            let value = try await write(for: locationID) { [numbers] connection -> Value in
                let transaction = self.transaction(in: locationID, on: connection)
                guard terms.isTrial else {
                    var source = numbers.source(on: connection)
                    let value = try body(transaction, &source)
                    numbers.putBack(source)
                    return value
                }
                var source = IdentifierSource.ofTrial
                throw EndOfTrial(value: try body(transaction, &source))
            }
            feedBell.ringForWebhooks()
            return value
        } catch let end as EndOfTrial<Value> {
            return end.value
        }
    }
}

extension LocationTransaction {
    fileprivate func webhooks() throws -> [Webhook] {
        try connection.readableRows(
            WebhookStatements.ofLocation,
            SQLArguments(in: locationID),
            telling: unreadableRows
        ) { row in try Webhook(row, in: locationID) }.values
    }

    fileprivate func webhook(_ id: Identifier<Webhook>) throws -> Webhook? {
        let arguments = SQLArguments(webhook: id, in: locationID)
        return try connection.row(WebhookStatements.byID, arguments) { row in
            try Webhook(row, in: locationID)
        }
    }

    /// The place after the location's last change.
    fileprivate func lastPlace() throws -> WebhookPlace {
        let number = try connection.row(
            WebhookStatements.lastChange,
            SQLArguments(in: locationID)
        ) { row in try row.int64(0) }
        guard let number else { throw UnknownLocation(locationID: locationID) }
        return WebhookPlace(changeNumber: number)
    }

    /// The place after the last change before a time; where the log was cut, the first that it has.
    fileprivate func place(before time: Timestamp) throws -> WebhookPlace {
        var arguments = SQLArguments(in: locationID)
        arguments.append(.integer(time.microseconds), for: "before")
        let last = try connection.row(WebhookStatements.lastChangeBefore, arguments) { row in
            try row.optionalInt64(0)
        }
        if let number = last ?? nil { return WebhookPlace(changeNumber: number) }
        let first = try connection.row(
            WebhookStatements.firstChange,
            SQLArguments(in: locationID)
        ) { row in try row.optionalInt64(0) }
        guard let number = first ?? nil else { return try lastPlace() }
        return WebhookPlace(changeNumber: number - 1)
    }

    /// A webhook whose progress nobody keeps until the transaction ends.
    fileprivate func webhookToChange(_ id: Identifier<Webhook>) throws -> Webhook? {
        try connection.executeLater(
            WebhookStatements.lock,
            SQLArguments(webhook: id, in: locationID)
        )
        return try webhook(id)
    }

    fileprivate func store(
        _ webhook: Webhook,
        replacing former: Webhook?,
        under terms: WebhookTerms,
        at now: Timestamp
    ) throws -> WebhookOutcome {
        var outcome = WebhookOutcome(before: former, after: webhook, auditNumber: nil)
        if webhook == former { return outcome }
        try connection.execute(WebhookStatements.store, webhook.storedArguments)
        if let former { try forgetEvents(of: webhook, after: former) }
        outcome.auditNumber = try note(former, webhook, under: terms, at: now)
        return outcome
    }

    fileprivate func remove(
        _ webhook: Webhook,
        under terms: WebhookTerms,
        at now: Timestamp
    ) throws -> WebhookOutcome {
        let arguments = SQLArguments(webhook: webhook.id, in: locationID)
        try connection.execute(WebhookStatements.remove, arguments)
        try connection.execute(DeliveryStatements.removeAll, arguments)
        let number = try note(webhook, nil, under: terms, at: now)
        return WebhookOutcome(before: webhook, after: nil, auditNumber: number)
    }

    /// Notes in the audit what became of a webhook, without its secret.
    ///
    /// - Returns: The entry's number; none of what is only tried.
    private func note(
        _ before: Webhook?,
        _ after: Webhook?,
        under terms: WebhookTerms,
        at now: Timestamp
    ) throws -> Int64? {
        let entry = DirectoryDeed.Entry(
            action: "webhook.\(terms.action)",
            subject: (after ?? before).map { String($0.id.rawValue) },
            detail: .difference(from: before?.members, to: after?.members)
        )
        let number = try connection.append(entry, by: terms.author, in: locationID, at: now)
        return terms.isTrial ? nil : number
    }
}

extension Webhook {
    /// What the audit tells of a webhook.
    fileprivate var members: JSONObject {
        let names = types.map { types in
            JSONValue.array(types.map(\.rawValue).sorted().map { .string($0) })
        }
        return [
            "url": .string(url), "form": .string(form.word), "events": names ?? .null,
            "changeNumber": .integer(progress.place.changeNumber),
            "pauseReason": progress.pauseReason.map { .string($0) } ?? .null,
        ]
    }
}

extension WaitingWebhook {
    /// Creates one from the columns that ``WebhookStatements/active`` selects.
    fileprivate init(_ row: some SQLRow) throws(UnreadableRow) {
        let locationID = LocationID((try? row.text(1, lengths: .names)) ?? "?")
        do throws(UnreadableValue) {
            self.init(
                key: WebhookKey(locationID: locationID, id: try row.identifier(0)),
                isBehind: try row.int64(2, in: .counts) < row.int64(4),
                nextAttemptAt: try row.optionalTimestamp(3)
            )
        } catch {
            throw UnreadableRow(error, of: "webhook", in: locationID, row)
        }
    }
}
