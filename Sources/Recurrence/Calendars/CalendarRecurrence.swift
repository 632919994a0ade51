/// A set as calendar text has it, and what there is to say about the text.
public struct CalendarRecurrence: Sendable {
    /// The set.
    public let set: RecurrenceSet
    /// What is unusual about the text, and how it was read.
    ///
    /// Empty for text that is as RFC 5545 wants it and names zones as the source does.
    public let remarks: [CalendarRemark]

    /// The longest text that is read, in bytes.
    static let textLimit = 1 << 24

    /// Reads the set of a calendar's only VEVENT, VTODO or VJOURNAL, or of bare lines of DTSTART,
    /// RRULE, EXRULE, RDATE and EXDATE, in any case, folded or not.
    ///
    /// - A value in UTC or in another zone is converted to the start's zone. Of a period, only the
    ///   beginning is read. A VTODO without DTSTART starts when it is due.
    /// - A zone may have any name that ``ZoneSource/zone(writtenAs:)`` takes, or one that a
    ///   VTIMEZONE of the text defines. The definition counts only if no zone of the source is
    ///   known by the name; then the set has the IANA zone that changes its clocks at the same times
    ///   in the years 2000 to 2037, or else the zone as it is defined.
    /// - Where the start is a day, an UNTIL, EXDATE or RDATE that is an instant means the day that
    ///   it lies on: in the zone of the start or of the calendar, in the only one that the text
    ///   defines, in the reader's, or without any of them in UTC. An instant that
    ///   is not midnight there, but midnight or the last second of a day in UTC, means that day.
    /// - Where the start has a time, an EXDATE that is a day takes out what lies on that day, and an
    ///   RDATE that is a day has the time of the start.
    /// - Components that change single occurrences of the series are left aside, and a remark gives
    ///   their number.
    ///
    /// - Parameters:
    ///   - text: The text, 16,777,216 bytes at most.
    ///   - zones: Where zones come from.
    ///   - readerZone: The zone of whoever reads the text, in which an instant is a day, or a time
    ///     without a zone, where the text itself says nothing.
    ///   - strictness: What becomes of flaws with a clear meaning, such as a semicolon at the end of
    ///     a rule.
    ///   - options: How to read the rules.
    /// - Throws: ``RecurrenceSet/ParseError`` with the property, component or part and the reason.
    /// - Complexity: Linear in the text's length, and then as
    ///   ``RecurrenceSet/init(start:isAllDay:zone:rules:exceptionRules:dates:exceptionDates:options:)``.
    ///   A zone that only the text defines is compared with some 140 others.
    public init(
        parsing text: String,
        zones: some ZoneSource,
        readerZone: Zone? = nil,
        strictness: CalendarStrictness = .lenient,
        options: RecurrenceOptions = .init()
    ) throws(RecurrenceSet.ParseError) {
        // No array is made of a text that is too long.
        let bytes = text.utf8.prefix(CalendarRecurrence.textLimit + 1)
        try self.init(
            bytes: Array(bytes),
            zones: zones,
            readerZone: readerZone,
            strictness: strictness,
            options: options
        )
    }

    /// Reads the set of a calendar's bytes as ``init(parsing:zones:readerZone:strictness:options:)``
    /// does, in UTF-8, or in UTF-16 with a byte order mark.
    ///
    /// Lines may be folded within a character. A line that is not UTF-8 is left out with a remark,
    /// unless it says something about recurrence.
    ///
    /// - Parameters:
    ///   - bytes: The text, 16,777,216 bytes at most.
    ///   - zones: Where zones come from.
    ///   - readerZone: The zone of whoever reads the text.
    ///   - strictness: What becomes of flaws with a clear meaning.
    ///   - options: How to read the rules.
    /// - Throws: ``RecurrenceSet/ParseError`` with the property, component or part and the reason.
    /// - Complexity: As ``init(parsing:zones:readerZone:strictness:options:)``.
    public init(
        bytes: [UInt8],
        zones: some ZoneSource,
        readerZone: Zone? = nil,
        strictness: CalendarStrictness = .lenient,
        options: RecurrenceOptions = .init()
    ) throws(RecurrenceSet.ParseError) {
        guard bytes.count <= CalendarRecurrence.textLimit else {
            throw RecurrenceSet.ParseError(
                part: "text",
                reason: "it has more than \(CalendarRecurrence.textLimit) bytes"
            )
        }
        var remarks = RemarkList(strictness)
        let calendar = try CalendarComponent(parsing: bytes, &remarks)
        var reader = SeriesReader(
            try calendar.series(&remarks),
            of: calendar,
            zones: zones,
            readerZone: readerZone,
            options: options,
            remarks: remarks
        )
        set = try reader.set()
        self.remarks = reader.remarks.remarks
    }
}
