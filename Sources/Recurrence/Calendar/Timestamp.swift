/// A point in time: microseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
public struct Timestamp: Hashable, Sendable {
    /// Microseconds since the beginning of 1970 in UTC; negative before it.
    public var microseconds: Int64

    /// Creates the timestamp that lies a number of microseconds after the beginning of 1970 in UTC.
    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// Creates the timestamp that lies a number of seconds after the beginning of 1970 in UTC.
    ///
    /// - Precondition: The seconds lie within about 292,000 years of 1970.
    public init(seconds: Int64) {
        self.init(microseconds: seconds * 1_000_000)
    }

    /// Whole seconds since the beginning of 1970 in UTC, rounded towards the past.
    public var seconds: Int64 {
        let (quotient, remainder) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        return remainder < 0 ? quotient - 1 : quotient
    }

    /// The beginning of the millisecond in which the timestamp lies.
    package var cutToMilliseconds: Timestamp {
        let remainder = microseconds % 1000
        return Timestamp(
            microseconds: microseconds - (remainder < 0 ? remainder + 1000 : remainder)
        )
    }
}

extension Timestamp: Comparable {
    /// Tells whether one timestamp is earlier than another.
    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.microseconds < right.microseconds
    }
}

extension Timestamp: InstantProtocol {
    /// Returns the timestamp that lies a duration later, to the microsecond.
    ///
    /// - Complexity: O(1).
    public func advanced(by duration: Duration) -> Timestamp {
        let (seconds, attoseconds) = duration.components
        return Timestamp(
            microseconds: microseconds + seconds * 1_000_000 + attoseconds / 1_000_000_000_000
        )
    }

    /// Returns how long after this timestamp another one lies.
    ///
    /// - Complexity: O(1).
    public func duration(to other: Timestamp) -> Duration {
        .microseconds(other.microseconds - microseconds)
    }
}
