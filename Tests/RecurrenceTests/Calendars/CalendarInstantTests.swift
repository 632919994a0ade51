import Recurrence
import SystemZones
import Testing

/// Dates that are instants, where the clocks show a time twice or not at all.
struct CalendarInstantTests {
    private static let zones = SystemZones()

    struct Case: CustomTestStringConvertible {
        let name: String
        let text: String
        var reader: String?
        var options = RecurrenceOptions()
        let instants: String

        var testDescription: String { name }
    }

    private static func series(
        _ start: String,
        _ lines: String...,
        zone: String = "Europe/Berlin"
    ) -> String {
        (["DTSTART;TZID=\(zone):\(start)"] + lines).joined(separator: "\n")
    }

    private static let autumn = [
        Case(
            name: "the first pass is a date like any other",
            text: series("20261020T090000", "RDATE:20261025T003000Z"),
            instants: "20261020T070000Z 20261025T003000Z"
        ),
        Case(
            name: "the second pass takes out nothing of the first",
            text: series(
                "20261024T023000",
                "RRULE:FREQ=DAILY;COUNT=3",
                "EXDATE:20261025T013000Z"
            ),
            instants: "20261024T003000Z 20261025T003000Z 20261026T013000Z"
        ),
        Case(
            name: "the second pass in another zone takes out nothing of the first",
            text: series(
                "20261024T023000",
                "RRULE:FREQ=DAILY;COUNT=2",
                "EXDATE;TZID=Europe/London:20261025T013000"
            ),
            // London shows 01:30 twice, and the first of the two is Berlin's first pass.
            instants: "20261024T003000Z"
        ),
        Case(
            name: "a time in Tokyo is the second pass",
            text: series(
                "20261024T023000",
                "RRULE:FREQ=DAILY;COUNT=2",
                "EXDATE;TZID=Asia/Tokyo:20261025T103000"
            ),
            instants: "20261024T003000Z 20261025T003000Z"
        ),
        Case(
            name: "the first pass takes out its occurrence",
            text: series(
                "20261024T023000",
                "RRULE:FREQ=DAILY;COUNT=3",
                "EXDATE:20261025T003000Z"
            ),
            instants: "20261024T003000Z 20261026T013000Z"
        ),
        Case(
            name: "a floating series has no second pass for its reader either",
            text: "DTSTART:20261024T023000\nRRULE:FREQ=DAILY;COUNT=2\nEXDATE:20261025T013000Z",
            reader: "Europe/Berlin",
            instants: "20261024T023000Z 20261025T023000Z"
        ),
        Case(
            name: "a second pass that steps of elapsed time reach is a date already",
            text: series(
                "20261025T013000",
                "RRULE:FREQ=HOURLY;COUNT=3",
                "RDATE:20261025T013000Z"
            ),
            options: RecurrenceOptions(policy: .elapsed),
            instants: "20261024T233000Z 20261025T003000Z 20261025T013000Z"
        ),
    ]

