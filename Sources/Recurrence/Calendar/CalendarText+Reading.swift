extension CalendarText {
    /// What a reader accepts in addition to a date and a time with seconds and `Z`.
    package struct Variants: OptionSet, Sendable {
        package let rawValue: UInt16

        package init(rawValue: UInt16) {
            self.rawValue = rawValue
        }

        /// A day alone.
        package static let days = Variants(rawValue: 1)
        /// A time without an offset.
        package static let localTimes = Variants(rawValue: 2)
        /// An offset with hours and minutes: `+02:00` or, in the compact form, `+0200`.
        package static let offsets = Variants(rawValue: 4)
        /// An offset of hours alone.
        ///
        /// Also one of hours and minutes, with or without a colon in either form.
        package static let looseOffsets = Variants(rawValue: 8)
        /// 1 to 9 digits after a decimal point; what is finer than a microsecond is cut off.
        package static let fractions = Variants(rawValue: 16)
        /// A time without seconds.
        package static let minutes = Variants(rawValue: 32)
        /// The 60th second of a minute, which is read as the 59th (RFC 5545, section 3.3.12).
        package static let leapSeconds = Variants(rawValue: 64)
        /// A blank instead of the `T`, and a blank instead of a plus sign: a URL's decoding turns a
        /// plus sign into a blank.
        package static let blanks = Variants(rawValue: 128)
        /// `t` and `z`.
        package static let lowerCase = Variants(rawValue: 256)

        /// A date-time as RFC 3339 has it (section 5.6), without leap seconds.
        package static let rfc3339 = Variants([.offsets, .fractions, .lowerCase])
        /// A DATE or DATE-TIME of iCalendar (RFC 5545, sections 3.3.4 and 3.3.5).
        package static let iCalendar = Variants([.days, .localTimes, .leapSeconds])
    }

    /// Reads a whole text; nothing where it is malformed.
    ///
    /// Week dates, ordinal dates, 24:00 and years that are out of range are never accepted.
    ///
    /// - Complexity: O(1); some tens of nanoseconds.
    package init?(
        parsing text: String,
        in form: CalendarForm,
        allowing variants: Variants,
        years: ClosedRange<Int> = 1...9999
    ) {
        self.init(Array(text.utf8)[...], in: form, allowing: variants, years: years)
    }

    /// Reads the whole of some bytes; nothing where they are malformed.
    init?(
        _ bytes: ArraySlice<UInt8>,
        in form: CalendarForm,
        allowing variants: Variants,
        years: ClosedRange<Int> = 1...9999
    ) {
        var reader = TextReader(bytes)
        guard let date = reader.date(in: form, years) else { return nil }
        if reader.isAtEnd {
            guard variants.contains(.days) else { return nil }
            self = .date(date)
            return
        }
        guard reader.skipSeparator(variants), let time = reader.timeOfDay(in: form, variants) else {
            return nil
        }
        let local = LocalDateTime(date, secondOfDay: time.second)
        if reader.isAtEnd {
            guard variants.contains(.localTimes) else { return nil }
            self = .local(local, microseconds: time.microseconds)
            return
        }
        guard let offset = reader.offset(in: form, variants), reader.isAtEnd else { return nil }
        let seconds = local.secondsSince1970 - offset
        self = .instant(Timestamp(microseconds: seconds * 1_000_000 + time.microseconds))
    }
}

extension Timestamp {
    /// Reads a date-time with its offset from UTC (RFC 3339, section 5.6), to the microsecond.
    ///
    /// Leap seconds are refused.
    package init?(parsing text: String) {
        guard
            case .instant(let timestamp)? =
                CalendarText(parsing: text, in: .extended, allowing: .rfc3339)
        else { return nil }
        self = timestamp
    }
}

extension TextReader {
    /// Reads `yyyy-mm-dd` or `yyyymmdd`.
    fileprivate mutating func date(
        in form: CalendarForm,
        _ years: ClosedRange<Int>
    ) -> CivilDate? {
        guard let year = digits(4), years.contains(year), skip("-", in: form),
            let month = digits(2), skip("-", in: form), let day = digits(2)
        else { return nil }
        return CivilDate(year: year, month: month, day: day)
    }

    /// Reads what separates a time from its date.
    fileprivate mutating func skipSeparator(_ variants: CalendarText.Variants) -> Bool {
        skip("T") || variants.contains(.lowerCase) && skip("t")
            || variants.contains(.blanks) && skip(" ")
    }

    /// Reads `hh:mm:ss` or `hhmmss`, or one of the variants.
    fileprivate mutating func timeOfDay(
        in form: CalendarForm,
        _ variants: CalendarText.Variants
    ) -> (second: Int, microseconds: Int64)? {
        guard let hour = digits(2), hour <= 23, skip(":", in: form),
            let minute = digits(2), minute <= 59
        else { return nil }
        let secondOfDay = hour * 3600 + minute * 60
        guard form == .extended ? skip(":") : (48...57).contains(next) else {
            return variants.contains(.minutes) ? (secondOfDay, 0) : nil
        }
        guard let second = digits(2), second <= (variants.contains(.leapSeconds) ? 60 : 59) else {
            return nil
        }
        let wholeSecond = secondOfDay + min(second, 59)
        guard variants.contains(.fractions), skip(".") else { return (wholeSecond, 0) }
        return fraction().map { (wholeSecond, $0) }
    }

    /// Reads 1 to 9 digits after the point, as microseconds.
    private mutating func fraction() -> Int64? {
        var nanoseconds: Int64 = 0
        var unit: Int64 = 100_000_000
        while unit > 0, let digit = digits(1) {
            nanoseconds += Int64(digit) * unit
            unit /= 10
        }
        return unit == 100_000_000 ? nil : nanoseconds / 1000
    }

    /// Reads `Z`, `±hh:mm` or `±hhmm`, or one of the variants, as seconds east of UTC.
    fileprivate mutating func offset(
        in form: CalendarForm,
        _ variants: CalendarText.Variants
    ) -> Int64? {
        if skip("Z") || variants.contains(.lowerCase) && skip("z") { return 0 }
        guard variants.contains(.offsets) else { return nil }
        let isNegative = next == UInt8(ascii: "-")
        guard skip("+") || skip("-") || variants.contains(.blanks) && skip(" "),
            let hours = digits(2), hours <= 23
        else { return nil }
        var seconds = hours * 3600
        if !isAtEnd || !variants.contains(.looseOffsets) {
            let isColon = skip(":")
            guard variants.contains(.looseOffsets) || isColon == (form == .extended),
                let minutes = digits(2), minutes <= 59
            else { return nil }
            seconds += minutes * 60
        }
        return Int64(isNegative ? -seconds : seconds)
    }

    /// Reads a character that only the extended form has; reads nothing in the compact form.
    private mutating func skip(_ character: Unicode.Scalar, in form: CalendarForm) -> Bool {
        form == .compact || skip(character)
    }
}
