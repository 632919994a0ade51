import CCurl
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

/// One POST that libcurl carries out.
@safe
final class CurlRequest {
    /// What libcurl knows it by.
    let handle: UnsafeMutableRawPointer
    private let post: UnsafeMutablePointer<ccurl_post>

    /// How many bytes of an answer are read.
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
            unsafe Self.free(post)
            return nil
        }
        unsafe self.handle = handle
        unsafe self.post = post
    }

    deinit {
        unsafe curl_easy_cleanup(handle)
        unsafe Self.free(post)
    }

    private static func free(_ post: UnsafeMutablePointer<ccurl_post>) {
        unsafe curl_slist_free_all(post.pointee.headers)
        unsafe curl_slist_free_all(post.pointee.resolutions)
        unsafe post.deallocate()
    }

    /// What came of the request, which has ended.
    func answer(_ code: CURLcode) -> WebhookAnswer {
        let code = unsafe ccurl_result(handle, post, code)
        if code == CURLE_OK { return .status(Int(unsafe post.pointee.status)) }
        if unsafe post.pointee.was_refused != 0 {
            return .failure("leads to an address that is not of the public internet")
        }
        return .failure(unsafe String(cString: curl_easy_strerror(code)))
    }
}
