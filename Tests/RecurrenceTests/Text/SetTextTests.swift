import Recurrence
import SystemZones
import TestSupport
import Testing

struct SetTextTests {
    private let zones = SystemZones()

    @Test(
        arguments: [
            "DTSTART:20240101T090000\nRRULE:FREQ=DAILY;COUNT=3",
            "DTSTART:20240101T090000Z\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:20240102T090000Z",
            "DTSTART;VALUE=DATE:20240101\nRRULE:FREQ=DAILY\nRDATE;VALUE=DATE:20231225",
            """
            DTSTART;TZID=America/New_York:20240101T090000
            RRULE:FREQ=WEEKLY;BYDAY=MO,WE
            EXRULE:FREQ=MONTHLY;BYDAY=1MO
            RDATE;TZID=America/New_York:20240102T090000,20240104T090000
            """,
        ]
    )
    func `a set's text is written as it was read`(text: String) throws {
        let set = try RecurrenceSet(parsing: text, zones: zones)
        #expect(set.description == text)
    }

    @Test func `a date in another zone becomes what the start's zone shows`() throws {
        let set = try RecurrenceSet(
            parsing: """
                begin:vevent
                dtstart;tzid="America/New_York":20240101T090000
                rrule:freq=daily;count=3
                exdate:20240102T140000z
                rdate;value=period;tzid=Europe/London:20240105T1400
                 00/PT1H
                end:vevent
                """,
            zones: zones
        )
        let slots = set.occurrences().map(\.recurrenceID.description)
        #expect(slots == ["20240101T090000", "20240103T090000", "20240105T090000"])
        #expect(set.ordinal(of: try #require(LocalDateTime("20240105T090000"))) == 2)
    }

    @Test func `the dates of an all-day set are cut to their days`() throws {
        let set = try RecurrenceSet(
            parsing: """
                DTSTART;VALUE=DATE:20240131
                RRULE:FREQ=DAILY;COUNT=3
                RDATE:20240301T235959
                EXDATE:20240201T120000
                """,
            zones: zones
        )
        let slots = set.occurrences().map(\.recurrenceID.description)
        #expect(slots == ["20240131T000000", "20240202T000000", "20240301T000000"])
        let read = try RecurrenceSet(parsing: set.description, zones: zones)
        #expect(Array(read.occurrences()) == Array(set.occurrences()))
    }

    @Test(
        arguments: [
            ("RRULE:FREQ=DAILY", "DTSTART"), ("DTSTART:2024", "DTSTART"),
            ("DTSTART;TZID=No/Where:20240101T090000", "TZID"),
            ("DTSTART:20240101\nRRULE:FREQ=DAILY;BYHOUR=99", "BYHOUR"),
            ("DTSTART:20240101\nEXDATE:tomorrow", "EXDATE"),
        ]
    )
    func `a set that cannot be read names its part`(text: String, part: String) {
        let error = #expect(throws: RecurrenceSet.ParseError.self) {
            try RecurrenceSet(parsing: text, zones: zones)
        }
        #expect(error?.part == part)
    }

    @Test func `a start that is included takes the first place in the count`() throws {
        let set = RecurrenceSet(
            start: try #require(LocalDateTime("20240103T090000")),
            zone: .utc,
            rule: try RecurrenceRule(parsing: "FREQ=WEEKLY;BYDAY=MO;COUNT=3"),
            options: RecurrenceOptions(start: .include)
        )
        let slots = set.occurrences().map(\.recurrenceID.description)
        #expect(slots == ["20240103T090000", "20240108T090000", "20240115T090000"])
        #expect(set.count(upTo: 10) == 3)
        #expect(set.occurrence(at: 2)?.recurrenceID.description == "20240115T090000")
    }

    @Test func `a rule is the sum of its beginning and its rest`() throws {
        var generator = SplitMix64(seed: 7)
        for _ in 0..<200 {
            let plain = PlainExpander(using: &generator)
            let rule = try RecurrenceRule(parsing: plain.text)
            // Without INTERVAL and BYSETPOS, a rule that starts at one of its slots yields the rest
            // of them.
            guard rule.interval == 1, plain.setPositions.isEmpty else { continue }
            let whole = RecurrenceSet(start: plain.start, zone: nil, rule: rule.ending(.count(20)))
            let slots = Array(whole.occurrences())
            guard slots.count == 20, slots[0].recurrenceID == plain.start else { continue }
            let rest = RecurrenceSet(
                start: slots[7].recurrenceID,
                zone: nil,
                rule: rule.ending(.count(13))
            )
            #expect(Array(rest.occurrences()) == Array(slots[7...]), "\(plain.text)")
        }
    }
}
