/// Slots that lie whole units apart, as bits, such as the minutes of an hour.
struct SlotRun {
    /// The slot that bit 0 stands for.
    var start = 0
    /// What one bit takes, in seconds.
    var unit = 1
    var bits: UInt64 = 0

    var isEmpty: Bool { bits == 0 }

    /// Removes the first slot and returns it.
    @inline(__always) mutating func removeFirst() -> Int {
        let slot = start + bits.trailingZeroBitCount * unit
        bits &= bits &- 1
        return slot
    }
}
