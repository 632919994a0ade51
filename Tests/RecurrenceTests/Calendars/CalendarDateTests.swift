import Recurrence
import SystemZones
import Testing

/// Starts, ends and exceptions whose kinds differ: days, times and instants.
struct CalendarDateTests {
    private static let zones = SystemZones()

    struct Case: CustomTestStringConvertible {
        let name: String
        let text: String
        var reader: String?
        /// The slots; of a longer series its first and, after `…`, its last ones.
        let slots: String

        var testDescription: String { name }
    }

    private static let outlookEnd = """
        DTSTART;VALUE=DATE:20260219
        RRULE:FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20260817T220000Z
        """

    private static let mondays = """
        DTSTART;TZID=Europe/Berlin:20260105T100000
        RRULE:FREQ=WEEKLY;COUNT=4

        """

    private static let ends: [Case] = [
        Case(
            name: "an instant is the day it lies on for the reader",
            text: outlookEnd,
            reader: "Europe/Berlin",
            slots: "20260219…20260818"
        ),
        Case(name: "an instant is a day in UTC", text: outlookEnd, slots: "20260219…20260813"),
        Case(
            name: "the last second of a day in UTC is that day anywhere",
            text: "DTSTART;VALUE=DATE:20260108\nRRULE:FREQ=DAILY;UNTIL=20260110T235959Z",
            reader: "Europe/Berlin",
            slots: "20260108 20260109 20260110"
        ),
        Case(
            name: "midnight in UTC is the beginning of a day anywhere",
            text: "DTSTART;VALUE=DATE:20260108\nRRULE:FREQ=DAILY;UNTIL=20260110T000000Z",
            reader: "America/New_York",
            slots: "20260108 20260109 20260110"
        ),
        Case(
            name: "midnight in UTC takes out its day anywhere",
            text: """
                DTSTART;VALUE=DATE:20260108
                RRULE:FREQ=DAILY;COUNT=4
                EXDATE:20260110T000000Z
                """,
            reader: "America/New_York",
            slots: "20260108 20260109 20260111"
        ),
        Case(
            name: "any other instant is the day it lies on for the reader",
            text: "DTSTART;VALUE=DATE:20260108\nRRULE:FREQ=DAILY;UNTIL=20260110T010000Z",
            reader: "America/New_York",
            slots: "20260108 20260109"
        ),
        Case(
            name: "an instant is a day in the start's zone",
            text: """
                DTSTART;VALUE=DATE;TZID=Asia/Tokyo:20260101
                RRULE:FREQ=DAILY;UNTIL=20260102T150000Z
                """,
            reader: "America/New_York",
            slots: "20260101 20260102 20260103"
        ),
        Case(
            name: "an instant is a day in the calendar's zone",
            text: """
                BEGIN:VCALENDAR
                X-WR-TIMEZONE:Europe/Berlin
                BEGIN:VEVENT
                DTSTART;VALUE=DATE:20260101
                RRULE:FREQ=DAILY;UNTIL=20260102T230000Z
                END:VEVENT
                END:VCALENDAR
                """,
            reader: "America/New_York",
            slots: "20260101 20260102 20260103"
        ),
        Case(
            name: "a time without a zone ends an all-day series on its day",
            text: "DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=DAILY;UNTIL=20260102T230000",
            slots: "20260101 20260102"
        ),
        Case(
            name: "a day ends a series with its last time",
            text: "DTSTART:20260101T100000Z\nRRULE:FREQ=DAILY;UNTIL=20260102",
            slots: "20260101T100000 20260102T100000"
        ),
        Case(
            name: "an instant ends a floating series by the reader's clock",
            text: "DTSTART:20260101T233000\nRRULE:FREQ=DAILY;UNTIL=20260102T223000Z",
            reader: "Europe/Berlin",
            slots: "20260101T233000 20260102T233000"
        ),
        Case(
            name: "an instant ends a floating series by the calendar's clock",
            text: """
                BEGIN:VCALENDAR
                X-WR-TIMEZONE:Europe/Berlin
                BEGIN:VEVENT
                DTSTART:20260101T233000
                RRULE:FREQ=DAILY;UNTIL=20260102T223000Z
                END:VEVENT
                END:VCALENDAR
                """,
            slots: "20260101T233000 20260102T233000"
        ),
        Case(
            name: "an instant ends a floating series by the clock that the text defines",
            text: """
                BEGIN:VCALENDAR
                BEGIN:VTIMEZONE
                TZID:Europe/Berlin
                END:VTIMEZONE
                BEGIN:VEVENT
                DTSTART:20260101T233000
                RRULE:FREQ=DAILY;UNTIL=20260102T223000Z
                END:VEVENT
                END:VCALENDAR
                """,
            slots: "20260101T233000 20260102T233000"
        ),
        Case(
            name: "an instant ends a floating series by UTC's clock",
            text: "DTSTART:20260101T233000\nRRULE:FREQ=DAILY;UNTIL=20260102T223000Z",
            slots: "20260101T233000"
        ),
    ]

