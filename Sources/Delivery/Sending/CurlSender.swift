import CCurl
import Dispatch
import Synchronization
package import Tasks

/// Sends messages by libcurl, each on a thread that waits.
///
/// Whatever a name resolves to, each address is looked at when it is about to be connected to.
package struct CurlSender: WebhookSender {
    private let rules: ReceiverAddress
    private let queue = DispatchQueue(label: "perennial.webhooks", attributes: .concurrent)

    /// How long a request may take from beginning to end, in milliseconds.
    private static var timeoutMilliseconds: Int { 10_000 }
    /// How many bytes of an answer are read.
    private static var readLimit: Int { 65_536 }
    private static let isReady = ccurl_begin() == 1

    package init(rules: ReceiverAddress) {
        self.rules = rules
    }

    package func send(_ message: WebhookMessage) async -> WebhookAnswer {
        let transfer = Transfer(allowsPrivate: rules.allowsPrivate)
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                queue.async { continuation.resume(returning: perform(message, transfer)) }
            }
        } onCancel: {
            transfer.stop()
        }
    }

    /// Refuses an address to which nothing is sent, on a thread that waits.
    func check(_ url: String) async throws {
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

    private func perform(_ message: WebhookMessage, _ transfer: Transfer) -> WebhookAnswer {
        guard Self.isReady else { return .failure("libcurl could not be initialised") }
        var headers: UnsafeMutablePointer<curl_slist>?
        defer { unsafe curl_slist_free_all(headers) }
        let fields = [
            ("Content-Type", "application/json"), ("User-Agent", "Perennial"), ("Expect", ""),
        ]
        for (name, value) in fields + message.fields {
            unsafe headers = curl_slist_append(headers, "\(name): \(value)")
        }
        var post = unsafe ccurl_post()
        unsafe post.headers = UnsafePointer(headers)
        unsafe post.timeout_milliseconds = Self.timeoutMilliseconds
        unsafe post.read_limit = Self.readLimit
        unsafe post.context = Unmanaged.passUnretained(transfer).toOpaque()
        unsafe post.admits = { context, bytes, count in
            let bytes = unsafe Array(UnsafeBufferPointer(start: bytes, count: Int(count)))
            return unsafe Transfer.of(context)?.admits(bytes) == true ? 1 : 0
        }
        unsafe post.stops = { context in unsafe Transfer.of(context)?.isStopped == false ? 0 : 1 }
        let code = withExtendedLifetime(transfer) {
            unsafe message.url.withCString { url in
                unsafe message.body.withUnsafeBufferPointer { body in
                    unsafe post.url = url
                    unsafe post.body = body.baseAddress
                    unsafe post.body_count = body.count
                    return unsafe ccurl_send(&post, rules.allowsPrivate ? 0 : 1)
                }
            }
        }
        if code == CURLE_OK { return .status(Int(unsafe post.status)) }
        if unsafe post.was_refused != 0 {
            return .failure("leads to an address that is not of the public internet")
        }
        return .failure(unsafe String(cString: curl_easy_strerror(code)))
    }
}

/// What libcurl asks about one transfer.
private final class Transfer: Sendable {
    private let allowsPrivate: Bool
    private let stopped = Atomic(false)

    init(allowsPrivate: Bool) {
        self.allowsPrivate = allowsPrivate
    }

    static func of(_ context: UnsafeMutableRawPointer?) -> Transfer? {
        unsafe context.map { unsafe Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }

    var isStopped: Bool { stopped.load(ordering: .relaxed) }

    func stop() {
        stopped.store(true, ordering: .relaxed)
    }

    func admits(_ bytes: [UInt8]) -> Bool {
        allowsPrivate || NetworkAddress(bytes: bytes)?.isPublic ?? false
    }
}
