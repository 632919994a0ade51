import JSON
package import Recurrence
package import Tasks

/// Writes, signs and sends the events of webhooks.
package struct WebhookDesk<Sender: WebhookSender>: Sendable {
    /// Writes the body of an event, as JSON; none if the form has nothing to tell of it.
    package typealias Writer =
        @Sendable (WebhookEvent, WebhookForm, Timestamp) async throws -> [UInt8]

    private let sender: Sender
    private let signing: WebhookSigning
    private let write: Writer

    package init(sender: Sender, key: SecretKey?, writing write: @escaping Writer) {
        self.sender = sender
        self.write = write
        signing = WebhookSigning(key: key)
    }

    /// Sends an event.
    ///
    /// - Returns: The answer, or why there is none.
    /// - Throws: What the writer throws.
    func send(
        _ event: WebhookEvent,
        to webhook: Webhook,
        at now: Timestamp
    ) async throws -> WebhookAnswer {
        let body = try await write(event, webhook.form, now)
        return await send(body, named: event.id, to: webhook, at: now)
    }

    /// Sends an event of no meaning.
    func test(_ webhook: Webhook, at now: Timestamp) async -> WebhookAnswer {
        let id = "evt_test_\(webhook.id.rawValue)_\(now.microseconds)"
        var json = JSONWriter()
        json.beginObject()
        json.name(webhook.form == .standard ? "id" : "webhookId")
        json.write(id)
        json.name("type")
        json.write("webhook.test")
        json.name("timestamp")
        json.write(now.text(in: .extended, fraction: .milliseconds))
        json.name("locationId")
        json.write(webhook.locationID.rawValue)
        if webhook.form == .standard {
            json.name("data")
            json.beginObject()
            json.endObject()
        }
        json.endObject()
        return await send(json.bytes, named: id, to: webhook, at: now)
    }

    private func send(
        _ body: [UInt8],
        named id: String,
        to webhook: Webhook,
        at now: Timestamp
    ) async -> WebhookAnswer {
        let fields: [(name: String, value: String)]
        do {
            fields = try signing.fields(for: body, named: id, to: webhook, at: now)
        } catch WebhookRefusal.noSecretKey {
            return .failure("the server has no key: --secret-key-file")
        } catch {
            return .failure("the secret was kept with another key than --secret-key-file has")
        }
        return await sender.send(WebhookMessage(url: webhook.url, fields: fields, body: body))
    }
}

/// What the administration of webhooks asks of the server.
package struct DeliveryOffice: WebhookOffice {
    private let desk: WebhookDesk<CurlSender>
    private let sender: CurlSender
    private let signing: WebhookSigning

    /// - Parameters:
    ///   - rules: Where events may be sent.
    ///   - key: Encrypts secrets; none if no webhook can be added.
    package init(rules: ReceiverAddress, key: SecretKey?) {
        sender = CurlSender(rules: rules)
        signing = WebhookSigning(key: key)
        desk = WebhookDesk(sender: sender, key: key) { _, _, _ in [] }
    }

    package func newSecret(for webhook: Webhook) throws -> NewWebhookSecret {
        try signing.newSecret(for: webhook)
    }

    package func check(url: String) async throws {
        try await sender.check(url)
    }

    package func test(_ webhook: Webhook, at now: Timestamp) async -> WebhookAnswer {
        await desk.test(webhook, at: now)
    }
}
