import HighLevel
import Recurrence
import SystemZones
import Tasks
import Testing

/// `rruleOptions` and the rules of RFC 5545 that they mean.
@Suite struct RecurrenceRuleTests {
    // Los Angeles keeps UTC-7 in summer; 2025-07-23 is a Wednesday.
    private static let rules: [(options: String, rule: String, start: String)] = [
        (#""intervalType":"hourly","interval":1"#, "FREQ=HOURLY", "20250723T100000"),
        (#""intervalType":"hourly","interval":6"#, "FREQ=HOURLY;INTERVAL=6", "20250723T100000"),
        (#""intervalType":"daily","interval":1"#, "FREQ=DAILY", "20250723T030000"),
        (#""intervalType":"daily","interval":3"#, "FREQ=DAILY;INTERVAL=3", "20250723T030000"),
        (#""intervalType":"weekly","interval":1"#, "FREQ=WEEKLY;BYDAY=WE", "20250723T030000"),
        (
            #""intervalType":"weekly","interval":2,"dayOfWeek":"MO""#,
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "20250728T030000"
        ),
        (
            #""intervalType":"weekly","interval":1,"dayOfWeek":"WE""#,
            "FREQ=WEEKLY;BYDAY=WE", "20250723T030000"
        ),
        (
            #""intervalType":"monthly","interval":1"#,
            "FREQ=MONTHLY;BYMONTHDAY=23", "20250723T030000"
        ),
        (
            #""intervalType":"monthly","interval":2,"dayOfMonth":15"#,
            "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=15", "20250815T030000"
        ),
        (
            #""intervalType":"monthly","interval":1,"dayOfMonth":29"#,
            "FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=-1", "20250729T030000"
        ),
        (
            #""intervalType":"monthly","interval":1,"dayOfMonth":30"#,
            "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1", "20250730T030000"
        ),
        (
            #""intervalType":"monthly","interval":1,"dayOfMonth":31"#,
            "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1", "20250731T030000"
        ),
        (
            #""intervalType":"yearly","interval":1"#,
            "FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=23", "20250723T030000"
        ),
        (
            #""intervalType":"yearly","interval":1,"monthOfYear":2,"dayOfMonth":31"#,
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1", "20260228T030000"
        ),
        (
            #""intervalType":"yearly","interval":4,"monthOfYear":4,"dayOfMonth":31"#,
            "FREQ=YEARLY;INTERVAL=4;BYMONTH=4;BYMONTHDAY=30", "20260430T030000"
        ),
        (
            #""intervalType":"yearly","interval":1,"monthOfYear":12"#,
            "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=23", "20251223T030000"
        ),
    ]

    @Test(arguments: rules)
    func `options are a plain rule from their first match on`(
        options members: String,
        rule: String,
        start: String
    ) throws {
        let recurrence = try recurrence(members, from: "2025-07-23T10:00:00.000Z")
        #expect(recurrence.rule.text == rule)
        #expect("\(recurrence.start.local)" == start)
        #expect(recurrence.dueZone.identifier == "America/Los_Angeles")
        let isHourly = rule.hasPrefix("FREQ=HOURLY")
        #expect(recurrence.start.zone.identifier == (isHourly ? "UTC" : "America/Los_Angeles"))
    }

    @Test(arguments: rules)
    func `the start is an occurrence by the rule itself`(
        options members: String,
        rule: String,
        start: String
    ) throws {
        let recurrence = try recurrence(members, from: "2025-07-23T10:00:00.000Z")
        let set = RecurrenceSet(
            start: recurrence.start.local,
            zone: recurrence.start.zone,
            rule: recurrence.rule.rule
        )
        #expect(set.occurrences().prefix(1).map(\.recurrenceID) == [recurrence.start.local])
    }

    @Test(
        arguments: [
            // The start's month is too short for the day.
            (
                #""intervalType":"monthly","interval":1,"dayOfMonth":31"#, "2025-02-10T12:00:00Z",
                ["2025-02-28", "2025-03-31", "2025-04-30", "2025-05-31"]
            ),
            (
                #""intervalType":"monthly","interval":1"#, "2024-01-31T12:00:00Z",
                ["2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30"]
            ),
            (
                #""intervalType":"monthly","interval":12,"dayOfMonth":30"#, "2023-02-01T12:00:00Z",
                ["2023-02-28", "2024-02-29", "2025-02-28"]
            ),
            // The day has passed in the start's month; the interval counts from the first match.
            (
                #""intervalType":"monthly","interval":2,"dayOfMonth":5"#, "2025-12-10T12:00:00Z",
                ["2026-01-05", "2026-03-05", "2026-05-05"]
            ),
            (
                #""intervalType":"weekly","interval":2,"dayOfWeek":"MO""#, "2025-07-23T12:00:00Z",
                ["2025-07-28", "2025-08-11", "2025-08-25"]
            ),
            (
                #""intervalType":"weekly","interval":2,"dayOfWeek":"SU""#, "2025-07-23T12:00:00Z",
                ["2025-07-27", "2025-08-10", "2025-08-24"]
            ),
            (
                #""intervalType":"yearly","interval":1"#, "2024-02-29T12:00:00Z",
                ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]
            ),
            (
                #""intervalType":"yearly","interval":2,"monthOfYear":3,"dayOfMonth":1"#,
                "2025-07-23T12:00:00Z", ["2026-03-01", "2028-03-01"]
            ),
            // Options of other interval types are ignored.
            (
                #""intervalType":"daily","interval":2,"dayOfMonth":31,"dayOfWeek":"MO","#
                    + #""monthOfYear":2"#,
                "2025-07-23T12:00:00Z", ["2025-07-23", "2025-07-25"]
            ),
        ] as [(String, String, [String])]
    )
    func `occurrences fall on these days`(
        members: String,
        start: String,
        days: [String]
    ) throws {
        let occurrences = try occurrences(members, from: start, count: days.count)
        #expect(occurrences.map { String($0.prefix(10)) } == days)
    }

    // In Los Angeles summer time began on 2025-03-09 at 2:00 and ended on 2025-11-02 at 2:00.
    @Test(
        arguments: [
            (
                #""intervalType":"daily","interval":1"#, "2025-03-08T17:00:00Z",
                [
                    "2025-03-08T17:00:00.000Z", "2025-03-09T16:00:00.000Z",
                    "2025-03-10T16:00:00.000Z",
                ]
            ),
            (
                #""intervalType":"weekly","interval":1"#, "2025-10-29T16:00:00Z",
                ["2025-10-29T16:00:00.000Z", "2025-11-05T17:00:00.000Z"]
            ),
            (
                #""intervalType":"hourly","interval":12"#, "2025-03-08T17:00:00Z",
                [
                    "2025-03-08T17:00:00.000Z", "2025-03-09T05:00:00.000Z",
                    "2025-03-09T17:00:00.000Z",
                ]
            ),
            // 2:30 does not exist on the 9th, and becomes 3:30.
            (
                #""intervalType":"daily","interval":1"#, "2025-03-08T10:30:00Z",
                [
                    "2025-03-08T10:30:00.000Z", "2025-03-09T10:30:00.000Z",
                    "2025-03-10T09:30:00.000Z",
                ]
            ),
            // The start is in Los Angeles on the day before its day in UTC.
            (
                #""intervalType":"monthly","interval":1,"dayOfMonth":1"#, "2025-07-01T03:00:00Z",
                ["2025-07-02T03:00:00.000Z", "2025-08-02T03:00:00.000Z"]
            ),
        ] as [(String, String, [String])]
    )
    func `a daily task keeps its local hour and an hourly task its distance`(
        members: String,
        start: String,
        times: [String]
    ) throws {
        #expect(try occurrences(members, from: start, count: times.count) == times)
    }

    @Test func `fractions of the start's second are dropped`() throws {
        let times = try occurrences(
            #""intervalType":"daily","interval":1"#,
            from: "2025-07-23T10:00:00.999Z",
            count: 1
        )
        #expect(times == ["2025-07-23T10:00:00.000Z"])
    }

    @Test(arguments: [
        ("2025-07-26T10:00:00.000Z", "20250726T100000Z", 4),
        ("2025-07-26T10:00:00.999Z", "20250726T100000Z", 4),
        ("2025-07-26T09:59:59.999Z", "20250726T095959Z", 3),
        ("2025-07-23T10:00:00Z", "20250723T100000Z", 1),
        ("2025-07-26T12:00:00+02:00", "20250726T100000Z", 4),
    ])
    func `an occurrence exactly at the end still happens`(
        endDate: String,
        until: String,
        count: Int
    ) throws {
        let recurrence = try recurrence(
            #""intervalType":"daily","interval":1,"endDate":"\#(endDate)""#,
            from: "2025-07-23T10:00:00.000Z"
        )
        #expect(recurrence.rule.text == "FREQ=DAILY;UNTIL=\(until)")
        let set = recurrence.rule.occurrences(from: recurrence.start)
        #expect(set.count(upTo: 100) == count)
    }

    @Test func `an end before the start is refused`() throws {
        #expect(throws: RRuleOptions.Contradiction.endsBeforeStart) {
            try recurrence(
                #""intervalType":"daily","interval":1,"endDate":"2025-07-23T09:59:59Z""#,
                from: "2025-07-23T10:00:00Z"
            )
        }
    }

    @Test func `an end before the first match is refused`() throws {
        let first = try date("2025-07-28T10:00:00Z")
        #expect(throws: RRuleOptions.Contradiction.endsBefore(first)) {
            try recurrence(
                """
                "intervalType":"weekly","interval":1,"dayOfWeek":"MO",
                "endDate":"2025-07-28T09:59:59Z"
                """,
                from: "2025-07-23T10:00:00Z"
            )
        }
    }

    @Test func `count, overdue work and due time are the schedule's`() throws {
        let bounded = try recurrence(
            #""intervalType":"daily","interval":1,"count":550,"createTaskIfOverDue":true"#,
            from: "2025-07-23T10:00:00Z"
        )
        #expect(bounded.occurrenceLimit == 550)
        #expect(bounded.rule.rule.end == .never)
        #expect(bounded.whileOverdue == .create)
        #expect(bounded.dueAfter == 600)
        let endless = try recurrence(
            #""intervalType":"daily","interval":1"#,
            from: "2025-07-23T10:00:00Z"
        )
        #expect(endless.occurrenceLimit == nil)
        #expect(endless.whileOverdue == .skip)
    }

    // MARK: - Parts

    private func recurrence(_ members: String, from start: String) throws -> DueRecurrence {
        let options = try options(
            #"{\#(members),"startDate":"\#(start)","dueAfterSeconds":600}"#
        )
        return try options.recurrence(in: zone("America/Los_Angeles"), wording: "{}")
    }

    private func occurrences(
        _ members: String,
        from start: String,
        count: Int
    ) throws -> [String] {
        let recurrence = try recurrence(members, from: start)
        let set = recurrence.rule.occurrences(from: recurrence.start)
        return set.occurrences().prefix(count).map { HighLevelDate($0.timestamp).text }
    }
}
