import Recurrence
import SystemZones
import Testing

/// Lines that are broken, and zones that are not written as they should be.
struct CalendarLineTests {
    private static let zones = SystemZones()

    private static let start = "DTSTART:20260105T100000Z\nRRULE:FREQ=DAILY;COUNT=3"

    private static func error(_ text: String) -> RecurrenceSet.ParseError? {
        #expect(throws: RecurrenceSet.ParseError.self) {
            try CalendarRecurrence(parsing: text, zones: zones)
        }
    }

    @Test(
        arguments: [
            "EXDATE", "EXDATE 20260106T100000Z", "EXDATE=20260106T100000Z",
            "EXDATE TZID=Europe/Berlin:20260106T110000", "exdate;20260106T100000Z",
            "EXDATE;TZID=\"Europe/Berlin:20260106T110000", "RRULE FREQ=DAILY", "RRULE",
            "FREQ=DAILY;COUNT=2", "and FREQ=WEEKLY", "RDATE", "EXRULE;FREQ=DAILY", "DUE 20260106",
            "DTSTART", "20260106T100000Z", ",20260106T100000Z", ";COUNT=3",
            ";TZID=Europe/Berlin:20260106T110000", "20260106T100000Z,20260107T100000Z:",
            "Y=MO,TU", "TU", "EX DATE:20260106T100000Z", "\u{A0}EXDATE:20260106T100000Z",
            "\u{FEFF}EXDATE:20260106T100000Z", "item1.EXDATE:20260106T100000Z",
            "EXDATETZID=Europe/Berlin:20260106T110000",
        ]
    )
    func `a broken line that may belong to the series is refused`(line: String) {
        let text = "\(CalendarLineTests.start)\n\(line)"
        let error = CalendarLineTests.error(text)
        #expect(error?.part == line)
        #expect(error?.reason.contains("may belong to the series") == true)
        #expect(
            CalendarLineTests.error("BEGIN:VEVENT\n\(text)\nEND:VEVENT")?.part == line
        )
    }

    @Test(
        arguments: [
            "and so on", "Due to the weather", "SUMMARY Agenda", "\u{0} and so on",
        ]
    )
    func `another broken line is left out`(line: String) throws {
        let text = "\(CalendarLineTests.start)\n\(line)"
        let reading = try CalendarRecurrence(parsing: text, zones: CalendarLineTests.zones)
        #expect(reading.set.count(upTo: 9) == 3)
        #expect(reading.remarks.count == 1)
        #expect(reading.remarks[0].part.unicodeScalars.allSatisfy { $0.value >= 32 })
    }

    @Test func `a cancelled series is told of`() throws {
        let reading = try CalendarRecurrence(
            parsing: "BEGIN:VEVENT\nSTATUS:CANCELLED\n\(CalendarLineTests.start)\nEND:VEVENT",
            zones: CalendarLineTests.zones
        )
        #expect(reading.remarks.map(\.part) == ["STATUS"])
    }

    @Test func `a broken line of an alarm is left out`() throws {
        let alarm = "BEGIN:VALARM\n10 minutes\nEND:VALARM"
        let text = "BEGIN:VEVENT\n\(CalendarLineTests.start)\n\(alarm)\nEND:VEVENT"
        let set = try RecurrenceSet(parsing: text, zones: CalendarLineTests.zones)
        #expect(set.count(upTo: 9) == 3)
    }

    @Test(
        arguments: [
            "FREQ=MONTHLY;BYMONTHDAY=1 5", "FREQ=DAILY;COUNT=1 2", "FREQ=DAILY;INTERVAL=1\t0",
            "FREQ=DAILY;UNTIL=20260107 100000Z", "FREQ=MONTHLY;BYMONTHDAY=1\n  5",
        ]
    )
    func `blanks between two digits are refused`(rule: String) {
        let error = CalendarLineTests.error("DTSTART:20260105T100000Z\nRRULE:\(rule)")
        #expect(error?.part == "RRULE")
        #expect(error?.reason.contains("blank between two digits") == true)
    }

    // MARK: Parameters

    @Test(
        arguments: [
            ("DTSTART;Germany/Berlin:20260301T100000", "DTSTART"),
            ("DTSTART;DATE:20260301T100000", "DTSTART"),
            ("DTSTART;TZID=:20260301T100000", "DTSTART"),
            ("DTSTART;TZID=\"\":20260301T100000", "DTSTART"),
            ("DTSTART;TZID=Europe/Berlin;TZID=Asia/Tokyo:20260301T100000", "DTSTART"),
            ("DTSTART;Europe/Berlin;TZID=Asia/Tokyo:20260301T100000", "DTSTART"),
            ("DTSTART:foo:20260301T100000", "DTSTART"),
            ("DTSTART:Europe/Berlin:20260301T100000", "DTSTART"),
            ("DTSTART;VALUE=DATE-TIME:Europe/Berlin:20260301T100000", "DTSTART"),
            ("DTSTART:TZID=Germany/Berlin:20260301T100000", "TZID"),
            ("DTSTART:20260301T100000Z\nEXDATE;TZID=:20260301T100000", "EXDATE"),
            ("DTSTART:20260301T100000Z\nRDATE;foo:20260301T100000", "RDATE"),
        ]
    )
    func `a zone that is not clear is refused`(text: String, part: String) {
        #expect(CalendarLineTests.error(text)?.part == part)
    }

    @Test(
        arguments: [
            ("DTSTART;Europe/Berlin:20260301T100000", "20260301T090000Z"),
            ("DTSTART:TZID=Europe/Berlin:20260301T100000", "20260301T090000Z"),
            ("DTSTART;TZID=Europe/Berlin;TZID=Europe/Berlin:20260301T100000", "20260301T090000Z"),
            ("DTSTART;TZID=UTC+01:00:20260301T100000", "20260301T090000Z"),
            ("DTSTART;TZID=:20260301T090000Z", "20260301T090000Z"),
            ("DTSTART;:20260301T090000Z", "20260301T090000Z"),
            (
                "DTSTART:20260301T100000\nRRULE:FREQ=DAILY;COUNT=1;TZID=Europe/Berlin",
                "20260301T090000Z"
            ),
            ("DTSTART;TIMEZONE=Europe/Berlin:20260301T090000Z", "20260301T090000Z"),
        ]
    )
    func `a zone that is clear is read with a remark`(text: String, instant: String) throws {
        let reading = try CalendarRecurrence(parsing: text, zones: CalendarLineTests.zones)
        #expect(reading.set.occurrences().map(\.timestamp.description) == [instant])
        #expect(!reading.remarks.isEmpty)
    }

    // MARK: Messages

    @Test(
        arguments: [
            (
                "DTSTART:2026-03-01T10.00.00", "DTSTART",
                "2026-03-01T10.00.00 is not a date or date-time"
            ),
            (
                "DTSTART;VALUE=DATE-TIME:2026-03-01T10:00:00+01:00", "DTSTART",
                "2026-03-01T10:00:00+01:00 is not a date or date-time"
            ),
            (
                "DTSTART:20260301T100000Z\nEXDATE:foo", "EXDATE",
                "foo is not a date or date-time"
            ),
            (
                "BEGIN:VCALENDAR\n VERSION:2.0\n BEGIN:VEVENT\nEND:VCALENDAR", "BEGIN",
                "VCALENDARVERSION:2.0BEGIN:VEVENT names no component; a line that begins with a "
                    + "blank goes on with the one before"
            ),
        ]
    )
    func `a message quotes what was written`(text: String, part: String, reason: String) {
        let error = CalendarLineTests.error(text)
        #expect(error == RecurrenceSet.ParseError(part: part, reason: reason))
    }

    @Test(
        arguments: [
            ("", "one occurrence is changed elsewhere in the text; it is shown as the rule has it"),
            (
                "STATUS:CANCELLED",
                "one occurrence is cancelled elsewhere in the text; it is shown as the rule has it"
            ),
            (
                "RECURRENCE-ID;RANGE=THISANDFUTURE:20260106T100000Z",
                "one occurrence is changed with all that follow elsewhere in the text; it is shown "
                    + "as the rule has it"
            ),
        ]
    )
    func `what becomes of an occurrence elsewhere is told of`(line: String, reason: String) throws {
        let id = line.hasPrefix("RECURRENCE-ID") ? line : "RECURRENCE-ID:20260106T100000Z\n\(line)"
        let reading = try CalendarRecurrence(
            parsing: "BEGIN:VEVENT\nUID:1\n\(CalendarLineTests.start)\nEND:VEVENT\n"
                + "BEGIN:VEVENT\nUID:1\n\(id)\nEND:VEVENT",
            zones: CalendarLineTests.zones
        )
        #expect(reading.remarks == [CalendarRemark(part: "RECURRENCE-ID", reason: reason)])
    }
}
