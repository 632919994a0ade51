import CPostgreSQL

/// The values of a statement's parameters in PostgreSQL's binary form.
struct PostgreSQLParameters {
    private var bytes: [UInt8] = []
    /// Where each value begins among the bytes; none for null.
    private var starts: [Int?] = []
    private var lengths: [Int32] = []

    /// Writes values as the types ask.
    ///
    /// - Precondition: Each value fits its type.
    init(_ values: [SQLValue], as types: [UInt32]) {
        bytes.reserveCapacity(16 * values.count + 64)
        starts.reserveCapacity(values.count)
        lengths.reserveCapacity(values.count)
        for (value, type) in zip(values, types) { append(value, as: type) }
        // An empty text at the end needs an address too.
        bytes.append(0)
    }

    private mutating func append(_ value: SQLValue, as type: UInt32) {
        let start = bytes.count
        switch value {
        case .null:
            starts.append(nil)
            lengths.append(0)
            return
        case .integer(let integer):
            switch type {
            case PostgreSQLType.integer16: append(Int16(truncatingIfNeeded: integer))
            case PostgreSQLType.integer32: append(Int32(truncatingIfNeeded: integer))
            default: append(integer)
            }
        case .text(let text): bytes.append(contentsOf: PostgreSQLText.stored(text).utf8)
        case .blob(let blob): bytes.append(contentsOf: blob)
        }
        starts.append(start)
        lengths.append(Int32(bytes.count - start))
    }

    /// PostgreSQL writes the highest byte first.
    private mutating func append(_ integer: some FixedWidthInteger) {
        var shift = integer.bitWidth
        while shift > 0 {
            shift -= 8
            bytes.append(UInt8(truncatingIfNeeded: integer >> shift))
        }
    }

    /// Calls a closure with the addresses, the lengths and the forms of all values.
    func withAddresses<Value>(
        _ body: (
            UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?
        ) -> Value
    ) -> Value {
        let forms = [Int32](repeating: 1, count: lengths.count)
        return unsafe bytes.withUnsafeBytes { buffer in
            let base = unsafe buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
            let addresses = unsafe starts.map { start in
                unsafe start.flatMap { start in unsafe base.map { unsafe $0 + start } }
            }
            return unsafe addresses.withUnsafeBufferPointer { addresses in
                unsafe lengths.withUnsafeBufferPointer { lengths in
                    unsafe forms.withUnsafeBufferPointer { forms in
                        unsafe body(addresses.baseAddress, lengths.baseAddress, forms.baseAddress)
                    }
                }
            }
        }
    }
}
