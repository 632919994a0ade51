import Crypto
import Foundation

/// The key with which a deployment encrypts the secrets that it keeps (AES-GCM), and signs its links.
package struct SecretKey: Sendable {
    private let key: SymmetricKey
    /// Signs the links of reminders.
    let linkKey: SymmetricKey

    /// Creates a key from what a file holds; nil if that is less than 32 bytes.
    package init?(fileContents bytes: [UInt8]) {
        guard bytes.count >= 32 else { return nil }
        func derived(for purpose: String) -> SymmetricKey {
            HKDF<SHA256>.deriveKey(
                inputKeyMaterial: SymmetricKey(data: bytes),
                info: Data(purpose.utf8),
                outputByteCount: 32
            )
        }
        key = derived(for: "perennial secrets 1")
        linkKey = derived(for: "perennial links 1")
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
