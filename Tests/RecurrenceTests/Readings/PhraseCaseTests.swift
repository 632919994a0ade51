import RecurrenceCases
import SystemZones
import Testing

/// Cases that have words.
struct PhraseCaseTests {
    private static let runner = CaseRunner(zones: SystemZones())

    @Test(
        arguments: [
            (
                #""words": "every other Friday at 4 until March", "dtstart": "20270105T090000""#,
                #""occurrences":["20270108T040000","20270122T040000","20270205T040000","#
                    + #""20270219T040000"],"start":"20270108T040000","#
                    + #""rule":"FREQ=WEEKLY;INTERVAL=2;UNTIL=20270228;BYDAY=FR","#
                    + #""words":"every other Friday at 4:00 until 28 February 2027","remarks":[]"#
            ),
            (
                #""words": "jeden Montag um 9", "locale": "de", "dtstart": "20270105T100000Z""#,
                #""occurrences":["20270111T090000Z"],"start":"20270111T090000","#
                    + #""rule":"FREQ=WEEKLY;BYDAY=MO","#
                    + #""words":"jeden Montag um 9:00","remarks":[]"#
            ),
            (
                #""words": "cada lunes", "locale": "es-MX", "dtstart": "20270105T090000+0200","#
                    + #" "tzid": "+02:00""#,
                #""occurrences":["20270111T090000+0200"],"rule":"FREQ=WEEKLY;BYDAY=MO","#
                    + #""words":"todos los lunes a las 9:00","remarks":[]"#
            ),
            (
                #""words": "tous les jours", "locale": "fr_FR.UTF-8", "dtstart": "20270105""#,
                #""occurrences":["20270105"],"rule":"FREQ=DAILY","words":"tous les jours","#
                    + #""remarks":[]"#
            ),
            (
                #""words": "toda segunda às 9", "locale": "PT-br", "dtstart": "20270105""#,
                #""occurrences":["20270111T090000"],"start":"20270105T090000","#
                    + #""rule":"FREQ=WEEKLY;BYDAY=MO","#
                    + #""words":"todas as segundas-feiras às 9:00","remarks":[]"#
            ),
            (
                #""words": "every 6 hours", "dtstart": "20270105", "tzid": "America/New_York""#,
                #""occurrences":["20270105T000000-0500"],"rule":"FREQ=HOURLY;INTERVAL=6","#
                    + #""words":"every 6 hours","remarks":[]"#
            ),
            (
                #""words": "daily from 3/4/2027", "locale": "en_US", "dtstart": "20270105""#,
                #""occurrences":["20270304"],"start":"20270304","rule":"FREQ=DAILY","#
                    + #""words":"every day","remarks":[]"#
            ),
            (
                #""words": "daily from 3/4/2027", "locale": "en-GB", "dtstart": "20270105""#,
                #""occurrences":["20270403"],"start":"20270403","rule":"FREQ=DAILY","#
                    + #""words":"every day","remarks":[]"#
            ),
            (
                #""words": "daily, 3 times", "dtstart": "20270105", "op": "count""#,
                #""value":3,"rule":"FREQ=DAILY;COUNT=3","words":"every day, 3 times","remarks":[]"#
            ),
            (
                #""words": "every 3 days after completion", "dtstart": "20270105""#,
                #""occurrences":["20270105"],"rule":"FREQ=DAILY;INTERVAL=3","#
                    + #""words":"every 3 days","remarks":[{"part":"words","reason":"the next "#
                    + #"occurrence is counted from the completion of the last; these are the ones "#
                    + #"of the rule itself"}]"#
            ),
            (
                #""words": "every Monday", "start": "include", "dtstart": "20270105""#,
                #""occurrences":["20270105"],"rule":"FREQ=WEEKLY;BYDAY=MO","words":null,"#
                    + #""remarks":[]"#
            ),
            (
                #""words": "every Tuesday", "start": "include", "dtstart": "20270105""#,
                #""occurrences":["20270105"],"rule":"FREQ=WEEKLY;BYDAY=TU","#
                    + #""words":"every Tuesday","remarks":[]"#
            ),
            (
                #""words": null, "rrule": ["FREQ=DAILY"], "dtstart": "20270105""#,
                #""occurrences":["20270105"]"#
            ),
        ]
    )
    func `words are answered with their rule, in words, and remarks`(
        members: String,
        answer: String
    ) {
        // One occurrence shows the rest, except where the end matters.
        let limit = members.contains("until") ? "" : #", "limit": 1"#
        let line = #"{"id": 1, "# + members + limit + "}"
        #expect(Self.runner.answer(line: line) == #"{"id":1,"# + answer + "}")
    }

