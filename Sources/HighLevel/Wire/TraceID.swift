/// The name of one request in its answer and in the log: a UUID of version 4 (RFC 9562).
package struct TraceID: Hashable, Sendable {
    package let text: String

    /// Makes a name that no other request has.
    package init() {
        var generator = SystemRandomNumberGenerator()
        self.init(random: generator.next(), generator.next())
    }

    /// Makes a name of 128 bits, of which six give way to the version and the variant.
    package init(random high: UInt64, _ low: UInt64) {
        let digits =
            Self.digits(high & ~0xF000 | 0x4000) + Self.digits(low & ~(0b11 << 62) | (0b10 << 62))
        var text = ""
        for (position, digit) in digits.enumerated() {
            if [8, 12, 16, 20].contains(position) { text.append("-") }
            text.append(digit)
        }
        self.text = text
    }

    private static func digits(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
