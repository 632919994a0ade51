import Recurrence
import RecurrenceWords
import Testing

struct MendedPhraseTests {
    @Test(arguments: MendedPhrases.english)
    func `an English phrase is not guessed wrong`(phrase: String, rule: String) throws {
        #expect(try spoken(phrase).rule(from: WordsTests.start).description == rule)
    }

    @Test(arguments: MendedPhrases.spanish)
    func `a Spanish phrase is not guessed wrong`(phrase: String, rule: String) throws {
        let spoken = try spoken(phrase, .spanish)
        #expect(spoken.rule(from: WordsTests.start).description == rule)
    }

    @Test(arguments: MendedPhrases.englishRefusals)
    func `an English phrase is refused rather than guessed`(
        phrase: String,
        problem: MendedPhrases.Problem,
        word: String
    ) {
        expectRefusal(phrase, .english, problem, word)
    }

    @Test(arguments: MendedPhrases.spanishRefusals)
    func `a Spanish phrase is refused rather than guessed`(
        phrase: String,
        problem: MendedPhrases.Problem,
        word: String
    ) {
        expectRefusal(phrase, .spanish, problem, word)
    }

    @Test(arguments: [
        ("every day starting tomorrow", "20270303"), ("every 2 weeks from next Monday", "20270308"),
        ("daily from today", "20270302"), ("weekly starting Friday", "20270305"),
        ("every day from April", "20270401"), ("every day starting March 1", "20280301"),
        ("every Tuesday from 3 March to 5 April 2027", "20270303"),
    ])
    func `the first day is counted from today`(phrase: String, day: String) throws {
        #expect(try spoken(phrase).firstDay?.description == day)
    }

    @Test func `what starts now has the time of now`() throws {
        let spoken = try spoken("every 3 hours starting now")
        let noon = LocalDateTime(year: 2030, month: 1, day: 1, hour: 12)
        #expect(spoken.start(default: try #require(noon)) == WordsTests.start)
    }

    @Test(arguments: [
        "every 3 days after completion", "every! 3 days", "every 3 days after it is done",
    ])
    func `a repetition after completion is told apart`(phrase: String) throws {
        let spoken = try spoken(phrase)
        #expect(spoken.repeatsAfterCompletion)
        #expect(spoken.rule(from: WordsTests.start).description == "FREQ=DAILY;INTERVAL=3")
        #expect(try !self.spoken("every 3 days").repeatsAfterCompletion)
    }

    @Test func `an end without a year is the next one after the start`() throws {
        let later = try #require(LocalDateTime(year: 2028, month: 12, day: 26, hour: 9))
        let rule = try spoken("every day until Dec 25").rule(from: later)
        #expect(rule.description == "FREQ=DAILY;UNTIL=20291225")
        let length = try spoken("every day for 2 weeks").rule(from: later)
        #expect(length.description == "FREQ=DAILY;UNTIL=20290108")
    }

    @Test(arguments: [
        (DateOrder(locale: "en-US"), "20270304"), (DateOrder(locale: "en_GB"), "20270403"),
    ])
    func `the locale tells the month and the day of a date apart`(
        order: DateOrder?,
        date: String
    ) throws {
        let spoken = try SpokenRecurrence(
            words: "daily until 3/4/2027",
            language: .english,
            dateOrder: order,
            now: WordsTests.start
        )
        #expect(
            spoken.rule(from: WordsTests.start).description == "FREQ=DAILY;UNTIL=\(date)"
        )
    }

    @Test(arguments: [
        ("every mondey", ["Monday"]), ("every moth", ["month"]), ("evry day", ["every"]),
        ("every day in febuary", ["February"]),
    ])
    func `a word that is nearly known is offered`(phrase: String, words: [String]) {
        #expect(suggestions(phrase, .english) == words)
    }

    @Test(arguments: [
        ("twice a month", RecurrenceLanguage.english), ("twice a week", .english),
        ("twice a year", .english), ("biweekly", .english), ("bimonthly", .english),
        ("biannually", .english), ("every 3rd Friday", .english),
        ("last weekend of the month", .english), ("dos veces al mes", .spanish),
        ("cada quince días", .spanish), ("cada ocho días", .spanish), ("bisemanal", .spanish),
        ("bimensual", .spanish), ("cada tercer viernes", .spanish),
    ])
    func `two readings are offered, and both are understood`(
        phrase: String,
        language: RecurrenceLanguage
    ) throws {
        let readings = suggestions(phrase, language)
        #expect(readings.count == 2)
        let rules = try readings.map {
            try spoken($0, language).rule(from: WordsTests.start)
        }
        #expect(Set(rules).count == 2)
    }

    @Test func `an error is told in one line`() {
        let error = #expect(throws: SpokenRecurrence.ParseError.self) {
            try spoken("every mondey")
        }
        #expect(
            error?.description
                == "\"mondey\" at 6 is not a word that is understood; "
                + "expected days, a period, a time, a first day or an end: \"Monday\"?"
        )
    }

    private func suggestions(_ phrase: String, _ language: RecurrenceLanguage) -> [String] {
        do throws(SpokenRecurrence.ParseError) {
            _ = try spoken(phrase, language)
            return []
        } catch { return error.suggestions }
    }

    private func expectRefusal(
        _ phrase: String,
        _ language: RecurrenceLanguage,
        _ problem: MendedPhrases.Problem,
        _ word: String
    ) {
        let error = #expect(throws: SpokenRecurrence.ParseError.self) {
            try spoken(phrase, language)
        }
        #expect(error?.problem == problem)
        #expect(error?.word == word)
    }

    private func spoken(
        _ phrase: String,
        _ language: RecurrenceLanguage = .english
    ) throws(SpokenRecurrence.ParseError) -> SpokenRecurrence {
        try SpokenRecurrence(words: phrase, language: language, now: WordsTests.start)
    }
}
