package import Recurrence

/// A date-time on the clocks of a zone, as somebody means it; the clocks may skip it.
package struct WallClockTime: Hashable, Sendable {
    package var local: LocalDateTime
    package var zone: Zone

    package init(local: LocalDateTime, zone: Zone) {
        self.local = local
        self.zone = zone
    }
}

/// When a task is due: what the wall clock shows then, where, and the point in time that this is.
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

    /// The point in time that somebody means; a time that the clocks skip is moved by the gap.
    package init(_ wallClock: WallClockTime) {
        self.init(at: wallClock.zone.timestamp(of: wallClock.local), in: wallClock.zone)
    }
}
