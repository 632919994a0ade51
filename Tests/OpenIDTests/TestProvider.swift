import Crypto
import CryptoExtras
import Foundation
import JSON
import OpenID
import Recurrence
import Synchronization

/// A provider within the process, which signs what it is told to.
final class TestProvider: Sendable {
    static let issuer = "https://accounts.example.com"
    static let now = Timestamp(seconds: 1_796_054_400)

    /// How a token is signed.
    enum Signing: Sendable {
        case rsa
        case p256
        case nobody
        /// With the text of the public key as a secret, which who mixes algorithms up believes.
        case publicKeyAsSecret
    }

    private let rsa: _RSA.Signing.PrivateKey
    private let p256 = P256.Signing.PrivateKey()
    private let asked = Mutex<[ProviderRequest]>([])
    private let token = Mutex("")
    private let document: JSONObject

    init(document: JSONObject = TestProvider.document()) throws {
        self.document = document
        rsa = try _RSA.Signing.PrivateKey(keySize: .bits2048)
    }

    /// What a provider says of itself.
    static func document(_ changes: JSONObject = [:]) -> JSONObject {
        var document: JSONObject = [
            "issuer": .string(issuer), "jwks_uri": .string("\(issuer)/keys"),
            "authorization_endpoint": .string("\(issuer)/authorize"),
            "token_endpoint": .string("\(issuer)/token"),
        ]
        for member in changes.members { document[member.name] = member.value }
        return document
    }

    var requests: [ProviderRequest] { asked.withLock { $0 } }

    func client(secret: String? = nil) throws -> OpenIDClient {
        OpenIDClient(
            terms: try OpenIDTerms(
                issuer: Self.issuer,
                clientID: "perennial",
                clientSecret: secret
            ),
            publicURL: "https://tasks.example.com",
            randomBytes: { count in
                var generator = SystemRandomNumberGenerator()
                return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
            },
            clock: { Self.now },
            send: { try await self.answer($0) }
        )
    }

    /// Has the next code exchanged for a token.
    func give(_ claims: JSONObject, header: JSONObject = [:], signedBy signing: Signing) throws {
        var whole: JSONObject =
            switch signing {
            case .rsa: ["alg": "RS256", "kid": "r"]
            case .p256: ["alg": "ES256", "kid": "e"]
            case .nobody: ["alg": "none"]
            case .publicKeyAsSecret: ["alg": "HS256", "kid": "r"]
            }
        for member in header.members { whole[member.name] = member.value }
        let text = "\(Self.encoded(Self.bytes(whole))).\(Self.encoded(Self.bytes(claims)))"
        let digest = SHA256.hash(data: Data(text.utf8))
        let signature: [UInt8] =
            switch signing {
            case .rsa:
                Array(try rsa.signature(for: digest, padding: .insecurePKCS1v1_5).rawRepresentation)
            case .p256: Array(try p256.signature(for: digest).rawRepresentation)
            case .nobody: []
            case .publicKeyAsSecret:
                Array(
                    HMAC<SHA256>.authenticationCode(
                        for: Data(text.utf8),
                        using: SymmetricKey(data: Data(rsa.publicKey.pemRepresentation.utf8))
                    )
                )
            }
        token.withLock { $0 = "\(text).\(Self.encoded(signature))" }
    }

    private func answer(_ request: ProviderRequest) async throws -> ProviderAnswer {
        asked.withLock { $0.append(request) }
        var object = document
        if request.url.hasSuffix("/keys") { object = try keys() }
        if request.form != nil { object = ["id_token": .string(token.withLock { $0 })] }
        return ProviderAnswer(status: 200, body: Self.bytes(object))
    }

    private func keys() throws -> JSONObject {
        let parts = try rsa.publicKey.getKeyPrimitives()
        let point = p256.publicKey.rawRepresentation
        let numbers: JSONObject = [
            "kty": "RSA", "kid": "r", "use": "sig",
            "n": .string(Self.encoded(Array(parts.modulus))),
            "e": .string(Self.encoded(Array(parts.publicExponent))),
        ]
        let curve: JSONObject = [
            "kty": "EC", "crv": "P-256", "kid": "e",
            "x": .string(Self.encoded(Array(point.prefix(32)))),
            "y": .string(Self.encoded(Array(point.suffix(32)))),
        ]
        return ["keys": .array([.object(numbers), .object(curve), .object(["kty": "oct"])])]
    }

    private static func bytes(_ object: JSONObject) -> [UInt8] {
        var json = JSONWriter()
        json.write(.object(object))
        return json.bytes
    }

    private static func encoded(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
