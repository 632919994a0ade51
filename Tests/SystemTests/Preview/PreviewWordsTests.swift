import Testing

/// Words.
struct PreviewWordsTests {
    @Test(arguments: [
        (
            "every other Friday at 4 until March --start 2026-11-30 --count 2",
            "FREQ=WEEKLY;INTERVAL=2;UNTIL=20270228;BYDAY=FR",
            "every other Friday at 4:00 until 28 February 2027\nStart:   2026-12-04T04:00:00",
            "2026-12-04T04:00:00Z  Fri\n2026-12-18T04:00:00Z  Fri"
        ),
        (
            "jeden Montag um 9 --locale de --start 2026-11-30 --zone Europe/Berlin --count 1",
            "FREQ=WEEKLY;BYDAY=MO", "jeden Montag um 9:00\nStart:   2026-11-30T09:00:00",
            "2026-11-30T09:00:00+01:00  Mon"
        ),
        (
            "todos los lunes --locale es_MX --start 2026-11-30T09:00 --zone -06:00 --count 1",
            "FREQ=WEEKLY;BYDAY=MO", "todos los lunes a las 9:00", "2026-11-30T09:00:00-06:00  Mon"
        ),
        (
            "tous les jours --locale fr --start 2026-11-30 --count 1", "FREQ=DAILY",
            "tous les jours", "2026-11-30  Mon"
        ),
        (
            "toda segunda às 9 --locale pt-BR --start 2026-11-30 --count 1",
            "FREQ=WEEKLY;BYDAY=MO",
            "todas as segundas-feiras às 9:00\nStart:   2026-11-30T09:00:00",
            "2026-11-30T09:00:00Z  Mon"
        ),
        (
            "daily from 3/4/2027 --locale en_US --count 1", "FREQ=DAILY", "every day",
            "2027-03-04  Thu"
        ),
        (
            "daily from 3/4/2027 --locale en-GB --count 1", "FREQ=DAILY", "every day",
            "2027-04-03  Sat"
        ),
        (
            "every hour, 3 times --start 2026-03-29T01:30 --zone Europe/Berlin --policy dedupe",
            "FREQ=HOURLY;COUNT=3", "every hour, 3 times",
            "2026-03-29T01:30:00+01:00  Sun\n2026-03-29T03:30:00+02:00  Sun\n"
                + "2026-03-29T04:30:00+02:00  Sun"
        ),
        (
            "every Monday --include-start --start 2026-11-24 --count 2",
            "FREQ=WEEKLY;BYDAY=MO", "every Monday\nAdded:   the start",
            "2026-11-24  Tue\n2026-11-30  Mon"
        ),
    ])
    func `words are understood and said with their rule and occurrences`(
        arguments: String,
        rule: String,
        words: String,
        dates: String
    ) async throws {
        let options = arguments.split(separator: " ").map(String.init)
        let phrase = options.prefix { !$0.hasPrefix("--") }
        let more = Array(options.dropFirst(phrase.count))
        // With quotes around the phrase, or without.
        for given in [Array(phrase), [phrase.joined(separator: " ")]] {
            let ending = try await Deployment().run(["preview"] + given + more)
            #expect(ending.errors.isEmpty)
            #expect(ending.output == "Rule:    \(rule)\nWords:   \(words)\n\n\(dates)\n")
        }
    }

    @Test
    func `words without a start begin after now`() async throws {
        let ending = try await Deployment().run(["preview", "every 20 minutes, 30 times", "--json"])
        #expect(ending.status == 0)
        #expect(ending.output.contains(#""rule":"FREQ=MINUTELY;INTERVAL=20;COUNT=30""#))
        #expect(ending.output.matches(of: /:00Z","recurrenceID"/).count == 10)
    }

    @Test
    func `what is counted from completion is told on standard error, or in JSON`() async throws {
        let arguments = ["preview", "every 3 days after completion", "--start", "2026-11-30"]
        let ending = try await Deployment().run(arguments)
        #expect(ending.errors.hasPrefix("Note on words: the next occurrence is counted from"))
        #expect(ending.output.hasPrefix("Rule:    FREQ=DAILY;INTERVAL=3\n"))
        let json = try await Deployment().run(arguments + ["--json"])
        #expect(json.errors.isEmpty)
        #expect(json.output.contains(#""remarks":[{"part":"words","reason":"the next"#))
    }

    @Test(arguments: [
        (
            ["every blursday"],
            #""blursday" at 6 is not a word that is understood; expected days, a period, a time"#
        ),
        (["every"], "something is missing at the end; expected a unit such as days or weeks"),
        (["twice a month"], #""on the 1st and 15th of each month" or "every other week"?"#),
        (["daily from 3/4/2027"], #""3/4/2027" at 11 has more than one meaning"#),
        (["jeden Montag"], #""jeden" at 0 is not a word that is understood"#),
        (["jeden Montag"], "With --locale de it is understood."),
        (["every Monday", "--locale", "fr_CA"], "With --locale en it is understood."),
        (["Daily: at 9:00"], #"":" at 5 is not a word"#),
        (["every day", "--locale", ""], "--locale is '', whose language is none of"),
        (["every day", "--zone", "Mars"], "--zone: there is no zone Mars"),
        (["every day", "--start", "now"], "--start is 'now', which is not a local time"),
        ([String(repeating: "a", count: 501)], "the phrase is longer than 500 bytes"),
    ])
    func `words that are not understood are refused with the word and what was expected`(
        arguments: [String],
        reason: String
    ) async throws {
        let ending = try await Deployment().run(["preview"] + arguments)
        #expect(ending.status == (reason.hasPrefix("--") ? 64 : 65))
        #expect(ending.errors.contains(reason))
        #expect(ending.output.isEmpty)
    }
}
