import HTTPTypes
import Hummingbird

/// Which pages of other origins may use the server from a browser (the Fetch standard's CORS).
///
/// A browser lets a page read answers of another origin, and send requests with a token, only where
/// the server says that the page's origin may. Cookies play no part: a page needs a token as any
/// client does. Of other origins nothing is said, so that browsers keep their pages away.
package struct CrossOriginPolicy: Hashable, Sendable {
    private enum Origins: Hashable {
        case every
        case listed(Set<String>)
    }

    /// How long a browser may remember what a preflight said, in seconds.
    ///
    /// Two hours are the longest that all of them keep to.
    private static let preflightSeconds = 7200
    private static let methods = "GET, HEAD, POST, PUT, PATCH, DELETE"
    private static let requestFields =
        "Authorization, Content-Encoding, Content-Type, Idempotency-Key, If-Match, If-None-Match, "
        + "Version, X-Requested-With"

    private let origins: Origins

    /// Reads a list of origins with commas between, or `*` for every origin.
    ///
    /// - Throws: ``MalformedOrigin`` for a text that no browser sends as an origin.
    package init(listing text: String) throws(MalformedOrigin) {
        let names = text.split(separator: ",").map { String($0.trimmingSpaces) }
        if names == ["*"] {
            origins = .every
            return
        }
        guard !names.isEmpty else { throw MalformedOrigin(text: text) }
        for name in names where !Self.isOrigin(name) { throw MalformedOrigin(text: name) }
        origins = .listed(Set(names))
    }

    /// The answer to a preflight: the question whether a page may send a request, which browsers ask
    /// without a token.
    ///
    /// - Returns: None for any other request, and for a page whose origin is not allowed.
    func answer(toPreflight request: Request) -> Response? {
        guard request.method == .options, request.headers[.accessControlRequestMethod] != nil,
            let origin = request.headers[.origin], allows(origin)
        else { return nil }
        return Response(
            status: .noContent,
            headers: [
                .accessControlAllowMethods: Self.methods,
                .accessControlAllowHeaders: Self.requestFields,
                .accessControlMaxAge: String(Self.preflightSeconds),
            ]
        )
    }

    /// The header fields by which the page that sent a request may read its answer.
    func fields(for request: Request) -> HTTPFields {
        var fields = HTTPFields()
        switch origins {
        case .every: fields[.accessControlAllowOrigin] = "*"
        case .listed:
            // Whoever keeps the answer for others must know on what it depends.
            fields[.vary] = "Origin"
            guard let origin = request.headers[.origin], allows(origin) else { return fields }
            fields[.accessControlAllowOrigin] = origin
        }
        fields[.accessControlExposeHeaders] = "*"
        return fields
    }

    private func allows(_ origin: String) -> Bool {
        switch origins {
        case .every: true
        case .listed(let origins): origins.contains(origin)
        }
    }

    /// Whether a text is an origin as browsers send it: scheme, host in lower case, and the port if it
    /// is not the scheme's own.
    private static func isOrigin(_ text: String) -> Bool {
        guard
            let match = text.wholeMatch(
                of:
                    /([a-z][a-z0-9+.\-]*):\/\/(?:[a-z0-9._\-]+|\[[0-9a-f:.]+\])(?::([1-9][0-9]{0,4}))?/
            )
        else { return false }
        return switch (match.1, match.2) {
        case ("http", "80"), ("https", "443"): false
        default: true
        }
    }
}

/// A text that is given as an origin and that no browser sends as one.
package struct MalformedOrigin: Error, Hashable {
    package let text: String
}

extension Substring {
    fileprivate var trimmingSpaces: Substring {
        var rest = drop { $0 == " " }
        while rest.last == " " { rest.removeLast() }
        return rest
    }
}
