import Foundation

/// The server through which mails are sent.
package struct MailServer: Hashable, Sendable {
    /// How the connection is kept secret.
    package enum Security: String, Hashable, Sendable, CaseIterable {
        /// From the first byte on.
        case tls
        /// By STARTTLS, before anything else is said.
        case startTLS = "starttls"
        /// Not at all.
        case none
    }

    /// Why a URL names no mail server.
    package struct UnusableURL: Error, Hashable {
        /// What is wrong, to be read after `The URL`.
        package let reason: String
    }

    let host: String
    let port: Int
    let user: String?
    let security: Security
    package var password: String?

    /// Reads `smtp://USER@HOST:PORT?tls=starttls|tls|none`, or `smtps://` for TLS from the first byte.
    ///
    /// - Throws: ``UnusableURL``.
    package init(url: String) throws(UnusableURL) {
        guard let parts = URLComponents(string: url), let scheme = parts.scheme?.lowercased(),
            scheme == "smtp" || scheme == "smtps"
        else { throw UnusableURL(reason: "does not begin with smtp:// or smtps://") }
        guard let host = parts.host, !host.isEmpty else {
            throw UnusableURL(reason: "has no host")
        }
        if parts.password != nil {
            throw UnusableURL(
                reason: "has a password, which other users could see; put it into a file"
            )
        }
        if !(parts.path.isEmpty || parts.path == "/") || parts.fragment != nil {
            throw UnusableURL(reason: "has a path")
        }
        var security: Security = scheme == "smtps" ? .tls : .startTLS
        for item in parts.queryItems ?? [] {
            guard item.name == "tls", let named = Security(rawValue: item.value ?? "") else {
                throw UnusableURL(reason: "has another parameter than tls=starttls, tls or none")
            }
            if scheme == "smtps", named != .tls {
                throw UnusableURL(reason: "begins with smtps:// and says otherwise after the ?")
            }
            security = named
        }
        self.host = host
        self.security = security
        let standardPort =
            switch security {
            case .tls: 465
            case .startTLS: 587
            case .none: 25
            }
        port = parts.port ?? standardPort
        user = parts.user
    }

    /// The URL as libcurl reads it, without the user.
    var url: String { "\(security == .tls ? "smtps" : "smtp")://\(host):\(port)/perennial" }
}
