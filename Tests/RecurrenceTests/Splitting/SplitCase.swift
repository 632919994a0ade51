import Recurrence
import Testing

/// A set, where it is split, and its parts as text.
struct SplitCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String
    var options = RecurrenceOptions()
    let slot: String
    let before: String?
    let from: String?

    init(
        _ description: String,
        _ text: String,
        options: RecurrenceOptions = .init(),
        at slot: String,
        before: String?,
        from: String?
    ) {
        testDescription = description
        self.text = text
        self.options = options
        self.slot = slot
        self.before = before
        self.from = from
    }

    static let all = ends + starts + dates + readings

    private static let ends = [
        SplitCase(
            "COUNT is shared out",
            """
            DTSTART;TZID=America/New_York:20270301T090000
            RRULE:FREQ=WEEKLY;COUNT=10;BYDAY=MO,WE
            """,
            at: "20270315T090000",
            before: """
                DTSTART;TZID=America/New_York:20270301T090000
                RRULE:FREQ=WEEKLY;COUNT=4;BYDAY=MO,WE
                """,
            from: """
                DTSTART;TZID=America/New_York:20270315T090000
                RRULE:FREQ=WEEKLY;COUNT=6;BYDAY=MO,WE
                """
        ),
        SplitCase(
            "an exception uses up its place in COUNT",
            """
            DTSTART:20270301T090000
            RRULE:FREQ=DAILY;COUNT=10
            EXDATE:20270302T090000,20270307T090000
            """,
            at: "20270305T090000",
            before: """
                DTSTART:20270301T090000
                RRULE:FREQ=DAILY;COUNT=4
                EXDATE:20270302T090000
                """,
            from: """
                DTSTART:20270305T090000
                RRULE:FREQ=DAILY;COUNT=6
                EXDATE:20270307T090000
                """
        ),
        SplitCase(
            "COUNT of several rules",
            """
            DTSTART:20270301T090000
            RRULE:FREQ=DAILY;COUNT=3
            RRULE:FREQ=WEEKLY;COUNT=5
            """,
            at: "20270315T090000",
            before: """
                DTSTART:20270301T090000
                RRULE:FREQ=DAILY;COUNT=3
                RRULE:FREQ=WEEKLY;COUNT=2
                """,
            from: """
                DTSTART:20270315T090000
                RRULE:FREQ=WEEKLY;COUNT=3
                """
        ),
        SplitCase(
            "an endless rule in a zone",
            "DTSTART;TZID=America/New_York:20270301T090000\nRRULE:FREQ=DAILY",
            at: "20270320T120000",
            before: """
                DTSTART;TZID=America/New_York:20270301T090000
                RRULE:FREQ=DAILY;UNTIL=20270321T125959Z
                """,
            from: """
                DTSTART;TZID=America/New_York:20270321T090000
                RRULE:FREQ=DAILY
                """
        ),
        SplitCase(
            "UNTIL stays where it is",
            "DTSTART:20270301T090000Z\nRRULE:FREQ=DAILY;UNTIL=20270401T000000Z",
            at: "20270320T090000",
            before: """
                DTSTART:20270301T090000Z
                RRULE:FREQ=DAILY;UNTIL=20270320T085959Z
                """,
            from: """
                DTSTART:20270320T090000Z
                RRULE:FREQ=DAILY;UNTIL=20270401T000000Z
                """
        ),
        SplitCase(
            "a slot after a gap, with one inside it",
            """
            DTSTART;TZID=America/New_York:20270313T023000
            RRULE:FREQ=DAILY;BYHOUR=2,3
            """,
            at: "20270314T033000",
            before: """
                DTSTART;TZID=America/New_York:20270313T023000
                RRULE:FREQ=DAILY;UNTIL=20270314T032959;BYHOUR=2,3
                """,
            from: """
                DTSTART;TZID=America/New_York:20270314T033000
                RRULE:FREQ=DAILY;BYHOUR=2,3
                """
        ),
        SplitCase(
            "an UNTIL in UTC that spares slots after a gap and not in it",
            """
            DTSTART;TZID=America/New_York:20270314T014500
            RRULE:FREQ=MINUTELY;INTERVAL=15;UNTIL=20270314T071500Z
            """,
            at: "20270314T031500",
            before: """
                DTSTART;TZID=America/New_York:20270314T014500
                RRULE:FREQ=MINUTELY;INTERVAL=15;UNTIL=20270314T031459
                EXDATE;TZID=America/New_York:20270314T023000,20270314T024500
                """,
            from: """
                DTSTART;TZID=America/New_York:20270314T031500
                RRULE:FREQ=MINUTELY;INTERVAL=15;UNTIL=20270314T071500Z
                """
        ),
        SplitCase(
            "days",
            "DTSTART;VALUE=DATE:20270131\nRRULE:FREQ=MONTHLY;UNTIL=20271231",
            at: "20270531T000000",
            before: """
                DTSTART;VALUE=DATE:20270131
                RRULE:FREQ=MONTHLY;UNTIL=20270530
                """,
            from: """
                DTSTART;VALUE=DATE:20270531
                RRULE:FREQ=MONTHLY;UNTIL=20271231
                """
        ),
    ]

    private static let starts = [
        SplitCase(
            "a weekday that was the start's",
            "DTSTART:20270301T090000\nRRULE:FREQ=WEEKLY\nRRULE:FREQ=DAILY;BYHOUR=10;BYDAY=FR",
            at: "20270305T100000",
            before: """
                DTSTART:20270301T090000
                RRULE:FREQ=WEEKLY;UNTIL=20270305T095959
                """,
            from: """
                DTSTART:20270305T100000
                RRULE:FREQ=WEEKLY;BYDAY=MO;BYHOUR=9
                RRULE:FREQ=DAILY;BYDAY=FR;BYHOUR=10
                """
        ),
        SplitCase(
            "an interval that another rule's slot is not in",
            "DTSTART:20270301T090000\nRRULE:FREQ=DAILY;INTERVAL=2\nRRULE:FREQ=DAILY;INTERVAL=3",
            at: "20270304T090000",
            before: """
                DTSTART:20270301T090000
                RRULE:FREQ=DAILY;INTERVAL=2;UNTIL=20270304T085959
                RRULE:FREQ=DAILY;INTERVAL=3;UNTIL=20270304T085959
                """,
            from: """
                DTSTART:20270301T090000
                RRULE:FREQ=DAILY;INTERVAL=2
                RRULE:FREQ=DAILY;INTERVAL=3
                EXRULE:FREQ=SECONDLY;UNTIL=20270304T085959
                """
        ),
        SplitCase(
            "an interval that another rule's slot is in",
            "DTSTART:20270301T090000\nRRULE:FREQ=DAILY;INTERVAL=2\nRRULE:FREQ=DAILY;INTERVAL=3",
            at: "20270307T090000",
            before: """
                DTSTART:20270301T090000
                RRULE:FREQ=DAILY;INTERVAL=2;UNTIL=20270307T085959
                RRULE:FREQ=DAILY;INTERVAL=3;UNTIL=20270307T085959
                """,
            from: """
                DTSTART:20270307T090000
                RRULE:FREQ=DAILY;INTERVAL=2
                RRULE:FREQ=DAILY;INTERVAL=3
                """
        ),
        SplitCase(
            "a date that SKIP has moved",
            """
            DTSTART:20270131T090000
            RRULE:RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD
            """,
            at: "20270228T090000",
            before: """
                DTSTART:20270131T090000
                RRULE:RSCALE=GREGORIAN;FREQ=MONTHLY;UNTIL=20270228T085959;SKIP=BACKWARD
                """,
            from: """
                DTSTART:20270228T090000
                RRULE:RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=31;SKIP=BACKWARD
                """
        ),
        SplitCase(
            "a date that SKIP has moved out of its month",
            """
            DTSTART:20270131T090000
            RRULE:RSCALE=GREGORIAN;FREQ=MONTHLY;INTERVAL=5;SKIP=FORWARD
            """,
            at: "20270701T090000",
            before: """
                DTSTART:20270131T090000
                RRULE:RSCALE=GREGORIAN;FREQ=MONTHLY;INTERVAL=5;UNTIL=20270701T085959;SKIP=FORWARD
                """,
            from: """
                DTSTART:20270131T090000
                RRULE:RSCALE=GREGORIAN;FREQ=MONTHLY;INTERVAL=5;SKIP=FORWARD
                EXRULE:FREQ=SECONDLY;UNTIL=20270701T085959
                """
        ),
        SplitCase(
            "weeks that start on another day",
            "DTSTART:20270103T090000\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,TU;WKST=SU",
            at: "20270105T090000",
            before: """
                DTSTART:20270103T090000
                RRULE:FREQ=WEEKLY;INTERVAL=2;UNTIL=20270105T085959;BYDAY=TU,SU;WKST=SU
                """,
            from: """
                DTSTART:20270105T090000
                RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU
                """
        ),
        SplitCase(
            "an exception rule with an interval",
            """
            DTSTART:20270301T090000
            RRULE:FREQ=DAILY
            EXRULE:FREQ=DAILY;INTERVAL=2;COUNT=10
            """,
            at: "20270304T090000",
            before: """
                DTSTART:20270301T090000
                RRULE:FREQ=DAILY;UNTIL=20270304T085959
                EXRULE:FREQ=DAILY;INTERVAL=2;COUNT=10
                """,
            from: """
                DTSTART:20270301T090000
                RRULE:FREQ=DAILY
                EXRULE:FREQ=DAILY;INTERVAL=2;COUNT=10
                EXRULE:FREQ=SECONDLY;UNTIL=20270304T085959
                """
        ),
    ]
}
