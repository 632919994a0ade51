import Crypto
import Foundation

/// The key with which a deployment encrypts the secrets that it keeps (AES-GCM).
package struct SecretKey: Sendable {
    private let key: SymmetricKey

    /// Creates a key from what a file holds; nil if that is less than 32 bytes.
    package init?(fileContents bytes: [UInt8]) {
        guard bytes.count >= 32 else { return nil }
        key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: bytes),
            info: Data("perennial secrets 1".utf8),
            outputByteCount: 32
        )
    }

    /// Encrypts bytes for a purpose.
    func seal(_ bytes: [UInt8], for purpose: String) throws -> [UInt8] {
        let box = try AES.GCM.seal(bytes, using: key, authenticating: Data(purpose.utf8))
        guard let combined = box.combined else {
            preconditionFailure("a nonce of the usual length is combined")
        }
        return Array(combined)
    }

    /// Decrypts what was encrypted with the same key for the same purpose.
    ///
    /// - Throws: `CryptoKitError` for any other bytes.
    func open(_ bytes: [UInt8], for purpose: String) throws -> [UInt8] {
        let box = try AES.GCM.SealedBox(combined: bytes)
        return Array(try AES.GCM.open(box, using: key, authenticating: Data(purpose.utf8)))
    }
}
