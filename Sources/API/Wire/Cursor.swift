/// A place in a list, as a client is given it: where the next page begins, and of which query.
///
/// The text says nothing to a client. A client that makes one up learns nothing by it, since a query
/// keeps its own conditions.
package struct Cursor: Hashable, Sendable {
    /// What tells the query from others.
    package let query: QueryFingerprint
    /// The keys of the last record that was answered, in the list's order.
    package let place: [Int64]

    package init(query: QueryFingerprint, place: [Int64]) {
        self.query = query
        self.place = place
    }

    /// Reads a cursor as it was answered; none for any other text.
    package init?(parsing text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 16, bytes.count <= 16 * 7, bytes.count % 16 == 0 else { return nil }
        var numbers: [UInt64] = []
        for start in stride(from: 0, to: bytes.count, by: 16) {
            var number: UInt64 = 0
            for byte in bytes[start..<start + 16] {
                guard let digit = Self.digits.firstIndex(of: byte) else { return nil }
                number = number << 4 | UInt64(digit)
            }
            numbers.append(number)
        }
        query = QueryFingerprint(hash: numbers[0])
        place = numbers.dropFirst().map { Int64(bitPattern: $0 ^ numbers[0]) }
    }

    package var text: String {
        var bytes: [UInt8] = []
        for number in [query.hash] + place.map({ UInt64(bitPattern: $0) ^ query.hash }) {
            for shift in stride(from: 60, through: 0, by: -4) {
                bytes.append(Self.digits[Int(number >> UInt64(shift) & 0xF)])
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let digits = Array("0123456789abcdef".utf8)
}

/// What tells a query from others: a hash (FNV-1a) of everything that decides which records it lists
/// and in which order, and of who asks.
package struct QueryFingerprint: Hashable, Sendable {
    package private(set) var hash: UInt64

    package init(hash: UInt64 = 0xcbf2_9ce4_8422_2325) {
        self.hash = hash
    }

    /// Adds a part, which does not run into the next one.
    package mutating func add(_ part: String) {
        for byte in part.utf8 { mix(byte) }
        // No UTF-8 has this byte.
        mix(0xFF)
    }

    /// Adds a number.
    package mutating func add(_ number: Int64) {
        for shift in stride(from: 0, to: 64, by: 8) {
            mix(UInt8(truncatingIfNeeded: number >> shift))
        }
    }

    private mutating func mix(_ byte: UInt8) {
        hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
    }
}
