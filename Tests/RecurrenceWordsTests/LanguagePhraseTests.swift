import Recurrence
import RecurrenceWords
import Testing

/// The tables of phrases in French, German and Portuguese.
struct LanguagePhraseTests {
    @Test(arguments: FrenchPhrases.understood)
    func `a French phrase is understood`(phrase: String, rule: String) throws {
        try expectRule(phrase, .french, rule)
    }

    @Test(arguments: GermanPhrases.understood)
    func `a German phrase is understood`(phrase: String, rule: String) throws {
        try expectRule(phrase, .german, rule)
    }

    @Test(arguments: PortuguesePhrases.understood)
    func `a Portuguese phrase is understood`(phrase: String, rule: String) throws {
        try expectRule(phrase, .portuguese, rule)
    }

    @Test(arguments: FrenchPhrases.refused)
    func `a French phrase is refused rather than guessed`(
        phrase: String,
        problem: MendedPhrases.Problem,
        word: String
    ) {
        expectRefusal(phrase, .french, problem, word)
    }

    @Test(arguments: GermanPhrases.refused)
    func `a German phrase is refused rather than guessed`(
        phrase: String,
        problem: MendedPhrases.Problem,
        word: String
    ) {
        expectRefusal(phrase, .german, problem, word)
    }

    @Test(arguments: PortuguesePhrases.refused)
    func `a Portuguese phrase is refused rather than guessed`(
        phrase: String,
        problem: MendedPhrases.Problem,
        word: String
    ) {
        expectRefusal(phrase, .portuguese, problem, word)
    }

    private func expectRule(
        _ phrase: String,
        _ language: RecurrenceLanguage,
        _ text: String
    ) throws {
        let spoken = try SpokenRecurrence(words: phrase, language: language, now: WordsTests.start)
        let rule = try RecurrenceRule(parsing: text)
        #expect(spoken.rule(from: WordsTests.start).description == rule.description)
    }

    private func expectRefusal(
        _ phrase: String,
        _ language: RecurrenceLanguage,
        _ problem: MendedPhrases.Problem,
        _ word: String
    ) {
        let error = #expect(throws: SpokenRecurrence.ParseError.self) {
            try SpokenRecurrence(words: phrase, language: language, now: WordsTests.start)
        }
        #expect(error?.problem == problem)
        #expect(error?.word == word)
    }
}
