import Testing

/// Rules and lines of a calendar.
struct PreviewTests {
    @Test(arguments: [
        (
            "FREQ=MONTHLY;BYDAY=-1FR --start 2026-11-27T16:00:00 --zone America/New_York --count 2",
            "the last Friday of each month at 16:00",
            "2026-11-27T16:00:00-05:00  Fri\n2026-12-25T16:00:00-05:00  Fri"
        ),
        (
            "FREQ=DAILY --start 2026-03-28T02:30:00 --zone Europe/Berlin --count 2",
            "every day at 2:30",
            "2026-03-28T02:30:00+01:00  Sat\n2026-03-29T03:30:00+02:00  Sun"
        ),
        (
            "FREQ=DAILY;COUNT=1 --start 2026-11-27T09:00", "every day at 9:00, once",
            "2026-11-27T09:00:00Z  Fri"
        ),
        (
            "FREQ=DAILY;COUNT=1 --start 20261127T0900Z", "every day at 9:00, once",
            "2026-11-27T09:00:00Z  Fri"
        ),
        (
            "FREQ=DAILY --start 2026-11-27 --count 2 --locale de_AT", "jeden Tag",
            "2026-11-27  Fri\n2026-11-28  Sat"
        ),
        (
            "FREQ=DAILY --start 2026-11-27T16:00:00 --count 1 --after 2026-12-01T16:00:00Z",
            "every day at 16:00", "2026-12-02T16:00:00Z  Wed"
        ),
        (
            "FREQ=YEARLY;COUNT=1 --start 1900-01-01T12:00:00 --zone Asia/Kolkata",
            "every year on 1 January at 12:00, once", "1900-01-01T12:00:00+05:21:10  Mon"
        ),
        (
            "FREQ=DAILY;COUNT=1 --start 2026-11-27T16:00:00 --zone +02:00",
            "every day at 16:00, once", "2026-11-27T16:00:00+02:00  Fri"
        ),
        (
            "FREQ=DAILY;COUNT=1 --start 2026-11-27T16:00:00 --zone -05:30",
            "every day at 16:00, once", "2026-11-27T16:00:00-05:30  Fri"
        ),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU;BYHOUR=9,17;BYSETPOS=3 --start 2026-11-27T09:00 --count 1",
            "(there are none that would be exact)", "2026-12-07T09:00:00Z  Mon"
        ),
    ])
    func `a rule is said, and its occurrences are printed as the zone's clocks show them`(
        arguments: String,
        ruleInWords: String,
        dates: String
    ) async throws {
        let words = arguments.split(separator: " ").map(String.init)
        let ending = try await Deployment().run(["preview"] + words)
        #expect(ending.errors.isEmpty)
        let rule = "Rule:    \(words[0])\nWords:   \(ruleInWords)\n\n"
        #expect(ending.output == rule + dates + "\n")
    }

    @Test(arguments: [
        (
            "FREQ=DAILY;COUNT=1 --start 2026-11-27T16:00:00 --zone Asia/Kolkata",
            #"[{"at":"2026-11-27T16:00:00+05:30","recurrenceID":"2026-11-27T16:00:00"}],"#
                + #""rule":"FREQ=DAILY;COUNT=1","words":"every day at 16:00, once","remarks":[]"#
        ),
        (
            "FREQ=DAILY;COUNT=1 --start 2026-11-27 --after 2027-01-01T00:00:00Z --locale es",
            #"[],"rule":"FREQ=DAILY;COUNT=1","words":"todos los días, una vez","remarks":[]"#
        ),
        (
            "DTSTART:20261127T160000Z RDATE:20261128T160000Z --count 1",
            #"[{"at":"2026-11-27T16:00:00Z","recurrenceID":"2026-11-27T16:00:00"}],"#
                + #""rule":"","words":null,"remarks":[]"#
        ),
    ])
    func `all is there in JSON`(arguments: String, members: String) async throws {
        let words = arguments.split(separator: " ").map(String.init)
        let ending = try await Deployment().run(["preview", "--json"] + words)
        #expect(ending.errors.isEmpty)
        #expect(ending.output == #"{"occurrences":"# + members + "}\n")
    }

    @Test
    func `lines say more than a rule, and need no start`() async throws {
        let lines = [
            "dtstart:20261201T090000Z", "RRULE:FREQ=WEEKLY", "EXRULE:FREQ=MONTHLY;BYMONTHDAY=8",
            "EXDATE:20261215T090000Z", "RDATE:20261202T090000Z,20261203T090000Z",
        ]
        let expected = """
            Rule:    FREQ=WEEKLY
            Words:   every Tuesday at 9:00
            Except:  FREQ=MONTHLY;BYMONTHDAY=8
            Words:   the 8th of each month at 9:00
            Added:   2 dates
            Without: 1 date

            2026-12-01T09:00:00Z  Tue
            2026-12-02T09:00:00Z  Wed
            2026-12-03T09:00:00Z  Thu
            2026-12-22T09:00:00Z  Tue

            """
        for arguments in [lines, [lines.joined(separator: "\n")]] {
            let ending = try await Deployment().run(["preview", "--count", "4"] + arguments)
            #expect(ending.output == expected)
            #expect(ending.errors.isEmpty)
        }
    }

    @Test(arguments: [
        ("wall", ["01:30:00+01:00", "03:30:00+02:00", "03:30:00+02:00"]),
        ("dedupe", ["01:30:00+01:00", "03:30:00+02:00", "04:30:00+02:00"]),
        ("elapsed", ["01:30:00+01:00", "03:30:00+02:00", "04:30:00+02:00"]),
    ])
    func `a policy says what becomes of times that the clocks skip`(
        policy: String,
        times: [String]
    ) async throws {
        let arguments = ["FREQ=HOURLY", "--start", "2026-03-29T01:30", "--zone", "Europe/Berlin"]
        let more = ["--count", "3", "--policy", policy]
        let output = try await Deployment().run(["preview"] + arguments + more).output
        let dates = times.map { "2026-03-29T\($0)  Sun\n" }.joined()
        #expect(output.hasSuffix("\n\n" + dates))
    }

    @Test(arguments: [
        ("FREQ=WEEKLY;BYDAY=MO", "the start", ["2026-11-24", "2026-11-30"]),
        (
            "FREQ=WEEKLY;BYDAY=MO;COUNT=1", "the start, the first that COUNT counts", ["2026-11-24"]
        ),
        ("FREQ=WEEKLY;BYDAY=TU", nil, ["2026-11-24", "2026-12-01"]),
    ])
    func `a start that the rule does not yield can be included`(
        rule: String,
        added: String?,
        dates: [String]
    ) async throws {
        let arguments = ["preview", rule, "--start", "2026-11-24", "--count", "2"]
        let output = try await Deployment().run(arguments + ["--include-start"]).output
        #expect(output.contains("\nAdded:   ") == (added != nil))
        if let added { #expect(output.contains("\nAdded:   \(added)\n")) }
        let printed = output.split(separator: "\n").filter { $0.hasPrefix("2026") }
        #expect(printed.map { String($0.prefix(10)) } == dates)
    }

    @Test
    func `a rule without occurrences is told of on standard error`() async throws {
        let rule = "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"
        let ending = try await Deployment().run(["preview", rule, "--start", "2026-01-01"])
        #expect(ending.status == 0)
        #expect(ending.output.hasPrefix("Rule:    \(rule)\nWords:   "))
        #expect(!ending.output.contains("\n\n"))
        #expect(ending.errors == "There are no occurrences.\n")
    }

    @Test(arguments: [
        (["FREQ=DAILY", "--zone", "Mars/Olympus"], "there is no zone Mars/Olympus"),
        (["FREQ=DAILY", "--zone", "+25:00"], "there is no zone +25:00"),
        (["FREQ=DAILY", "--count", "0"], "--count is 0"),
        (["FREQ=DAILY", "--after", "2026-12-01"], "--after is '2026-12-01'"),
        (
            ["FREQ=DAILY", "--start", "tomorrow"],
            "--start is 'tomorrow', which is not a local time"
        ),
        (["FREQ=DAILY", "--start", "2026-02-30"], "--start is '2026-02-30', which is not"),
        (["FREQ=DAILY", "--policy", "none"], "'wall', 'dedupe' or 'elapsed'"),
        (["FREQ=DAILY", "--locale", "it"], "--locale is 'it', whose language is none of en, es,"),
        (["BEGIN:VEVENT\nEND:VEVENT"], "--start cannot go with a calendar"),
        (
            ["DTSTART:20260101T090000Z\nRRULE:FREQ=DAILY"],
            "--start cannot go with a line of DTSTART"
        ),
        (["FREQ=DAILY", "--file", "-"], "cannot go together"),
        ([""], "A rule and its --start are needed"),
        (["FREQ=DAILY", "--cases"], "--cases takes no rule"),
        (["--locale", "de", "--cases"], "--cases takes no --locale"),
        (["--policy", "dedupe", "--cases"], "--cases takes no --policy"),
        (["--include-start", "--cases"], "--cases takes no --include-start"),
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

    @Test(arguments: [
        ("FREQ=NEVER", "perennial: FREQ: there is no NEVER\n"),
        ("FREQ=DAILY;BYMONTH=13", "perennial: BYMONTH: 13 is not between 1 and 12\n"),
        ("DAILY;COUNT=3", "perennial: DAILY: it has no value\n"),
        (
            "DESCRIPTION:FREQ=DAILY",
            "perennial: 'DESCRIPTION:FREQ=DAILY' has no line of RRULE or RDATE.\n"
        ),
    ])
    func `a wrong rule is wrong data`(rule: String, reason: String) async throws {
        let arguments = ["preview", rule, "--start", "2026-11-27T16:00:00"]
        let ending = try await Deployment().run(arguments)
        #expect(ending.status == 65)
        #expect(ending.errors == reason)
        #expect(ending.output.isEmpty)
    }

    @Test(arguments: ["FREQ=DAILY", "RRULE:FREQ=DAILY", "FREQ=DAILY\nEXDATE:20261127T160000Z"])
    func `a rule is refused without a start`(rule: String) async throws {
        let ending = try await Deployment().run(["preview", rule])
        #expect(ending.status == 64)
        #expect(ending.errors.contains("A rule and its --start are needed, such as --start"))
    }

    @Test
    func `a series without a zone is printed without an offset`() async throws {
        let lines = "DTSTART:20260101T090000\nRRULE:FREQ=DAILY;COUNT=1"
        let ending = try await Deployment().run(["preview", lines, "--zone", "Asia/Tokyo"])
        #expect(ending.output.hasSuffix("\n\n2026-01-01T09:00:00  Thu\n"))
    }

    @Test
    func `cases are answered line by line`() async throws {
        let cases = """
            {"id": 1, "dtstart": "20260101T090000", "rrule": ["FREQ=DAILY;COUNT=2"]}

            {"id": 2, "dtstart": "20260101T090000", "rrule": ["FREQ=NEVER"]}
            nonsense
            {"id": 3, "dtstart": "20260101T090000", "words": "every day, once", "locale": "en"}
            {"id": 4, "dtstart": "20260101T090000", "words": "every blursday"}
            {"id": 5, "tzid": "+02:00", "ical": "DTSTART:20260101T090000\\nRRULE:FREQ=DAILY;COUNT=1"}

            """
        let ending = try await Deployment().run(["preview", "--cases"], input: cases)
        #expect(ending.status == 0)
        let answers = ending.output.split(separator: "\n")
        try #require(answers.count == 6)
        #expect(answers[0] == #"{"id":1,"occurrences":["20260101T090000","20260102T090000"]}"#)
        #expect(answers[1].contains(#""part":"FREQ""#))
        #expect(answers[2].contains(#""error":"#))
        let said =
            #""occurrences":["20260101T090000"],"rule":"FREQ=DAILY;COUNT=1","#
            + #""words":"every day at 9:00, once","remarks":[]}"#
        #expect(answers[3] == #"{"id":3,"# + said)
        #expect(answers[4].hasSuffix(#""word":"blursday","offset":6}}"#))
        #expect(answers[5] == #"{"id":5,"# + said)
    }
}
