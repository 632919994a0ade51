/// A zone's offsets from UTC, each with the time for which it holds.
///
/// Every local date-time belongs to exactly one offset. One that the clocks show twice belongs to
/// the earlier offset. One that they skip belongs to the offset before the gap: subtracting that
/// offset moves it forward by the length of the gap (RFC 5545, section 3.3.5).
final class ZoneTable: Sendable {
    /// Where each offset begins in UTC, ascending.
    private let utcStarts: [Int64]
    /// Where each offset begins on the local clock, ascending.
    fileprivate let localStarts: [Int64]
    fileprivate let offsets: [Int64]
    /// From here on, in UTC, the table repeats every 400 years.
    fileprivate let horizon: Int64
    /// The longest gap, in seconds.
    let longestGap: Int64

    static let cycleSeconds: Int64 = 146_097 * 86_400
    static let distantPast: Int64 = -(1 << 60)
    static let distantFuture: Int64 = 1 << 60

    /// A table of one offset that always holds.
    convenience init(offset: Int64) {
        self.init(initialOffset: offset, changes: [], horizon: ZoneTable.distantFuture)
    }

    /// A table of changes, ascending.
    ///
    /// The horizon is the end of the last 400 years of changes, which then repeat; at least one
    /// change comes after it. It is the distant future where nothing repeats.
    init(initialOffset: Int64, changes: [(utc: Int64, offset: Int64)], horizon: Int64) {
        var utcStarts = [ZoneTable.distantPast]
        var localStarts = [ZoneTable.distantPast]
        var offsets = [initialOffset]
        var longestGap: Int64 = 0
        for change in changes {
            if change.utc == utcStarts[utcStarts.count - 1] {
                utcStarts.removeLast()
                localStarts.removeLast()
                offsets.removeLast()
            }
            if change.offset == offsets[offsets.count - 1] { continue }
            let past = offsets[offsets.count - 1]
            utcStarts.append(change.utc)
            localStarts.append(change.utc + max(past, change.offset))
            offsets.append(change.offset)
            longestGap = max(longestGap, change.offset - past)
        }
        self.utcStarts = utcStarts
        self.localStarts = localStarts
        self.offsets = offsets
        self.horizon = horizon
        self.longestGap = longestGap
    }

    /// A number that is the same for equal tables, and hardly ever for others; never 0.
    var digest: Int64 {
        // FNV-1a, by words. The shift lets the high bits of a word count for the low bits too.
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for word in [utcStarts, offsets, [horizon]].joined() {
            hash = (hash ^ UInt64(bitPattern: word)) &* 0x100_0000_01b3
            hash ^= hash >> 32
        }
        return max(1, Int64(bitPattern: hash & .max >> 1))
    }

    /// The time for which one offset holds.
    struct Segment {
        /// Seconds east of UTC.
        let offset: Int64
        /// When the offset holds, in UTC.
        let utc: Range<Int64>
        /// Which local date-times the offset resolves.
        let local: Range<Int64>
        let previousOffset: Int64
        let nextOffset: Int64

        /// The local date-times at the segment's end that the clocks skip.
        var gap: Range<Int64> {
            nextOffset > offset ? utc.upperBound + offset..<local.upperBound : emptyRange
        }

        /// The local date-times at the segment's end that the clocks show once more after it.
        var overlap: Range<Int64> {
            nextOffset < offset ? utc.upperBound + nextOffset..<local.upperBound : emptyRange
        }

        /// The local date-times at the segment's beginning that share their instants with those of
        /// the gap before.
        var echo: Range<Int64> {
            offset > previousOffset
                ? local.lowerBound..<local.lowerBound + offset - previousOffset : emptyRange
        }

        private var emptyRange: Range<Int64> { local.upperBound..<local.upperBound }
    }

    /// Whether the changes are so far apart that their gaps and overlaps never meet.
    var hasChangesApart: Bool {
        offsets.indices.dropFirst(2).allSatisfy { index in
            let past = abs(offsets[index - 1] - offsets[index - 2])
            let next = abs(offsets[index] - offsets[index - 1])
            return utcStarts[index] - utcStarts[index - 1] >= past + next
        }
    }

