/// The choices that RFC 5545 leaves open, and readings that users want instead of the RFC's.
public struct RecurrenceOptions: Hashable, Sendable {
    /// What rules do when the zone's clocks change.
    public enum Policy: Hashable, Sendable {
        /// Every local date-time counts, even if a gap puts two on one instant (as the RFC says).
        case wall
        /// Of slots that a gap puts on one instant, only the first counts.
        case dedupe
        /// Rules of hours, minutes or seconds without BY parts are steps of elapsed time. A slot is
        /// then what the clocks show. Where they show a time twice, two occurrences may have the
        /// same slot; a slot that is asked for then means the first of them that is in the set. If
        /// a set has any other rule, all its rules are read as ``wall``.
        case elapsed
    }

    /// What BYSETPOS counts in the period that holds the start.
    public enum SetPositions: Hashable, Sendable {
        /// The whole period, from its own beginning.
        case whole
        /// What is left of the period from the start on.
        case cut
    }

    /// How a yearly rule reads BYMONTHDAY without BYMONTH, and BYWEEKNO without BYDAY.
    public enum Reading: Hashable, Sendable {
        /// By the RFC's table: BYMONTHDAY in every month, BYWEEKNO on every day of the week.
        case table
        /// BYMONTHDAY in the start's month, BYWEEKNO on the start's weekday.
        case fill
    }

    /// What becomes of a start that its rules do not yield.
    public enum Start: Hashable, Sendable {
        /// It is no occurrence.
        case omit
        /// It is the first occurrence, and COUNT counts it.
        case include
    }

    /// What rules do when the zone's clocks change; ``Policy/wall`` if not given.
    public var policy: Policy
    /// What BYSETPOS counts in the first period; ``SetPositions/whole`` if not given.
    public var setPositions: SetPositions
    /// How sparse yearly rules are read; ``Reading/table`` if not given.
    public var reading: Reading
    /// What becomes of a start that its rules do not yield; ``Start/omit`` if not given.
    public var start: Start

    /// Creates options; those that are left out follow the RFC.
    public init(
        policy: Policy = .wall,
        setPositions: SetPositions = .whole,
        reading: Reading = .table,
        start: Start = .omit
    ) {
        self.policy = policy
        self.setPositions = setPositions
        self.reading = reading
        self.start = start
    }
}
