import Recurrence
import RecurrenceWords
import TestSupport
import Testing

struct SpokenRecurrenceTests {
    private typealias ParseError = SpokenRecurrence.ParseError

    @Test(arguments: WrittenPhrases.english)
    func `an English phrase is understood`(phrase: String, rule: String) throws {
        let spoken = try SpokenRecurrence(words: phrase, language: .english, now: WordsTests.start)
        #expect(spoken.rule(from: WordsTests.start).description == rule)
    }

    @Test(arguments: WrittenPhrases.spanish)
    func `a Spanish phrase is understood`(phrase: String, rule: String) throws {
        let spoken = try SpokenRecurrence(words: phrase, language: .spanish, now: WordsTests.start)
        #expect(spoken.rule(from: WordsTests.start).description == rule)
    }

    @Test(arguments: RefusedPhrases.english)
    func `an English phrase is refused at the word that is wrong`(row: RefusedPhrases.Row) {
        expectRefusal(row, language: .english)
    }

    @Test(arguments: RefusedPhrases.spanish)
    func `a Spanish phrase is refused at the word that is wrong`(row: RefusedPhrases.Row) {
        expectRefusal(row, language: .spanish)
    }

    private func expectRefusal(_ row: RefusedPhrases.Row, language: RecurrenceLanguage) {
        let error = #expect(throws: ParseError.self) {
            try SpokenRecurrence(words: row.phrase, language: language, now: WordsTests.start)
        }
        #expect(error?.problem == row.problem)
        #expect(error?.word == row.word)
        #expect(error?.offset == row.offset)
    }

    @Test func `the times and the first day are told apart from the rule`() throws {
        let spoken = try SpokenRecurrence(
            words: "every Monday at 17:00 from 3 May 2027",
            language: .english,
            now: WordsTests.start
        )
        #expect(spoken.times == [17 * 3600])
        #expect(spoken.firstDay == CivilDate(year: 2027, month: 5, day: 3))
        let start = spoken.start(default: WordsTests.start)
        #expect(start == LocalDateTime(year: 2027, month: 5, day: 3, hour: 17))
        #expect(spoken.rule(from: start).description == "FREQ=WEEKLY;BYDAY=MO")
        #expect(
            spoken.rule(from: WordsTests.start).description
                == "FREQ=WEEKLY;BYDAY=MO;BYHOUR=17;BYMINUTE=0"
        )
    }

    @Test func `what was not said is the start's`() throws {
        let spoken = try SpokenRecurrence(
            words: "every week",
            language: .english,
            now: WordsTests.start
        )
        #expect(spoken.times.isEmpty)
        #expect(spoken.firstDay == nil)
        #expect(spoken.start(default: WordsTests.start) == WordsTests.start)
    }

    @Test func `a phrase is at most 500 bytes long`() throws {
        let phrase = "every day" + String(repeating: " ", count: 491)
        #expect(throws: Never.self) {
            try SpokenRecurrence(words: phrase, language: .english, now: WordsTests.start)
        }
        let error = #expect(throws: ParseError.self) {
            try SpokenRecurrence(
                words: phrase + " ",
                language: .english,
                now: WordsTests.start
            )
        }
        #expect(error?.problem == .tooLong)
    }

    @Test func `accents may be written as marks of their own`() throws {
        let marked = try SpokenRecurrence(
            words: "todos los mie\u{301}rcoles y sa\u{301}bados",
            language: .spanish,
            now: WordsTests.start
        )
        #expect(
            try marked
                == SpokenRecurrence(
                    words: "todos los miércoles y sábados",
                    language: .spanish,
                    now: WordsTests.start
                )
        )
    }

    @Test(arguments: RecurrenceLanguage.allCases, 0..<4)
    func `any bytes are understood or refused in bounds`(
        language: RecurrenceLanguage,
        seed: Int
    ) {
        var random = RandomRules(seed: UInt64(seed))
        for _ in 0..<500 {
            let bytes = (0..<random.number(in: 0...60)).map { _ in
                UInt8(random.number(in: random.isOne(in: 4) ? 0...255 : 32...126))
            }
            expectBounds(of: String(decoding: bytes, as: UTF8.self), language)
        }
    }

    @Test(arguments: RecurrenceLanguage.allCases, 0..<8)
    func `words in any order give a valid rule, or an error within the phrase`(
        language: RecurrenceLanguage,
        seed: Int
    ) throws {
        var random = RandomRules(seed: UInt64(seed))
        let phrases = PhraseTables.phrases(language).map(\.phrase)
        let words = Set(phrases.flatMap { $0.split(separator: " ").map(String.init) }).sorted()
        for _ in 0..<500 {
            let phrase = (0..<random.number(in: 1...9)).map { _ in random.pick(words) }
                .joined(separator: " ")
            guard let rule = expectBounds(of: phrase, language) else { continue }
            #expect(try RecurrenceRule(parsing: rule.description) == rule, "\(phrase)")
        }
    }

    /// Checks that a phrase's error lies in it; returns its rule if there is none.
    @discardableResult
    private func expectBounds(
        of phrase: String,
        _ language: RecurrenceLanguage
    ) -> RecurrenceRule? {
        do throws(ParseError) {
            return try SpokenRecurrence(words: phrase, language: language, now: WordsTests.start)
                .rule(from: WordsTests.start)
        } catch {
            let bytes = Array(phrase.utf8)
            #expect(error.offset <= bytes.count, "\(phrase)")
            let first = error.word.split(separator: " ").first ?? ""
            #expect(bytes.dropFirst(error.offset).starts(with: first.utf8), "\(phrase)")
            return nil
        }
    }
}