    private static let exceptions: [Case] = [
        Case(
            name: "an instant takes out the day it lies on for the reader",
            text: """
                DTSTART;VALUE=DATE:20260111
                RRULE:FREQ=DAILY;COUNT=3
                EXDATE:20260111T230000Z
                """,
            reader: "Europe/Berlin",
            slots: "20260111 20260113"
        ),
        Case(
            name: "an instant takes out the day in UTC",
            text: """
                DTSTART;VALUE=DATE:20260111
                RRULE:FREQ=DAILY;COUNT=3
                EXDATE:20260111T230000Z
                """,
            slots: "20260112 20260113"
        ),
        Case(
            name: "an instant with a zone takes out the day in that zone",
            text: """
                DTSTART;VALUE=DATE:20260111
                RRULE:FREQ=DAILY;COUNT=3
                EXDATE;TZID=Europe/Berlin:20260111T230000Z
                """,
            reader: "America/New_York",
            slots: "20260111 20260113"
        ),
        Case(
            name: "a day takes out a time",
            text: mondays + "EXDATE;VALUE=DATE:20260112,20260113",
            slots: "20260105T100000 20260119T100000 20260126T100000"
        ),
        Case(
            name: "a day takes out all its times",
            text: """
                DTSTART:20260105T220000
                RRULE:FREQ=HOURLY;COUNT=28
                EXDATE;VALUE=DATE:20260106
                """,
            slots: "20260105T220000 20260105T230000 20260107T000000 20260107T010000"
        ),
        Case(
            name: "a day takes out a date that was added",
            text: mondays + """
                RDATE;VALUE=DATE:20260108,20260109
                EXDATE;VALUE=DATE:20260109
                """,
            slots: "20260105T100000 20260108T100000 20260112T100000 20260119T100000 20260126T100000"
        ),
        Case(
            name: "a day that is added has the start's time",
            text: mondays + "RDATE;VALUE=DATE:20260108",
            slots: "20260105T100000 20260108T100000 20260112T100000 20260119T100000 20260126T100000"
        ),
        Case(
            name: "a time in a zone takes out one of a floating series by the reader's clock",
            text: """
                DTSTART:20260101T100000
                RRULE:FREQ=DAILY;COUNT=2
                EXDATE;TZID=America/New_York:20260102T040000
                """,
            reader: "Europe/Berlin",
            slots: "20260101T100000"
        ),
        Case(
            name: "a time in a zone is added to a floating series by the reader's clock",
            text: "DTSTART:20260101T100000\nRDATE;TZID=America/New_York:20260102T040000",
            reader: "Europe/Berlin",
            slots: "20260101T100000 20260102T100000"
        ),
        Case(
            name: "a time in a zone is one of a floating series that nobody has a zone for",
            text: """
                DTSTART:20260101T100000
                RRULE:FREQ=DAILY;COUNT=2
                EXDATE;TZID=America/New_York:20260102T100000
                """,
            slots: "20260101T100000"
        ),
        Case(
            name: "a time in a zone takes out the day it lies on for the reader",
            text: """
                DTSTART;VALUE=DATE:20260111
                RRULE:FREQ=DAILY;COUNT=3
                EXDATE;TZID=America/New_York:20260111T190000
                """,
            reader: "Europe/Berlin",
            slots: "20260111 20260113"
        ),
        Case(
            name: "a time in a zone takes out its day where nobody has a zone",
            text: """
                DTSTART;VALUE=DATE:20260111
                RRULE:FREQ=DAILY;COUNT=3
                EXDATE;TZID=America/New_York:20260111T190000
                """,
            slots: "20260112 20260113"
        ),
        Case(
            name: "a time in a zone that nobody knows takes out its day",
            text: """
                DTSTART;VALUE=DATE:20260111
                RRULE:FREQ=DAILY;COUNT=3
                EXDATE;TZID=Germany/Berlin:20260111T190000
                """,
            reader: "Europe/Berlin",
            slots: "20260112 20260113"
        ),
        Case(
            name: "a time without a zone is one in the start's",
            text: mondays + "EXDATE:20260112T100000\nRDATE:20260113T100000",
            slots: "20260105T100000 20260113T100000 20260119T100000 20260126T100000"
        ),
        Case(
            name: "semicolons separate dates",
            text: mondays + "EXDATE;TZID=Europe/Berlin:20260112T100000;20260119T100000",
            slots: "20260105T100000 20260126T100000"
        ),
        Case(
            name: "an instant takes out a time of a floating series by the reader's clock",
            text: "DTSTART:20260101T100000\nRRULE:FREQ=DAILY;COUNT=2\nEXDATE:20260102T090000Z",
            reader: "Europe/Berlin",
            slots: "20260101T100000"
        ),
    ]