    func segment(atUTC utc: Int64) -> Segment {
        let shift = shift(of: utc - horizon)
        return segment(lastIndex(in: utcStarts, notAfter: utc - shift), shift: shift)
    }

    func segment(atLocal local: Int64) -> Segment {
        let shift = shift(ofLocal: local)
        return segment(lastIndex(in: localStarts, notAfter: local - shift), shift: shift)
    }

    /// The segment after one, or nothing after the last.
    func segment(after segment: Segment) -> Segment? {
        segment.utc.upperBound == ZoneTable.distantFuture
            ? nil : self.segment(atUTC: segment.utc.upperBound)
    }

    fileprivate func shift(ofLocal local: Int64) -> Int64 {
        // An offset is less than two days, and the table goes on for a year after the horizon.
        shift(of: local - 2 * 86_400 - horizon)
    }

    private func shift(of excess: Int64) -> Int64 {
        excess < 0 ? 0 : (excess / ZoneTable.cycleSeconds + 1) * ZoneTable.cycleSeconds
    }

    private func segment(_ index: Int, shift: Int64) -> Segment {
        let isLast = index + 1 == offsets.count
        let isFirst = index == 0
        let utcStart = isFirst ? ZoneTable.distantPast : utcStarts[index] + shift
        let utcEnd = isLast ? ZoneTable.distantFuture : utcStarts[index + 1] + shift
        let localStart = isFirst ? ZoneTable.distantPast : localStarts[index] + shift
        let localEnd = isLast ? ZoneTable.distantFuture : localStarts[index + 1] + shift
        return Segment(
            offset: offsets[index],
            utc: utcStart..<utcEnd,
            local: localStart..<localEnd,
            previousOffset: offsets[isFirst ? index : index - 1],
            nextOffset: offsets[isLast ? index : index + 1]
        )
    }

    fileprivate func lastIndex(in starts: [Int64], notAfter value: Int64) -> Int {
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= value { low = middle } else { high = middle }
        }
        return low
    }
}

/// Resolves local date-times that mostly ascend.
struct ZoneCursor {
    private let table: ZoneTable
    /// What the current offset resolves.
    private var local: Range<Int64> = 0..<0
    private var offset: Int64 = 0
    /// The index of the current offset in the table, and how many seconds later than there it
    /// holds.
    private var index = 0
    private var shift: Int64 = 0

    /// How many changes ahead to look before the whole table is searched.
    private static let reach = 4

    init(_ table: ZoneTable) {
        self.table = table
    }

    /// How far the clocks are ahead of UTC, in seconds.
    @inline(__always) mutating func offset(atLocal slot: Int64) -> Int64 {
        if !local.contains(slot) { move(to: slot) }
        return offset
    }

    @inline(never) private mutating func move(to slot: Int64) {
        let starts = table.localStarts
        let place = slot - shift
        var next = index
        let lastNear = min(index + ZoneCursor.reach, starts.count - 1)
        while next < lastNear, starts[next + 1] <= place { next += 1 }
        let isFound =
            place >= starts[index] && place < table.horizon
            && (next + 1 == starts.count || place < starts[next + 1])
        if isFound {
            index = next
        } else {
            shift = table.shift(ofLocal: slot)
            index = table.lastIndex(in: starts, notAfter: slot - shift)
        }
        offset = table.offsets[index]
        let isLast = index + 1 == starts.count
        let start = index == 0 ? ZoneTable.distantPast : starts[index] + shift
        let end = isLast ? ZoneTable.distantFuture : starts[index + 1] + shift
        local = start..<end
    }
}

extension ZoneTable: Equatable {
    static func == (left: ZoneTable, right: ZoneTable) -> Bool {
        left === right
            || left.utcStarts == right.utcStarts && left.offsets == right.offsets
                && left.horizon == right.horizon
    }
}
