/// How much of a second is written; the rest is cut off.
package enum CalendarFraction: Sendable {
    case none
    /// Three digits.
    case milliseconds
    /// Up to six digits, without zeros at the end; for a whole second no digit and no point.
    case shortest
}

extension CivilDate: CustomStringConvertible {
    /// Returns the day as text: `1997-09-02` or `19970902`.
    package func text(in form: CalendarForm) -> String {
        written { $0.append(components, in: form) }
    }

    /// The basic form of ISO 8601: `19970902`.
    public var description: String { text(in: .compact) }
}

extension LocalDateTime: CustomStringConvertible {
    /// Returns the date-time as text: `1997-09-02T09:00:00` or `19970902T090000`.
    package func text(in form: CalendarForm) -> String {
        written { $0.append(self, in: form) }
    }

    /// Returns the date-time as text with its offset from UTC, in seconds east of it.
    ///
    /// The text is `1997-09-02T09:00:00-04:00` or `19970902T090000-0400`. The offset has seconds
    /// if they are not zero.
    package func text(in form: CalendarForm, offset: Int) -> String {
        written { bytes in
            bytes.append(self, in: form)
            bytes.append(ascii: offset < 0 ? "-" : "+")
            let (hours, minutes, seconds) = (
                abs(offset) / 3600, abs(offset) / 60 % 60, abs(offset) % 60
            )
            bytes.append(twoDigits: hours)
            if form == .extended { bytes.append(ascii: ":") }
            bytes.append(twoDigits: minutes)
            if seconds == 0 { return }
            if form == .extended { bytes.append(ascii: ":") }
            bytes.append(twoDigits: seconds)
        }
    }

    /// The basic form of ISO 8601: `19970902T090000`.
    public var description: String { text(in: .compact) }
}

extension Timestamp: CustomStringConvertible {
    /// Returns the point in time as text in UTC: `1997-09-02T13:00:00.250Z` or
    /// `19970902T130000.25Z`.
    package func text(in form: CalendarForm, fraction: CalendarFraction) -> String {
        written { $0.append(self, in: form, fraction) }
    }

    /// The basic form of ISO 8601 in UTC: `19970902T130000Z`, or `19970902T130000.25Z` where it
    /// lies within a second.
    public var description: String { text(in: .compact, fraction: .shortest) }
}

extension [UInt8] {
    /// Appends what ``LocalDateTime/text(in:)`` returns.
    package mutating func append(_ local: LocalDateTime, in form: CalendarForm) {
        append(addingCapacity: textCapacity) { $0.append(local, in: form) }
    }

    /// Appends what ``Timestamp/text(in:fraction:)`` returns.
    package mutating func append(
        _ timestamp: Timestamp,
        in form: CalendarForm,
        fraction: CalendarFraction
    ) {
        append(addingCapacity: textCapacity) { $0.append(timestamp, in: form, fraction) }
    }
}

/// Bytes enough for any date-time, even with the longest year that 64 bits of seconds can reach.
private let textCapacity = 48

private func written(_ write: (inout OutputSpan<UInt8>) -> Void) -> String {
    String(decoding: [UInt8](capacity: textCapacity, initializingWith: write), as: UTF8.self)
}

extension OutputSpan<UInt8> {
    fileprivate mutating func append(
        _ date: (year: Int, month: Int, day: Int),
        in form: CalendarForm
    ) {
        append(year: date.year)
        if form == .extended { append(ascii: "-") }
        append(twoDigits: date.month)
        if form == .extended { append(ascii: "-") }
        append(twoDigits: date.day)
    }

    fileprivate mutating func append(_ local: LocalDateTime, in form: CalendarForm) {
        let date = local.date
        let second = Int(local.secondsSince1970 - Int64(date.daysSince1970) * 86_400)
        append(date.components, in: form)
        append(ascii: "T")
        append(twoDigits: second / 3600)
        if form == .extended { append(ascii: ":") }
        append(twoDigits: second / 60 % 60)
        if form == .extended { append(ascii: ":") }
        append(twoDigits: second % 60)
    }

    fileprivate mutating func append(
        _ timestamp: Timestamp,
        in form: CalendarForm,
        _ fraction: CalendarFraction
    ) {
        append(LocalDateTime(secondsSince1970: timestamp.seconds), in: form)
        let remainder = Int(timestamp.microseconds % 1_000_000)
        let microseconds = remainder < 0 ? remainder + 1_000_000 : remainder
        switch fraction {
        case .none: break
        case .milliseconds: append(fraction: microseconds, untilUnit: 1000)
        case .shortest where microseconds == 0: break
        case .shortest:
            var unit = 1
            while microseconds % (unit * 10) == 0 { unit *= 10 }
            append(fraction: microseconds, untilUnit: unit)
        }
        append(ascii: "Z")
    }

    /// Appends a point and the digits of a number of microseconds, down to the digit that counts
    /// `last` microseconds (a power of ten).
    private mutating func append(fraction microseconds: Int, untilUnit last: Int) {
        append(ascii: ".")
        var unit = 100_000
        while unit >= last {
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: microseconds / unit % 10))
            unit /= 10
        }
    }

    /// Appends four digits; for a year outside 0 to 9999 a sign and at least six digits, as in
    /// ECMAScript.
    private mutating func append(year: Int) {
        var rest = Int(year.magnitude)
        if !(0...9999).contains(year) {
            append(ascii: year < 0 ? "-" : "+")
            var unit = 10_000
            while rest / unit >= 100 { unit *= 100 }
            while unit >= 10_000 {
                append(twoDigits: rest / unit)
                rest %= unit
                unit /= 100
            }
        }
        append(twoDigits: rest / 100)
        append(twoDigits: rest % 100)
    }

    /// Appends a number from 0 to 99.
    fileprivate mutating func append(twoDigits number: Int) {
        append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / 10))
        append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
    }

    fileprivate mutating func append(ascii character: Unicode.Scalar) {
        append(UInt8(ascii: character))
    }
}
