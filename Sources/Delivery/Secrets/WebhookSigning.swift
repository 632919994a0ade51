import Crypto
import Foundation
import Recurrence
import Tasks

/// Makes the secrets of webhooks, and signs what is sent.
package struct WebhookSigning: Sendable {
    /// None where the deployment has none, so that nothing can be signed.
    private let key: SecretKey?

    package init(key: SecretKey?) {
        self.key = key
    }

    /// Makes a secret.
    ///
    /// - Throws: `WebhookRefusal/noSecretKey`.
    func newSecret(for webhook: Webhook) throws -> NewWebhookSecret {
        guard let key else { throw WebhookRefusal.noSecretKey }
        let purpose = webhook.purposeOfSecret
        switch webhook.form {
        case .standard:
            let bytes = unsafe SymmetricKey(size: .bits256).withUnsafeBytes { unsafe Array($0) }
            return NewWebhookSecret(
                sealed: SealedSecret(bytes: try key.seal(bytes, for: purpose)),
                secret: "whsec_" + Data(bytes).base64EncodedString(),
                publicKey: nil
            )
        case .highLevel:
            let pair = Curve25519.Signing.PrivateKey()
            let bytes = Array(pair.rawRepresentation)
            return NewWebhookSecret(
                sealed: SealedSecret(bytes: try key.seal(bytes, for: purpose)),
                secret: nil,
                publicKey: pair.publicKey.rawRepresentation.base64EncodedString()
            )
        }
    }

    /// The fields that prove a message.
    ///
    /// - Parameters:
    ///   - body: The message.
    ///   - id: Its name.
    ///   - webhook: Whose secret signs.
    ///   - now: The time, by which a former secret signs or not.
    ///   - time: When the message is sent, as it says.
    /// - Returns: The fields.
    /// - Throws: `WebhookRefusal/noSecretKey`, or `CryptoKitError` where the secret was kept with
    ///   another key.
    func fields(
        for body: [UInt8],
        named id: String,
        to webhook: Webhook,
        at now: Timestamp,
        sentAt time: Timestamp
    ) throws -> [(name: String, value: String)] {
        guard let key else { throw WebhookRefusal.noSecretKey }
        let purpose = webhook.purposeOfSecret
        let secret = try key.open(webhook.secret.bytes, for: purpose)
        switch webhook.form {
        case .standard:
            let seconds = time.microseconds / 1_000_000
            let message = Array("\(id).\(seconds).".utf8) + body
            var signatures = [Self.signature(of: message, with: secret)]
            // Where the key was lost, the former secret is, too.
            if let former = webhook.former, now < former.until,
                let secret = try? key.open(former.secret.bytes, for: purpose)
            {
                signatures.append(Self.signature(of: message, with: secret))
            }
            return [
                ("webhook-id", id), ("webhook-timestamp", String(seconds)),
                ("webhook-signature", signatures.joined(separator: " ")),
            ]
        case .highLevel:
            let pair = try Curve25519.Signing.PrivateKey(rawRepresentation: secret)
            return [("X-GHL-Signature", try pair.signature(for: body).base64EncodedString())]
        }
    }

    private static func signature(of message: [UInt8], with secret: [UInt8]) -> String {
        let code = HMAC<SHA256>.authenticationCode(
            for: message,
            using: SymmetricKey(data: secret)
        )
        return "v1," + Data(code).base64EncodedString()
    }
}

extension Webhook {
    /// What its secret is for, so that no other webhook's can be put in its place.
    fileprivate var purposeOfSecret: String { "webhook \(locationID.rawValue)/\(id.rawValue)" }
}
