package import Recurrence
package import Tasks

/// What the administration of webhooks asks of those who send, where nothing is sent.
package struct QuietWebhookOffice: WebhookOffice {
    package init() {}

    package func newSecret(for webhook: Webhook) throws -> NewWebhookSecret {
        NewWebhookSecret(
            sealed: SealedSecret(bytes: webhook.former == nil ? [1] : [2]),
            secret: "whsec_c2VjcmV0",
            publicKey: nil
        )
    }

    /// Takes every address but one.
    package func check(url: String) async throws {
        if url.hasPrefix("https://refused.") { throw WebhookRefusal.address("is refused") }
    }

    package func test(_ webhook: Webhook, at now: Timestamp) async -> WebhookAnswer {
        .status(204)
    }
}
