import Crypto
import JSON
package import Recurrence
import Synchronization

/// Lets people sign in by a provider of OpenID Connect: by an authorization code, with PKCE (RFC 7636).
package final class OpenIDClient: Sendable {
    /// Sends a request to the provider.
    package typealias Sending = @Sendable (ProviderRequest) async throws -> ProviderAnswer

    /// What a browser keeps of an attempt until it comes back.
    package struct Attempt: Hashable, Sendable {
        let state: String
        let nonce: String
        let verifier: String

        /// Reads the text of an attempt.
        package init?(parsing text: String) {
            let parts = text.split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count == 3, parts.allSatisfy({ $0.utf8.count == 43 }) else { return nil }
            (state, nonce, verifier) = (String(parts[0]), String(parts[1]), String(parts[2]))
        }

        init(randomBytes: (Int) -> [UInt8]) {
            state = Base64URL.text(of: randomBytes(32))
            nonce = Base64URL.text(of: randomBytes(32))
            verifier = Base64URL.text(of: randomBytes(32))
        }

        package var text: String { "\(state).\(nonce).\(verifier)" }
    }

    /// What the provider says of itself.
    private struct Provider: Sendable {
        let authorizationURL: String
        let tokenURL: String
        let keysURL: String
        let readAt: Timestamp
        var keys: SigningKeys
        var keysReadAt: Timestamp
    }

    private let terms: OpenIDTerms
    private let redirectURL: String
    private let randomBytes: @Sendable (Int) -> [UInt8]
    private let clock: @Sendable () -> Timestamp
    private let send: Sending
    private let known = Mutex<Provider?>(nil)

    /// How long what a provider says of itself is believed.
    private static let trustDuration: Duration = .seconds(3600)
    /// How soon keys are looked up again because a token names an unknown one.
    private static let keyInterval: Duration = .seconds(60)

    /// - Parameters:
    ///   - terms: The provider, and what it knows this server by.
    ///   - publicURL: The address under which browsers reach this server.
    ///   - randomBytes: Returns as many bytes as it is asked for. Nobody can predict them.
    ///   - clock: The time by which tokens expire.
    ///   - send: Sends a request to the provider.
    package init(
        terms: OpenIDTerms,
        publicURL: String,
        randomBytes: @escaping @Sendable (Int) -> [UInt8],
        clock: @escaping @Sendable () -> Timestamp,
        send: @escaping Sending
    ) {
        self.terms = terms
        redirectURL = "\(publicURL)/sign-in/openid"
        self.randomBytes = randomBytes
        self.clock = clock
        self.send = send
    }

    /// The host of the provider, as people know it.
    package var providerName: String {
        String(terms.issuer.split(separator: "/").dropFirst().first ?? "")
    }

    /// Begins an attempt.
    ///
    /// - Returns: Where the browser is sent, and what it keeps until it comes back.
    /// - Throws: ``OpenIDFailure``.
    package func begin() async throws -> (url: String, attempt: Attempt) {
        let provider = try await provider()
        let attempt = Attempt(randomBytes: randomBytes)
        let challenge = Array(SHA256.hash(data: Array(attempt.verifier.utf8)))
        let query = Self.form([
            ("response_type", "code"), ("client_id", terms.clientID),
            ("redirect_uri", redirectURL), ("scope", "openid email"),
            ("state", attempt.state), ("nonce", attempt.nonce),
            ("code_challenge", Base64URL.text(of: challenge)),
            ("code_challenge_method", "S256"),
        ])
        let mark = provider.authorizationURL.contains("?") ? "&" : "?"
        return ("\(provider.authorizationURL)\(mark)\(query)", attempt)
    }

    /// Ends an attempt.
    ///
    /// - Parameters:
    ///   - attempt: What the browser kept.
    ///   - state: The state that came back.
    ///   - code: The code that came back; none where the provider refused.
    ///   - error: Why it refused.
    /// - Returns: The verified address of who signs in.
    /// - Throws: ``OpenIDFailure``.
    package func address(
        of attempt: Attempt,
        state: String?,
        code: String?,
        error: String?
    ) async throws -> String {
        guard state == attempt.state else { throw OpenIDFailure.strangeAnswer }
        guard let code, error == nil else {
            throw OpenIDFailure.refused(String((error ?? "no code").prefix(200)))
        }
        let provider = try await provider()
        var fields = [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirectURL),
            ("code_verifier", attempt.verifier),
        ]
        if terms.clientSecret == nil { fields.append(("client_id", terms.clientID)) }
        let answer = try await object(
            at: ProviderRequest(
                url: provider.tokenURL,
                form: Self.form(fields),
                authorization: terms.authorization
            )
        )
        guard let text = answer["id_token"]?.string else {
            throw OpenIDFailure.provider("gave no id_token")
        }
        let token = try IDToken(text)
        let keys = try await keys(of: provider, having: token.keyID)
        return try token.address(
            signedBy: keys,
            for: terms,
            nonce: attempt.nonce,
            at: clock()
        )
    }

    // MARK: The provider

    private func provider() async throws -> Provider {
        let now = clock()
        if let provider = known.withLock({ $0 }), provider.readAt <= now,
            now < provider.readAt.advanced(by: Self.trustDuration)
        {
            return provider
        }
        let base = terms.issuer.hasSuffix("/") ? String(terms.issuer.dropLast()) : terms.issuer
        let document = try await object(
            at: ProviderRequest(
                url: "\(base)/.well-known/openid-configuration",
                form: nil,
                authorization: nil
            )
        )
        // Nobody speaks for another (OpenID Connect Discovery 1.0, section 4.3).
        guard document["issuer"]?.string == terms.issuer else {
            throw OpenIDFailure.provider("calls itself otherwise")
        }
        func url(_ name: String) throws -> String {
            guard let url = document[name]?.string, OpenIDTerms.isTrustworthy(url) else {
                throw OpenIDFailure.provider("has no \(name)")
            }
            return url
        }
        let keysURL = try url("jwks_uri")
        let provider = Provider(
            authorizationURL: try url("authorization_endpoint"),
            tokenURL: try url("token_endpoint"),
            keysURL: keysURL,
            readAt: now,
            keys: try await keys(at: keysURL),
            keysReadAt: now
        )
        known.withLock { $0 = provider }
        return provider
    }

    /// The provider's keys; they are looked up again for one that is new.
    private func keys(of provider: Provider, having id: String?) async throws -> SigningKeys {
        let now = clock()
        if provider.keys.has(id) || now < provider.keysReadAt.advanced(by: Self.keyInterval) {
            return provider.keys
        }
        let keys = try await keys(at: provider.keysURL)
        known.withLock { known in
            known?.keys = keys
            known?.keysReadAt = now
        }
        return keys
    }

    private func keys(at url: String) async throws -> SigningKeys {
        SigningKeys(
            try await object(at: ProviderRequest(url: url, form: nil, authorization: nil))
        )
    }

    private func object(at request: ProviderRequest) async throws -> JSONObject {
        let answer = try await send(request)
        guard answer.status == 200,
            let object = (try? JSONValue(parsing: answer.body, depthLimit: 32))?.object
        else { throw OpenIDFailure.provider("answered \(answer.status)") }
        return object
    }

    // MARK: Forms

    private static func form(_ fields: [(String, String)]) -> String {
        fields.map { "\($0.0)=\($0.1.formEncoded)" }.joined(separator: "&")
    }
}

extension OpenIDTerms {
    /// The name and the secret (RFC 6749, section 2.3.1); none where there is no secret.
    fileprivate var authorization: String? {
        clientSecret.map { secret in
            let pair = Array("\(clientID.formEncoded):\(secret.formEncoded)".utf8)
            let text = Base64URL.text(of: pair)
                .replacing("-", with: "+").replacing("_", with: "/")
            let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
            return "Basic \(text)\(padding)"
        }
    }
}

extension String {
    /// The text as a value of a form or a query.
    fileprivate var formEncoded: String {
        let digits = Array("0123456789ABCDEF".unicodeScalars)
        var result = String.UnicodeScalarView()
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                result.append(Unicode.Scalar(byte))
            default:
                result.append("%")
                result.append(digits[Int(byte >> 4)])
                result.append(digits[Int(byte & 0xF)])
            }
        }
        return String(result)
    }
}
