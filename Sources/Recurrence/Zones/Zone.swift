/// A time zone: what its clocks show at each point in time.
public struct Zone: Hashable, Sendable {
    /// The IANA name, such as `America/New_York`.
    public let identifier: String

    let table: ZoneTable

    /// Coordinated Universal Time.
    public static let utc = Zone(identifier: "UTC", table: ZoneTable(offset: 0))

    init(identifier: String, table: ZoneTable) {
        self.identifier = identifier
        self.table = table
    }

    /// Creates a zone whose clocks are always as far ahead of UTC; its name is such as `+02:00`.
    ///
    /// - Precondition: The offset is less than a day.
    public init(secondsEastOfUTC offset: Int) {
        precondition(abs(offset) < 86_400, "an offset is less than a day")
        let size = abs(offset)
        let numbers = [size / 3600, size / 60 % 60] + (size % 60 == 0 ? [] : [size % 60])
        let digits = numbers.map { $0 < 10 ? "0\($0)" : "\($0)" }
        self.init(
            identifier: (offset < 0 ? "-" : "+") + digits.joined(separator: ":"),
            table: ZoneTable(offset: Int64(offset))
        )
    }

    /// Reads a zone from the bytes of a TZif file (RFC 9636, versions 1 to 4).
    ///
    /// - Throws: ``TZifError`` where the bytes are not such a file; where they count leap seconds;
    ///   and where two changes of the clocks are so close together that their gaps or overlaps
    ///   meet, which no real zone has.
    /// - Complexity: Linear in the file's length; a zone takes about 10 kB.
    public init(identifier: String, tzif bytes: [UInt8]) throws(TZifError) {
        self.init(identifier: identifier, table: try TZifReader(bytes).table())
    }

    /// Returns the point in time at which the zone's clocks show a date-time.
    ///
    /// A date-time that the clocks skip moves forward by the length of the gap. One that they show
    /// twice means the first of the two (RFC 5545, section 3.3.5).
    ///
    /// - Complexity: O(log *n*) in the zone's transitions, some 20 ns.
    public func timestamp(of local: LocalDateTime) -> Timestamp {
        let seconds = local.secondsSince1970
        return Timestamp(seconds: seconds - table.segment(atLocal: seconds).offset)
    }

    /// Returns what the zone's clocks show at a point in time, to the second.
    ///
    /// - Complexity: O(log *n*) in the zone's transitions, some 20 ns.
    public func localDateTime(at timestamp: Timestamp) -> LocalDateTime {
        let seconds = timestamp.seconds
        return LocalDateTime(secondsSince1970: seconds + table.segment(atUTC: seconds).offset)
    }

    /// Returns how far the zone's clocks are ahead of UTC at a point in time, in seconds.
    ///
    /// - Complexity: O(log *n*) in the zone's transitions, some 20 ns.
    public func offset(at timestamp: Timestamp) -> Int {
        Int(table.segment(atUTC: timestamp.seconds).offset)
    }

    /// Tells whether two zones have the same name and the same offsets.
    ///
    /// - Complexity: O(1) for zones that were read once; otherwise O(*n*) in the transitions.
    public static func == (left: Zone, right: Zone) -> Bool {
        left.identifier == right.identifier && left.table == right.table
    }

    /// Hashes the name.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(identifier)
    }
}

extension Zone {
    /// A number for what the zone's clocks do.
    ///
    /// Zones with the same clocks have the same one, today and in later runs of the program. It is
    /// never 0.
    ///
    /// - Complexity: O(*n*) in the zone's transitions, some microseconds.
    package var tableDigest: Int64 { table.digest }

    /// Returns the local date-times around one that the clocks show twice: those that come again
    /// when the clocks are set back.
    ///
    /// Each of them comes again after as many seconds as there are of them.
    ///
    /// - Returns: Nothing where the clocks show the date-time once or never.
    /// - Complexity: O(log *n*) in the zone's transitions.
    package func overlap(around local: LocalDateTime) -> Range<LocalDateTime>? {
        let overlap = table.segment(atLocal: local.secondsSince1970).overlap
        guard overlap.contains(local.secondsSince1970) else { return nil }
        let first = LocalDateTime(secondsSince1970: overlap.lowerBound)
        return first..<LocalDateTime(secondsSince1970: overlap.upperBound)
    }
}

/// Where zones come from.
public protocol ZoneSource: Sendable {
    /// Returns the zone of an IANA name.
    ///
    /// - Throws: ``UnknownZone`` where there is none.
    func zone(named identifier: String) throws(UnknownZone) -> Zone

    /// Returns an IANA name as it is written, of the same name in any case; nothing where there is
    /// none or the source cannot tell.
    func identifier(inAnyCase name: String) -> String?
}

extension ZoneSource {
    /// Nothing: the source cannot tell.
    public func identifier(inAnyCase name: String) -> String? { nil }
}

/// Where zones come from whose tables may change while the program runs.
package protocol ChangingZoneSource: ZoneSource {
    /// The zones that were asked for so far, as they are in memory.
    var loaded: [Zone] { get }

    /// Takes the tables of loaded zones that have changed since they were read.
    func refresh() -> ZoneRefresh
}

/// What became of zones when their tables were looked at again.
package struct ZoneRefresh: Hashable, Sendable {
    /// The names of the zones whose clocks are others now.
    package var changed: [String] = []
    /// The names of the zones that cannot be read any more and could be before.
    ///
    /// They keep their tables.
    package var unreadable: [String] = []

    package init() {}
}

/// A name that no time zone has.
public struct UnknownZone: Error, Hashable {
    /// The name that was asked for.
    public let identifier: String

    /// Creates the error for a name.
    public init(identifier: String) {
        self.identifier = identifier
    }
}
