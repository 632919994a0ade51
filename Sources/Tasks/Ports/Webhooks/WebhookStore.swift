package import Recurrence

/// Where webhooks are kept, and their events read.
package protocol WebhookStore: Sendable {
    /// Rings when the log of a location grows, and when the list of webhooks changes.
    var feedBell: FeedBell { get }

    /// The webhooks of a location, by rising number.
    func webhooks(in locationID: LocationID) async throws -> [Webhook]

    /// One webhook; none if there is no such one.
    func webhook(
        _ id: Identifier<Webhook>,
        in locationID: LocationID
    ) async throws -> Webhook?

    /// The active webhooks of all locations, and which of them have something to send.
    func activeWebhooks() async throws -> [WaitingWebhook]

    /// Adds a webhook, which is told of what changes from then on.
    ///
    /// - Parameters:
    ///   - draft: What it is to be like; it has no number, and no place in the log.
    ///   - terms: By whom, and whether it is only tried.
    ///   - now: The time.
    ///   - seal: Makes its secret, once its number is known.
    /// - Returns: The webhook with its number, or with that of a trial.
    /// - Throws: ``WebhookRefusal/tooMany(limit:)``, `UnknownLocation`, or what the closure throws.
    func addWebhook(
        _ draft: Webhook,
        under terms: WebhookTerms,
        at now: Timestamp,
        sealing seal: @escaping @Sendable (Webhook) throws -> SealedSecret
    ) async throws -> Webhook

    /// Changes a webhook as a closure says.
    ///
    /// - Returns: The webhook as it is then; none if there is no such one.
    func changeWebhook(
        _ id: Identifier<Webhook>,
        in locationID: LocationID,
        under terms: WebhookTerms,
        at now: Timestamp,
        to change: @escaping @Sendable (Webhook) throws -> Webhook
    ) async throws -> Webhook?

    /// Removes a webhook.
    ///
    /// - Returns: The webhook as it was; none if there is no such one.
    func removeWebhook(
        _ id: Identifier<Webhook>,
        in locationID: LocationID,
        under terms: WebhookTerms,
        at now: Timestamp
    ) async throws -> Webhook?

    /// The place in a location's log after the last change before a time, or at its end.
    func place(before time: Timestamp?, in locationID: LocationID) async throws -> WebhookPlace

    /// The next events that a webhook wants, some at most, in their order.
    ///
    /// - Throws: ``FeedCut`` where the log does not have them any more; `UnreadableRow`.
    func events(for webhook: Webhook, limit: Int) async throws -> WebhookEventPage

    /// Keeps a webhook's progress, unless somebody has changed it meanwhile.
    ///
    /// - Returns: Whether it was kept.
    func keep(
        _ progress: WebhookProgress,
        of webhook: Webhook
    ) async throws -> Bool
}

/// By whom the list of webhooks is changed.
package struct WebhookTerms: Sendable {
    package var author: AuditAuthor
    /// The word of the audit for it, such as `rotated`.
    package var action: String
    /// Whether the change is only tried: carried out and undone.
    package var isTrial: Bool

    package init(author: AuditAuthor, action: String, isTrial: Bool = false) {
        self.author = author
        self.action = action
        self.isTrial = isTrial
    }
}

/// An active webhook, as the relay needs to know of it.
package struct WaitingWebhook: Hashable, Sendable {
    package var key: WebhookKey
    /// Whether the log has something that it was not told of.
    package var isBehind: Bool
    /// Before when nothing is tried.
    package var nextAttemptAt: Timestamp?

    package init(key: WebhookKey, isBehind: Bool, nextAttemptAt: Timestamp?) {
        self.key = key
        self.isBehind = isBehind
        self.nextAttemptAt = nextAttemptAt
    }
}

/// Which webhook of which location.
package struct WebhookKey: Hashable, Sendable {
    package var locationID: LocationID
    package var id: Identifier<Webhook>

    package init(locationID: LocationID, id: Identifier<Webhook>) {
        self.locationID = locationID
        self.id = id
    }
}

/// Why something is not done with a webhook.
package enum WebhookRefusal: Error, Hashable {
    /// The server has no key by which secrets are kept.
    case noSecretKey
    /// Nothing is sent to the address, for this reason.
    case address(String)
    /// The location has as many webhooks as it may.
    case tooMany(limit: Int)
}

/// A secret that was just made, and is shown this once.
package struct NewWebhookSecret: Hashable, Sendable {
    package var sealed: SealedSecret
    /// The secret that receivers verify with; none where they do by a public key.
    package var secret: String?
    /// The public key, in base64 of its 32 bytes; none where there is a secret.
    package var publicKey: String?

    package init(sealed: SealedSecret, secret: String?, publicKey: String?) {
        self.sealed = sealed
        self.secret = secret
        self.publicKey = publicKey
    }
}

/// What the administration of webhooks asks of those who send.
package protocol WebhookOffice: Sendable {
    /// Makes a secret for a webhook.
    ///
    /// - Throws: ``WebhookRefusal/noSecretKey``.
    func newSecret(for webhook: Webhook) throws -> NewWebhookSecret

    /// Refuses an address to which nothing is sent; it resolves names, which may take seconds.
    ///
    /// - Throws: ``WebhookRefusal/address(_:)``.
    func check(url: String) async throws

    /// Sends an event of no meaning, at once.
    func test(_ webhook: Webhook, at now: Timestamp) async -> WebhookAnswer
}
