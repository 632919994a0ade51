import CCurl
import Glibc
import Tasks

/// The rules for where events may be sent.
package struct ReceiverAddress: Sendable {
    /// Whether plain HTTP and every address will do.
    package let allowsPrivate: Bool

    /// The addresses of a host, as it is asked for.
    private let resolve: @Sendable (String) -> [NetworkAddress]

    package init(allowsPrivate: Bool) {
        self.init(allowsPrivate: allowsPrivate, resolving: Self.addresses)
    }

    /// The rules where names stand for other addresses than the system says.
    package init(
        allowsPrivate: Bool,
        resolving resolve: @escaping @Sendable (String) -> [NetworkAddress]
    ) {
        self.allowsPrivate = allowsPrivate
        self.resolve = resolve
    }

    /// The most bytes of a URL.
    private static var lengthLimit: Int { 2048 }

    /// Refuses a URL to which nothing is sent.
    ///
    /// It waits for the system's resolver. The URL is read by the library that sends, so that both mean the same host.
    ///
    /// - Throws: `WebhookRefusal/address(_:)`.
    func check(_ url: String) throws(WebhookRefusal) {
        guard url.utf8.count <= Self.lengthLimit,
            url.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else {
            throw .address("is longer than 2048 characters, or has one that no URL has")
        }
        let parts = try Self.parts(of: url)
        guard parts.scheme == "https" || allowsPrivate && parts.scheme == "http" else {
            throw .address("does not begin with https://")
        }
        if parts.hasUser { throw .address("has a user's name or a password") }
        if allowsPrivate { return }
        let addresses = resolve(parts.host)
        if addresses.isEmpty { throw .address("has a host that is not found") }
        guard addresses.allSatisfy(\.isPublic) else {
            throw .address("leads to an address that is not of the public internet")
        }
    }

    private struct Parts {
        var scheme: String
        var host: String
        var hasUser: Bool
    }

    private static func parts(of url: String) throws(WebhookRefusal) -> Parts {
        guard let handle = unsafe curl_url() else { throw .address("cannot be read") }
        defer { unsafe curl_url_cleanup(handle) }
        let code = unsafe url.withCString { text in
            unsafe curl_url_set(handle, CURLUPART_URL, text, 0)
        }
        guard code == CURLUE_OK else { throw .address("is no URL") }
        func part(_ part: CURLUPart) -> String? {
            var text: UnsafeMutablePointer<CChar>?
            guard unsafe curl_url_get(handle, part, &text, 0) == CURLUE_OK, let text = unsafe text
            else { return nil }
            defer { unsafe curl_free(text) }
            return unsafe String(cString: text)
        }
        guard let scheme = part(CURLUPART_SCHEME), let host = part(CURLUPART_HOST) else {
            throw .address("has no host")
        }
        let isUsed = part(CURLUPART_USER) != nil || part(CURLUPART_PASSWORD) != nil
        return Parts(scheme: scheme.lowercased(), host: host, hasUser: isUsed)
    }

    /// The addresses of a host, by the system's resolver; none if it has none.
    @Sendable private static func addresses(of host: String) -> [NetworkAddress] {
        let name = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard unsafe getaddrinfo(name, nil, &hints, &list) == 0 else { return [] }
        defer { unsafe freeaddrinfo(list) }
        var addresses: [NetworkAddress] = []
        var next = unsafe list
        while let info = unsafe next {
            let (offset, count) =
                unsafe info.pointee.ai_family == AF_INET
                ? (MemoryLayout<sockaddr_in>.offset(of: \.sin_addr) ?? 4, 4)
                : (MemoryLayout<sockaddr_in6>.offset(of: \.sin6_addr) ?? 8, 16)
            let raw = unsafe UnsafeRawBufferPointer(
                start: info.pointee.ai_addr,
                count: Int(info.pointee.ai_addrlen)
            )
            let bytes = unsafe Array(raw[offset..<offset + count])
            if let address = NetworkAddress(bytes: bytes) { addresses.append(address) }
            unsafe next = info.pointee.ai_next
        }
        return addresses
    }
}