    private static let spring = [
        Case(
            name: "an instant takes out what the gap puts on it",
            text: series(
                "20260328T023000",
                "RRULE:FREQ=DAILY;COUNT=3",
                "EXDATE:20260329T013000Z"
            ),
            instants: "20260328T013000Z 20260330T003000Z"
        ),
        Case(
            name: "an instant takes out both times that the gap puts on it",
            text: series(
                "20260329T013000",
                "RRULE:FREQ=HOURLY;COUNT=4",
                "EXDATE:20260329T013000Z"
            ),
            instants: "20260329T003000Z 20260329T023000Z"
        ),
        Case(
            name: "the time that is shown takes out what the gap puts on it",
            text: series(
                "20260328T023000",
                "RRULE:FREQ=DAILY;COUNT=3",
                "EXDATE;TZID=Europe/Berlin:20260329T033000"
            ),
            instants: "20260328T013000Z 20260330T003000Z"
        ),
        Case(
            name: "the time that is shown takes out both times that the gap puts on it",
            text: series(
                "20260329T013000",
                "RRULE:FREQ=HOURLY;COUNT=4",
                "EXDATE;TZID=Europe/Berlin:20260329T033000"
            ),
            options: RecurrenceOptions(policy: .dedupe),
            instants: "20260329T003000Z 20260329T023000Z 20260329T033000Z"
        ),
        Case(
            name: "a day takes out what the gap puts on one instant",
            text: series(
                "20260328T230000",
                "RRULE:FREQ=HOURLY;COUNT=5",
                "EXDATE;VALUE=DATE:20260329",
                "RDATE:20260330T080000Z"
            ),
            options: RecurrenceOptions(policy: .dedupe),
            instants: "20260328T220000Z 20260330T080000Z"
        ),
        Case(
            name: "the time that is skipped takes out what is shown for it",
            text: series(
                "20260328T033000",
                "RRULE:FREQ=DAILY;COUNT=3",
                "EXDATE;TZID=Europe/Berlin:20260329T023000"
            ),
            instants: "20260328T023000Z 20260330T013000Z"
        ),
        Case(
            name: "a date that the gap has already is there once",
            text: series(
                "20260328T023000",
                "RRULE:FREQ=DAILY;COUNT=3",
                "RDATE:20260329T013000Z"
            ),
            instants: "20260328T013000Z 20260329T013000Z 20260330T003000Z"
        ),
        Case(
            name: "a date after the gap that no rule has is added",
            text: series("20260328T023000", "RDATE:20260329T013000Z"),
            instants: "20260328T013000Z 20260329T013000Z"
        ),
    ]

    @Test(arguments: autumn + spring)
    func `an instant concerns what takes place at it and nothing else`(example: Case) throws {
        let zones = CalendarInstantTests.zones
        let set = try RecurrenceSet(
            parsing: example.text,
            zones: zones,
            readerZone: example.reader.map { try zones.zone(named: $0) },
            options: example.options
        )
        let instants = set.occurrences().map(\.timestamp.description)
        #expect(instants.joined(separator: " ") == example.instants)
        let again = try RecurrenceSet(
            parsing: set.description,
            zones: zones,
            options: example.options
        )
        #expect(Array(again.occurrences()) == Array(set.occurrences()))
    }

    @Test(
        arguments: [
            (
                series("20271101T090000", "RDATE:20271107T063000Z", zone: "America/New_York"),
                "RDATE", "20271107T063000Z"
            ),
            (
                series("20261020T090000", "RDATE:20261025T003000Z,20261025T013000Z"), "RDATE",
                "20261025T013000Z"
            ),
            (
                series("20261020T090000", "RDATE;TZID=Asia/Tokyo:20261025T103000"), "RDATE",
                "20261025T103000"
            ),
        ]
    )
    func `a date in the second pass is refused rather than moved`(
        text: String,
        part: String,
        value: String
    ) {
        let error = #expect(throws: RecurrenceSet.ParseError.self) {
            try RecurrenceSet(parsing: text, zones: CalendarInstantTests.zones)
        }
        #expect(error?.part == part)
        #expect(error?.reason.hasPrefix(value) == true)
    }

    @Test func `a second pass that cannot be taken out alone is refused`() {
        let text = CalendarInstantTests.series(
            "20261025T013000",
            "RRULE:FREQ=HOURLY;COUNT=3",
            "EXDATE:20261025T013000Z"
        )
        let error = #expect(throws: RecurrenceSet.ParseError.self) {
            try RecurrenceSet(
                parsing: text,
                zones: CalendarInstantTests.zones,
                options: RecurrenceOptions(policy: .elapsed)
            )
        }
        #expect(error?.part == "EXDATE")
    }

    @Test func `an exception that takes out nothing is told of`() throws {
        let reading = try CalendarRecurrence(
            parsing: CalendarInstantTests.series(
                "20261024T023000",
                "RRULE:FREQ=DAILY;COUNT=3",
                "EXDATE:20261025T013000Z"
            ),
            zones: CalendarInstantTests.zones,
            strictness: .strict
        )
        #expect(reading.remarks.map(\.part) == ["EXDATE"])
    }
}
