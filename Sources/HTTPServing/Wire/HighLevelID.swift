package import Tasks

/// The name of a series or a task on HighLevel's wire: 20 characters of `[A-Za-z0-9]`.
///
/// It encodes the record's number and a checksum of it, so a mistyped name is refused without a
/// look-up. The number's bits are mixed only so that names look random: a name is not a secret.
package struct HighLevelID: Hashable, Sendable {
    /// How many characters a name has.
    package static let length = 20

    /// How many characters encode the mixed number; the others encode the checksum.
    private static let numberLength = 11

    package let number: Int64

    /// Creates the name of a number.
    ///
    /// - Precondition: The number is a possible identifier: positive and below 2^53.
    package init(_ number: Int64) {
        precondition(Self.numbers.contains(number), "an identifier is positive and below 2^53")
        self.number = number
    }

    /// Reads a name.
    ///
    /// - Returns: Nil where the text is not the name of a number. Of all texts of 20 such
    ///   characters, fewer than one in 2^64 is a name.
    package init?(parsing text: String) {
        let digits = text.utf8.map(Self.digit)
        guard digits.count == Self.length,
            let mixed = Self.value(of: digits.prefix(Self.numberLength)),
            let checksum = Self.value(of: digits.dropFirst(Self.numberLength)),
            let number = Int64(exactly: BitMixer.number.unmixed(mixed)),
            Self.numbers.contains(number), Self.checksum(of: number) == checksum
        else { return nil }
        self.number = number
    }

    /// The 20 characters.
    package var text: String {
        let mixed = BitMixer.number.mixed(UInt64(number))
        let characters =
            Self.characters(spelling: mixed, count: Self.numberLength)
            + Self.characters(
                spelling: Self.checksum(of: number),
                count: Self.length - Self.numberLength
            )
        return String(decoding: characters, as: UTF8.self)
    }

    private static let numbers = 1...Identifier<Any>.largest

    /// The checksum of a number: 53 bits, which nine characters can hold.
    private static func checksum(of number: Int64) -> UInt64 {
        BitMixer.checksum.mixed(UInt64(number)) >> 11
    }
}

// MARK: - Digits of base 62

extension HighLevelID {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8
    )

    private static func characters(spelling value: UInt64, count: Int) -> [UInt8] {
        var characters = [UInt8](repeating: alphabet[0], count: count)
        var rest = value
        for position in characters.indices.reversed() {
            characters[position] = alphabet[Int(rest % 62)]
            rest /= 62
        }
        return characters
    }

    /// The value of a character as a digit.
    private static func digit(_ character: UInt8) -> UInt64? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt64(character - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt64(character - UInt8(ascii: "a")) + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(character - UInt8(ascii: "0")) + 52
        default: nil
        }
    }

    /// The value of a list of digits; nil where a digit is nil or the value exceeds 64 bits.
    private static func value(of digits: ArraySlice<UInt64?>) -> UInt64? {
        var value: UInt64 = 0
        for digit in digits {
            guard let digit else { return nil }
            let (product, isTooLarge) = value.multipliedReportingOverflow(by: 62)
            let (sum, isTooLargeNow) = product.addingReportingOverflow(digit)
            guard !isTooLarge, !isTooLargeNow else { return nil }
            value = sum
        }
        return value
    }
}

/// A permutation of the 64-bit numbers that maps neighbours to numbers far apart.
private struct BitMixer {
    private let first: UInt64
    private let second: UInt64

    /// Creates a permutation from two odd factors.
    ///
    /// Odd numbers have inverses modulo 2^64.
    private init(_ first: UInt64, _ second: UInt64) {
        self.first = first
        self.second = second
    }

    // Never change these factors: the names that clients have stored depend on them.
    static let number = BitMixer(0x9E37_79B9_7F4A_7C15, 0xD6E8_FEB8_6659_FD93)
    static let checksum = BitMixer(0xBF58_476D_1CE4_E5B9, 0x94D0_49BB_1331_11EB)

    func mixed(_ value: UInt64) -> UInt64 {
        folded(folded(value &* first) &* second)
    }

    func unmixed(_ value: UInt64) -> UInt64 {
        folded(folded(value) &* Self.inverse(of: second)) &* Self.inverse(of: first)
    }

    /// Combines the lower half with the upper half by XOR; a second call undoes the first.
    private func folded(_ value: UInt64) -> UInt64 {
        value ^ (value >> 32)
    }

    /// The inverse of an odd number modulo 2^64, by Newton's method.
    ///
    /// The first estimate is the number itself, which has three correct bits; each step doubles the
    /// count of correct bits.
    private static func inverse(of factor: UInt64) -> UInt64 {
        var inverse = factor
        for _ in 0..<5 { inverse = inverse &* (2 &- factor &* inverse) }
        return inverse
    }
}

extension Identifier {
    /// Reads the identifier that a name of HighLevel's form encodes.
    package init?(highLevel text: String) {
        guard let id = HighLevelID(parsing: text) else { return nil }
        self.init(id.number)
    }

    /// The identifier as it is written on HighLevel's wire.
    package var highLevel: String { HighLevelID(rawValue).text }
}
