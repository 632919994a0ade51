import HTTPTypes
import Hummingbird

/// From whose pages forms are taken.
struct FormOrigin: Sendable {
    /// The origin under which browsers reach the server; nothing where they tell it themselves.
    let known: String?

    /// Whether a form was sent from a page of this server, as far as the browser tells.
    func admits(_ request: Request) -> Bool {
        // Typed or reloaded is not another site's doing.
        if let site = Self.siteName.flatMap({ request.headers[$0] }),
            site != "same-origin", site != "none"
        {
            return false
        }
        guard let origin = Self.originName.flatMap({ request.headers[$0] }) else { return true }
        if let known { return origin == known }
        let host = origin.split(separator: "/", omittingEmptySubsequences: false).last
        return host.map(String.init) == request.head.authority
    }

    private static let siteName = HTTPField.Name("Sec-Fetch-Site")
    private static let originName = HTTPField.Name("Origin")
}

extension PageTerms {
    /// The origin of an address as browsers send it (RFC 6454, section 6.1).
    static func origin(of url: String) -> String? {
        let parts = url.lowercased().split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 3, parts[1].isEmpty else { return nil }
        var host = parts[2]
        let standardPort = parts[0] == "https:" ? ":443" : ":80"
        if host.hasSuffix(standardPort) { host = host.dropLast(standardPort.count) }
        return "\(parts[0])//\(host)"
    }
}
