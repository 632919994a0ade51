/// What a provider knows this server by.
package struct OpenIDTerms: Hashable, Sendable {
    /// Why a provider cannot be asked.
    package struct UnusableIssuer: Error, Hashable {}

    /// The provider's name, which is its address, too.
    package let issuer: String
    package let clientID: String
    package let clientSecret: String?

    /// - Throws: ``UnusableIssuer`` where the issuer is no address with TLS, nor one of this machine.
    package init(
        issuer: String,
        clientID: String,
        clientSecret: String?
    ) throws(UnusableIssuer) {
        guard Self.isTrustworthy(issuer), !issuer.contains("?"), !issuer.contains("#") else {
            throw UnusableIssuer()
        }
        self.issuer = issuer
        self.clientID = clientID
        self.clientSecret = clientSecret
    }

    /// Whether nobody in between can read or change what is said there.
    static func isTrustworthy(_ url: String) -> Bool {
        let isPlain = url.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        let isOfMachine = ["http://127.0.0.1:", "http://localhost:", "http://[::1]:"]
            .contains { url.hasPrefix($0) }
        return isPlain && (url.hasPrefix("https://") && url.count > 8 || isOfMachine)
    }
}

/// A request to a provider: a GET, or a POST of a form.
package struct ProviderRequest: Hashable, Sendable {
    package let url: String
    /// The form; none where it is a GET.
    package let form: String?
    /// The value of the field `Authorization`.
    package let authorization: String?
}

/// What a provider answers.
package struct ProviderAnswer: Sendable {
    package let status: Int
    package let body: [UInt8]

    package init(status: Int, body: [UInt8]) {
        self.status = status
        self.body = body
    }
}

/// Why somebody cannot be signed in by a provider.
package enum OpenIDFailure: Error, Hashable, Sendable {
    /// The provider does not answer as it should.
    case provider(String)
    /// What came back is not of the attempt that was begun in this browser.
    case strangeAnswer
    /// The provider refused, or the person did.
    case refused(String)
    /// The token is not valid.
    case token(String)
}
