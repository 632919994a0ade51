import HTTPServing
package import Recurrence
package import Tasks

/// A date as clients write it: ISO 8601, with or without a time, with or without an offset.
package enum LionDeskDate: Hashable, Sendable {
    /// A day alone; as a time, its first second.
    case date(CivilDate)
    /// A time without an offset: what a wall clock shows, and microseconds after it (0 to 999,999).
    case wallClock(LocalDateTime, microseconds: Int64)
    /// A time with an offset or `Z`, to the microsecond.
    case instant(Timestamp)
}

extension LionDeskDate {
    /// Returns the time as that at which a task is due, without fractions of a second.
    ///
    /// - Parameter zone: The owner's zone: what has an offset is converted to its wall clock.
    /// - Returns: Nothing where that wall clock shows a year outside 1 to 9999.
    package func wallClockTime(in zone: Zone) -> WallClockTime? {
        let local =
            switch self {
            case .date(let date): LocalDateTime(date)
            case .wallClock(let local, _): local
            case .instant(let timestamp): zone.localDateTime(at: timestamp)
            }
        guard (CivilDate.earliest...CivilDate.latest).contains(local.date) else { return nil }
        return WallClockTime(local: local, zone: zone)
    }

    /// Returns the point in time that a filter compares with.
    ///
    /// - Parameter zone: The zone of a time that is written without an offset.
    /// - Returns: The point in time in whole milliseconds, cut towards the past.
    package func timestamp(in zone: Zone) -> Timestamp {
        let exact =
            switch self {
            case .date(let date): zone.timestamp(of: LocalDateTime(date)).microseconds
            case .wallClock(let local, let microseconds):
                zone.timestamp(of: local).microseconds + microseconds
            case .instant(let timestamp): timestamp.microseconds
            }
        let beyondMillisecond = exact % 1000
        let truncated = exact - beyondMillisecond - (beyondMillisecond < 0 ? 1000 : 0)
        return Timestamp(microseconds: truncated)
    }
}

extension LionDeskDate {
    /// Reads a date: `2012-09-27`, `2012-09-27T09:15`, `2012-09-27 09:15:00.5-07:00`.
    ///
    /// Seconds and their fraction (1 to 9 digits, cut to six) may be missing; an offset is `Z`,
    /// `±hh:mm`, `±hhmm` or `±hh`, and a blank stands for a plus sign that a URL lost. Week dates,
    /// ordinal dates, 24:00, leap seconds and years outside 1 to 9999 are refused.
    package init?(parsing text: String) {
        var scanner = DateScanner(text)
        guard let date = scanner.date() else { return nil }
        if scanner.isAtEnd {
            self = .date(date)
            return
        }
        guard scanner.skip("T") || scanner.skip(" "),
            let (secondOfDay, microseconds) = scanner.timeOfDay()
        else { return nil }
        let local = LocalDateTime(date, secondOfDay: secondOfDay)
        if scanner.isAtEnd {
            self = .wallClock(local, microseconds: microseconds)
            return
        }
        guard let offset = scanner.offset(), scanner.isAtEnd else { return nil }
        let seconds = local.secondsSince1970 - offset
        self = .instant(Timestamp(microseconds: seconds * 1_000_000 + microseconds))
    }
}