    @Test(arguments: ends + exceptions)
    func `a date of another kind than the start is read as its writer meant it`(
        example: Case
    ) throws {
        let zones = CalendarDateTests.zones
        let reading = try CalendarRecurrence(
            parsing: example.text,
            zones: zones,
            readerZone: example.reader.map { try zones.zone(named: $0) }
        )
        let set = reading.set
        let slots = set.occurrences().map { occurrence in
            let slot = occurrence.recurrenceID
            return set.isAllDay ? slot.date.description : slot.description
        }
        if let dots = example.slots.firstIndex(of: "…") {
            #expect(slots.first == String(example.slots[..<dots]))
            #expect(slots.last == String(example.slots[dots...].dropFirst()))
        } else {
            #expect(slots.joined(separator: " ") == example.slots)
        }
        #expect(!reading.remarks.isEmpty)
        #expect(throws: RecurrenceSet.ParseError.self) {
            try CalendarRecurrence(parsing: example.text, zones: zones, strictness: .strict)
        }
        let again = try RecurrenceSet(parsing: set.description, zones: zones)
        #expect(Array(again.occurrences()) == Array(set.occurrences()))
    }

    @Test func `a rule of an all-day set made from its parts ends on the day of an instant`() throws
    {
        let set = RecurrenceSet(
            start: try #require(LocalDateTime(year: 2026, month: 2, day: 19)),
            isAllDay: true,
            zone: try CalendarDateTests.zones.zone(named: "Europe/Berlin"),
            rules: [try RecurrenceRule(parsing: "FREQ=DAILY;UNTIL=20260220T230000Z")]
        )
        #expect(set.occurrences().map(\.recurrenceID.date.description).last == "20260221")
    }

    @Test func `days that would take out too much are refused`() {
        let error = #expect(throws: RecurrenceSet.ParseError.self) {
            try RecurrenceSet(
                parsing: "DTSTART:20260101T000000Z\nRRULE:FREQ=SECONDLY\nEXDATE:20260110",
                zones: CalendarDateTests.zones
            )
        }
        #expect(error?.part == "EXDATE")
    }
}
