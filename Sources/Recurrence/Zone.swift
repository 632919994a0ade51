/// A time zone: when its clocks show what.
public struct Zone: Hashable, Sendable {
    /// The IANA name, such as `America/New_York`.
    public let identifier: String

    /// Coordinated Universal Time.
    public static let utc = Zone(identifier: "UTC")

    /// Returns the point in time at which the zone's clocks show a date-time.
    ///
    /// One that the clocks skip moves forward by the gap; one that they show twice means the first
    /// (RFC 5545, section 3.3.5).
    public func timestamp(of local: LocalDateTime) -> Timestamp {
        Timestamp(seconds: local.secondsSince1970)
    }

    /// Returns what the zone's clocks show at a point in time, to the second.
    public func localDateTime(at timestamp: Timestamp) -> LocalDateTime {
        LocalDateTime(secondsSince1970: timestamp.seconds)
    }
}

/// Where zones come from.
public protocol ZoneSource: Sendable {
    /// Returns the zone of an IANA name.
    ///
    /// - Throws: ``UnknownZone`` where there is none.
    func zone(named identifier: String) throws(UnknownZone) -> Zone
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
