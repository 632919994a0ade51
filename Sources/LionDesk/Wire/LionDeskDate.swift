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
    /// - Parameter zone: Where the wall clock hangs that a time without an offset means.
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
        guard let year = scanner.number(digitCount: 4), scanner.skip("-"),
            let month = scanner.number(digitCount: 2), scanner.skip("-"),
            let day = scanner.number(digitCount: 2),
            let date = CivilDate(year: year, month: month, day: day)
        else { return nil }
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

    mutating func number(digitCount: Int) -> Int? {
        guard position + digitCount <= bytes.count else { return nil }
        var number = 0
        for byte in bytes[position..<(position + digitCount)] {
            guard (0x30...0x39).contains(byte) else { return nil }
            number = number * 10 + Int(byte - 0x30)
        }
        position += digitCount
        return number
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

    /// Takes `Z`, `±hh:mm`, `±hhmm` or `±hh`, as seconds east of UTC.
    mutating func offset() -> Int64? {
        if skip("Z") { return 0 }
        let sign: Int64
        if skip("+") || skip(" ") {
            sign = 1
        } else if skip("-") {
            sign = -1
        } else {
            return nil
        }
        guard let hours = number(digitCount: 2), hours <= 23 else { return nil }
        if isAtEnd { return sign * Int64(hours) * 3600 }
        _ = skip(":")
        guard let minutes = number(digitCount: 2), minutes <= 59 else { return nil }
        return sign * Int64(hours * 3600 + minutes * 60)
    }
}
