/// Reads the numbers and dates of calendar text, byte by byte.
struct TextReader {
    private let bytes: ArraySlice<UInt8>
    private var index: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        index = bytes.startIndex
    }

    var isAtEnd: Bool { index == bytes.endIndex }

    /// The next byte, which stays unread; 0 at the end.
    var next: UInt8 { isAtEnd ? 0 : bytes[index] }

    /// Reads a byte if it comes next.
    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard !isAtEnd, UInt32(bytes[index]) == character.value else { return false }
        index += 1
        return true
    }

    /// Reads whatever byte comes next.
    mutating func skipByte() {
        index += 1
    }

    /// Reads one to ten digits.
    mutating func number() -> Int? {
        let first = index
        var value = 0
        while (48...57).contains(next) {
            if index - first == 10 { return nil }
            value = value * 10 + Int(next - 48)
            index += 1
        }
        return index == first ? nil : value
    }

    /// Reads one to ten digits that may have a sign.
    mutating func signedNumber() -> Int? {
        if skip("-") { return number().map { -$0 } }
        _ = skip("+")
        return number()
    }

    /// Reads exactly a number of digits.
    mutating func digits(_ count: Int) -> Int? {
        let first = index
        guard bytes.endIndex - first >= count else { return nil }
        var value = 0
        while index < first + count {
            guard (48...57).contains(next) else { return nil }
            value = value * 10 + Int(next - 48)
            index += 1
        }
        return value
    }

    /// Reads two letters as one number.
    mutating func letterPair() -> UInt16? {
        guard bytes.endIndex - index >= 2 else { return nil }
        defer { index += 2 }
        return UInt16(bytes[index]) << 8 | UInt16(bytes[index + 1])
    }

    /// Reads `YYYYMMDD`.
    mutating func date() -> CivilDate? {
        guard let year = digits(4), let month = digits(2), let day = digits(2) else { return nil }
        return CivilDate(year: year, month: month, day: day)
    }

    /// Reads `HHMMSS`, in seconds; the 60th second is read as the 59th.
    mutating func secondOfDay() -> Int? {
        guard let hour = digits(2), let minute = digits(2), let second = digits(2),
            hour < 24, minute < 60, second <= 60
        else { return nil }
        return hour * 3600 + minute * 60 + min(second, 59)
    }
}

/// A value of iCalendar's DATE or DATE-TIME in any of its forms.
enum DateValue: Hashable {
    case date(CivilDate)
    case local(LocalDateTime)
    case instant(Timestamp)

    /// Reads a whole value; nothing where it is malformed.
    init?(_ bytes: ArraySlice<UInt8>) {
        var reader = TextReader(bytes)
        guard let date = reader.date() else { return nil }
        if reader.isAtEnd {
            self = .date(date)
            return
        }
        guard reader.skip("T"), let second = reader.secondOfDay() else { return nil }
        let local = LocalDateTime(date, secondOfDay: second)
        if reader.isAtEnd {
            self = .local(local)
        } else if reader.skip("Z"), reader.isAtEnd {
            self = .instant(Timestamp(seconds: local.secondsSince1970))
        } else {
            return nil
        }
    }
}
