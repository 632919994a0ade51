import CCurl
import Glibc
import Tasks

/// How far a request goes.
struct RequestTerms: Sendable {
    /// Whether plain HTTP and every address will do.
    var allowsPrivate: Bool
    /// How long it may take from beginning to end.
    var timeout: Duration
    /// What names stand for instead of what the system says, as `name:port:address`.
    var resolutions: [String]
}

/// One POST, or the sending of one mail, that libcurl carries out.
@safe
final class CurlRequest {
    /// What libcurl knows it by.
    let handle: UnsafeMutableRawPointer
    private let post: UnsafeMutablePointer<ccurl_post>
    /// Where the body of the answer is put, if it is wanted.
    private var box: AnswerBox?

    /// How many bytes of an answer are read, with its header.
    private static var readLimit: Int { 65_536 }

    /// Makes the request; nil where libcurl cannot.
    ///
    /// - Parameters:
    ///   - message: What is sent.
    ///   - terms: How far it goes.
    init?(_ message: WebhookMessage, under terms: RequestTerms) {
        let fields = [
            ("Content-Type", "application/json"), ("User-Agent", "Perennial"), ("Expect", ""),
        ]
        let post = UnsafeMutablePointer<ccurl_post>.allocate(capacity: 1)
        unsafe post.initialize(to: ccurl_post())
        for (name, value) in fields + message.fields {
            unsafe post.pointee.headers = curl_slist_append(
                post.pointee.headers,
                "\(name): \(value)"
            )
        }
        for resolution in terms.resolutions {
            unsafe post.pointee.resolutions = curl_slist_append(
                post.pointee.resolutions,
                resolution
            )
        }
        unsafe post.pointee.timeout_milliseconds = Int(terms.timeout / .milliseconds(1))
        unsafe post.pointee.read_limit = Self.readLimit
        if !terms.allowsPrivate {
            unsafe post.pointee.admits = { bytes, count in
                let bytes = unsafe Array(UnsafeBufferPointer(start: bytes, count: Int(count)))
                return NetworkAddress(bytes: bytes)?.isPublic ?? false ? 1 : 0
            }
        }
        let handle = unsafe message.body.withUnsafeBufferPointer { body in
            unsafe ccurl_request(post, message.url, body.baseAddress, curl_off_t(body.count))
        }
        guard let handle = unsafe handle else {
            unsafe Self.release(post)
            return nil
        }
        unsafe self.handle = handle
        unsafe self.post = post
    }

    /// Makes the sending of a mail; nil where libcurl cannot.
    init?(_ mail: RenderedMail, by server: MailServer, timeout: Duration) {
        let post = UnsafeMutablePointer<ccurl_post>.allocate(capacity: 1)
        unsafe post.initialize(to: ccurl_post())
        unsafe post.pointee.recipients = curl_slist_append(nil, "<\(mail.recipient)>")
        unsafe post.pointee.timeout_milliseconds = Int(timeout / .milliseconds(1))
        unsafe post.pointee.read_limit = Self.readLimit
        let handle = unsafe mail.bytes.withUnsafeBufferPointer { bytes in
            unsafe ccurl_mail(
                post,
                server.url,
                server.user,
                server.password,
                "<\(mail.sender)>",
                server.security == .none ? 0 : 1,
                bytes.baseAddress,
                bytes.count
            )
        }
        guard let handle = unsafe handle else {
            unsafe Self.release(post)
            return nil
        }
        unsafe self.handle = handle
        unsafe self.post = post
    }

    /// Makes a request whose answer is read; nil where libcurl cannot.
    init?(_ exchange: WebExchange, answeredIn box: AnswerBox, timeout: Duration) {
        let post = UnsafeMutablePointer<ccurl_post>.allocate(capacity: 1)
        unsafe post.initialize(to: ccurl_post())
        var fields = ["User-Agent: Perennial", "Expect:", "Accept: application/json"]
        if let authorization = exchange.authorization {
            fields.append("Authorization: \(authorization)")
        }
        for field in fields {
            unsafe post.pointee.headers = curl_slist_append(post.pointee.headers, field)
        }
        unsafe post.pointee.timeout_milliseconds = Int(timeout / .milliseconds(1))
        unsafe post.pointee.read_limit = AnswerBox.limit
        guard let handle = unsafe ccurl_exchange(post, exchange.url, exchange.form) else {
            unsafe Self.release(post)
            return nil
        }
        unsafe self.handle = handle
        unsafe self.post = post
        self.box = box
    }

    deinit {
        unsafe curl_easy_cleanup(handle)
        unsafe Self.release(post)
    }

    private static func release(_ post: UnsafeMutablePointer<ccurl_post>) {
        unsafe curl_slist_free_all(post.pointee.headers)
        unsafe curl_slist_free_all(post.pointee.resolutions)
        unsafe curl_slist_free_all(post.pointee.recipients)
        unsafe free(post.pointee.mail)
        unsafe free(post.pointee.answer)
        unsafe post.deallocate()
    }

    /// What came of the request, which has ended.
    func answer(_ code: CURLcode) -> WebhookAnswer {
        let code = unsafe ccurl_result(handle, post, code)
        if let box, let bytes = unsafe post.pointee.answer {
            let count = unsafe post.pointee.answer_count
            box.put(unsafe Array(UnsafeBufferPointer(start: bytes, count: count)))
        }
        if code == CURLE_OK { return .status(Int(unsafe post.pointee.status)) }
        if unsafe post.pointee.was_refused != 0 {
            return .failure("leads to an address that is not of the public internet")
        }
        return .failure(unsafe String(cString: curl_easy_strerror(code)))
    }
}
