import Foundation
import Recurrence
import RecurrenceWords
import TestSupport
import Testing

/// No word is dropped that could mean something: where a word is exchanged, the phrase means
/// something else or is refused.
struct NoWordDroppedTests {
    @Test(arguments: RecurrenceLanguage.allCases)
    func `a word that turns the meaning around is never dropped`(
        language: RecurrenceLanguage
    ) throws {
        for (phrase, _) in PhraseTables.phrases(language) {
            let words = phrase.split(separator: " ").map(String.init)
            let dates = try #require(slots(of: phrase, language), "\(phrase)")
            for index in words.indices {
                for turn in PhraseTables.turns(language) {
                    var changed = words
                    changed[index] = turn
                    let other = changed.joined(separator: " ")
                    if PhraseTables.synonyms(language).allows(words[index], for: turn) { continue }
                    #expect(slots(of: other, language) != dates, "\(phrase): \(other)")
                }
            }
        }
    }

    @Test(arguments: RecurrenceLanguage.allCases)
    func `where one word of what is said changes, the meaning changes`(
        language: RecurrenceLanguage
    ) throws {
        let environment = ProcessInfo.processInfo.environment
        let count = environment["PERENNIAL_WORDS_COUNT"].flatMap(Int.init) ?? 10_000
        let seed = environment["PERENNIAL_WORDS_SEED"].flatMap(UInt64.init) ?? 1
        var random = RandomRules(seed: seed)
        let phrases = PhraseTables.phrases(language).map(\.phrase)
        let words = Set(phrases.flatMap { $0.split(separator: " ").map(String.init) }).sorted()
        let pool = words + PhraseTables.turns(language)
        var changedCount = 0
        for _ in 0..<count / RecurrenceLanguage.allCases.count {
            let text = random.isOne(in: 4) ? random.anyRule() : random.simpleRule()
            let start = random.start()
            guard
                let said = try RecurrenceRule(parsing: text)
                    .words(start: start, zone: nil, language: language)
            else { continue }
            changedCount += 1
            expectChange(of: said, pool, language, &random)
        }
        #expect(changedCount * RecurrenceLanguage.allCases.count >= count / 2)
    }

    /// What stands before the last time of a window, in all languages.
    private static let untilWords: Set = ["to", "a", "à", "bis", "às"]

    /// Replaces, removes or adds one word.
    private func expectChange(
        of said: String,
        _ pool: [String],
        _ language: RecurrenceLanguage,
        _ random: inout RandomRules
    ) {
        let synonyms = PhraseTables.synonyms(language)
        var words = said.split(separator: " ").map(String.init)
        let index = random.number(in: 0...words.count - 1)
        let (old, new): (String, String)
        switch random.number(in: 0...3) {
        case 0:
            (old, new) = (words.remove(at: index), "")
            // "The 1st Friday and the last Friday" may say its noun once.
            if words.contains(old) { return }
        case 1:
            (old, new) = ("", random.pick(pool))
            if synonyms.repeats(new, oneOf: words) { return }
            words.insert(new, at: index)
        default:
            (old, new) = (words[index], random.pick(pool))
            // A window of minutes may end anywhere before the next step.
            let isWindowEnd = index > 0 && Self.untilWords.contains(words[index - 1])
            if isWindowEnd, old.contains(":") { return }
            words.remove(at: index)
            // It may say its noun twice as well, or once.
            if synonyms.repeats(new, oneOf: words) { return }
            if synonyms.isOptional(new), words.contains(old) { return }
            words.insert(new, at: index)
        }
        let behind = new.isEmpty ? index : index + 1
        let next = words.indices.contains(behind) ? words[behind] : ""
        if synonyms.allows(old, for: new, before: next) { return }
        let changed = words.joined(separator: " ")
        guard let meaning = meaning(of: changed, language) else { return }
        // The parts of a meaning may be thousands of times of day, which nobody wants to read.
        let isSame = meaning == self.meaning(of: said, language)
        #expect(!isSame, "\(said): \(changed)")
    }

    private func meaning(of phrase: String, _ language: RecurrenceLanguage) -> SpokenRecurrence? {
        try? SpokenRecurrence(words: phrase, language: language, now: WordsTests.start)
    }

    /// The first dates that a phrase means; nothing where it is refused.
    private func slots(of phrase: String, _ language: RecurrenceLanguage) -> [LocalDateTime]? {
        guard let spoken = meaning(of: phrase, language) else { return nil }
        let start = spoken.start(default: WordsTests.start)
        let set = RecurrenceSet(start: start, zone: nil, rule: spoken.rule(from: start))
        return set.occurrences().prefix(400).map(\.recurrenceID)
    }
}