    @Test(arguments: [
        (#""exdate": ["20260112"]"#, "20260105T100000+0100 20260119T100000+0100"),
        (
            #""rdate": ["20260113"]"#,
            "20260105T100000+0100 20260112T100000+0100 20260113T100000+0100"
        ),
        (
            #""exdate": ["20260112T090000Z"]"#, "20260105T100000+0100 20260119T100000+0100"
        ),
    ])
    func `a day beside a start with a time is all of it, or has this time`(
        dates: String,
        slots: String
    ) {
        let line =
            #"{"dtstart": "20260105T100000", "rrule": ["FREQ=WEEKLY;COUNT=3"], "#
            + #""tzid": "Europe/Berlin", "# + dates + "}"
        let first = slots.split(separator: " ").map { "\"\($0)\"" }.joined(separator: ",")
        #expect(Self.runner.answer(line: line).contains(#""occurrences":["# + first))
    }

    @Test func `an hour that the clocks skip is read by the policy`() {
        let line =
            #"{"words": "every hour, 3 times", "dtstart": "20260329T013000", "#
            + #""tzid": "Europe/Berlin", "policy": ""#
        let hours = #""20260329T013000+0100","20260329T033000+0200","#
        let wall = Self.runner.answer(line: line + #"wall"}"#)
        #expect(wall.contains("[" + hours + #""20260329T033000+0200"]"#))
        let dedupe = Self.runner.answer(line: line + #"dedupe"}"#)
        #expect(dedupe.contains("[" + hours + #""20260329T043000+0200"]"#))
    }

    @Test(
        arguments: [
            (
                #""words": "every blursday", "dtstart": "20270105""#,
                #""part":"words","reason":"\"blursday\" at 6 is not a word that is understood; "#
                    + #"expected days, a period, a time, a first day or an end","#
                    + #""word":"blursday","offset":6"#
            ),
            (
                #""words": "täglich", "dtstart": "20270105""#,
                #""part":"words","reason":"\"täglich\" at 0 is not a word that is understood; "#
                    + #"expected days, a period, a time, a first day or an end","#
                    + #""word":"täglich","offset":0"#
            ),
            (
                #""words": "every", "dtstart": "20270105""#,
                #""part":"words","reason":"something is missing at the end; expected a unit such "#
                    + #"as days or weeks, a weekday or a month","offset":5"#
            ),
            (
                #""words": "", "dtstart": "20270105""#,
                #""part":"words","reason":"something is missing at the end; expected days, a "#
                    + #"period, a time, a first day or an end","offset":0"#
            ),
            (
                #""words": "daily from 3/4/2027", "dtstart": "20270105""#,
                #""part":"words","reason":"\"3/4/2027\" at 11 has more than one meaning; expected "#
                    + #"a date, a weekday, or a word such as tomorrow: \"4 March\" or \"3 "#
                    + #"April\"?","word":"3/4/2027","offset":11"#
            ),
            (
                #""words": "daily""#,
                #""part":"dtstart","reason":"it is missing; words are counted from it""#
            ),
            (
                #""words": "daily", "dtstart": "tomorrow""#,
                #""part":"dtstart","reason":"it is not a date or date-time""#
            ),
            (
                #""words": "daily", "dtstart": "20270105", "zone": "UTC""#,
                #""part":"zone","reason":"there is no such member""#
            ),
            (
                #""words": "daily", "dtstart": "20270105", "rrule": []"#,
                #""part":"rrule","reason":"it cannot go with words""#
            ),
            (
                #""words": "daily", "ical": "DTSTART:20270105T090000Z""#,
                #""part":"words","reason":"it cannot go with ical""#
            ),
            (
                #""words": ["daily"], "dtstart": "20270105""#,
                #""part":"words","reason":"it is not a string""#
            ),
            (
                #""words": "daily", "dtstart": "20270105", "locale": "it""#,
                #""part":"locale","reason":"its language is none of en, es, fr, de, pt""#
            ),
            (
                #""ical": "DTSTART:20270105T090000Z", "locale": "it""#,
                #""part":"locale","reason":"its language is none of en, es, fr, de, pt""#
            ),
            (
                #""words": "daily", "dtstart": "20270105", "locale": 1"#,
                #""part":"locale","reason":"it is not a string""#
            ),
            (
                #""words": "daily", "dtstart": "20270105", "tzid": "Mars""#,
                #""part":"tzid","reason":"there is no zone Mars""#
            ),
            (
                #""words": "daily", "dtstart": "20270105", "policy": "none""#,
                #""part":"policy","reason":"it is none of wall, dedupe, elapsed""#
            ),
        ]
    )
    func `words that cannot be read are refused with the word and its place`(
        members: String,
        error: String
    ) {
        let answer = Self.runner.answer(line: #"{"id": 1, "# + members + "}")
        #expect(answer == #"{"id":1,"error":{"# + error + "}}")
    }

    @Test func `a phrase is at most 500 bytes long`() {
        let words = "every day" + String(repeating: " ", count: 492)
        let answer = Self.runner.answer(
            line: #"{"words": ""# + words + #"", "dtstart": "20270105"}"#
        )
        #expect(answer.contains(#""reason":"the phrase is longer than 500 bytes""#))
    }
}
