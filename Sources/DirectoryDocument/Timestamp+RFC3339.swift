package import Recurrence

extension Timestamp {
    /// Reads a date-time with its offset from UTC (RFC 3339, section 5.6), to the microsecond.
    ///
    /// Leap seconds are refused.
    package init?(parsing text: String) {
        var rest = Array(text.utf8)[...]
        guard let year = rest.takeNumber(digits: 4), rest.take("-"),
            let month = rest.takeNumber(digits: 2), rest.take("-"),
            let day = rest.takeNumber(digits: 2), rest.take("T") || rest.take("t"),
            let hour = rest.takeNumber(digits: 2), rest.take(":"),
            let minute = rest.takeNumber(digits: 2), rest.take(":"),
            let second = rest.takeNumber(digits: 2),
            let local = LocalDateTime(
                year: year,
                month: month,
                day: day,
                hour: hour,
                minute: minute,
                second: second
            ),
            let microsecond = rest.takeFraction(),
            let offset = rest.takeOffset(), rest.isEmpty
        else { return nil }
        let seconds = local.secondsSince1970 - Int64(offset)
        self.init(microseconds: seconds * 1_000_000 + Int64(microsecond))
    }
}

extension ArraySlice<UInt8> {
    fileprivate mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard first == UInt8(ascii: character) else { return false }
        removeFirst()
        return true
    }

    fileprivate mutating func takeNumber(digits count: Int) -> Int? {
        let digits = prefix(count)
        guard digits.count == count, digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        removeFirst(count)
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    /// Takes a fraction of a second, if there is one, in microseconds; what is finer is cut off.
    fileprivate mutating func takeFraction() -> Int? {
        guard take(".") else { return 0 }
        let digits = prefix { (0x30...0x39).contains($0) }
        guard (1...9).contains(digits.count) else { return nil }
        removeFirst(digits.count)
        let kept = digits.prefix(6).reduce(0) { $0 * 10 + Int($1 - 0x30) }
        return (digits.count..<Swift.max(6, digits.count)).reduce(kept) { value, _ in value * 10 }
    }

    /// Takes an offset from UTC, in seconds.
    fileprivate mutating func takeOffset() -> Int? {
        if take("Z") || take("z") { return 0 }
        let isNegative = first == UInt8(ascii: "-")
        guard take("+") || take("-"), let hour = takeNumber(digits: 2), hour < 24, take(":"),
            let minute = takeNumber(digits: 2), minute < 60
        else { return nil }
        let seconds = hour * 3600 + minute * 60
        return isNegative ? -seconds : seconds
    }
}
