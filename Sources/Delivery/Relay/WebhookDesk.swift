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
    private let wallClock: (@Sendable () -> Timestamp)?
    private let write: Writer

    /// - Parameters:
    ///   - sender: Sends messages.
    ///   - key: Encrypts secrets; none if nothing can be signed.
    ///   - wallClock: The time that a message says it was sent at, by which receivers refuse old ones.
    ///     It never stands still; none where the time of the work will do.
    ///   - write: Writes the bodies of events.
    package init(
        sender: Sender,
        key: SecretKey?,
        wallClock: (@Sendable () -> Timestamp)? = nil,
        writing write: @escaping Writer
    ) {
        self.sender = sender
        self.wallClock = wallClock
        self.write = write
        signing = WebhookSigning(key: key)
    }

    /// How many bytes the bodies have that are written at a time, and one body at most.
    private static var sizeLimit: Int { 1 << 20 }

    /// Writes events as they are sent however often, as many as are to be kept at a time.
    ///
    /// - Returns: The first events, at least one.
    /// - Throws: What the writer throws.
    func write(
        _ events: [(event: WebhookEvent, end: WebhookPlace)],
        for webhook: Webhook,
        at now: Timestamp
    ) async throws -> [WrittenEvent] {
        var written: [WrittenEvent] = []
        var size = 0
        for (event, end) in events where size < Self.sizeLimit {
            var body = try await write(event, webhook.form, now)
            if body.count > Self.sizeLimit {
                body = try await write(event.namingRecord, webhook.form, now)
            }
            size += body.count
            written.append(WrittenEvent(event, end: end, body: body))
        }
        return written
    }

    /// Sends an event, and tells the answer, or why there is none.
    func send(
        _ event: WrittenEvent,
        to webhook: Webhook,
        at now: Timestamp
    ) async -> WebhookAnswer {
        let body =
            switch webhook.form {
            case .standard: event.body
            case .highLevel: Self.stamped(event.body, at: wallClock?() ?? now)
            }
        return await send(body, named: event.id(in: webhook.locationID), to: webhook, at: now)
    }

    /// A body with the time of the attempt as its last member.
    ///
    /// HighLevel's receivers refuse a body that is older than five minutes, so that one which is sent
    /// again has to say when; a receiver by Standard Webhooks looks at a header field for that.
    private static func stamped(_ body: [UInt8], at now: Timestamp) -> [UInt8] {
        guard body.last == UInt8(ascii: "}") else { return body }
        let time = now.text(in: .extended, fraction: .milliseconds)
        return body.dropLast() + Array(#","timestamp":"\#(time)"}"#.utf8)
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
        let time = webhook.form == .standard ? now : wallClock?() ?? now
        json.write(time.text(in: .extended, fraction: .milliseconds))
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
            fields = try signing.fields(
                for: body,
                named: id,
                to: webhook,
                at: now,
                sentAt: wallClock?() ?? now
            )
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
    ///   - wallClock: The time that a message says it was sent at.
    package init(
        rules: ReceiverAddress,
        key: SecretKey?,
        wallClock: (@Sendable () -> Timestamp)? = nil
    ) {
        sender = CurlSender(rules: rules)
        signing = WebhookSigning(key: key)
        desk = WebhookDesk(sender: sender, key: key, wallClock: wallClock) { _, _, _ in [] }
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
