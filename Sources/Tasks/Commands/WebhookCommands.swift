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
        types: Set<WebhookEventType>?,
        in locationID: LocationID,
        trying isTrial: Bool = false,
        by author: AuditAuthor,
        at now: Timestamp
    ) async throws -> (webhook: Webhook, secret: NewWebhookSecret) {
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
        let webhook = try await store.addWebhook(
            draft,
            under: WebhookTerms(author: author, action: "created", isTrial: isTrial),
            at: now
        ) { [office] webhook in try made.note(office.newSecret(for: webhook)).sealed }
        return (webhook, made.secret)
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
        trying isTrial: Bool = false,
        by author: AuditAuthor,
        at now: Timestamp
    ) async throws -> (webhook: Webhook, secret: NewWebhookSecret)? {
        let made = MadeSecret()
        let webhook = try await store.changeWebhook(
            id,
            in: locationID,
            under: WebhookTerms(author: author, action: "rotated", isTrial: isTrial),
            at: now
        ) { [office] webhook in
            var webhook = webhook
            let end = now.advanced(by: FormerSecret.overlap)
            webhook.former = FormerSecret(secret: webhook.secret, until: end)
            webhook.secret = try made.note(office.newSecret(for: webhook)).sealed
            return webhook
        }
        return webhook.map { ($0, made.secret) }
    }

    /// Has a webhook go on, also one that was paused: with the changes made since a time once more, or
    /// where it stopped.
    ///
    /// - Returns: None if there is no such webhook.
    package func replay(
        _ id: Identifier<Webhook>,
        since time: Timestamp?,
        in locationID: LocationID,
        trying isTrial: Bool = false,
        by author: AuditAuthor,
        at now: Timestamp
    ) async throws -> Webhook? {
        let place =
            if let time { try await store.place(before: time, in: locationID) } else {
                nil as WebhookPlace?
            }
        return try await store.changeWebhook(
            id,
            in: locationID,
            under: WebhookTerms(author: author, action: "replayed", isTrial: isTrial),
            at: now
        ) { webhook in
            var webhook = webhook
            webhook.progress = .goingOn(from: place ?? webhook.progress.place)
            return webhook
        }
    }

    /// Removes a webhook.
    ///
    /// - Returns: The webhook as it was; none if there is no such one.
    package func remove(
        _ id: Identifier<Webhook>,
        in locationID: LocationID,
        trying isTrial: Bool = false,
        by author: AuditAuthor,
        at now: Timestamp
    ) async throws -> Webhook? {
        try await store.removeWebhook(
            id,
            in: locationID,
            under: WebhookTerms(author: author, action: "deleted", isTrial: isTrial),
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
