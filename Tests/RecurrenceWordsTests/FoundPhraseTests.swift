import Recurrence
import RecurrenceWords
import Testing

/// Phrases that were once guessed wrong: each is read rightly, or refused at its word.
struct FoundPhraseTests {
    /// Monday 30 November 2026, 10:00.
    private static let now = LocalDateTime(CivilDate(daysSince1970: 20_787), secondOfDay: 36_000)

    @Test(arguments: FoundPhrases.all)
    func `a phrase that was found wrong is understood`(
        language: RecurrenceLanguage,
        phrase: String,
        rule: String
    ) throws {
        #expect(try spoken(phrase, language).rule(from: Self.now).description == rule)
    }

    @Test(arguments: FoundRefusals.all)
    func `a phrase that was found wrong is refused`(
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
        (
            "every February", "every year on the last day of February",
            "every year on 1 February"
        ),
        ("every second of March", "every year on 2 March", "every second in March"),
        (
            "every Monday until Friday", "every weekday", "every Monday until 4 December 2026"
        ),
        ("every Monday until next week", "6 December", "13 December"),
        ("every day at half nine", "at 9:30", "at 8:30"),
        (
            "the first week", "on the 1st to 7th of each month",
            "every day of week 1 of each year"
        ),
        ("every morning", "morning at 9:00", ""),
        ("every day until Dec 25 at noon", "at 12:00 until 25 December 2026", ""),
    ])
    func `readings are offered and understood`(phrase: String, one: String, other: String) throws {
        let error = #expect(throws: SpokenRecurrence.ParseError.self) {
            try spoken(phrase, .english)
        }
        let readings = [one, other].filter { !$0.isEmpty }
        #expect(error?.suggestions == readings)
        for reading in readings where reading.contains(" ") && !reading.hasSuffix("December") {
            #expect(throws: Never.self) { try spoken(reading, .english) }
        }
    }

    @Test(arguments: [
        (
            RecurrenceLanguage.german, "am letzten Werktag des Monats",
            "am letzten Arbeitstag jedes Monats"
        ),
        (.french, "le dernier jour ouvrable du mois", "le dernier jour ouvré de chaque mois"),
    ])
    func `a reading keeps the number of the day`(
        language: RecurrenceLanguage,
        phrase: String,
        reading: String
    ) throws {
        let error = #expect(throws: SpokenRecurrence.ParseError.self) {
            try spoken(phrase, language)
        }
        #expect(error?.suggestions.first == reading)
        for reading in error?.suggestions ?? [] {
            #expect(throws: Never.self) { try spoken(reading, language) }
        }
    }

    @Test func `a filler is never meant by an unknown word`() {
        let error = #expect(throws: SpokenRecurrence.ParseError.self) {
            try spoken("Mitte des Monats", .german)
        }
        #expect(error?.suggestions == [])
    }

    @Test(arguments: [
        (RecurrenceLanguage.english, "the 1st workday after the 15th of each month"),
        (.english, "the last Saturday or Sunday before the 25th of each month"),
        (.spanish, "el primer día laborable después del 15 de cada mes"),
        (.french, "le premier jour ouvré après le 15 de chaque mois"),
        (.german, "am 1. Arbeitstag nach dem 15. jedes Monats"),
        (.portuguese, "no 1.º dia útil depois do dia 15 de cada mês"),
    ])
    func `a workday beside a day of the month is said as it is understood`(
        language: RecurrenceLanguage,
        words: String
    ) throws {
        let rule = try spoken(words, language).rule(from: Self.now)
        let said = rule.words(start: Self.now, isAllDay: true, zone: nil, language: language)
        #expect(said == words)
    }

    private func spoken(
        _ phrase: String,
        _ language: RecurrenceLanguage
    ) throws(SpokenRecurrence.ParseError) -> SpokenRecurrence {
        try SpokenRecurrence(words: phrase, language: language, now: Self.now)
    }
}
