import Recurrence
import SystemZones
import Testing

/// Small flaws that programs write: read with a remark, or refused where reading is strict.
struct CalendarFlawTests {
    private static let zones = SystemZones()

    private static let start = "DTSTART:20260105T100000Z"

    @Test(
        arguments: [
            ("FREQ=WEEKLY;BYDAY=MO;", "FREQ=WEEKLY;BYDAY=MO", "RRULE"),
            (";FREQ=WEEKLY;BYDAY=MO", "FREQ=WEEKLY;BYDAY=MO", "RRULE"),
            ("FREQ=WEEKLY;;BYDAY=MO", "FREQ=WEEKLY;BYDAY=MO", "RRULE"),
            ("FREQ=WEEKLY;BYDAY=MO  ", "FREQ=WEEKLY;BYDAY=MO", "RRULE"),
            (" FREQ=WEEKLY;BYDAY=MO", "FREQ=WEEKLY;BYDAY=MO", "RRULE"),
            ("FREQ=WEEKLY; BYDAY=MO, WE", "FREQ=WEEKLY;BYDAY=MO,WE", "RRULE"),
            ("FREQ=WEEKLY;BYDAY=MO,,WE,", "FREQ=WEEKLY;BYDAY=MO,WE", "BYDAY"),
            ("FREQ=WEEKLY;BYDAY=MO;BYDAY=MO", "FREQ=WEEKLY;BYDAY=MO", "BYDAY"),
            (
                "FREQ=DAILY;COUNT=-1;UNTIL=20260107T100000Z", "FREQ=DAILY;UNTIL=20260107T100000Z",
                "COUNT"
            ),
            (
                "FREQ=DAILY;UNTIL=20260107T100000Z;COUNT=0", "FREQ=DAILY;UNTIL=20260107T100000Z",
                "COUNT"
            ),
            ("FREQ=DAILY;COUNT=-1", "FREQ=DAILY", "COUNT"),
            ("FREQ=DAILY;COUNT=2;UNTIL=20260107T100000Z", "FREQ=DAILY;COUNT=2", "COUNT"),
            (
                "FREQ=DAILY;UNTIL=20260107T100000Z;COUNT=9", "FREQ=DAILY;UNTIL=20260107T100000Z",
                "COUNT"
            ),
            ("FREQ=DAILY;INTERVAL=+2", "FREQ=DAILY;INTERVAL=2", "INTERVAL"),
            (
                "FREQ=DAILY;UNTIL=2026-01-07T11:00:00+01:00", "FREQ=DAILY;UNTIL=20260107T100000Z",
                "UNTIL"
            ),
            (
                "FREQ=DAILY;UNTIL=20260107T100000.000Z", "FREQ=DAILY;UNTIL=20260107T100000Z",
                "UNTIL"
            ),
            ("FREQ=DAILY;UNTIL=2026-01-07", "FREQ=DAILY;UNTIL=20260107", "UNTIL"),
            ("FREQ=DAILY;X-ORIGIN=US", "FREQ=DAILY", "X-ORIGIN"),
            ("FREQ=DAILY;DTSTART=20260105T100000Z", "FREQ=DAILY", "DTSTART"),
            ("FREQ=DAILY;DTSTART=20260106T100000Z", "FREQ=DAILY", "DTSTART"),
        ]
    )
    func `a flaw of a rule is mended and told of`(text: String, rule: String, part: String) throws {
        let lines = "\(CalendarFlawTests.start)\nRRULE:\(text)"
        let reading = try CalendarRecurrence(parsing: lines, zones: CalendarFlawTests.zones)
        #expect(reading.set.rules.map(\.description) == [rule])
        #expect(reading.set.start.description == "20260105T100000")
        #expect(reading.remarks.contains { $0.part == part })
        #expect(throws: RecurrenceSet.ParseError.self) {
            try CalendarRecurrence(
                parsing: lines,
                zones: CalendarFlawTests.zones,
                strictness: .strict
            )
        }
    }

    @Test(
        arguments: [
            "FREQ=DAILY;COUNT=0", "FREQ=DAILY;COUNT=-2", "FREQ=DAILY;COUNT=2;COUNT=3",
            "FREQ=DAILY;COUNT=2;COUNT=3;UNTIL=20260107T100000Z",
            "FREQ=DAILY;COUNT=0;COUNT=3;UNTIL=20260230", "FREQ=DAILY;INTERVAL=+-2",
            "FREQ=DAILY;UNTIL=07/01/2026", "FREQ=WEEKLY;BYDAY=", "FREQ=WEEKLY;BYDAY=,",
            "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;BYDAY", "FREQ=DAILY;EVERY=2", ";", "",
        ]
    )
    func `a rule that may mean something else is refused`(text: String) {
        #expect(throws: RecurrenceSet.ParseError.self) {
            try RecurrenceSet(
                parsing: "\(CalendarFlawTests.start)\nRRULE:\(text)",
                zones: CalendarFlawTests.zones
            )
        }
    }

    @Test func `a start within the rule is the start where there is no other`() throws {
        let set = try RecurrenceSet(
            parsing: "RRULE:FREQ=DAILY;DTSTART=20260105T100000;TZID=Europe/Berlin",
            zones: CalendarFlawTests.zones
        )
        #expect(set.start.description == "20260105T100000")
        #expect(set.zone?.identifier == "Europe/Berlin")
        #expect(set.rules.map(\.description) == ["FREQ=DAILY"])
    }

    @Test(
        arguments: [
            ("DTSTART:20260105T100000Z \nRRULE:FREQ=DAILY;COUNT=3", "DTSTART"),
            (
                "DTSTART:20260105T100000Z\nRRULE:FREQ=DAILY;COUNT=4\nEXDATE:20260108T100000Z, ",
                "EXDATE"
            ),
            (
                "DTSTART:20260105T100000Z\nDTSTART:20260105T100000Z\nRRULE:FREQ=DAILY;COUNT=3",
                "DTSTART"
            ),
            ("DTSTART;TZID=Europe/Berlin:20260105T100000Z\nRRULE:FREQ=DAILY;COUNT=3", "DTSTART"),
            ("DTSTART:20260105T100000Z\nand so on\nRRULE:FREQ=DAILY;COUNT=3", "and so on"),
            ("DTSTART;TZID=+00:00:20260105T100000\nRRULE:FREQ=DAILY;COUNT=3", "DTSTART"),
            (
                "DTSTART;TZID=(UTC) Coordinated Universal Time:20260105T100000\nRRULE:FREQ=DAILY;COUNT=3",
                "TZID"
            ),
            ("DTSTART;VALUE=DATE:20260105T100000Z\nRRULE:FREQ=DAILY;COUNT=3", "DTSTART"),
            ("DTSTART:2026-01-05T10:00:00Z\nRRULE:FREQ=DAILY;COUNT=3", "DTSTART"),
            ("DTSTART;TZID=UTC:20260105T1000\nRRULE:FREQ=DAILY;COUNT=3", "DTSTART"),
            ("DTSTART:20260105T100000.000Z\nRRULE:FREQ=DAILY;COUNT=3", "DTSTART"),
            (
                "DTSTART:20260105T100000Z\nRRULE:FREQ=DAILY;COUNT=4\nEXDATE:2026-01-08",
                "EXDATE"
            ),
            (
                "DTSTART:20260105T100000Z\nRRULE:FREQ=DAILY;COUNT=4\nEXDATE:20260108T120000+0200",
                "EXDATE"
            ),
            ("DTSTART;TZID=utc:20260105T100000\nRRULE:FREQ=DAILY;COUNT=3", "TZID"),
        ]
    )
    func `a flaw of a line is told of`(text: String, part: String) throws {
        let reading = try CalendarRecurrence(parsing: text, zones: CalendarFlawTests.zones)
        let days = reading.set.occurrences().map(\.timestamp.description)
        #expect(days == ["20260105T100000Z", "20260106T100000Z", "20260107T100000Z"])
        #expect(reading.remarks.contains { $0.part == part })
        #expect(throws: RecurrenceSet.ParseError.self) {
            try CalendarRecurrence(
                parsing: text,
                zones: CalendarFlawTests.zones,
                strictness: .strict
            )
        }
    }

    @Test func `steps of hours beside a day are told of`() throws {
        let reading = try CalendarRecurrence(
            parsing: "DTSTART;VALUE=DATE:20260105\nRRULE:FREQ=HOURLY;COUNT=3",
            zones: CalendarFlawTests.zones
        )
        #expect(reading.remarks.map(\.part) == ["FREQ"])
    }

    @Test(
        arguments: [
            "DTSTART:20260105T100000Z\nRRULE:FREQ=DAILY;COUNT=3",
            """
            DTSTART;TZID=Europe/Berlin:20260105T100000
            RRULE:FREQ=DAILY;UNTIL=20260107T090000Z
            EXDATE;TZID=Europe/Berlin:20260106T100000
            RDATE;VALUE=PERIOD:20260109T100000Z/PT1H
            """,
            "DTSTART;VALUE=DATE:20260105\nRRULE:FREQ=DAILY;UNTIL=20260107\nEXDATE;VALUE=DATE:20260106",
            "SUMMARY: spaced \nDTSTART:20260105T100000\nRRULE:FREQ=DAILY;UNTIL=20260107T100000\n\n",
        ]
    )
    func `text without a flaw has no remark`(text: String) throws {
        for strictness in [CalendarStrictness.strict, .lenient] {
            let reading = try CalendarRecurrence(
                parsing: text,
                zones: CalendarFlawTests.zones,
                strictness: strictness
            )
            #expect(reading.remarks == [])
        }
    }

    @Test func `remarks are bounded`() throws {
        let dates = (0..<2000).map { "EXDATE:20260105T100000Z,\nline \($0)\n" }.joined()
        let reading = try CalendarRecurrence(
            parsing: "\(CalendarFlawTests.start)\nRRULE:FREQ=DAILY\n\(dates)",
            zones: CalendarFlawTests.zones
        )
        #expect(reading.remarks.count == 100)
    }
}
