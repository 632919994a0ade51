/// A recurrence rule: RFC 5545's RECUR value (section 3.3.10), with RFC 7529's SKIP.
///
/// Two rules are equal when they mean the same: the case and the order of the text, repeated
/// values, `INTERVAL=1` and `WKST=MO` make no difference.
public struct RecurrenceRule: Hashable, Sendable {
    /// How often the rule's periods come.
    public enum Frequency: Int, Hashable, Sendable, CaseIterable {
        case secondly, minutely, hourly, daily, weekly, monthly, yearly
    }

    /// A day of the week.
    public enum Weekday: Int, Hashable, Sendable, CaseIterable {
        case monday, tuesday, wednesday, thursday, friday, saturday, sunday
    }

    /// One weekday of a month or a year by its number, such as the last Friday.
    public struct OrdinalWeekday: Hashable, Sendable {
        /// 1 for the first to 53, or -1 for the last to -53.
        public let ordinal: Int
        /// The day of the week.
        public let weekday: Weekday

        /// Creates the weekday of a number.
        public init(_ ordinal: Int, _ weekday: Weekday) {
            self.ordinal = ordinal
            self.weekday = weekday
        }
    }

    /// The last date-time that a rule may yield, in the form it was written in.
    public enum Until: Hashable, Sendable {
        /// A point in time: `19971224T000000Z`.
        case instant(Timestamp)
        /// What the clocks of the start's zone show: `19971224T000000`.
        case local(LocalDateTime)
        /// A whole day, its last second included: `19971224`.
        case date(CivilDate)
    }

    /// How a rule ends.
    public enum End: Hashable, Sendable {
        /// With the year 9999.
        case never
        /// After a number of occurrences; those that exception dates take away count too.
        case count(Int)
        /// With the last occurrence not after a date-time.
        case until(Until)
    }

    /// What becomes of a date that a month or a year does not have (RFC 7529, section 4.1).
    public enum Skip: Hashable, Sendable {
        /// It is left out.
        case omit
        /// The day before stands in for it.
        case backward
        /// The day after stands in for it.
        case forward
    }

    /// FREQ.
    public package(set) var frequency: Frequency
    /// INTERVAL: every how many periods, 1 to 2,147,483,647.
    public package(set) var interval = 1
    /// COUNT, UNTIL, or neither.
    public package(set) var end: End = .never
    /// WKST: the day that weeks start with.
    public package(set) var weekStart: Weekday = .monday
    /// SKIP: what becomes of dates that do not exist.
    public package(set) var skip: Skip = .omit

    package var seconds: UInt64 = 0
    package var minutes: UInt64 = 0
    package var hours: UInt32 = 0
    /// Bit 0 is January.
    package var months: UInt16 = 0
    /// Bit 0 is Monday.
    package var weekdays: UInt8 = 0
    package var monthDays = SignedSet64()
    package var weekNumbers = SignedSet64()
    /// Sorted, without repetition; so are the next two.
    package var ordinalWeekdays: [OrdinalWeekday] = []
    package var yearDays: [Int] = []
    package var setPositions: [Int] = []

    /// Creates a rule that recurs once in each period, without end.
    public init(frequency: Frequency) {
        self.frequency = frequency
    }

    /// Whether no part says which days of its months, weeks or years it means.
    package var hasNoDays: Bool {
        weekdays == 0 && monthDays.isEmpty && weekNumbers.isEmpty && ordinalWeekdays.isEmpty
            && yearDays.isEmpty
    }

    /// Returns the same rule with another end; a point in time within a second means that second.
    ///
    /// - Precondition: A count lies between 1 and 2,147,483,647.
    /// - Complexity: O(1); the rule's lists are shared.
    public func ending(_ end: End) -> RecurrenceRule {
        if case .count(let count) = end {
            precondition((1...RecurrenceRule.numberLimit).contains(count), "COUNT is out of range")
        }
        var rule = self
        rule.end = end.inWholeSeconds
        return rule
    }

    /// The greatest INTERVAL and the greatest COUNT.
    package static let numberLimit = Int(Int32.max)
}

/// Numbers 1 to 64 and -1 to -64.
package struct SignedSet64: Hashable, Sendable {
    /// Bit 0 is 1.
    package private(set) var positive: UInt64 = 0
    /// Bit 0 is -1.
    package private(set) var negative: UInt64 = 0

    package init() {}

    package var isEmpty: Bool { positive | negative == 0 }

    package mutating func insert(_ number: Int) {
        if number > 0 {
            positive |= 1 << UInt64(number - 1)
        } else {
            negative |= 1 << UInt64(-number - 1)
        }
    }

    /// The numbers: 1, 2 and so on, then -1, -2 and so on.
    package var numbers: [Int] {
        positive.indicesOfSetBits.map { $0 + 1 } + negative.indicesOfSetBits.map { -$0 - 1 }
    }
}

extension FixedWidthInteger {
    /// The places of the bits that are set, ascending; 0 is the lowest.
    package var indicesOfSetBits: [Int] {
        var indices: [Int] = []
        indices.reserveCapacity(nonzeroBitCount)
        var bits = self
        while bits != 0 {
            indices.append(bits.trailingZeroBitCount)
            bits &= bits &- 1
        }
        return indices
    }
}

extension RecurrenceRule.OrdinalWeekday: Comparable {
    /// Tells whether one comes before the other in the canonical order: by number, then by day.
    public static func < (left: Self, right: Self) -> Bool {
        (left.ordinal, left.weekday.rawValue) < (right.ordinal, right.weekday.rawValue)
    }
}
