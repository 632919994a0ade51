import Dispatch
import Synchronization
package import Tasks

/// Sends messages by libcurl, all on one thread, so that a receiver that hangs holds nothing but its
/// own socket.
///
/// Whatever a name resolves to, each address is looked at when it is about to be connected to.
package struct CurlSender: WebhookSender {
    private let rules: ReceiverAddress
    private let terms: RequestTerms
    private let loop = CurlLoop()

    /// Where addresses are looked up when somebody asks, since that waits; few threads at most.
    private static let queues = (0..<4).map { DispatchQueue(label: "perennial.addresses.\($0)") }
    private static let checkCount = Atomic(0)

    /// - Parameters:
    ///   - rules: Where messages may be sent.
    ///   - timeout: How long a request may take from beginning to end.
    ///   - resolutions: What names stand for instead of what the system says, as `name:port:address`.
    package init(
        rules: ReceiverAddress,
        timeout: Duration = .seconds(10),
        resolutions: [String] = []
    ) {
        self.rules = rules
        terms = RequestTerms(
            allowsPrivate: rules.allowsPrivate,
            timeout: timeout,
            resolutions: resolutions
        )
    }

    package func send(_ message: WebhookMessage) async -> WebhookAnswer {
        let outcome = await loop.carryOut { [terms] in CurlRequest(message, under: terms) }
        return outcome.failure.map { .failure($0) } ?? .status(outcome.status)
    }

    /// Refuses an address to which nothing is sent.
    func check(_ url: String) async throws {
        let count = Self.checkCount.wrappingAdd(1, ordering: .relaxed).newValue
        let queue = Self.queues[Int(UInt(bitPattern: count) % UInt(Self.queues.count))]
        let refusal: WebhookRefusal? = await withCheckedContinuation { continuation in
            queue.async { [rules] in
                do throws(WebhookRefusal) {
                    try rules.check(url)
                    continuation.resume(returning: nil)
                } catch {
                    continuation.resume(returning: error)
                }
            }
        }
        if let refusal { throw refusal }
    }
}
