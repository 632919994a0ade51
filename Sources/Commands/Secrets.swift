import HTTPServing
import Tasks

/// The digest of tokens, and random bytes that cannot be predicted.
package enum Secrets {
    @Sendable package static func digest(_ bytes: [UInt8]) -> [UInt8] {
        TokenDigest.bytes(of: String(decoding: bytes, as: UTF8.self))
    }

    @Sendable static func randomBytes(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}
