/// Sends text messages through a gateway.
package struct SMSSender: Sendable {
    private let gateway: SMSGateway
    private let timeout: Duration
    private let loop = CurlLoop(crowdLimit: Self.connectionLimit)

    /// How many messages are under way at a time.
    private static var connectionLimit: Int { 32 }

    /// - Parameters:
    ///   - gateway: The gateway.
    ///   - timeout: How long the sending of one message may take once it has begun.
    package init(_ gateway: SMSGateway, timeout: Duration = .seconds(15)) {
        self.gateway = gateway
        self.timeout = timeout
    }

    /// Whether the gateway knows a message that comes again.
    var knowsRepeats: Bool { gateway.knowsRepeats }

    /// Sends a message.
    ///
    /// A 2xx means that it was taken. 429, 5xx and a connection that was not made refuse it for now,
    /// anything else for good. So does a gateway that breaks off after it was asked, unless it knows
    /// repeats, since it may have sent the message, and nobody wants it twice.
    package func send(_ message: SMSMessage) async -> ReminderAnswer {
        let form = gateway.form(of: message)
        let outcome = await loop.carryOut { [gateway, timeout] in
            CurlRequest(form, to: gateway, timeout: timeout)
        }
        if let failure = outcome.failure {
            return outcome.hasBegun
                ? .refused("the outcome is not known: \(failure)", isFinal: !knowsRepeats)
                : .refused(failure, isFinal: false)
        }
        let said = AnswerText.line(Array("\(outcome.status) ".utf8) + outcome.text)
        switch outcome.status {
        case 200...299: return .taken(said)
        case 429, 500...: return .refused(said, isFinal: false)
        default: return .refused(said, isFinal: true)
        }
    }
}
