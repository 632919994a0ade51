import Recurrence
import SystemZones
import Testing

/// Names of properties and parameters that differ by one letter from those that say when something
/// takes place.
struct MisspeltNameTests {
    private static let zones = SystemZones()

    private static let start = "DTSTART:20260105T100000Z\nRRULE:FREQ=DAILY;COUNT=3"

    private static func read(
        _ text: String,
        _ strictness: CalendarStrictness = .lenient
    ) throws(RecurrenceSet.ParseError) -> CalendarRecurrence {
        try CalendarRecurrence(parsing: text, zones: zones, strictness: strictness)
    }

    @Test(
        arguments: [
            ("EXDTE:20260106T100000Z", "EXDTE", "EXDATE"),
            ("EXDATES:20260106T100000Z", "EXDATES", "EXDATE"),
            ("EXDAET;VALUE=DATE:20260106", "EXDAET", "EXDATE"),
            ("exdate1:20260106T100000Z", "EXDATE1", "EXDATE"),
            ("EX-DATE:2026-01-06", "EX-DATE", "EXDATE"),
            ("EXDTE : 20260106T100000Z, 20260107T100000Z", "EXDTE", "EXDATE"),
            ("RULE:FREQ=WEEKLY", "RULE", "RRULE"), ("RRULES:FREQ=WEEKLY", "RRULES", "RRULE"),
            ("DTSTRAT:20260106T100000Z", "DTSTRAT", "DTSTART"),
            ("DTSTAR;TZID=Europe/Berlin:20260106T100000", "DTSTAR", "DTSTART"),
            ("RDAT:20260110T100000Z", "RDAT", "RDATE"),
            ("RDTAE;VALUE=PERIOD:20260110T100000Z/PT1H", "RDTAE", "RDATE"),
            ("EXRUL:FREQ=DAILY;INTERVAL=2", "EXRUL", "EXRULE"),
            ("RECURENCE-ID:20260106T100000Z", "RECURENCE-ID", "RECURRENCE-ID"),
            ("RECURRENCEID:20260106T100000Z", "RECURRENCEID", "RECURRENCE-ID"),
            ("DEU:20260106", "DEU", "DUE"),
        ]
    )
    func `a misspelt property that may change the series is refused`(
        line: String,
        name: String,
        meant: String
    ) {
        for strictness in [CalendarStrictness.strict, .lenient] {
            let error = #expect(throws: RecurrenceSet.ParseError.self) {
                try MisspeltNameTests.read(
                    "BEGIN:VEVENT\n\(MisspeltNameTests.start)\n\(line)\nEND:VEVENT",
                    strictness
                )
            }
            #expect(
                error
                    == RecurrenceSet.ParseError(
                        part: name,
                        reason: "there is no such property, but \(meant) may be meant"
                    )
            )
        }
    }

    @Test(
        arguments: [
            "EXCEPTIONDATE:20260106T100000Z", "EXCEPTION;VALUE=DATE:20260106",
            "RECURRENCE:FREQ=DAILY", "REPEATS:FREQ=DAILY", "RDATES2:20260106T100000Z",
            "DTSTART_TZ:20260106T100000",
        ]
    )
    func `a property that only resembles those of a series is refused`(line: String) {
        let error = #expect(throws: RecurrenceSet.ParseError.self) {
            try MisspeltNameTests.read("\(MisspeltNameTests.start)\n\(line)")
        }
        #expect(error.map { line.hasPrefix($0.part) } == true)
    }

    @Test(arguments: [
        "DESCRIPTION:FREQ=DAILY is what it was", "X-RULE:FREQ=DAILY", "X-EXDATE:20260106",
        "EXTRA: see the notes of 2026",
    ])
    func `a property of a program's own is no rule`(line: String) throws {
        let text = "\(MisspeltNameTests.start)\n\(line)"
        #expect(try MisspeltNameTests.read(text, .strict).remarks == [])
    }

    @Test(
        arguments: [
            ("DTEDN:20260105T110000Z", "DTEDN", "DTEND"), ("DURATON:PT1H", "DURATON", "DURATION"),
            ("Rule: no dogs since 2026", "RULE", "RRULE"),
            ("Date: ask the seller", "DATE", "RDATE"),
        ]
    )
    func `another misspelt property is left out with a remark`(
        line: String,
        name: String,
        meant: String
    ) throws {
        let text = "\(MisspeltNameTests.start)\n\(line)"
        let reading = try MisspeltNameTests.read(text)
        #expect(reading.set.count(upTo: 9) == 3)
        #expect(reading.remarks.map(\.part) == [name])
        #expect(reading.remarks[0].reason.contains(meant))
        #expect(throws: RecurrenceSet.ParseError.self) {
            try MisspeltNameTests.read(text, .strict)
        }
    }

    /// The properties of RFC 5545, 7529, 7808, 7953, 7986, 9073, 9074 and 9253, those of iTIP's and of
    /// vCalendar 1.0 that stand in events, and some of programs' own.
    private static let others = """
        CALSCALE METHOD PRODID VERSION ATTACH CATEGORIES CLASS COMMENT DESCRIPTION GEO LOCATION
        PERCENT-COMPLETE PRIORITY RESOURCES SUMMARY COMPLETED DTEND DURATION FREEBUSY TRANSP TZNAME
        TZURL ATTENDEE CONTACT ORGANIZER RELATED-TO URL ACTION REPEAT TRIGGER CREATED DTSTAMP
        LAST-MODIFIED SEQUENCE REQUEST-STATUS NAME REFRESH-INTERVAL SOURCE COLOR IMAGE CONFERENCE
        TZUNTIL TZID-ALIAS-OF BUSYTYPE LOCATION-TYPE PARTICIPANT-TYPE RESOURCE-TYPE CALENDAR-ADDRESS
        STYLED-DESCRIPTION STRUCTURED-DATA ACKNOWLEDGED PROXIMITY CONCEPT LINK REFID XML AALARM
        DALARM MALARM PALARM DCREATED RNUM DAYLIGHT X-DUE X-RULE X-DATE X-EXDATE X-DTSTART
        """.split { $0 == " " || $0 == "\n" }.map(String.init)

    @Test func `no other property counts as misspelt`() throws {
        for name in MisspeltNameTests.others {
            let text = "\(MisspeltNameTests.start)\n\(name):20260106T100000Z"
            #expect(try MisspeltNameTests.read(text, .strict).remarks == [])
        }
    }

    @Test func `a misspelt property of an alarm is left out`() throws {
        let text = "\(MisspeltNameTests.start)\nBEGIN:VALARM\nDEU:20260106T100000Z\nEND:VALARM"
        #expect(try MisspeltNameTests.read("BEGIN:VEVENT\n\(text)\nEND:VEVENT").remarks == [])
    }

    @Test(arguments: ["TZDI", "TZI", "TZIDD", "TIMEZONE", "tz"])
    func `a zone under a misspelt parameter is read with a remark`(name: String) throws {
        let text = "DTSTART;\(name)=Europe/Berlin:20260301T100000"
        let reading = try MisspeltNameTests.read(text)
        #expect(reading.set.zone?.identifier == "Europe/Berlin")
        #expect(reading.remarks.map(\.part) == ["DTSTART"])
        #expect(throws: RecurrenceSet.ParseError.self) {
            try MisspeltNameTests.read(text, .strict)
        }
    }

    @Test func `an unknown zone under a misspelt parameter is refused`() {
        let error = #expect(throws: RecurrenceSet.ParseError.self) {
            try MisspeltNameTests.read("DTSTART;TZDI=Germany/Berlin:20260301T100000")
        }
        #expect(error?.part == "TZID")
    }
}
