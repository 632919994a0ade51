import Recurrence

extension SplitCase {
    static let dates = [
        SplitCase(
            "a date between the rule's slots",
            """
            DTSTART:20270301T090000
            RRULE:FREQ=WEEKLY;INTERVAL=2
            RDATE:20270202T090000,20270310T090000,20270312T090000
            """,
            at: "20270310T090000",
            before: """
                DTSTART:20270301T090000
                RRULE:FREQ=WEEKLY;INTERVAL=2;UNTIL=20270310T085959
                RDATE:20270202T090000
                """,
            from: """
                DTSTART:20270315T090000
                RRULE:FREQ=WEEKLY;INTERVAL=2
                RDATE:20270310T090000,20270312T090000
                """
        ),
        SplitCase(
            "dates before the start",
            "DTSTART:20270301T090000\nRRULE:FREQ=WEEKLY\nRDATE:20270202T090000,20270203T090000",
            at: "20270203T090000",
            before: "DTSTART:20270202T090000",
            from: """
                DTSTART:20270301T090000
                RRULE:FREQ=WEEKLY
                RDATE:20270203T090000
                """
        ),
        SplitCase(
            "dates alone",
            "DTSTART:20270301T090000\nRDATE:20270302T090000,20270303T090000",
            at: "20270302T090000",
            before: "DTSTART:20270301T090000",
            from: """
                DTSTART:20270302T090000
                RDATE:20270303T090000
                """
        ),
        SplitCase(
            "the first slot",
            "DTSTART:20270301T090000\nRRULE:FREQ=DAILY;COUNT=3",
            at: "20270301T090000",
            before: nil,
            from: """
                DTSTART:20270301T090000
                RRULE:FREQ=DAILY;COUNT=3
                """
        ),
        SplitCase(
            "after the last slot",
            "DTSTART:20270301T090000\nRRULE:FREQ=DAILY;COUNT=3",
            at: "20270303T090001",
            before: """
                DTSTART:20270301T090000
                RRULE:FREQ=DAILY;COUNT=3
                """,
            from: nil
        ),
        SplitCase(
            "no slot at all",
            "DTSTART:20270301T090000\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
            at: "20270303T090000",
            before: nil,
            from: nil
        ),
    ]

    static let readings = [
        SplitCase(
            "positions in the middle of their period",
            "DTSTART:20270101T090000\nRRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1,-1",
            at: "20270129T090000",
            before: """
                DTSTART:20270101T090000
                RRULE:FREQ=MONTHLY;UNTIL=20270129T085959;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1,1
                """,
            from: """
                DTSTART:20270129T090000
                RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1,1
                """
        ),
        SplitCase(
            "positions that are cut, in the first period",
            "DTSTART:20270112T090000\nRRULE:FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2,3",
            options: RecurrenceOptions(setPositions: .cut),
            at: "20270126T090000",
            before: """
                DTSTART:20270112T090000
                RRULE:FREQ=MONTHLY;UNTIL=20270126T085959;BYDAY=TU;BYSETPOS=2,3
                """,
            from: """
                DTSTART:20270112T090000
                RRULE:FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2,3
                EXRULE:FREQ=SECONDLY;UNTIL=20270126T085959
                """
        ),
        SplitCase(
            "positions that are cut, in a later period",
            "DTSTART:20270112T090000\nRRULE:FREQ=MONTHLY;BYDAY=TU;BYSETPOS=1,-1",
            options: RecurrenceOptions(setPositions: .cut),
            at: "20270202T090000",
            before: """
                DTSTART:20270112T090000
                RRULE:FREQ=MONTHLY;UNTIL=20270202T085959;BYDAY=TU;BYSETPOS=-1,1
                """,
            from: """
                DTSTART:20270202T090000
                RRULE:FREQ=MONTHLY;BYDAY=TU;BYSETPOS=-1,1
                """
        ),
        SplitCase(
            "a start that the rule does not yield",
            "DTSTART:20270302T090000\nRRULE:FREQ=WEEKLY;COUNT=5;BYDAY=MO",
            options: RecurrenceOptions(start: .include),
            at: "20270315T090000",
            before: """
                DTSTART:20270302T090000
                RRULE:FREQ=WEEKLY;COUNT=2;BYDAY=MO
                """,
            from: """
                DTSTART:20270315T090000
                RRULE:FREQ=WEEKLY;COUNT=3;BYDAY=MO
                """
        ),
        SplitCase(
            "a start that one rule yields and the other counts",
            """
            DTSTART:20270301T090000
            RRULE:FREQ=WEEKLY;COUNT=5
            RRULE:FREQ=DAILY;COUNT=9;BYHOUR=12
            """,
            options: RecurrenceOptions(start: .include),
            at: "20270304T120000",
            before: """
                DTSTART:20270301T090000
                RRULE:FREQ=WEEKLY;COUNT=1
                RRULE:FREQ=DAILY;COUNT=4;BYHOUR=12
                """,
            from: """
                DTSTART:20270304T120000
                RRULE:FREQ=WEEKLY;COUNT=5;BYDAY=MO;BYHOUR=9
                RRULE:FREQ=DAILY;COUNT=5;BYHOUR=12
                """
        ),
        SplitCase(
            "a rule that is filled from its start",
            "DTSTART:20270415T090000\nRRULE:FREQ=YEARLY;BYMONTHDAY=15\nRRULE:FREQ=MONTHLY",
            options: RecurrenceOptions(reading: .fill),
            at: "20270715T090000",
            before: """
                DTSTART:20270415T090000
                RRULE:FREQ=YEARLY;UNTIL=20270715T085959;BYMONTHDAY=15
                RRULE:FREQ=MONTHLY;UNTIL=20270715T085959
                """,
            from: """
                DTSTART:20270715T090000
                RRULE:FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=15
                RRULE:FREQ=MONTHLY
                """
        ),
        SplitCase(
            "slots that earlier ones take away, in the hour after a gap",
            """
            DTSTART;TZID=America/New_York:20270314T014500
            RRULE:FREQ=MINUTELY;INTERVAL=15;COUNT=20
            """,
            options: RecurrenceOptions(policy: .dedupe),
            at: "20270314T023000",
            before: """
                DTSTART;TZID=America/New_York:20270314T014500
                RRULE:FREQ=MINUTELY;INTERVAL=15;COUNT=3
                """,
            from: """
                DTSTART;TZID=America/New_York:20270314T014500
                RRULE:FREQ=MINUTELY;INTERVAL=15;COUNT=20
                EXRULE:FREQ=SECONDLY;UNTIL=20270314T022959
                """
        ),
        SplitCase(
            "elapsed time at a time that the clocks show twice",
            """
            DTSTART;TZID=America/New_York:20271107T000000
            RRULE:FREQ=HOURLY;COUNT=6
            """,
            options: RecurrenceOptions(policy: .elapsed),
            at: "20271107T013000",
            before: """
                DTSTART;TZID=America/New_York:20271107T000000
                RRULE:FREQ=HOURLY;COUNT=2
                """,
            from: """
                DTSTART;TZID=America/New_York:20271107T000000
                RRULE:FREQ=HOURLY;COUNT=6
                EXRULE:FREQ=SECONDLY;UNTIL=20271107T055959Z
                """
        ),
    ]
}
