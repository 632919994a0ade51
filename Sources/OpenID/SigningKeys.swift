import Crypto
import CryptoExtras
import JSON

/// The keys by which a provider signs (RFC 7517).
struct SigningKeys: Sendable {
    private enum Key: Sendable {
        case rsa(_RSA.Signing.PublicKey)
        case p256(P256.Signing.PublicKey)
    }

    private let keys: [(id: String?, key: Key)]

    /// Reads a set; keys of other kinds, and those that cannot be read, are passed over.
    init(_ document: JSONObject) {
        guard case .array(let values)? = document["keys"] else {
            keys = []
            return
        }
        keys = values.prefix(100).compactMap { value in
            guard let object = value.object, object["use"]?.string ?? "sig" == "sig",
                let key = Self.key(object)
            else { return nil }
            return (object["kid"]?.string, key)
        }
    }

    private static func key(_ object: JSONObject) -> Key? {
        func bytes(_ name: String) -> [UInt8]? {
            object[name]?.string.flatMap { Base64URL.bytes(of: $0) }
        }
        switch object["kty"]?.string {
        case "RSA":
            guard let n = bytes("n"), let e = bytes("e") else { return nil }
            // A modulus of less than 2048 bits is refused.
            return (try? _RSA.Signing.PublicKey(n: n, e: e)).map { .rsa($0) }
        case "EC" where object["crv"]?.string == "P-256":
            guard let x = bytes("x"), let y = bytes("y"), x.count == 32, y.count == 32 else {
                return nil
            }
            return (try? P256.Signing.PublicKey(rawRepresentation: x + y)).map { .p256($0) }
        default: return nil
        }
    }

    /// Whether there is a key of that name.
    func has(_ id: String?) -> Bool { keys.contains { id == nil || $0.id == id } }

    /// Whether one of the keys of a name signed a text, by the algorithm that goes with the key.
    func verify(
        _ signature: [UInt8],
        of text: [UInt8],
        by algorithm: String,
        _ id: String?
    ) -> Bool {
        keys.contains { entry in
            guard id == nil || entry.id == id else { return false }
            switch (entry.key, algorithm) {
            case (.rsa(let key), "RS256"):
                return key.isValidSignature(
                    _RSA.Signing.RSASignature(rawRepresentation: signature),
                    for: SHA256.hash(data: text),
                    padding: .insecurePKCS1v1_5
                )
            case (.p256(let key), "ES256"):
                guard let signature = try? P256.Signing.ECDSASignature(rawRepresentation: signature)
                else { return false }
                return key.isValidSignature(signature, for: SHA256.hash(data: text))
            // Whoever writes the token does not choose how it is checked.
            default: return false
            }
        }
    }
}
