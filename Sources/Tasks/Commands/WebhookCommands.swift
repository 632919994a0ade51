package import Recurrence
import Synchronization

/// What those do with webhooks who administer a location.
package struct WebhookCommands<Store: WebhookStore>: Sendable {
    private let store: Store
    private let office: any WebhookOffice

    package init(store: Store, office: any WebhookOffice) {
        self.store = store
        self.office = office
    }

    /// Adds a webhook, which is told of what changes from then on.
    ///
    /// - Returns: The webhook, and its secret, which nobody is shown again.
    /// - Throws: ``WebhookRefusal``, or what the store throws.
    package func add(
        url: String,
        form: WebhookForm,
        events: [String]?,
        in locationID: LocationID,
        under terms: WebhookTerms,
        at now: Timestamp
    ) async throws -> (outcome: WebhookOutcome, secret: NewWebhookSecret) {
        let types = try form.typesNamed(events)
        try await office.check(url: url)
        let draft = Webhook(
            id: Identifier(0),
            locationID: locationID,
            url: url,
            form: form,
            types: types,
            secret: SealedSecret(bytes: []),
            progress: WebhookProgress(place: WebhookPlace(changeNumber: 0)),
            createdAt: now
        )
        let made = MadeSecret()
        let outcome = try await store.addWebhook(
            draft,
            under: terms.noting("created"),
            at: now
        ) { [office] webhook in try made.note(office.newSecret(for: webhook)).sealed }
        return (outcome, made.secret)
    }

    /// Changes what a webhook is told of and where, or pauses it and lets it go on.
    ///
    /// - Parameters:
    ///   - id: The webhook.
    ///   - locationID: Its location.
    ///   - url: Where events are sent from then on; none to leave it as it is.
    ///   - events: The names of the events, by the webhook's form; cleared for all.
    ///   - isPaused: Whether nothing is sent.
    ///   - terms: By whom, and how far.
    ///   - now: The time.
    /// - Returns: None if there is no such webhook.
    /// - Throws: ``WebhookRefusal``, or what the store throws.
    package func change(
        _ id: Identifier<Webhook>,
        in locationID: LocationID,
        url: String?,
        events: FieldUpdate<[String]>,
        isPaused: Bool?,
        under terms: WebhookTerms,
        at now: Timestamp
    ) async throws -> WebhookOutcome? {
        if let url { try await office.check(url: url) }
        return try await store.changeWebhook(
            id,
            in: locationID,
            under: terms.noting("updated"),
            at: now
        ) { webhook in
            var webhook = webhook
            webhook.url = url ?? webhook.url
            switch events {
            case .keep: break
            case .clear: webhook.types = nil
            case .set(let names): webhook.types = try webhook.form.typesNamed(names)
            }
            switch (isPaused, webhook.progress.pauseReason) {
            case (true, nil): webhook.progress.pauseReason = WebhookProgress.pauseByHand
            case (false, .some): webhook.progress = .goingOn(from: webhook.progress.place)
            case (true, .some), (false, nil), (nil, _): break
            }
            return webhook
        }
    }

    /// What became of the last events of a webhook, the latest first.
    ///
    /// - Returns: None if there is no such webhook.
    package func deliveries(
        of id: Identifier<Webhook>,
        in locationID: LocationID,
        before last: (changeNumber: Int64, recordNumber: Int64)?,
        limit: Int
    ) async throws -> (webhook: Webhook, deliveries: [WebhookDelivery])? {
        guard let webhook = try await store.webhook(id, in: locationID) else { return nil }
        let deliveries = try await store.deliveries(
            of: id,
            in: locationID,
            before: last,
            limit: limit
        )
        return (webhook, deliveries)
    }

    package func webhooks(in locationID: LocationID) async throws -> [Webhook] {
        try await store.webhooks(in: locationID)
    }

    package func webhook(
        _ id: Identifier<Webhook>,
        in locationID: LocationID
    ) async throws -> Webhook? {
        try await store.webhook(id, in: locationID)
    }

    /// Gives a webhook a new secret; the one before signs beside it for a day.
    ///
    /// - Returns: None if there is no such webhook.
    /// - Throws: ``WebhookRefusal/noSecretKey``, or what the store throws.
    package func rotate(
        _ id: Identifier<Webhook>,
        in locationID: LocationID,
        under terms: WebhookTerms,
        at now: Timestamp
    ) async throws -> (outcome: WebhookOutcome, secret: NewWebhookSecret)? {
        let made = MadeSecret()
        let outcome = try await store.changeWebhook(
            id,
            in: locationID,
            under: terms.noting("rotated"),
            at: now
        ) { [office] webhook in
            var webhook = webhook
            let end = now.advanced(by: FormerSecret.overlap)
            webhook.former = FormerSecret(secret: webhook.secret, until: end)
            webhook.secret = try made.note(office.newSecret(for: webhook)).sealed
            return webhook
        }
        return outcome.map { ($0, made.secret) }
    }

    /// Has a webhook go on, also one that was paused: with the changes made since a time once more, or
    /// where it stopped.
    ///
    /// - Returns: None if there is no such webhook.
    package func replay(
        _ id: Identifier<Webhook>,
        since time: Timestamp?,
        in locationID: LocationID,
        under terms: WebhookTerms,
        at now: Timestamp
    ) async throws -> WebhookOutcome? {
        let place =
            if let time { try await store.place(before: time, in: locationID) } else {
                nil as WebhookPlace?
            }
        return try await store.changeWebhook(
            id,
            in: locationID,
            under: terms.noting("replayed"),
            at: now
        ) { webhook in
            var webhook = webhook
            webhook.progress = .goingOn(from: place ?? webhook.progress.place)
            return webhook
        }
    }

    /// Removes a webhook.
    ///
    /// - Returns: None if there is no such webhook.
    package func remove(
        _ id: Identifier<Webhook>,
        in locationID: LocationID,
        under terms: WebhookTerms,
        at now: Timestamp
    ) async throws -> WebhookOutcome? {
        try await store.removeWebhook(
            id,
            in: locationID,
            under: terms.noting("deleted"),
            at: now
        )
    }

    /// Sends an event of no meaning, at once, and tells what was answered.
    ///
    /// - Returns: None if there is no such webhook.
    package func test(
        _ id: Identifier<Webhook>,
        in locationID: LocationID,
        at now: Timestamp
    ) async throws -> WebhookAnswer? {
        guard let webhook = try await store.webhook(id, in: locationID) else { return nil }
        return await office.test(webhook, at: now)
    }
}

extension WebhookForm {
    /// The types that some names stand for; none where none are named.
    fileprivate func typesNamed(
        _ names: [String]?
    ) throws(WebhookRefusal) -> Set<WebhookEventType>? {
        guard let names else { return nil }
        guard let types = types(named: names) else { throw .unknownEvent(self) }
        return types
    }
}

/// The secret that a transaction made, the last if it was tried several times.
private final class MadeSecret: Sendable {
    private let state = Mutex<NewWebhookSecret?>(nil)

    func note(_ secret: NewWebhookSecret) -> NewWebhookSecret {
        state.withLock { $0 = secret }
        return secret
    }

    var secret: NewWebhookSecret {
        guard let secret = state.withLock({ $0 }) else {
            preconditionFailure("a transaction that succeeded made no secret")
        }
        return secret
    }
}
