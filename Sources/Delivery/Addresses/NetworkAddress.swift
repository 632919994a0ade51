/// An address of the Internet Protocol, version 4 or 6.
package struct NetworkAddress: Hashable, Sendable {
    /// 4 or 16 bytes, the most significant first.
    private let bytes: [UInt8]

    /// Creates an address; nil unless there are 4 or 16 bytes.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// Whether the address is one of the public internet: not private, of this machine, of this link,
    /// of a cloud's metadata, for many, reserved, or a spelling of an address of version 4.
    package var isPublic: Bool {
        if bytes.count == 4 { return !Self.special4.contains { $0.contains(bytes) } }
        // What is not in 2000::/3 is mapped, translated (64:ff9b::/96), unique local, of the link,
        // of the machine, for many, or not assigned.
        return Self.global6.contains(bytes) && !Self.special6.contains { $0.contains(bytes) }
    }

    private struct Block: Hashable {
        let bytes: [UInt8]
        /// How many bits all addresses of the block have in common.
        let length: Int

        init(_ bytes: [UInt8], _ length: Int) {
            self.bytes = bytes
            self.length = length
        }

        func contains(_ address: [UInt8]) -> Bool {
            (0..<(length + 7) / 8).allSatisfy { place in
                let bits = min(8, length - place * 8)
                let mask = UInt8(truncatingIfNeeded: 0xFF << (8 - bits))
                let byte = place < bytes.count ? bytes[place] : 0
                return (address[place] ^ byte) & mask == 0
            }
        }
    }

    /// The special-purpose addresses that the IANA lists (RFC 6890), and those for many and reserved.
    private static let special4 = [
        Block([0], 8), Block([10], 8), Block([100, 64], 10), Block([127], 8),
        Block([169, 254], 16), Block([172, 16], 12), Block([192, 0, 0], 24),
        Block([192, 0, 2], 24), Block([192, 31, 196], 24), Block([192, 52, 193], 24),
        Block([192, 88, 99], 24), Block([192, 168], 16), Block([192, 175, 48], 24),
        Block([198, 18], 15), Block([198, 51, 100], 24), Block([203, 0, 113], 24),
        Block([224], 4), Block([240], 4),
    ]

    private static let global6 = Block([0x20], 3)

    /// Teredo and other protocols, documentation, 6to4.
    private static let special6 = [
        Block([0x20, 0x01], 23), Block([0x20, 0x01, 0x0d, 0xb8], 32), Block([0x20, 0x02], 16),
        Block([0x26, 0x20, 0x00, 0x4f, 0x80, 0x00], 48), Block([0x3f, 0xff], 20),
    ]
}
