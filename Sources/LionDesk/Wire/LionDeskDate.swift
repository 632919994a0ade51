package import Recurrence
package import Tasks

/// A date that a client of LionDesk's wrote: ISO 8601, with or without a time and an offset.
package struct LionDeskDate: Hashable, Sendable {
    /// What the client wrote.
    package let text: CalendarText

    /// Reads a date: `2012-09-27`, `2012-09-27T09:15`, `2012-09-27 09:15:00.5-07:00`.
    ///
    /// An offset is `Z`, `±hh:mm`, `±hhmm` or `±hh`. A blank may stand for a plus sign, because a
    /// plus sign in a URL is read as a blank.
    package init?(parsing text: String) {
        guard let text = CalendarText(parsing: text, in: .extended, allowing: Self.variants) else {
            return nil
        }
        self.text = text
    }

    private static let variants: CalendarText.Variants = [
        .days, .localTimes, .offsets, .looseOffsets, .fractions, .minutes, .blanks,
    ]

    /// Returns when a task is due, in whole seconds.
    ///
    /// - Parameter zone: The owner's zone. A time with an offset is put on its clocks, and stays the
    ///   same point in time.
    /// - Returns: Nothing where those clocks show a year outside 1 to 9999.
    package func wallClockTime(in zone: Zone) -> WallClockTime? {
        let local = text.local(in: zone)
        guard (CivilDate.earliest...CivilDate.latest).contains(local.date) else { return nil }
        guard case .instant(let timestamp) = text else {
            return WallClockTime(local: local, zone: zone)
        }
        return WallClockTime(at: Timestamp(seconds: timestamp.seconds), in: zone)
    }

    /// Returns the point in time that a filter compares with.
    ///
    /// - Parameter zone: The zone of a time that is written without an offset.
    /// - Returns: The point in time in whole milliseconds, cut towards the past.
    package func timestamp(in zone: Zone) -> Timestamp {
        text.timestamp(in: zone).cutToMilliseconds
    }
}
