import Recurrence

extension Zone {
    /// A zone with a few changes of the clocks, in seconds, made from a TZif file of version 1.
    init(initialOffset: Int32, changes: KeyValuePairs<Int32, Int32>) throws {
        var bytes = Array("TZif".utf8) + [UInt8](repeating: 0, count: 16)
        func append(_ number: Int32) {
            bytes += (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) }
        }
        // Indicators, leap seconds, transitions, local time types, and the bytes of designations.
        for count in [0, 0, 0, changes.count, changes.count + 1, 1] { append(Int32(count)) }
        for change in changes { append(change.key) }
        bytes += changes.indices.map { UInt8($0 + 1) }
        for offset in [initialOffset] + changes.map(\.value) {
            append(offset)
            bytes += [0, 0]
        }
        bytes.append(0)
        try self.init(identifier: "Made/Zone", tzif: bytes)
    }
}
