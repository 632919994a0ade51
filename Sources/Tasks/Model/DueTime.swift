package import Recurrence

/// A date-time on the clocks of a zone, as somebody means it.
///
/// It may be one that the clocks skip.
package struct WallClockTime: Hashable, Sendable {
    package let local: LocalDateTime
    package let zone: Zone
    /// The point in time.
    ///
    /// If the clocks show the date-time twice, it may be the first or the second.
    package let timestamp: Timestamp

    /// A date-time that was given as a local time.
    ///
    /// If the clocks show it twice, the first is meant.
    package init(local: LocalDateTime, zone: Zone) {
        self.local = local
        self.zone = zone
        timestamp = zone.timestamp(of: local)
    }

    /// What the clocks show at a point in time that was given.
    package init(at timestamp: Timestamp, in zone: Zone) {
        local = zone.localDateTime(at: timestamp)
        self.zone = zone
        self.timestamp = timestamp
    }
}

/// When a task is due: what the wall clock of a zone shows then, the zone, and the point in time.
package struct DueTime: Hashable, Sendable {
    package var local: LocalDateTime
    /// The IANA name of the zone whose clocks are meant.
    package var timeZone: String
    package var timestamp: Timestamp

    package init(local: LocalDateTime, timeZone: String, timestamp: Timestamp) {
        self.local = local
        self.timeZone = timeZone
        self.timestamp = timestamp
    }

    /// What the clocks of a zone show at a point in time.
    package init(at timestamp: Timestamp, in zone: Zone) {
        self.init(
            local: zone.localDateTime(at: timestamp),
            timeZone: zone.identifier,
            timestamp: timestamp
        )
    }

    /// The point in time that somebody means.
    ///
    /// A time in a gap is moved later by the length of the gap.
    package init(_ wallClock: WallClockTime) {
        self.init(at: wallClock.timestamp, in: wallClock.zone)
    }
}
