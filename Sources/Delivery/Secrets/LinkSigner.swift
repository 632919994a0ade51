import Crypto
import Foundation
package import Tasks

/// Signs the links of reminders, so that whoever has one needs no other proof.
///
/// A link's text is what it lets its receiver do and the first half of the HMAC-SHA256 of that, in
/// base64 as URLs have it.
package struct LinkSigner: Sendable {
    private let key: SymmetricKey

    /// The bytes of a signature: half of the digest, the least that RFC 2104, section 5, advises.
    private static var signatureLength: Int { 16 }
    /// No link is as long, so nothing longer is looked at.
    private static var lengthLimit: Int { 400 }

    package init(_ key: SecretKey) {
        self.key = key.linkKey
    }

    /// A link as a URL has it.
    package func text(of link: ReminderLink) -> String {
        let bytes = link.bytes
        let text = Data(bytes + signature(of: bytes)).base64EncodedString()
        return text.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// The link that a text is; nothing unless it was signed with this key.
    package func link(in text: String) -> ReminderLink? {
        guard text.utf8.count <= Self.lengthLimit else { return nil }
        let standard = text.replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - standard.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: standard + padding),
            data.count > Self.signatureLength
        else { return nil }
        let bytes = Array(data.dropLast(Self.signatureLength))
        let difference = zip(signature(of: bytes), data.suffix(Self.signatureLength))
            // Every byte is compared, whatever the ones before it are.
            .reduce(0) { $0 | ($1.0 ^ $1.1) }
        // Other spellings of the same bytes are no links.
        guard difference == 0, let link = ReminderLink(bytes: bytes), self.text(of: link) == text
        else { return nil }
        return link
    }

    private func signature(of bytes: [UInt8]) -> [UInt8] {
        let code = HMAC<SHA256>.authenticationCode(for: bytes, using: key)
        return Array(code.prefix(Self.signatureLength))
    }
}
