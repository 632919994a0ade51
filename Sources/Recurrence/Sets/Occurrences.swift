/// Occurrences of a set in the order of their slots, computed as they are asked for.
///
/// - Complexity: A few nanoseconds for each occurrence, without allocation. The first is computed
///   alone; those after it are computed in batches that grow to sixteen.
public struct Occurrences: Sequence, Sendable {
    let core: PreparedSet
    let from: Int
    /// If it is given, only occurrences whose instants lie in this range are yielded.
    let utc: Range<Int64>?

    /// Walks through the occurrences from the first on.
    ///
    /// - Complexity: As the method that returned the occurrences.
    public func makeIterator() -> Iterator {
        Iterator(OccurrenceCursor(core, from: from, utc: utc))
    }

    /// Yields occurrences from a batch, so that a caller in another module makes a real call only
    /// once in sixteen occurrences.
    public struct Iterator: IteratorProtocol {
        @usableFromInline var batch: InlineArray<16, Occurrence>
        @usableFromInline var index = 0
        @usableFromInline var count = 0
        private var batchLimit = 1
        private var cursor: OccurrenceCursor

        init(_ cursor: OccurrenceCursor) {
            self.cursor = cursor
            let start = LocalDateTime(secondsSince1970: 0)
            batch = InlineArray(
                repeating: Occurrence(recurrenceID: start, timestamp: Timestamp(microseconds: 0))
            )
        }

        /// The next occurrence, or nothing after the last.
        ///
        /// - Complexity: Some nanoseconds for most rules; a rule that matches rarely takes up
        ///   to a hundred nanoseconds for each year without a match.
        @inlinable public mutating func next() -> Occurrence? {
            if index == count {
                refill()
                if count == 0 { return nil }
            }
            let occurrence = batch[index]
            index += 1
            return occurrence
        }

        @usableFromInline mutating func refill() {
            index = 0
            count = 0
            while count < batchLimit, let occurrence = cursor.next() {
                batch[count] = occurrence
                count += 1
            }
            batchLimit = Swift.min(batchLimit * 2, batch.count)
        }
    }
}

/// Walks through a set's slots and resolves them.
struct OccurrenceCursor {
    private let core: PreparedSet
    private var slots: SlotCursor
    private var zone: ZoneCursor
    private let utc: Range<Int64>?
    private let lastSlot: Int
    private let isElapsed: Bool

    /// Begins with the first slot at or after one.
    init(_ core: PreparedSet, from slot: Int, utc: Range<Int64>?) {
        self.core = core
        slots = SlotCursor(core, from: slot)
        zone = ZoneCursor(core.table)
        self.utc = utc
        lastSlot = utc.map { Int(core.table.lastLocal(through: $0.upperBound - 1)) } ?? .max
        isElapsed = core.wallTable != nil
    }

    @inline(__always) mutating func next() -> Occurrence? {
        while let slot = slots.next() {
            if slot > lastSlot { return nil }
            let timestamp = Int64(slot) - zone.offset(atLocal: Int64(slot))
            if let utc, !utc.contains(timestamp) { continue }
            return Occurrence(
                recurrenceID: LocalDateTime(
                    secondsSince1970: isElapsed ? core.shown(Int64(slot)) : Int64(slot)
                ),
                timestamp: Timestamp(seconds: timestamp)
            )
        }
        return nil
    }
}
