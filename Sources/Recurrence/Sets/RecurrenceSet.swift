/// A start with recurrence rules and dates, less exception rules and dates (RFC 5545, section
/// 3.8.5).
///
/// Occurrences are ordered by their slots, the local date-times. Instants have the same order,
/// except around a gap: a slot in the gap may take place later than a slot after it.
///
/// A set is prepared once and then only read; copying it costs next to nothing.
public struct RecurrenceSet: Sendable {
    /// DTSTART on the local clock; midnight if ``isAllDay``.
    public var start: LocalDateTime { core.start }
    /// Whether DTSTART is a day without a time.
    public var isAllDay: Bool { core.isAllDay }
    /// The zone of all local date-times; nothing for a floating set.
    public var zone: Zone? { core.zone }
    /// RRULE.
    public var rules: [RecurrenceRule] { core.rules }
    /// EXRULE.
    public var exceptionRules: [RecurrenceRule] { core.exceptionRules }
    /// RDATE, ascending.
    public var dates: [LocalDateTime] { core.dates }
    /// EXDATE, ascending.
    public var exceptionDates: [LocalDateTime] { core.exceptionDates }
    /// The options that were given.
    public var options: RecurrenceOptions { core.options }

    let core: PreparedSet

    /// Prepares a set of one rule.
    ///
    /// - Parameters:
    ///   - start: The first date-time of the series.
    ///   - zone: The zone that the start is in; nothing for a floating one.
    ///   - rule: The rule.
    ///   - options: How to read the rule.
    /// - Complexity: About a microsecond; with COUNT, as ``occurrence(at:)`` in addition.
    public init(
        start: LocalDateTime,
        zone: Zone?,
        rule: RecurrenceRule,
        options: RecurrenceOptions = .init()
    ) {
        self.init(start: start, zone: zone, rules: [rule], options: options)
    }

    /// Prepares a set.
    ///
    /// A set without rules has its start and its dates as occurrences. A set with rules has the
    /// start only if the rules yield it or ``RecurrenceOptions/start`` includes it.
    ///
    /// - Parameters:
    ///   - start: The first date-time of the series; no occurrence comes before it but a date.
    ///   - isAllDay: Whether the start is a day. All parts of rules about the time of day are then
    ///     ignored, and of the zone only an UNTIL is left: if it is an instant, the day that it lies
    ///     on in the zone is the last.
    ///   - zone: The zone that all date-times are in; nothing for floating ones.
    ///   - rules: RRULE.
    ///   - dates: RDATE; of an all-day set, the days.
    ///   - exceptionDates: EXDATE; each uses up its place in COUNT.
    ///   - options: How to read the rules.
    /// - Complexity: O(*n* log *n*) in the dates; as ``occurrence(at:)`` for each COUNT.
    public init(
        start: LocalDateTime,
        isAllDay: Bool = false,
        zone: Zone?,
        rules: [RecurrenceRule],
        dates: [LocalDateTime] = [],
        exceptionDates: [LocalDateTime] = [],
        options: RecurrenceOptions = .init()
    ) {
        core = PreparedSet(
            start: start,
            isAllDay: isAllDay,
            zone: zone,
            rules: rules,
            exceptionRules: [],
            dates: dates,
            exceptionDates: exceptionDates,
            options: options
        )
    }

    /// Prepares a set with exception rules, which RFC 5545 deprecates but older calendars have.
    ///
    /// The set is refused unless what the exceptions leave can be found in bounded time. That is so
    /// in two cases. First, each exception takes the same times away on each of its days; if a rule
    /// has steps that differ from day to day, each exception must take away whole days. Second, no
    /// part limits the days of any rule, and the steps of all rules together repeat after some
    /// thousand steps.
    ///
    /// - Parameters:
    ///   - start: The first date-time of the series; no occurrence comes before it but a date.
    ///   - isAllDay: Whether the start is a day. All parts of rules about the time of day are then
    ///     ignored, and of the zone only an UNTIL is left: if it is an instant, the day that it lies
    ///     on in the zone is the last.
    ///   - zone: The zone that all date-times are in; nothing for floating ones.
    ///   - rules: RRULE.
    ///   - exceptionRules: EXRULE; eight at most.
    ///   - dates: RDATE; of an all-day set, the days.
    ///   - exceptionDates: EXDATE; each uses up its place in COUNT.
    ///   - options: How to read the rules.
    /// - Throws: ``ParseError`` with the part EXRULE.
    /// - Complexity: As ``init(start:isAllDay:zone:rules:dates:exceptionDates:options:)``, and up
    ///   to a millisecond for each rule that has exceptions.
    public init(
        start: LocalDateTime,
        isAllDay: Bool = false,
        zone: Zone?,
        rules: [RecurrenceRule],
        exceptionRules: [RecurrenceRule],
        dates: [LocalDateTime] = [],
        exceptionDates: [LocalDateTime] = [],
        options: RecurrenceOptions = .init()
    ) throws(ParseError) {
        guard exceptionRules.count <= ExceptionFilter.exceptionLimit else {
            throw ParseError(
                part: "EXRULE",
                reason: "there are more than \(ExceptionFilter.exceptionLimit)"
            )
        }
        core = PreparedSet(
            start: start,
            isAllDay: isAllDay,
            zone: zone,
            rules: rules,
            exceptionRules: exceptionRules,
            dates: dates,
            exceptionDates: exceptionDates,
            options: options
        )
        guard core.filters.allSatisfy(\.isBounded) else {
            throw ParseError(
                part: "EXRULE",
                reason: "its steps or positions do not go with those of the rule"
            )
        }
    }
}

extension RecurrenceSet {
    /// Why a text, or rules and dates, are not a recurrence set.
    public struct ParseError: Error, Hashable {
        /// The property, the component or the part of a rule that is wrong, such as `DTSTART`,
        /// `VCALENDAR` or `BYMONTH`.
        public var part: String
        /// What is wrong with it.
        public var reason: String

        /// Creates an error.
        public init(part: String, reason: String) {
            self.part = part
            self.reason = reason
        }
    }
}
