import Recurrence
import RecurrenceWords
import Testing

/// Short and sloppy phrases: each is read rightly, or refused because it has two meanings.
struct ShortPhraseTests {
    /// Friday 27 November 2026, 10:00.
    private static let now = LocalDateTime(CivilDate(daysSince1970: 20_784), secondOfDay: 36_000)

    private func spoken(
        _ phrase: String,
        _ language: RecurrenceLanguage
    ) throws(SpokenRecurrence.ParseError) -> SpokenRecurrence {
        try SpokenRecurrence(words: phrase, language: language, now: Self.now)
    }

    @Test(arguments: ShortPhrases.all)
    func `a short phrase is understood`(
        language: RecurrenceLanguage,
        phrase: String,
        rule: String
    ) throws {
        #expect(try spoken(phrase, language).rule(from: Self.now).description == rule)
    }

    @Test(arguments: ShortPhrases.ambiguous)
    func `a short phrase with two meanings is refused`(
        language: RecurrenceLanguage,
        phrase: String,
        word: String
    ) {
        let error = #expect(throws: SpokenRecurrence.ParseError.self) {
            try spoken(phrase, language)
        }
        #expect(error?.problem == .ambiguous)
        #expect(error?.word == word)
        for reading in error?.suggestions ?? [] {
            #expect(throws: Never.self) { try spoken(reading, language) }
        }
    }

    @Test(arguments: [
        (RecurrenceLanguage.spanish, "cada martes del 5 de enero al 31 de marzo"),
        (.french, "tous les mardis du 5 janvier au 31 mars"),
        (.german, "jeden Dienstag vom 5.1. bis 31.3."),
        (.portuguese, "toda terça de 5/1 a 31/3"),
    ])
    func `a range of dates has its first day`(language: RecurrenceLanguage, phrase: String) throws {
        #expect(try spoken(phrase, language).firstDay?.description == "20270105")
    }
}
