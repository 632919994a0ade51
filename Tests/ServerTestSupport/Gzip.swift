/// Texts in gzip's format (RFC 1952).
package enum Gzip {
    /// A text in one block that is stored as it is (RFC 1951, section 3.2.4).
    ///
    /// - Precondition: It has fewer than 65,536 bytes.
    package static func stored(_ text: [UInt8]) -> [UInt8] {
        precondition(text.count < 1 << 16, "a stored block holds no more")
        let length = littleEndian(UInt32(text.count))
        let complement = length.map { ~$0 }
        return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]
            + [1] + length.prefix(2) + complement.prefix(2) + text
            + littleEndian(checksum(of: text)) + length
    }

    /// 200,000 blanks in 230 bytes.
    package static let blanks: [UInt8] =
        [
            0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 2, 3, 0xED, 0xC1, 0x31, 1, 0, 0, 0, 0xC2, 0xA0, 0x2A,
            0xEB, 0x9F, 0xD2, 0xC, 0xFE, 0x40, 1,
        ]
        + Array(repeating: 0, count: 193) + [0xAF, 1, 0x31, 0x61, 0x62, 0x10, 0x40, 0xD, 3, 0]

    /// The CRC-32 that gzip's format ends with, bit by bit.
    private static func checksum(of text: [UInt8]) -> UInt32 {
        ~text.reduce(UInt32.max) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in
                sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1
            }
        }
    }

    private static func littleEndian(_ number: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }
}
