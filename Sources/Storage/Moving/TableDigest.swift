/// How many rows a table has, and a sum over all that they hold, whatever their order.
struct TableDigest: Hashable, Sendable {
    private(set) var rowCount = 0
    private var sum: UInt64 = 0

    /// Adds a row.
    mutating func add(_ values: [SQLValue]) {
        rowCount += 1
        var hash = FNV()
        for value in values {
            switch value {
            case .null: hash.add(0)
            case .integer(let integer):
                hash.add(1)
                for shift in stride(from: 0, to: 64, by: 8) {
                    hash.add(UInt8(truncatingIfNeeded: integer >> shift))
                }
            case .text(let text):
                hash.add(2)
                for byte in text.utf8 { hash.add(byte) }
                hash.add(0xff)
            case .blob(let bytes):
                hash.add(3)
                for byte in bytes { hash.add(byte) }
                hash.add(UInt8(truncatingIfNeeded: bytes.count))
            }
        }
        sum &+= hash.mixed
    }
}

/// FNV-1a of 64 bits, mixed at the end so that sums of it differ where the rows do.
private struct FNV {
    private var value: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func add(_ byte: UInt8) {
        value = (value ^ UInt64(byte)) &* 0x100_0000_01b3
    }

    /// MurmurHash3's finalizer.
    var mixed: UInt64 {
        var value = value
        value = (value ^ (value >> 33)) &* 0xff51_afd7_ed55_8ccd
        value = (value ^ (value >> 33)) &* 0xc4ce_b9fe_1a85_ec53
        return value ^ (value >> 33)
    }
}
