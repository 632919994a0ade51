// Dates and times in the basic form of ISO 8601, which is RFC 5545's, of the years 1 to 9999.

extension CivilDate: CustomStringConvertible {
    /// The basic form of ISO 8601: `19970902`.
    public var description: String {
        let (year, month, day) = components
        return decimal(year * 10_000 + month * 100 + day, width: 8)
    }
}

extension LocalDateTime: CustomStringConvertible {
    /// The basic form of ISO 8601: `19970902T090000`.
    public var description: String {
        let (hour, minute, second) = time
        return "\(date)T\(decimal(hour * 10_000 + minute * 100 + second, width: 6))"
    }
}

extension Timestamp: CustomStringConvertible {
    /// The basic form of ISO 8601 in UTC: `19970902T130000Z`, or `19970902T130000.25Z` where it lies
    /// within a second.
    public var description: String {
        let remainder = microseconds % 1_000_000
        let fraction = remainder < 0 ? remainder + 1_000_000 : remainder
        let second = LocalDateTime(secondsSince1970: seconds)
        guard fraction != 0 else { return "\(second)Z" }
        var digits = decimal(Int(fraction), width: 6)
        while digits.last == "0" { digits.removeLast() }
        return "\(second).\(digits)Z"
    }
}

private func decimal(_ number: Int, width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(width - digits.count, 0)) + digits
}
