import Foundation
import Recurrence
import RecurrenceWords
import SystemZones
import TestSupport
import Testing

/// Words are understood as a rule with the same occurrences: checked on random rules from seeds.
///
/// `PERENNIAL_WORDS_COUNT` is the number of rules, shared by all languages; `scripts/check-words` sets
/// it.
struct WordsLawTests {
    private static let ruleCount: Int = {
        let text = ProcessInfo.processInfo.environment["PERENNIAL_WORDS_COUNT"]
        return max(250, (text.flatMap(Int.init) ?? 0) / (8 * RecurrenceLanguage.allCases.count))
    }()

    @Test(arguments: RecurrenceLanguage.allCases, 0..<4)
    func `what is said of a simple rule is understood as the rule`(
        language: RecurrenceLanguage,
        seed: Int
    ) throws {
        var random = RandomRules(seed: UInt64(seed))
        var saidCount = 0
        for _ in 0..<WordsLawTests.ruleCount {
            let (text, start) = (random.simpleRule(), random.start())
            if try holds(text, start, language) { saidCount += 1 }
        }
        #expect(saidCount * 250 >= 240 * WordsLawTests.ruleCount)
    }

    @Test(arguments: RecurrenceLanguage.allCases, 0..<4)
    func `what is said of any rule is understood as the rule`(
        language: RecurrenceLanguage,
        seed: Int
    ) throws {
        var random = RandomRules(seed: UInt64(seed + 1000))
        var saidCount = 0
        for _ in 0..<WordsLawTests.ruleCount {
            let (text, start) = (random.anyRule(), random.start())
            if try holds(text, start, language) { saidCount += 1 }
        }
        #expect(saidCount * 250 >= 100 * WordsLawTests.ruleCount)
    }

    @Test(arguments: ["America/New_York", "Australia/Lord_Howe"], 0..<2)
    func `what is said of an end in UTC is understood in the start's zone`(
        name: String,
        seed: Int
    ) throws {
        let zone = try SystemZones().zone(named: name)
        var random = RandomRules(seed: UInt64(seed + 2000))
        for _ in 0..<250 {
            let text = random.simpleRule()
            _ = try holds(text, random.start(), .english, zone: zone)
        }
    }

    /// Says a rule, if it can be said, and checks that the words mean the same.
    private func holds(
        _ text: String,
        _ start: LocalDateTime,
        _ language: RecurrenceLanguage,
        zone: Zone? = nil
    ) throws -> Bool {
        let rule = try RecurrenceRule(parsing: text)
        guard let words = rule.words(start: start, zone: zone, language: language) else {
            return false
        }
        do {
            let spoken = try SpokenRecurrence(
                words: words,
                language: language,
                now: WordsTests.start,
                start: start
            )
            let understood = spoken.rule(from: start)
            let canonical = try RecurrenceRule(parsing: understood.description)
            #expect(canonical == understood, "\(start) \(text): \(words)")
            #expect(
                slots(of: understood, start, zone) == slots(of: rule, start, zone),
                "\(start) \(text): \(words): \(understood)"
            )
            #expect(understood.words(start: start, zone: zone, language: language) == words)
        } catch let error as SpokenRecurrence.ParseError {
            // A phrase by which nothing comes may be refused, but not misunderstood.
            if slots(of: rule, start, zone).isEmpty { return true }
            Issue.record("\(start) \(text): \(words): \(error)")
        }
        return true
    }

    private func slots(
        of rule: RecurrenceRule,
        _ start: LocalDateTime,
        _ zone: Zone?
    ) -> [LocalDateTime] {
        let set = RecurrenceSet(start: start, zone: zone, rule: rule)
        return set.occurrences().prefix(200).map(\.recurrenceID)
    }
}
