package import Recurrence

/// A date-time on the clocks of a zone, as somebody means it; the clocks may skip it.
package struct WallClockTime: Hashable, Sendable {
    package let local: LocalDateTime
    package let zone: Zone
    /// The point in time; of a date-time that the clocks show twice it may be either.
    package let timestamp: Timestamp

    /// A date-time that was said by the clocks: the first if they show it twice.
    package init(local: LocalDateTime, zone: Zone) {
        self.local = local
        self.zone = zone
        timestamp = zone.timestamp(of: local)
    }

    /// What the clocks show at a point in time that was said.
    package init(at timestamp: Timestamp, in zone: Zone) {
        local = zone.localDateTime(at: timestamp)
        self.zone = zone
        self.timestamp = timestamp
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
        self.init(at: wallClock.timestamp, in: wallClock.zone)
    }
}
