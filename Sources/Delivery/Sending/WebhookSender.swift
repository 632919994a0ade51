package import Tasks

/// What is sent to a receiver.
package struct WebhookMessage: Sendable {
    package var url: String
    package var fields: [(name: String, value: String)]
    /// JSON.
    package var body: [UInt8]

    package init(url: String, fields: [(name: String, value: String)], body: [UInt8]) {
        self.url = url
        self.fields = fields
        self.body = body
    }
}

/// Sends a message to its receiver, once, and waits for the answer for a bounded time.
package protocol WebhookSender: Sendable {
    func send(_ message: WebhookMessage) async -> WebhookAnswer
}
