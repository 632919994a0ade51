import Recurrence
import Testing

/// The law between words and rules, over rules drawn from seeds.
struct WordsLawTests {
    @Test(arguments: RecurrenceLanguage.allCases, 0..<8)
    func `what is said of a simple rule is understood as the rule`(
        language: RecurrenceLanguage,
        seed: Int
    ) throws {
        var random = RandomRules(seed: UInt64(seed))
        var saidCount = 0
        for _ in 0..<250 {
            let (text, start) = (random.simpleRule(), random.start())
            if try holds(text, start, language) { saidCount += 1 }
        }
        #expect(saidCount >= 240)
    }

    @Test(arguments: RecurrenceLanguage.allCases, 0..<8)
    func `what is said of any rule is understood as the rule`(
        language: RecurrenceLanguage,
        seed: Int
    ) throws {
        var random = RandomRules(seed: UInt64(seed + 1000))
        var saidCount = 0
        for _ in 0..<250 {
            let (text, start) = (random.anyRule(), random.start())
            if try holds(text, start, language) { saidCount += 1 }
        }
        #expect(saidCount >= 100)
    }

    /// Says a rule, if it can be said, and checks that the words mean the same.
    private func holds(
        _ text: String,
        _ start: LocalDateTime,
        _ language: RecurrenceLanguage
    ) throws -> Bool {
        let rule = try RecurrenceRule(parsing: text)
        guard let words = rule.words(start: start, zone: nil, language: language) else {
            return false
        }
        do {
            let spoken = try SpokenRecurrence(words: words, language: language)
            let understood = spoken.rule(from: start)
            let canonical = try RecurrenceRule(parsing: understood.description)
            #expect(canonical == understood, "\(start) \(text): \(words)")
            #expect(
                slots(of: understood, start) == slots(of: rule, start),
                "\(start) \(text): \(words): \(understood)"
            )
            #expect(understood.words(start: start, zone: nil, language: language) == words)
        } catch let error as SpokenRecurrence.ParseError {
            Issue.record("\(start) \(text): \(words): \(error)")
        }
        return true
    }

    private func slots(of rule: RecurrenceRule, _ start: LocalDateTime) -> [LocalDateTime] {
        let set = RecurrenceSet(start: start, zone: nil, rule: rule)
        return set.occurrences().prefix(200).map(\.recurrenceID)
    }
}
