package import Recurrence

/// A point in time as HighLevel writes it: ISO 8601, answered as `2021-04-15T10:00:00.000Z`.
package struct HighLevelDate: Hashable, Sendable {
    /// The point in time in whole milliseconds; a finer fraction is cut off.
    package let timestamp: Timestamp

    /// The years that a request may name.
    ///
    /// The upper limit leaves room for dates that are computed from a request's date.
    package static let years = 1970...9900

    package init(_ timestamp: Timestamp) {
        self.timestamp = timestamp.cutToMilliseconds
    }

    /// Reads a date: `2021-04-15`, `2021-04-15T10:00`, `2021-04-15T10:00:00.000+02:00`.
    ///
    /// A day alone means its first second, and a time without an offset is in UTC. An offset is `Z`,
    /// `±hh:mm`, `±hhmm` or `±hh`. Years other than ``years`` are refused.
    package init?(parsing text: String) {
        let read = CalendarText(
            parsing: text,
            in: .extended,
            allowing: Self.variants,
            years: Self.years
        )
        guard let read else { return nil }
        self.init(read.timestamp(in: .utc))
    }

    private static let variants: CalendarText.Variants = [
        .days, .localTimes, .offsets, .looseOffsets, .fractions, .minutes, .blanks, .lowerCase,
    ]

    /// Milliseconds since 1970 in UTC.
    var millisecondsSince1970: Int64 { timestamp.microseconds / 1000 }

    /// The text, with years beyond 9999 as ECMAScript writes them: `+010000-01-01T00:00:00.000Z`.
    package var text: String { timestamp.text(in: .extended, fraction: .milliseconds) }
}
