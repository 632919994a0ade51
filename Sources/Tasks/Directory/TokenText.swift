/// What tokens look like.
package enum TokenText {
    /// How many characters a token may have.
    package static let lengths = 20...512

    /// What a location's token begins with.
    private static let locationPrefix = "pit-"

    /// Tells whether a text can be a bearer token (RFC 6750, section 2.1) that is hard to guess.
    package static func isWellFormed(_ text: String) -> Bool {
        lengths.contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "-._~+/=".utf8.contains(byte)
                }
            }
    }

    /// Tells whether a text can be a scope (RFC 6749, section 3.3) of at most 100 characters.
    package static func isWellFormed(scope: String) -> Bool {
        (1...100).contains(scope.utf8.count)
            && scope.utf8.allSatisfy { byte in
                (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "\"")
                    && byte != UInt8(ascii: "\\")
            }
    }

    /// Returns the hint by which people recognise a token: its first and its last four characters.
    ///
    /// The prefix `pit-` of a location's token is in the hint too, and is not counted among the
    /// four.
    ///
    /// - Precondition: The text is well formed, so that enough of it stays secret.
    package static func hint(of text: String) -> String {
        precondition(isWellFormed(text), "a hint would give the token away")
        let prefix = text.hasPrefix(locationPrefix) ? locationPrefix : ""
        return "\(prefix)\(text.dropFirst(prefix.count).prefix(4))...\(text.suffix(4))"
    }

    /// Returns what tells a token from others without giving it away: 20 hexadecimal digits, the first
    /// of its SHA-256 digest.
    package static func identifier(ofDigest digest: [UInt8]) -> String {
        hexadecimal(digest.prefix(identifierBytes))
    }

    /// Returns the first bytes of the digest of a token with an identifier.
    package static func digestPrefix(ofIdentifier identifier: String) -> [UInt8]? {
        let digits = identifier.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
            default: UInt8.max
            }
        }
        guard digits.count == 2 * identifierBytes, !digits.contains(.max) else { return nil }
        return (0..<identifierBytes).map { digits[2 * $0] << 4 | digits[2 * $0 + 1] }
    }

    private static let identifierBytes = 10

    /// Makes a token of random bytes.
    ///
    /// The closure returns as many bytes as it is asked for.
    ///
    /// A user's token is 40 hexadecimal digits, a location's `pit-` and a random UUID.
    package static func random(
        for holder: TokenHolder,
        from randomBytes: (Int) -> [UInt8]
    ) -> String {
        switch holder {
        case .user: hexadecimal(randomBytes(20))
        case .location: locationPrefix + uuid(randomBytes(16))
        }
    }

    /// The spelling of a UUID of version 4 (RFC 9562, section 5.4).
    private static func uuid(_ random: [UInt8]) -> String {
        var bytes = random
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        return [bytes[0..<4], bytes[4..<6], bytes[6..<8], bytes[8..<10], bytes[10..<16]]
            .map { hexadecimal($0) }
            .joined(separator: "-")
    }

    private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        let text = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0xF)]] }
        return String(decoding: text, as: UTF8.self)
    }
}
