import JSON
import OpenID
import Recurrence
import Testing

/// Signing in by a provider: what is sent to it, and which of its tokens are believed.
struct OpenIDTests {
    /// The claims of a token that is as it should be.
    private func claims(nonce: String, _ changes: JSONObject = [:]) -> JSONObject {
        let now = TestProvider.now.seconds
        var claims: JSONObject = [
            "iss": .string(TestProvider.issuer), "sub": "7", "aud": "perennial",
            "exp": .integer(now + 300), "iat": .integer(now), "nonce": .string(nonce),
            "email": "ana@acme.example", "email_verified": .bool(true),
        ]
        for member in changes.members {
            claims[member.name] = member.value == .null ? nil : member.value
        }
        return claims
    }

    /// The value of a field of a query or a form.
    private func value(_ name: String, in text: String) -> String? {
        text.split { $0 == "?" || $0 == "&" }.first { $0.hasPrefix("\(name)=") }
            .map { String($0.dropFirst(name.count + 1)) }
    }

    @Test func `a browser is sent with all that a provider has to know`() async throws {
        let (url, attempt) = try await TestProvider().client().begin()
        #expect(url.hasPrefix("https://accounts.example.com/authorize?response_type=code&"))
        #expect(value("client_id", in: url) == "perennial")
        let redirect = "https%3A%2F%2Ftasks.example.com%2Fsign-in%2Fopenid"
        #expect(value("redirect_uri", in: url) == redirect)
        #expect(value("scope", in: url) == "openid%20email")
        #expect(value("code_challenge_method", in: url) == "S256")
        #expect(value("code_challenge", in: url)?.utf8.count == 43)
        #expect(attempt.text.contains(try #require(value("state", in: url))))
        #expect(attempt.text.contains(try #require(value("nonce", in: url))))
        #expect(!url.contains(try #require(attempt.text.split(separator: ".").last)))
        #expect(OpenIDClient.Attempt(parsing: attempt.text) == attempt)
    }

    @Test(arguments: [TestProvider.Signing.rsa, .p256], [nil, "open: sesame"])
    func `who signed in there is known by the address`(
        signing: TestProvider.Signing,
        secret: String?
    ) async throws {
        let provider = try TestProvider()
        let client = try provider.client(secret: secret)
        let (url, attempt) = try await client.begin()
        try provider.give(
            claims(nonce: try #require(value("nonce", in: url))),
            signedBy: signing
        )
        let address = try await client.address(
            of: attempt,
            state: value("state", in: url),
            code: "c&d",
            error: nil
        )
        #expect(address == "ana@acme.example")
        let exchange = try #require(provider.requests.last { $0.form != nil })
        let form = try #require(exchange.form)
        #expect(value("code", in: form) == "c%26d")
        #expect(value("code_verifier", in: form).map { attempt.text.hasSuffix($0) } ?? false)
        #expect(value("client_id", in: form) == (secret == nil ? "perennial" : nil))
        // "perennial:open%3A%20sesame", in Base64.
        let basic = "Basic cGVyZW5uaWFsOm9wZW4lM0ElMjBzZXNhbWU="
        #expect(exchange.authorization == (secret == nil ? nil : basic))
    }

    @Test(
        arguments: [
            (["iss": "https://elsewhere.example"], "of another issuer"),
            (["aud": "another"], "for somebody else"),
            (["aud": .array(["perennial", "another"])], "for another party, too"),
            (["aud": .null], "for nobody"),
            (["exp": .integer(TestProvider.now.seconds - 61)], "expired"),
            (["exp": .null], "without an end"),
            (["exp": "2099-01-01"], "with an end that is no number"),
            (["iat": .integer(TestProvider.now.seconds + 61)], "of a time to come"),
            (["nonce": "other"], "of another attempt"),
            (["nonce": .null], "of no attempt"),
            (["email_verified": .bool(false)], "with an address that nobody verified"),
            (["email_verified": .null], "that does not say who verified"),
            (["email": .null], "without an address"),
        ] as [(JSONObject, String)]
    )
    func `a token that is not for here and now is refused`(
        changes: JSONObject,
        which: String
    ) async throws {
        let provider = try TestProvider()
        let client = try provider.client()
        let (url, attempt) = try await client.begin()
        let nonce = try #require(value("nonce", in: url))
        try provider.give(claims(nonce: nonce, changes), signedBy: .p256)
        await #expect(throws: OpenIDFailure.self, "\(which)") {
            try await client.address(
                of: attempt,
                state: value("state", in: url),
                code: "c",
                error: nil
            )
        }
    }

    @Test(
        arguments: [
            (.nobody, [:]),
            (.nobody, ["alg": "RS256", "kid": "r"]),
            (.publicKeyAsSecret, [:]),
            // The algorithm goes with the key, whatever the token says.
            (.rsa, ["kid": "e"]),
            (.p256, ["alg": "RS256", "kid": "e"]),
            (.rsa, ["kid": "unknown"]),
            (.rsa, ["crit": .array(["x"])]),
        ] as [(TestProvider.Signing, JSONObject)]
    )
    func `a token that the provider did not sign is refused`(
        signing: TestProvider.Signing,
        header: JSONObject
    ) async throws {
        let provider = try TestProvider()
        let client = try provider.client()
        let (url, attempt) = try await client.begin()
        let nonce = try #require(value("nonce", in: url))
        try provider.give(claims(nonce: nonce), header: header, signedBy: signing)
        await #expect(throws: OpenIDFailure.self) {
            try await client.address(
                of: attempt,
                state: value("state", in: url),
                code: "c",
                error: nil
            )
        }
    }

    @Test func `an answer to another attempt, or a refusal, signs nobody in`() async throws {
        let provider = try TestProvider()
        let client = try provider.client()
        let (url, attempt) = try await client.begin()
        let state = value("state", in: url)
        for (given, code, error) in [
            ("other", "c", nil), (nil, "c", nil), (state, nil, nil),
            (state, "c", "access_denied"),
        ] as [(String?, String?, String?)] {
            await #expect(throws: OpenIDFailure.self) {
                try await client.address(of: attempt, state: given, code: code, error: error)
            }
        }
        #expect(provider.requests.allSatisfy { $0.form == nil })
    }

    @Test(
        arguments: [
            ["issuer": "https://elsewhere.example"],
            ["token_endpoint": "http://accounts.example.com/token"],
            ["jwks_uri": "file:///etc/passwd"],
            ["authorization_endpoint": .null],
        ] as [JSONObject]
    )
    func `a provider that is not what it should be is not used`(changes: JSONObject) async throws {
        let client = try TestProvider(document: TestProvider.document(changes)).client()
        await #expect(throws: OpenIDFailure.self) { try await client.begin() }
    }

    @Test(arguments: ["", "x.y.z", "a.b", String(repeating: "a", count: 131)])
    func `what a browser brings that it was not given is no attempt`(text: String) {
        #expect(OpenIDClient.Attempt(parsing: text) == nil)
    }

    @Test(arguments: [
        "http://accounts.example.com", "https://", "ftp://a", "https://a?b", "https://a b",
        "http://127.0.0.1.example.com", "",
    ])
    func `a provider without TLS is refused`(issuer: String) {
        #expect(throws: OpenIDTerms.UnusableIssuer.self) {
            try OpenIDTerms(issuer: issuer, clientID: "x", clientSecret: nil)
        }
    }
}
