import Recurrence
import SystemZones
import Testing

/// Names of zones as calendars write them, and zones that only a calendar defines.
struct CalendarZoneTests {
    private static let zones = SystemZones()

    @Test(
        arguments: [
            ("europe/berlin", "Europe/Berlin"), ("AMERICA/NEW_YORK", "America/New_York"),
            ("utc", "UTC"), ("/Europe/Stockholm", "Europe/Stockholm"),
            ("/freeassociation.sourceforge.net/Tzfile/Europe/Stockholm", "Europe/Stockholm"),
            (
                "/mozilla.org/20050126_1/America/Argentina/Buenos_Aires",
                "America/Argentina/Buenos_Aires"
            ),
            ("/citadel.org/20210210_1/EST5EDT", "EST5EDT"),
            ("W. Europe Standard Time", "Europe/Berlin"),
            ("w. europe standard time", "Europe/Berlin"),
            ("(UTC-05:00) Eastern Time (US & Canada)", "America/New_York"),
            ("(GMT-05:00) Eastern Time (US & Canada)", "America/New_York"),
            ("Eastern Time (US & Canada)", "America/New_York"),
            ("(UTC-05:00) Eastern Time (US and Canada)", "America/New_York"),
            ("(GMT +01:00)", "+01:00"),
            ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "Europe/Berlin"),
            ("Eastern", "America/New_York"), ("US-Eastern", "America/New_York"),
            ("Pacific Standard Time (Mexico)", "America/Tijuana"),
            ("tzone://Microsoft/Utc", "UTC"), ("(UTC) Coordinated Universal Time", "UTC"),
            ("+02:00", "+02:00"), ("-0330", "-03:30"), ("UTC+2", "+02:00"), ("GMT-05:00", "-05:00"),
            ("+00:00", "+00:00"), ("UTC-11", "Etc/GMT+11"),
            (" \"Europe/Berlin\" ", "Europe/Berlin"), ("America/New York", "America/New_York"),
            ("W. Europe Daylight Time", "Europe/Berlin"),
            ("Pacific Daylight Time", "America/Los_Angeles"),
        ]
    )
    func `a zone is found by what programs call it`(name: String, identifier: String) throws {
        #expect(try CalendarZoneTests.zones.zone(writtenAs: name).identifier == identifier)
        let set = try RecurrenceSet(
            parsing: "DTSTART;TZID=\"\(name.trimmingQuotes)\":20260105T100000\nRRULE:FREQ=DAILY",
            zones: CalendarZoneTests.zones
        )
        #expect(set.zone?.identifier == identifier)
        let again = try RecurrenceSet(parsing: set.description, zones: CalendarZoneTests.zones)
        #expect(again.zone == set.zone)
    }

    @Test(
        arguments: [
            "", "Germany/Berlin", "Berlin", "Mexico/Jamaica", "(UTC+01:00) Nowhere", "+24:00",
            "+2:5",
            "UTC+", "Standard Time", "Europe//Berlin ", "Customized Time Zone",
            // Files of the machine that are no zones of the IANA.
            "localtime", "LOCALTIME", "posixrules", "Factory",
        ]
    )
    func `a name that no zone has is refused`(name: String) {
        #expect(throws: UnknownZone.self) { try CalendarZoneTests.zones.zone(writtenAs: name) }
    }

    @Test func `every name of the tables is that of a zone`() throws {
        // The IANA's names change slowly, but a table with a wrong one would be found too late.
        for name in ["Russia Time Zone 11", "Line Islands Standard Time", "Yukon Standard Time"] {
            #expect(throws: Never.self) { try CalendarZoneTests.zones.zone(writtenAs: name) }
        }
    }

    @Test func `an offset is a zone without changes`() throws {
        let zone = try CalendarZoneTests.zones.zone(writtenAs: "-03:30")
        let slot = try #require(LocalDateTime(year: 2026, month: 7, day: 1, hour: 10))
        #expect(zone.timestamp(of: slot).description == "20260701T133000Z")
        #expect(zone == Zone(secondsEastOfUTC: -12_600))
    }

    @Test func `a day needs no zone`() throws {
        let reading = try CalendarRecurrence(
            parsing: "DTSTART;VALUE=DATE;TZID=Germany/Berlin:20170123\nRRULE:FREQ=DAILY;COUNT=1",
            zones: CalendarZoneTests.zones
        )
        #expect(reading.set.isAllDay)
        #expect(reading.remarks == [CalendarRemark(part: "TZID", reason: "a day needs no zone")])
    }

    // MARK: Definitions

    private static func calendar(_ name: String, _ definition: String) -> String {
        """
        BEGIN:VCALENDAR
        BEGIN:VTIMEZONE
        TZID:\(name)
        \(definition)
        END:VTIMEZONE
        BEGIN:VEVENT
        DTSTART;TZID=\(name):20260701T100000
        RRULE:FREQ=MONTHLY;INTERVAL=6;COUNT=2
        END:VEVENT
        END:VCALENDAR
        """
    }

    private static let centralEurope = """
        BEGIN:STANDARD
        DTSTART:19961027T030000
        RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
        TZOFFSETFROM:+0200
        TZOFFSETTO:+0100
        END:STANDARD
        BEGIN:DAYLIGHT
        DTSTART:19810329T020000
        RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
        TZOFFSETFROM:+0100
        TZOFFSETTO:+0200
        END:DAYLIGHT
        """

    @Test func `two definitions of one name are told of where they differ`() throws {
        let zone = "END:VTIMEZONE\nBEGIN:VTIMEZONE\nTZID:My Zone\n"
        for (other, count) in [
            (CalendarZoneTests.centralEurope, 1), (CalendarZoneTests.invented, 2),
        ] {
            let definition = CalendarZoneTests.centralEurope + "\n" + zone + other
            let reading = try CalendarRecurrence(
                parsing: CalendarZoneTests.calendar("My Zone", definition),
                zones: CalendarZoneTests.zones
            )
            #expect(reading.remarks.count == count)
            #expect(reading.remarks.allSatisfy { $0.part == "TZID" })
        }
    }

    /// Clocks that no place has: six hours east, and one more from May to August.
    private static let invented = """
        BEGIN:STANDARD
        DTSTART:20000901T000000
        RRULE:FREQ=YEARLY
        TZOFFSETFROM:+0700
        TZOFFSETTO:+0600
        END:STANDARD
        BEGIN:DAYLIGHT
        DTSTART:20000501T000000
        RRULE:FREQ=YEARLY
        TZOFFSETFROM:+0600
        TZOFFSETTO:+0700
        END:DAYLIGHT
        """

    @Test(
        arguments: [
            // The name says nothing, but the clocks are known.
            ("My Zone", centralEurope, "Europe/", "20260701T080000Z 20270101T090000Z"),
            (
                "Office", "X-LIC-LOCATION:Europe/Vienna\n" + centralEurope, "Europe/Vienna",
                "20260701T080000Z 20270101T090000Z"
            ),
            // The clocks are those of no place.
            ("My Zone", invented, "My Zone", "20260701T030000Z 20270101T040000Z"),
            // A known name, however old its definition.
            (
                "US-Eastern",
                """
                BEGIN:STANDARD
                DTSTART:19671029T020000
                RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
                TZOFFSETFROM:-0400
                TZOFFSETTO:-0500
                END:STANDARD
                BEGIN:DAYLIGHT
                DTSTART:19870405T020000
                RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=4
                TZOFFSETFROM:-0500
                TZOFFSETTO:-0400
                END:DAYLIGHT
                """, "America/New_York", "20260701T140000Z 20270101T150000Z"
            ),
            // A known name that plainly means another zone.
            (
                "Eastern",
                """
                BEGIN:STANDARD
                DTSTART:16010101T000000
                TZOFFSETFROM:+1000
                TZOFFSETTO:+1000
                END:STANDARD
                """, "", "20260701T000000Z 20270101T000000Z"
            ),
            // The IANA's short names are written for zones that change their clocks.
            (
                "EST",
                """
                BEGIN:STANDARD
                DTSTART:20071104T020000
                RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11
                TZOFFSETFROM:-0400
                TZOFFSETTO:-0500
                END:STANDARD
                BEGIN:DAYLIGHT
                DTSTART:20070311T020000
                RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3
                TZOFFSETFROM:-0500
                TZOFFSETTO:-0400
                END:DAYLIGHT
                """, "", "20260701T140000Z 20270101T150000Z"
            ),
            ("GMT", invented, "GMT", "20260701T030000Z 20270101T040000Z"),
            ("utc", invented, "utc", "20260701T030000Z 20270101T040000Z"),
            ("CET", centralEurope, "CET", "20260701T080000Z 20270101T090000Z"),
            // Plus is the sign of an offset that has none.
            (
                "My Zone", centralEurope.replacing("+", with: ""), "Europe/",
                "20260701T080000Z 20270101T090000Z"
            ),
            // The IANA's full names mean the IANA's zones.
            ("Europe/Berlin", invented, "Europe/Berlin", "20260701T080000Z 20270101T090000Z"),
        ]
    )
    func `a zone that the text defines is known by its clocks`(
        name: String,
        definition: String,
        identifier: String,
        instants: String
    ) throws {
        let set = try RecurrenceSet(
            parsing: CalendarZoneTests.calendar(name, definition),
            zones: CalendarZoneTests.zones
        )
        #expect(set.zone?.identifier.hasPrefix(identifier) == true)
        #expect(set.occurrences().map(\.timestamp.description).joined(separator: " ") == instants)
    }

    @Test(arguments: ["\"My Zone\"", "my zone", "MY ZONE "])
    func `a zone that the text defines is found in any case`(name: String) throws {
        let text = CalendarZoneTests.calendar("My Zone", CalendarZoneTests.invented)
            .replacing("TZID:My Zone", with: "TZID:\(name)")
        let set = try RecurrenceSet(parsing: text, zones: CalendarZoneTests.zones)
        #expect(set.occurrences().first { _ in true }?.timestamp.description == "20260701T030000Z")
    }

    @Test func `a definition that contradicts the IANA is told of`() throws {
        let text = CalendarZoneTests.calendar("Europe/Berlin", CalendarZoneTests.invented)
        let reading = try CalendarRecurrence(
            parsing: text,
            zones: CalendarZoneTests.zones,
            strictness: .strict
        )
        #expect(reading.remarks.map(\.part) == ["TZID"])
        let same = CalendarZoneTests.calendar("Europe/Berlin", CalendarZoneTests.centralEurope)
        let other = try CalendarRecurrence(parsing: same, zones: CalendarZoneTests.zones)
        #expect(other.remarks.isEmpty)
    }

    @Test func `a definition holds for thousands of years`() throws {
        let text = CalendarZoneTests.calendar("My Zone", CalendarZoneTests.invented)
        let zone = try #require(
            try RecurrenceSet(parsing: text, zones: CalendarZoneTests.zones).zone
        )
        for year in stride(from: 2001, through: 9998, by: 61) {
            for (month, offset) in [(1, 6), (5, 7), (8, 7), (9, 6)] {
                let local = try #require(LocalDateTime(year: year, month: month, day: 2))
                let timestamp = zone.timestamp(of: local)
                #expect(zone.offset(at: timestamp) == offset * 3600, "\(year)-\(month)")
                #expect(zone.localDateTime(at: timestamp) == local)
            }
        }
    }

    @Test(
        arguments: [
            ("", "VTIMEZONE"),
            ("BEGIN:STANDARD\nDTSTART:20000101T000000\nTZOFFSETTO:+0100\nEND:STANDARD", "STANDARD"),
            (
                """
                BEGIN:STANDARD
                DTSTART:20000101T000000
                TZOFFSETFROM:+0000
                TZOFFSETTO:+9900
                END:STANDARD
                """, "TZOFFSETTO"
            ),
            (
                """
                BEGIN:STANDARD
                DTSTART:20000101T000000
                RRULE:FREQ=SECONDLY
                TZOFFSETFROM:+0000
                TZOFFSETTO:+0100
                END:STANDARD
                """, "STANDARD"
            ),
            (
                """
                BEGIN:STANDARD
                DTSTART:20000101T000000
                RRULE:FREQ=SECONDLY;COUNT=20000
                TZOFFSETFROM:+0000
                TZOFFSETTO:+0100
                END:STANDARD
                """, "VTIMEZONE"
            ),
        ]
    )
    func `a definition that cannot be a zone is refused`(definition: String, part: String) {
        let error = #expect(throws: RecurrenceSet.ParseError.self) {
            try RecurrenceSet(
                parsing: CalendarZoneTests.calendar("My Zone", definition),
                zones: CalendarZoneTests.zones
            )
        }
        #expect(error?.part == part)
    }
}

extension String {
    fileprivate var trimmingQuotes: String { filter { $0 != "\"" } }
}
