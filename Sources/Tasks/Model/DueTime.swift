package import Recurrence

/// Which of two points in time is meant, where the clocks show a date-time twice because they are
/// set back in between.
package enum OverlapPass: Hashable, Sendable {
    case first, second
}

/// A date-time on the clocks of a zone, as somebody means it.
///
/// It may be one that the clocks skip.
package struct WallClockTime: Hashable, Sendable {
    package let local: LocalDateTime
    package let zone: Zone
    /// Which of the two points in time is meant at which the clocks show the date-time.
    ///
    /// None where they show it once, and where it was not said; then the first is meant.
    package let pass: OverlapPass?
    package let timestamp: Timestamp

    /// A date-time that was given as a local time.
    ///
    /// - Parameters:
    ///   - local: What the clocks show.
    ///   - zone: Whose clocks.
    ///   - pass: Which of two points in time is meant. If it is not said, it is the first (RFC 5545,
    ///     section 3.3.5). It has no effect on a date-time that the clocks do not show twice.
    package init(local: LocalDateTime, zone: Zone, pass: OverlapPass? = nil) {
        self.local = local
        self.zone = zone
        let first = zone.timestamp(of: local)
        if let pass, let overlap = zone.overlap(around: local) {
            self.pass = pass
            timestamp = pass == .first ? first : first.advanced(by: overlap.length)
        } else {
            self.pass = nil
            timestamp = first
        }
    }

    /// What the clocks show at a point in time that was given.
    package init(at timestamp: Timestamp, in zone: Zone) {
        local = zone.localDateTime(at: timestamp)
        self.zone = zone
        self.timestamp = timestamp
        let isFirst = zone.timestamp(of: local).seconds == timestamp.seconds
        pass = zone.overlap(around: local) == nil ? nil : isFirst ? .first : .second
    }
}

extension WallClockTime {
    /// The same time, in the pass of a due time, if both show the same and this one does not say
    /// which pass it means.
    ///
    /// So a local time that somebody read and sends back means what it meant.
    package func inPass(of due: DueTime) -> WallClockTime {
        guard pass == nil, local == due.local else { return self }
        let second = WallClockTime(local: local, zone: zone, pass: .second)
        return second.timestamp.seconds == due.timestamp.seconds ? second : self
    }
}

extension Range<LocalDateTime> {
    /// How long the clocks take from the first of the date-times to the last.
    var length: Duration {
        .seconds(upperBound.secondsSince1970 - lowerBound.secondsSince1970)
    }
}

/// When a task is due: what the wall clock of a zone shows then, the zone, and the point in time.
package struct DueTime: Hashable, Sendable {
    package var local: LocalDateTime
    /// Whether the clocks show the local time for the second time then.
    ///
    /// It says so even if the clocks are to show the time once only by now, because the rules of
    /// the zone have changed.
    package var isInSecondPass: Bool
    /// The IANA name of the zone whose clocks are meant.
    package var timeZone: String
    package var timestamp: Timestamp

    package init(
        local: LocalDateTime,
        isInSecondPass: Bool = false,
        timeZone: String,
        timestamp: Timestamp
    ) {
        self.local = local
        self.isInSecondPass = isInSecondPass
        self.timeZone = timeZone
        self.timestamp = timestamp
    }

    /// What the clocks of a zone show at a point in time.
    package init(at timestamp: Timestamp, in zone: Zone) {
        let shown = WallClockTime(at: timestamp, in: zone)
        self.init(
            local: shown.local,
            isInSecondPass: shown.pass == .second,
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
