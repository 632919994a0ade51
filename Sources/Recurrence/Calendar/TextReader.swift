/// Reads a text byte by byte: characters, numbers, pairs of letters.
struct TextReader {
    private let bytes: ArraySlice<UInt8>
    private var index: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        index = bytes.startIndex
    }

    var isAtEnd: Bool { index == bytes.endIndex }

    /// The next byte, which stays unread; 0 at the end.
    var next: UInt8 { isAtEnd ? 0 : bytes[index] }

    /// Reads a byte if it comes next.
    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard !isAtEnd, UInt32(bytes[index]) == character.value else { return false }
        index += 1
        return true
    }

    /// Reads whatever byte comes next.
    mutating func skipByte() {
        index += 1
    }

    /// Reads one to ten digits.
    mutating func number() -> Int? {
        let first = index
        var value = 0
        while (48...57).contains(next) {
            if index - first == 10 { return nil }
            value = value * 10 + Int(next - 48)
            index += 1
        }
        return index == first ? nil : value
    }

    /// Reads one to ten digits that may have a sign.
    mutating func signedNumber() -> Int? {
        if skip("-") { return number().map { -$0 } }
        _ = skip("+")
        return number()
    }

    /// Reads exactly a number of digits.
    @inline(__always) mutating func digits(_ count: Int) -> Int? {
        let end = index + count
        guard end <= bytes.endIndex else { return nil }
        var value = 0
        for byte in bytes[index..<end] {
            guard (48...57).contains(byte) else { return nil }
            value = value * 10 + Int(byte - 48)
        }
        index = end
        return value
    }

    /// Reads two letters as one number.
    mutating func letterPair() -> UInt16? {
        guard bytes.endIndex - index >= 2 else { return nil }
        defer { index += 2 }
        return UInt16(bytes[index]) << 8 | UInt16(bytes[index + 1])
    }
}
