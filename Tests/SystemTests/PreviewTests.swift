import Testing

struct PreviewTests {
    @Test(arguments: [
        (
            "FREQ=MONTHLY;BYDAY=-1FR --start 2026-11-27T16:00:00 --zone America/New_York --count 2",
            "2026-11-27T16:00:00-05:00  Fri\n2026-12-25T16:00:00-05:00  Fri"
        ),
        (
            "FREQ=DAILY --start 2026-03-28T02:30:00 --zone Europe/Berlin --count 2",
            "2026-03-28T02:30:00+01:00  Sat\n2026-03-29T03:30:00+02:00  Sun"
        ),
        ("FREQ=DAILY;COUNT=1 --start 2026-11-27T09:00", "2026-11-27T09:00:00Z  Fri"),
        ("FREQ=DAILY;COUNT=1 --start 20261127T0900Z", "2026-11-27T09:00:00Z  Fri"),
        ("FREQ=DAILY --start 2026-11-27 --count 2", "2026-11-27  Fri\n2026-11-28  Sat"),
        ("FREQ=DAILY;COUNT=1 --start 2026-11-27T16:00:00Z", "2026-11-27T16:00:00Z  Fri"),
        (
            "FREQ=DAILY --start 2026-11-27T16:00:00 --count 1 --after 2026-12-01T16:00:00Z",
            "2026-12-02T16:00:00Z  Wed"
        ),
        (
            "FREQ=YEARLY;COUNT=1 --start 1900-01-01T12:00:00 --zone Asia/Kolkata",
            "1900-01-01T12:00:00+05:21:10  Mon"
        ),
        (
            "FREQ=DAILY;COUNT=1 --start 2026-11-27T16:00:00 --zone Asia/Kolkata --json",
            #"{"occurrences":[{"at":"2026-11-27T16:00:00+05:30","#
                + #""recurrenceID":"2026-11-27T16:00:00"}]}"#
        ),
        (
            "FREQ=DAILY;COUNT=1 --start 2026-11-27T16:00:00 --zone +02:00",
            "2026-11-27T16:00:00+02:00  Fri"
        ),
        (
            "FREQ=DAILY;COUNT=1 --start 2026-11-27 --after 2027-01-01T00:00:00Z --json",
            #"{"occurrences":[]}"#
        ),
    ])
    func `occurrences are printed as the zone's clocks show them`(
        arguments: String,
        lines: String
    ) async throws {
        let words = arguments.split(separator: " ").map(String.init)
        let ending = try await Deployment().run(["preview"] + words)
        #expect(ending.errors.isEmpty)
        #expect(ending.output == lines + "\n")
    }

    @Test
    func `a rule without occurrences is told of on standard error`() async throws {
        let rule = "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"
        let ending = try await Deployment().run(["preview", rule, "--start", "2026-01-01"])
        #expect(ending.status == 0)
        #expect(ending.output.isEmpty)
        #expect(ending.errors == "There are no occurrences.\n")
    }

    @Test(arguments: [
        (["FREQ=NEVER"], "FREQ: there is no NEVER"),
        (["FREQ=DAILY;BYMONTH=13"], "BYMONTH: 13 is not between 1 and 12"),
        (["FREQ=DAILY", "--zone", "Mars/Olympus"], "there is no zone Mars/Olympus"),
        (["FREQ=DAILY", "--count", "0"], "--count is 0"),
        (["FREQ=DAILY", "--after", "2026-12-01"], "--after is '2026-12-01'"),
        (
            ["FREQ=DAILY", "--start", "tomorrow"],
            "--start is 'tomorrow', which is not a local time"
        ),
        (["DESCRIPTION:FREQ=DAILY"], "no line of RRULE or RDATE"),
        (["BEGIN:VEVENT\nEND:VEVENT"], "--start cannot go with a calendar"),
        (["FREQ=DAILY", "--file", "-"], "cannot go together"),
        ([""], "A rule and its --start are needed"),
        (["FREQ=DAILY", "--cases"], "--cases takes no rule"),
    ])
    func `what cannot be previewed is refused with the part and the reason`(
        arguments: [String],
        reason: String
    ) async throws {
        let start = arguments.contains("--start") ? [] : ["--start", "2026-11-27T16:00:00"]
        let ending = try await Deployment().run(["preview"] + arguments + start)
        #expect(ending.status == 64)
        #expect(ending.errors.contains(reason))
        #expect(ending.output.isEmpty)
    }

    private static let calendar = """
        BEGIN:VCALENDAR\r
        BEGIN:VEVENT\r
        DTSTART;VALUE=DATE:20260814\r
        RRULE:FREQ=WEEKLY;BYDAY=TU,FR;UNTIL=20260817T220000Z;\r
        END:VEVENT\r
        END:VCALENDAR\r

        """

    private static let notes = """
        Note on RRULE: it has an empty part, which is left out.
        Note on UNTIL: it is an instant; the last day is 2026-08-18, where it lies in Europe/Berlin.

        """

    @Test
    func `a calendar is read with notes on what is unusual about it`() async throws {
        let words = ["preview", "--zone", "Europe/Berlin"]
        let occurrences = "2026-08-14  Fri\n2026-08-18  Tue\n"
        let calendar = PreviewTests.calendar
        for (more, input) in [(["--file", "-"], calendar), ([calendar], "")] {
            let ending = try await Deployment().run(words + more, input: input)
            #expect(ending.output == occurrences)
            #expect(ending.errors == PreviewTests.notes)
        }
        let ending = try await Deployment().run(words + ["--json", calendar])
        #expect(ending.output.contains(#""remarks":[{"part":"RRULE","reason":"it has an"#))
        #expect(ending.errors.isEmpty)
    }

    @Test(arguments: [
        ("no-such-file.ics", "", "which cannot be read"), ("-", "", "A rule and its --start"),
        ("-", "BEGIN:VCALENDAR\nEND:VCALENDAR", "it has no VEVENT"),
        ("-", String(repeating: "X-A:B\n", count: 200_000), "it has more than"),
    ])
    func `a file that is no calendar is refused`(
        file: String,
        input: String,
        reason: String
    ) async throws {
        let ending = try await Deployment().run(["preview", "--file", file], input: input)
        #expect(ending.status == 64)
        #expect(ending.errors.contains(reason))
        #expect(ending.output.isEmpty)
    }

    @Test
    func `a series without a zone is printed without an offset`() async throws {
        let lines = "DTSTART:20260101T090000\nRRULE:FREQ=DAILY;COUNT=1"
        let ending = try await Deployment().run(["preview", lines, "--zone", "Asia/Tokyo"])
        #expect(ending.output == "2026-01-01T09:00:00  Thu\n")
    }

    @Test
    func `cases are answered line by line`() async throws {
        let cases = """
            {"id": 1, "dtstart": "20260101T090000", "rrule": ["FREQ=DAILY;COUNT=2"]}

            {"id": 2, "dtstart": "20260101T090000", "rrule": ["FREQ=NEVER"]}
            nonsense

            """
        let ending = try await Deployment().run(["preview", "--cases"], input: cases)
        #expect(ending.status == 0)
        let answers = ending.output.split(separator: "\n")
        try #require(answers.count == 3)
        #expect(answers[0] == #"{"id":1,"occurrences":["20260101T090000","20260102T090000"]}"#)
        #expect(answers[1].contains(#""part":"FREQ""#))
        #expect(answers[2].contains(#""error":"#))
    }
}
