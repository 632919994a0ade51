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

/// How a request ended.
struct CurlOutcome: Sendable {
    /// Why there is no whole answer; none if there is.
    var failure: String?
    /// The answer's status, of a mail the last one; 0 if there was none.
    var status = 0
    /// The beginning of an answer's body, or a mail server's last line.
    var text: [UInt8] = []
    /// What libcurl says of a failure.
    var detail = ""
    /// Whether a mail server did not take the user and the password.
    var isLoginDenied = false
    /// Whether something of the request has left.
    var hasBegun = false
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
        let post = unsafe Self.post(timeout: terms.timeout)
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
        let post = unsafe Self.post(timeout: timeout)
        unsafe post.pointee.recipients = curl_slist_append(nil, "<\(mail.recipient)>")
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

    /// Makes the POST of a form to an operator's own address; nil where libcurl cannot.
    init?(_ form: [UInt8], to gateway: SMSGateway, timeout: Duration) {
        let post = unsafe Self.post(timeout: timeout)
        let fields = [
            "Content-Type: application/x-www-form-urlencoded", "User-Agent: Perennial", "Expect:",
        ]
        for field in fields {
            unsafe post.pointee.headers = curl_slist_append(post.pointee.headers, field)
        }
        let handle = unsafe form.withUnsafeBufferPointer { body in
            unsafe ccurl_form(
                post,
                gateway.url,
                gateway.user,
                gateway.password,
                body.baseAddress,
                curl_off_t(body.count)
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
        let post = unsafe Self.post(timeout: timeout)
        var fields = ["User-Agent: Perennial", "Expect:", "Accept: application/json"]
        if let authorization = exchange.authorization {
            fields.append("Authorization: \(authorization)")
        }
        for field in fields {
            unsafe post.pointee.headers = curl_slist_append(post.pointee.headers, field)
        }
        unsafe post.pointee.read_limit = AnswerBox.limit
        guard let handle = unsafe ccurl_exchange(post, exchange.url, exchange.form) else {
            unsafe Self.release(post)
            return nil
        }
        unsafe self.handle = handle
        unsafe self.post = post
        self.box = box
    }

    private static func post(timeout: Duration) -> UnsafeMutablePointer<ccurl_post> {
        let post = UnsafeMutablePointer<ccurl_post>.allocate(capacity: 1)
        unsafe post.initialize(to: ccurl_post())
        unsafe post.pointee.timeout_milliseconds = Int(timeout / .milliseconds(1))
        unsafe post.pointee.read_limit = readLimit
        return unsafe post
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
    func outcome(_ code: CURLcode) -> CurlOutcome {
        let code = unsafe ccurl_result(handle, post, code)
        if let box, let bytes = unsafe post.pointee.answer {
            let count = unsafe post.pointee.answer_count
            box.put(unsafe Array(UnsafeBufferPointer(start: bytes, count: count)))
        }
        var outcome = CurlOutcome(
            status: Int(unsafe post.pointee.status),
            text: text,
            isLoginDenied: code == CURLE_LOGIN_DENIED,
            hasBegun: unsafe post.pointee.sent_count > 0
        )
        if code != CURLE_OK {
            unsafe outcome.failure =
                post.pointee.was_refused != 0
                ? "leads to an address that is not of the public internet"
                : String(cString: curl_easy_strerror(code))
            outcome.detail = detail
        }
        return outcome
    }

    private var text: [UInt8] {
        unsafe withUnsafeBytes(of: &post.pointee.text) { bytes in
            unsafe Array(bytes.prefix(post.pointee.text_count))
        }
    }

    private var detail: String {
        unsafe withUnsafeBytes(of: &post.pointee.error) { bytes in
            unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }
}
