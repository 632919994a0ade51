package import Recurrence

/// Takes the parts of an ISO 8601 date from the front of a text.
package struct DateScanner {
    private let bytes: [UInt8]
    private var position = 0

    package init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// Whether nothing is left.
    package var isAtEnd: Bool { position == bytes.count }

    /// Takes a character if it comes next.
    package mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else {
            return false
        }
        position += 1
        return true
    }

    /// Takes `yyyy-mm-dd`, a day of the years 1 to 9999.
    package mutating func date() -> CivilDate? {
        guard let year = number(digitCount: 4), skip("-"), let month = number(digitCount: 2),
            skip("-"), let day = number(digitCount: 2)
        else { return nil }
        return CivilDate(year: year, month: month, day: day)
    }

    /// Takes `hh:mm`, `hh:mm:ss` or `hh:mm:ss.f`.
    package mutating func timeOfDay() -> (second: Int, microseconds: Int64)? {
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

    /// Takes `Z`, `±hh:mm`, `±hhmm` or `±hh`, as seconds east of UTC; a blank stands for a plus sign
    /// that a URL lost.
    package mutating func offset() -> Int64? {
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
