import Recurrence
import SystemZones
import Testing

/// Whole calendars: which lines are the series', and what is said where there is not one.
struct CalendarComponentTests {
    private static let zones = SystemZones()

    private static func slots(_ text: String) throws -> String {
        let set = try RecurrenceSet(parsing: text, zones: zones)
        return set.occurrences().prefix(3).map(\.recurrenceID.description).joined(separator: " ")
    }

    private static let zone = """
        BEGIN:VTIMEZONE
        TZID:America/Los_Angeles
        BEGIN:STANDARD
        DTSTART:19510909T010000
        RRULE:FREQ=YEARLY;UNTIL=19610924T090000Z;BYMONTH=9;BYDAY=-1SU
        TZOFFSETFROM:-0700
        TZOFFSETTO:-0800
        END:STANDARD
        END:VTIMEZONE

        """

    private static let alarm = """
        BEGIN:VALARM
        DTSTART:19990101T000000
        RRULE:FREQ=SECONDLY
        END:VALARM

        """

    private static func component(_ name: String, _ lines: String) -> String {
        "BEGIN:\(name)\n\(lines)\n\(alarm)END:\(name)\n"
    }

    private static func calendar(_ components: String...) -> String {
        "BEGIN:VCALENDAR\nVERSION:2.0\n\(zone)\(components.joined())END:VCALENDAR\n"
    }

    private static let daily = "DTSTART;TZID=America/Los_Angeles:20260105T100000\nRRULE:FREQ=DAILY"

    private static let days = "20260105T100000 20260106T100000 20260107T100000"

    @Test(
        arguments: [
            calendar(component("VTODO", daily)), calendar(component("VEVENT", daily)),
            calendar(component("VJOURNAL", daily)), component("VEVENT", daily), daily,
            "\u{FEFF}" + calendar(component("VEVENT", daily)),
            calendar(component("VEVENT", daily)).replacing("\n", with: "\r\n"),
            calendar(component("VEVENT", daily)).replacing("\n", with: "\r"),
            // Folded within a name, a value and a number; folded with a tabulator.
            "DTST\r\n ART;TZID=America/Los\r\n _Angeles:2026\r\n\t0105T100000\nRRULE:FREQ=DA\n ILY",
            // Due alone.
            calendar(
                component("VTODO", "DUE;TZID=America/Los_Angeles:20260105T100000\nRRULE:FREQ=DAILY")
            ),
            // A changed occurrence is no series.
            calendar(
                component("VEVENT", "UID:1\n\(daily)"),
                component(
                    "VEVENT",
                    "UID:1\nRECURRENCE-ID:20260106T180000Z\nDTSTART:20260106T190000Z"
                )
            ),
        ]
    )
    func `the series' own lines are read`(text: String) throws {
        #expect(try CalendarComponentTests.slots(text) == CalendarComponentTests.days)
    }

    @Test(
        arguments: [
            (
                calendar(
                    component("VEVENT", daily),
                    component("VTODO", daily),
                    component("VEVENT", daily)
                ),
                "VCALENDAR", "it has 3 components, but one is wanted: 2 VEVENT, 1 VTODO"
            ),
            (
                calendar(
                    component("VEVENT", "UID:1\n\(daily)"),
                    component("VEVENT", "UID:2\nRECURRENCE-ID:20260106T180000Z\n\(daily)")
                ),
                "VCALENDAR", "it has 2 components, but one is wanted: 2 VEVENT"
            ),
            (calendar(), "VCALENDAR", "it has no VEVENT, VTODO or VJOURNAL"),
            (
                calendar(component("VTODO", "RRULE:FREQ=DAILY")), "DTSTART",
                "it is missing, and so is DUE"
            ),
            (calendar(component("VEVENT", "DUE:20260105T100000Z")), "DTSTART", "it is missing"),
            ("", "DTSTART", "it is missing"),
            (
                "DTSTART:20260105T100000Z\nDTSTART:20260106T100000Z", "DTSTART",
                "there are 2 of them"
            ),
            ("BEGIN:VEVENT\n\(daily)", "VEVENT", "it does not end: the text is cut short"),
            ("BEGIN:VEVENT\n\(daily)\nEND:VTODO", "END", "it ends VTODO, but VEVENT has begun"),
            ("\(daily)\nEND:VEVENT", "END", "it ends VEVENT, but no component has begun"),
            (
                "RRULE:FREQ=DAILY\n" + component("VEVENT", daily), "RRULE",
                "it stands outside of VEVENT"
            ),
            ("DTSTART;TZID=+25:00:20260105T100000", "TZID", "there is no zone +25:00"),
            (String(repeating: "BEGIN:VEVENT\n", count: 20), "VEVENT", "it lies too deep"),
        ]
    )
    func `what is not one series is refused with a reason`(
        text: String,
        part: String,
        reason: String
    ) {
        let error = #expect(throws: RecurrenceSet.ParseError.self) {
            try RecurrenceSet(parsing: text, zones: CalendarComponentTests.zones)
        }
        #expect(error == RecurrenceSet.ParseError(part: part, reason: reason))
    }

    @Test func `a text that is too long is refused`() {
        let text = String(repeating: "X-LONG:AND LONGER\n", count: 1_000_000)
        let error = #expect(throws: RecurrenceSet.ParseError.self) {
            try RecurrenceSet(parsing: text, zones: CalendarComponentTests.zones)
        }
        #expect(error?.part == "text")
    }

    @Test func `changed occurrences are told of`() throws {
        let reading = try CalendarRecurrence(
            parsing: CalendarComponentTests.calendar(
                CalendarComponentTests.component(
                    "VEVENT",
                    "UID:1\n\(CalendarComponentTests.daily)"
                ),
                CalendarComponentTests.component("VEVENT", "UID:1\nRECURRENCE-ID:20260106T180000Z")
            ),
            zones: CalendarComponentTests.zones,
            strictness: .strict
        )
        #expect(reading.remarks.map(\.part) == ["RECURRENCE-ID", "TZID"])
    }
}
