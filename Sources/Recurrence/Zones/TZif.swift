/// Why some bytes are not a TZif file.
public struct TZifError: Error, Hashable {
    /// What is wrong.
    public let reason: String
}

/// Reads a TZif file (RFC 9636) and checks everything in it.
struct TZifReader {
    private let bytes: [UInt8]
    private var index = 0

    /// The most transitions that are read; the longest of the IANA files have about 300.
    private static let transitionLimit = 10_000
    private static let headerLength = 44

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    private struct Header {
        let version: UInt8
        let utcIndicatorCount: Int
        let standardIndicatorCount: Int
        let leapSecondCount: Int
        let transitionCount: Int
        let typeCount: Int
        let designationLength: Int

        func dataLength(timeSize: Int) -> Int {
            transitionCount * (timeSize + 1) + typeCount * 6 + designationLength
                + leapSecondCount * (timeSize + 4) + standardIndicatorCount + utcIndicatorCount
        }
    }

    /// Reads the whole file.
    func table() throws(TZifError) -> ZoneTable {
        var reader = self
        let table = try reader.readTable()
        guard table.hasChangesApart else {
            throw TZifError(reason: "its clocks change again too soon")
        }
        return table
    }

    private mutating func readTable() throws(TZifError) -> ZoneTable {
        var header = try readHeader()
        var timeSize = 4
        if header.version > 0 {
            try skip(header.dataLength(timeSize: 4))
            header = try readHeader()
            timeSize = 8
        }
        var (initialOffset, changes) = try readData(header, timeSize: timeSize)
        guard header.version > 0 else {
            return ZoneTable(
                initialOffset: initialOffset,
                changes: changes,
                horizon: ZoneTable.distantFuture
            )
        }
        guard let rule = try readFooter() else {
            return ZoneTable(
                initialOffset: initialOffset,
                changes: changes,
                horizon: ZoneTable.distantFuture
            )
        }
        let last = changes.last?.utc ?? ZoneTable.distantPast
        let firstYear = changes.isEmpty ? 1 : YearShape.year(of: Int(last / 86_400)) - 1
        if changes.isEmpty { initialOffset = rule.standardOffset }
        guard rule.hasDaylightTime else {
            changes.append((last + 1, rule.standardOffset))
            return ZoneTable(
                initialOffset: initialOffset,
                changes: changes,
                horizon: ZoneTable.distantFuture
            )
        }
        let lastYear = firstYear + YearShape.cycleYearCount + 4
        for year in firstYear...lastYear {
            changes += rule.changes(in: year).filter { $0.utc > last }
        }
        let horizonDay = YearShape.firstDay(of: lastYear - 1)
        return ZoneTable(
            initialOffset: initialOffset,
            changes: changes,
            horizon: Int64(horizonDay) * 86_400
        )
    }

    private mutating func readHeader() throws(TZifError) -> Header {
        guard bytes.count - index >= TZifReader.headerLength,
            bytes[index..<index + 4].elementsEqual("TZif".utf8)
        else { throw TZifError(reason: "it has no header") }
        let version = bytes[index + 4]
        guard version == 0 || (0x32...0x39).contains(version) else {
            throw TZifError(reason: "its version is unknown")
        }
        index += 20
        let header = Header(
            version: version,
            utcIndicatorCount: readInteger(4),
            standardIndicatorCount: readInteger(4),
            leapSecondCount: readInteger(4),
            transitionCount: readInteger(4),
            typeCount: readInteger(4),
            designationLength: readInteger(4)
        )
        guard (0...TZifReader.transitionLimit).contains(header.transitionCount),
            (1...256).contains(header.typeCount),
            (1...4096).contains(header.designationLength),
            (0...256).contains(header.standardIndicatorCount),
            (0...256).contains(header.utcIndicatorCount)
        else { throw TZifError(reason: "its counts are out of range") }
        guard header.leapSecondCount == 0 else {
            throw TZifError(reason: "it counts leap seconds")
        }
        return header
    }

    private mutating func readData(
        _ header: Header,
        timeSize: Int
    ) throws(TZifError) -> (initialOffset: Int64, changes: [(utc: Int64, offset: Int64)]) {
        guard bytes.count - index >= header.dataLength(timeSize: timeSize) else {
            throw TZifError(reason: "it is cut short")
        }
        var times: [Int64] = []
        for _ in 0..<header.transitionCount {
            let time = Int64(readInteger(timeSize))
            // Older files have a transition at the Big Bang; no rule reaches it.
            guard times.isEmpty || time > times[times.count - 1] else {
                throw TZifError(reason: "its transitions are out of order")
            }
            times.append(time)
        }
        let types = (0..<header.transitionCount).map { Int(bytes[index + $0]) }
        index += header.transitionCount
        var offsets: [Int64] = []
        for _ in 0..<header.typeCount {
            let offset = readInteger(4)
            guard (-89_999...93_599).contains(offset), bytes[index] <= 1,
                Int(bytes[index + 1]) < header.designationLength
            else { throw TZifError(reason: "one of its local time types is out of range") }
            offsets.append(Int64(offset))
            index += 2
        }
        index += header.designationLength + header.standardIndicatorCount
        index += header.utcIndicatorCount
        var changes: [(utc: Int64, offset: Int64)] = []
        for (time, type) in zip(times, types) {
            guard type < offsets.count else {
                throw TZifError(reason: "a transition has no local time type")
            }
            if abs(time) < 1 << 40 {
                changes.append((time, offsets[type]))
            } else if time > 0 {
                throw TZifError(reason: "a transition is out of range")
            }
        }
        return (offsets[0], changes)
    }

    /// Reads the POSIX rule for the time after the last transition, if there is one.
    private mutating func readFooter() throws(TZifError) -> POSIXZoneRule? {
        let footer = bytes[index...]
        guard footer.first == UInt8(ascii: "\n"),
            let end = footer.dropFirst().firstIndex(of: UInt8(ascii: "\n")), end - index <= 256
        else { throw TZifError(reason: "it has no footer") }
        let text = footer[(index + 1)..<end]
        if text.isEmpty { return nil }
        guard let rule = POSIXZoneRule(text) else {
            throw TZifError(reason: "its footer is malformed")
        }
        return rule
    }

    private mutating func skip(_ count: Int) throws(TZifError) {
        guard bytes.count - index >= count else { throw TZifError(reason: "it is cut short") }
        index += count
    }

    /// Reads a big-endian number with a sign; the caller has seen that the bytes are there.
    private mutating func readInteger(_ size: Int) -> Int {
        var value: UInt64 = 0
        for byte in bytes[index..<index + size] { value = value << 8 | UInt64(byte) }
        index += size
        return size == 4
            ? Int(Int32(truncatingIfNeeded: value)) : Int(Int64(truncatingIfNeeded: value))
    }
}
