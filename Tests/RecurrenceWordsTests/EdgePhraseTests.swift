import Recurrence
import RecurrenceWords
import Testing

/// Phrases at the edge of what is understood: each is read rightly, or refused at its word.
struct EdgePhraseTests {
    /// Friday 27 November 2026, 10:00.
    private static let now = LocalDateTime(CivilDate(daysSince1970: 20_784), secondOfDay: 36_000)

    @Test(arguments: EdgePhrases.all)
    func `a phrase at the edge is understood`(
        language: RecurrenceLanguage,
        phrase: String,
        rule: String
    ) throws {
        #expect(try spoken(phrase, language).rule(from: Self.now).description == rule)
    }

    @Test(arguments: RefusedEdges.all)
    func `a phrase beyond the edge is refused`(
        language: RecurrenceLanguage,
        phrase: String,
        problem: MendedPhrases.Problem,
        word: String
    ) {
        let error = #expect(throws: SpokenRecurrence.ParseError.self) {
            try spoken(phrase, language)
        }
        #expect(error?.problem == problem)
        #expect(error?.word == word)
    }

    @Test(arguments: [
        // The time of the start's day has passed.
        ("every day at 9", "20261128T090000 20261129T090000"),
        ("every day at 9, 2 times", "20261128T090000 20261129T090000"),
        ("every day at 9 and 17", "20261127T170000 20261128T090000"),
        ("every week at 9", "20261204T090000 20261211T090000"),
        ("every 2 weeks at 9", "20261204T090000 20261218T090000"),
        ("every day at 10", "20261127T100000 20261128T100000"),
        ("every day at 9 starting today", "20261127T090000 20261128T090000"),
        // Intervals are counted from the first of the days on or after the start.
        ("every other Monday", "20261130T100000 20261214T100000"),
        ("every other Monday starting Dec 1", "20261207T100000 20261221T100000"),
        ("every other Monday starting Nov 30", "20261130T100000 20261214T100000"),
        ("every 3 months on the 10th", "20261210T100000 20270310T100000"),
        ("every 3 months on the 10th starting Jan 15", "20270210T100000 20270510T100000"),
        ("every 4 years on Feb 29", "20280229T100000 20320229T100000"),
        ("every 2 years in June", "20270627T100000 20290627T100000"),
        ("every 3 hours", "20261127T100000 20261127T130000"),
        ("every 2nd weekend", "20261128T100000 20261129T100000"),
    ])
    func `the first date is the next of the phrase's days`(phrase: String, dates: String) throws {
        #expect(try self.dates(phrase) == dates)
    }

    @Test(arguments: [
        ("every day starting on the 15th", "20261215"),
        ("every day starting in 3 days", "20261130"),
        ("every day starting in 2 weeks", "20261211"), ("daily from in 1 month", "20261227"),
        ("every day starting the day after tomorrow", "20261129"),
    ])
    func `the first day is said by its distance`(phrase: String, day: String) throws {
        #expect(try spoken(phrase, .english).firstDay?.description == day)
    }

    @Test func `an end is refused that lies before the start that is given`() throws {
        let words = "every Monday until March 1st, 2020"
        let start = LocalDateTime(year: 2020, month: 2, day: 1, hour: 10)
        let early = try SpokenRecurrence(
            words: words,
            language: .english,
            now: Self.now,
            start: start
        )
        let rule = try early.rule(from: #require(start))
        #expect(rule.description == "FREQ=WEEKLY;UNTIL=20200301;BYDAY=MO")
        let error = #expect(throws: SpokenRecurrence.ParseError.self) {
            try spoken(words, .english)
        }
        #expect(error?.problem == .never)
        #expect(error?.expected == .laterEnd)
    }

    @Test(arguments: [
        ("every Friday night at 1", "every Friday at 1:00", "every Saturday at 1:00"),
        ("every day twice", "every day, 2 times", "every day at 9:00 and 17:00"),
        ("every week 3 times", "every week, 3 times", "every Monday, Wednesday and Friday"),
        ("twice a day", "every day at 9:00 and 17:00", "every 12 hours"),
        (
            "three times a week", "every Monday, Wednesday and Friday",
            "every Tuesday, Thursday and Saturday"
        ),
        ("every month on Monday", "every Monday", "the 1st Monday of each month"),
        (
            "every quarter on the 15th", "every 3 months on the 15th",
            "on the 15th of January, April, July and October"
        ),
        ("every day at 5 and 6 pm", "at 5:00 and 18:00", "at 17:00 and 18:00"),
        (
            "every 3 months on the 15th of January", "every year on 15 January",
            "every 3 months on the 15th"
        ),
        (
            "on the 15th or the last day", "on the 15th of each month",
            "on the 15th and last day of each month"
        ),
        ("every day starting next week", "30 November", "4 December"),
    ])
    func `the readings of two meanings are offered`(phrase: String, one: String, other: String) {
        let error = #expect(throws: SpokenRecurrence.ParseError.self) {
            try spoken(phrase, .english)
        }
        #expect(error?.suggestions == [one, other])
    }

    @Test(arguments: [
        ("every day at 24:00", "a time of day"), ("every day at 9:60", "a time of day"),
        ("until 12/32/27 daily", "a date, a weekday, or a word such as tomorrow"),
        ("Monday the 32nd", "a day of the month from 1 to 31"),
    ])
    func `a number out of range is refused with what was expected`(phrase: String, what: String) {
        let error = #expect(throws: SpokenRecurrence.ParseError.self) {
            try spoken(phrase, .english)
        }
        #expect(error?.problem == .outOfRange)
        #expect(error?.expected.rawValue == what)
    }

    @Test(arguments: ["every day minus Sunday", "every day fast"])
    func `a short word is not taken for another`(phrase: String) {
        let error = #expect(throws: SpokenRecurrence.ParseError.self) {
            try spoken(phrase, .english)
        }
        #expect(error?.problem == .unknownWord)
        #expect(error?.suggestions.isEmpty == true)
    }

    private func spoken(
        _ phrase: String,
        _ language: RecurrenceLanguage
    ) throws(SpokenRecurrence.ParseError) -> SpokenRecurrence {
        try SpokenRecurrence(words: phrase, language: language, now: Self.now)
    }

    /// The first two dates of a phrase that is said now.
    private func dates(_ phrase: String) throws -> String {
        let spoken = try spoken(phrase, .english)
        let start = spoken.start(default: Self.now)
        let set = RecurrenceSet(start: start, zone: nil, rule: spoken.rule(from: start))
        return set.occurrences().prefix(2).map(\.recurrenceID.description).joined(separator: " ")
    }
}
