import JSON
import Recurrence

/// What a provider says of who signs in (OpenID Connect Core 1.0, section 2), not checked yet.
struct IDToken: Sendable {
    let algorithm: String
    let keyID: String?
    private let claims: JSONObject
    private let signedText: [UInt8]
    private let signature: [UInt8]

    private static let lengthLimit = 32_768
    /// How far the clocks of two servers may differ.
    private static let leeway: Duration = .seconds(60)

    /// Reads a JWT that is signed (RFC 7519).
    ///
    /// - Throws: ``OpenIDFailure``.
    init(_ text: String) throws(OpenIDFailure) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= Self.lengthLimit, parts.count == 3,
            let header = Self.object(parts[0]), let claims = Self.object(parts[1]),
            let signature = Base64URL.bytes(of: parts[2]),
            let algorithm = header["alg"]?.string
        else { throw .token("is no signed JWT") }
        // An extension that has to be understood is not (RFC 7515, section 4.1.11).
        guard header["crit"] == nil else { throw .token("has a header that is unknown") }
        self.algorithm = algorithm
        keyID = header["kid"]?.string
        self.claims = claims
        signedText = Array("\(parts[0]).\(parts[1])".utf8)
        self.signature = signature
    }

    private static func object(_ part: Substring) -> JSONObject? {
        guard let bytes = Base64URL.bytes(of: part) else { return nil }
        return (try? JSONValue(parsing: bytes, depthLimit: 16))?.object
    }

    /// The address of who signs in, which the provider has verified.
    ///
    /// - Throws: ``OpenIDFailure`` where anything about the token is not as it has to be (section
    ///   3.1.3.7).
    func address(
        signedBy keys: SigningKeys,
        for terms: OpenIDTerms,
        nonce: String,
        at now: Timestamp
    ) throws(OpenIDFailure) -> String {
        guard keys.verify(signature, of: signedText, by: algorithm, keyID) else {
            throw .token("is not signed by the provider")
        }
        guard claims["iss"]?.string == terms.issuer else { throw .token("is of another issuer") }
        guard isFor(terms.clientID) else { throw .token("is for somebody else") }
        guard let expiry = time("exp"), now < expiry.advanced(by: Self.leeway) else {
            throw .token("has expired")
        }
        guard let issuedAt = time("iat"), issuedAt <= now.advanced(by: Self.leeway) else {
            throw .token("is of a time to come")
        }
        guard claims["nonce"]?.string == nonce else { throw .token("is of another attempt") }
        guard let address = claims["email"]?.string, claims["email_verified"] == .bool(true) else {
            throw .token("has no verified address")
        }
        return address
    }

    private func isFor(_ clientID: String) -> Bool {
        switch claims["aud"] {
        case .string(let audience)?: return audience == clientID
        case .array(let audiences)?:
            let isMeant = audiences.contains { $0.string == clientID }
            return isMeant && (audiences.count == 1 || claims["azp"]?.string == clientID)
        default: return false
        }
    }

    private func time(_ name: String) -> Timestamp? {
        guard case .integer(let seconds)? = claims[name], (0...10_000_000_000).contains(seconds)
        else { return nil }
        return Timestamp(seconds: seconds)
    }
}
