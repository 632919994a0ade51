/// A date and a time of day as a wall clock shows them, without a zone, to the second.
public struct LocalDateTime: Hashable, Sendable {
    /// Seconds since 1970-01-01T00:00:00 on the same wall clock; negative before it.
    public let secondsSince1970: Int64

    /// Creates the date-time that lies a number of seconds after 1970-01-01T00:00:00.
    public init(secondsSince1970: Int64) {
        self.secondsSince1970 = secondsSince1970
    }

    /// Creates a date-time from a day and a number of seconds after its midnight.
    public init(_ date: CivilDate, secondOfDay: Int = 0) {
        secondsSince1970 = Int64(date.daysSince1970) * 86_400 + Int64(secondOfDay)
    }

    /// Creates a date-time from its parts, or nothing where one of them is out of range.
    ///
    /// - Complexity: O(1).
    public init?(
        year: Int,
        month: Int,
        day: Int,
        hour: Int = 0,
        minute: Int = 0,
        second: Int = 0
    ) {
        guard let date = CivilDate(year: year, month: month, day: day),
            (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second)
        else { return nil }
        self.init(date, secondOfDay: hour * 3600 + minute * 60 + second)
    }

    /// The day.
    ///
    /// - Complexity: O(1).
    public var date: CivilDate {
        let seconds = secondsSince1970
        return CivilDate(
            daysSince1970: Int((seconds >= 0 ? seconds : seconds - 86_399) / 86_400)
        )
    }

    /// Seconds since midnight, 0 to 86,399.
    ///
    /// - Complexity: O(1).
    public var secondOfDay: Int {
        Int(secondsSince1970 - Int64(date.daysSince1970) * 86_400)
    }

    /// The hour, the minute and the second of the day.
    ///
    /// - Complexity: O(1).
    public var time: (hour: Int, minute: Int, second: Int) {
        let second = secondOfDay
        return (second / 3600, second / 60 % 60, second % 60)
    }

    /// The date-time that lies a number of seconds later on the same wall clock.
    ///
    /// - Complexity: O(1).
    public func advanced(bySeconds count: Int64) -> LocalDateTime {
        LocalDateTime(secondsSince1970: secondsSince1970 + count)
    }
}

extension LocalDateTime: Comparable {
    /// Tells whether one date-time is before another on the same wall clock.
    public static func < (left: LocalDateTime, right: LocalDateTime) -> Bool {
        left.secondsSince1970 < right.secondsSince1970
    }
}
