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
        var scanner = DateScanner(text)
        guard let date = scanner.date(), Self.years.contains(date.components.year) else {
            return nil
        }
        var local = LocalDateTime(date)
        var microseconds: Int64 = 0
        var offset: Int64 = 0
        if !scanner.isAtEnd {
            guard scanner.skip("T") || scanner.skip("t") || scanner.skip(" "),
                let time = scanner.timeOfDay(), let east = scanner.offset(), scanner.isAtEnd
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

/// Takes the parts of a date from the front of a text.
private struct DateScanner {
    private let bytes: [UInt8]
    private var position = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    var isAtEnd: Bool { position == bytes.count }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else {
            return false
        }
        position += 1
        return true
    }

    mutating func date() -> CivilDate? {
        guard let year = number(digitCount: 4), skip("-"), let month = number(digitCount: 2),
            skip("-"), let day = number(digitCount: 2)
        else { return nil }
        return CivilDate(year: year, month: month, day: day)
    }

    /// Takes `hh:mm`, `hh:mm:ss` or `hh:mm:ss.f`.
    mutating func timeOfDay() -> (second: Int, microseconds: Int64)? {
        guard let hour = number(digitCount: 2), hour <= 23, skip(":"),
            let minute = number(digitCount: 2), minute <= 59
        else { return nil }
        let secondOfDay = hour * 3600 + minute * 60
        guard skip(":") else { return (secondOfDay, 0) }
        guard let second = number(digitCount: 2), second <= 59 else { return nil }
        guard skip(".") else { return (secondOfDay + second, 0) }
        guard let microseconds = fraction() else { return nil }
        return (secondOfDay + second, microseconds)
    }

    /// Takes `Z`, `±hh:mm`, `±hhmm` or `±hh`, or nothing, as seconds east of UTC.
    mutating func offset() -> Int64? {
        if isAtEnd || skip("Z") || skip("z") { return 0 }
        let sign: Int64 = skip("-") ? -1 : 1
        guard sign == -1 || skip("+"), let hours = number(digitCount: 2), hours <= 23 else {
            return nil
        }
        if isAtEnd { return sign * Int64(hours) * 3600 }
        _ = skip(":")
        guard let minutes = number(digitCount: 2), minutes <= 59 else { return nil }
        return sign * Int64(hours * 3600 + minutes * 60)
    }

    /// Takes 1 to 9 digits after the point, as microseconds.
    private mutating func fraction() -> Int64? {
        var nanoseconds: Int64 = 0
        var unit: Int64 = 100_000_000
        while unit > 0, let digit = number(digitCount: 1) {
            nanoseconds += Int64(digit) * unit
            unit /= 10
        }
        return unit == 100_000_000 ? nil : nanoseconds / 1000
    }

    private mutating func number(digitCount: Int) -> Int? {
        guard position + digitCount <= bytes.count else { return nil }
        var number = 0
        for byte in bytes[position..<(position + digitCount)] {
            guard (0x30...0x39).contains(byte) else { return nil }
            number = number * 10 + Int(byte - 0x30)
        }
        position += digitCount
        return number
    }
}
