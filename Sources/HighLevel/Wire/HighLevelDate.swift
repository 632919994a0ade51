import HTTPServing
package import Recurrence

/// A point in time as HighLevel's wire has it: ISO 8601, answered as `2021-04-15T10:00:00.000Z`.
package struct HighLevelDate: Hashable, Sendable {
    /// The point in time, to the millisecond; what was finer is cut off.
    package let timestamp: Timestamp

    /// The years that a request may name: beyond them, nothing that is reckoned from a date could
    /// be written any more.
    package static let years = 1970...9900

    package init(_ timestamp: Timestamp) {
        let microseconds = timestamp.microseconds
        self.timestamp = Timestamp(
            microseconds: microseconds - ((microseconds % 1000) + 1000) % 1000
        )
    }

    /// Reads a date: `2021-04-15`, `2021-04-15T10:00`, `2021-04-15T10:00:00.000+02:00`.
    ///
    /// A day alone means its first second, and a time without an offset is one in UTC. Seconds and
    /// their fraction (1 to 9 digits) may be missing; an offset is `Z`, `±hh:mm`, `±hhmm` or `±hh`.
    /// Week dates, ordinal dates, 24:00, leap seconds and other years than ``years`` are refused.
    package init?(parsing text: String) {
        var scanner = DateScanner(text.uppercased())
        guard let date = scanner.date(), Self.years.contains(date.components.year) else {
            return nil
        }
        var local = LocalDateTime(date)
        var microseconds: Int64 = 0
        var offset: Int64 = 0
        if !scanner.isAtEnd {
            guard scanner.skip("T") || scanner.skip(" "), let time = scanner.timeOfDay(),
                let east = scanner.isAtEnd ? 0 : scanner.offset(), scanner.isAtEnd
            else { return nil }
            local = LocalDateTime(date, secondOfDay: time.second)
            microseconds = time.microseconds
            offset = east
        }
        let seconds = local.secondsSince1970 - offset
        self.init(Timestamp(microseconds: seconds * 1_000_000 + microseconds))
    }

    /// Milliseconds since 1970 in UTC.
    package var millisecondsSince1970: Int64 { timestamp.microseconds / 1000 }

    /// The text, with years beyond 9999 as ECMAScript writes them: `+010000-01-01T00:00:00.000Z`.
    package var text: String {
        let seconds = timestamp.seconds
        let local = LocalDateTime(secondsSince1970: seconds)
        let (year, month, day) = local.date.components
        let (hour, minute, second) = local.time
        let milliseconds = Int((timestamp.microseconds - seconds * 1_000_000) / 1000)
        let shownYear = year <= 9999 ? decimal(year, 4) : "+" + decimal(year, 6)
        return "\(shownYear)-\(decimal(month, 2))-\(decimal(day, 2))"
            + "T\(decimal(hour, 2)):\(decimal(minute, 2)):\(decimal(second, 2))"
            + ".\(decimal(milliseconds, 3))Z"
    }

    private func decimal(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(width - digits.count, 0)) + digits
    }
}
