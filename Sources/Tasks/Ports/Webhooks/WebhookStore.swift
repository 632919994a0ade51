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
    ) async throws -> WebhookOutcome

    /// Changes a webhook as a closure says; one that comes to another place in the log forgets what
    /// became of the events after it.
    ///
    /// - Returns: None if there is no such webhook.
    /// - Throws: What the terms' check or the closure throws.
    func changeWebhook(
        _ id: Identifier<Webhook>,
        in locationID: LocationID,
        under terms: WebhookTerms,
        at now: Timestamp,
        to change: @escaping @Sendable (Webhook) throws -> Webhook
    ) async throws -> WebhookOutcome?

    /// Removes a webhook, with what became of its events.
    ///
    /// - Returns: None if there is no such webhook.
    /// - Throws: What the terms' check throws.
    func removeWebhook(
        _ id: Identifier<Webhook>,
        in locationID: LocationID,
        under terms: WebhookTerms,
        at now: Timestamp
    ) async throws -> WebhookOutcome?

    /// The place in a location's log after the last change before a time, or at its end.
    func place(before time: Timestamp?, in locationID: LocationID) async throws -> WebhookPlace

    /// The next events that a webhook wants, some at most, in their order.
    ///
    /// - Throws: ``FeedCut`` where the log does not have them any more; `UnreadableRow`.
    func events(for webhook: Webhook, limit: Int) async throws -> WebhookEventPage

    /// The events after a webhook's place that were written and not yet sent, in their order.
    func writtenEvents(for webhook: Webhook) async throws -> [WrittenEvent]

    /// Keeps events as they are to be sent, the first after the webhook's place.
    ///
    /// - Returns: The events that hold, which are others if some were written before; none if
    ///   somebody has changed the webhook meanwhile.
    func keep(_ events: [WrittenEvent], for webhook: Webhook) async throws -> [WrittenEvent]?

    /// Keeps a webhook's progress, unless somebody has changed it meanwhile.
    ///
    /// - Returns: Whether it was kept.
    func keep(_ progress: WebhookProgress, of webhook: Webhook) async throws -> Bool

    /// Keeps a webhook's progress and what came of an attempt, unless somebody has changed it
    /// meanwhile.
    ///
    /// - Returns: Whether it was kept.
    func keep(
        _ progress: WebhookProgress,
        of webhook: Webhook,
        trying event: WrittenEvent,
        _ answer: WebhookAnswer,
        at now: Timestamp
    ) async throws -> Bool

    /// What became of the last events of a webhook, the latest first.
    ///
    /// - Parameters:
    ///   - id: The webhook.
    ///   - locationID: Its location.
    ///   - last: The change and the record of the last one of the page before.
    ///   - limit: How many at most.
    /// - Returns: What became of them.
    /// - Throws: `QueryTooCostly`, or `StoreUnavailable`.
    func deliveries(
        of id: Identifier<Webhook>,
        in locationID: LocationID,
        before last: (changeNumber: Int64, recordNumber: Int64)?,
        limit: Int
    ) async throws -> [WebhookDelivery]
}

/// By whom the list of webhooks is changed, and how far.
package struct WebhookTerms: Sendable {
    package var author: AuditAuthor
    /// The word of the audit for it, such as `rotated`.
    package var action = ""
    /// Whether the change is only tried: carried out and undone.
    package var isTrial: Bool
    /// Is given the webhook as it is before it is changed, and throws to refuse the change.
    package let check: @Sendable (Webhook) throws -> Void

    package init(
        author: AuditAuthor,
        isTrial: Bool = false,
        check: @escaping @Sendable (Webhook) throws -> Void = { _ in }
    ) {
        self.author = author
        self.isTrial = isTrial
        self.check = check
    }

    /// The terms of whoever operates the server.
    package static let ofOperator = WebhookTerms(author: .operatorByCommand)

    func noting(_ action: String) -> WebhookTerms {
        var terms = self
        terms.action = action
        return terms
    }
}

/// What a write of a webhook came to.
package struct WebhookOutcome: Hashable, Sendable {
    /// The webhook as it was; none if it was added.
    package var before: Webhook?
    /// The webhook as it is; none if it was removed.
    package var after: Webhook?
    /// The entry in the audit; none if nothing was changed, or only tried.
    package var auditNumber: Int64?

    package init(before: Webhook?, after: Webhook?, auditNumber: Int64?) {
        self.before = before
        self.after = after
        self.auditNumber = auditNumber
    }

    /// The webhook as it is, or as it was before it was removed.
    package var webhook: Webhook {
        guard let webhook = after ?? before else {
            preconditionFailure("a webhook was neither before nor after")
        }
        return webhook
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
    /// The webhook's form does not have one of the events.
    case unknownEvent(WebhookForm)
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
