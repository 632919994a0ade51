/// The identifier of one request in its answer and in the log: a UUID of version 4 (RFC 9562).
package struct TraceID: Hashable, Sendable {
    private let high: UInt64
    private let low: UInt64

    /// Makes an identifier from random bits.
    package init() {
        var generator = SystemRandomNumberGenerator()
        self.init(random: generator.next(), generator.next())
    }

    /// Makes an identifier from 128 bits, six of which are replaced by the version and the variant.
    package init(random high: UInt64, _ low: UInt64) {
        self.high = high & ~0xF000 | 0x4000
        self.low = low & ~(0b11 << 62) | (0b10 << 62)
    }

    /// The identifier as it is told, which few are.
    package var text: String {
        let digits = Self.digits(high) + Self.digits(low)
        var text = ""
        for (position, digit) in digits.enumerated() {
            if [8, 12, 16, 20].contains(position) { text.append("-") }
            text.append(digit)
        }
        return text
    }

    private static func digits(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
