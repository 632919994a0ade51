import Recurrence
import RecurrenceWords

/// A phrase, or the text of a rule that is put into words first.
@_cdecl("LLVMFuzzerTestOneInput")
public func testWords(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    let rule = try? RecurrenceRule(parsing: text)
    for language in RecurrenceLanguage.allCases {
        if let rule { checkWords(of: rule, language) }
        checkPhrase(text, language)
    }
    return 0
}

/// 1997-09-02T09:00:00.
private let start = LocalDateTime(secondsSince1970: 873_190_800)

private func checkPhrase(_ phrase: String, _ language: RecurrenceLanguage) {
    do throws(SpokenRecurrence.ParseError) {
        let spoken = try SpokenRecurrence(words: phrase, language: language, now: start)
        let first = spoken.start(default: start)
        let rule = spoken.rule(from: first)
        let again = try? RecurrenceRule(parsing: rule.description)
        expect(again == rule, "\(rule) is read as it was")
        checkWords(of: rule, from: first, language)
    } catch {
        expect((0...phrase.utf8.count).contains(error.offset), "\(error) lies in \(phrase)")
    }
}

/// Words mean what the rule does; they may be refused where the rule has ended before the start.
private func checkWords(
    of rule: RecurrenceRule,
    from start: LocalDateTime = start,
    _ language: RecurrenceLanguage
) {
    guard let words = rule.words(start: start, zone: nil, language: language) else { return }
    guard let spoken = try? SpokenRecurrence(words: words, language: language, now: start) else {
        return expect(slots(rule, from: start).isEmpty, "\(rule) is understood as \(words)")
    }
    let again = spoken.rule(from: start)
    let isSame = slots(rule, from: start).elementsEqual(slots(again, from: start))
    expect(isSame, "\(rule) from \(start) is \(words), which means \(again)")
}

private func slots(_ rule: RecurrenceRule, from start: LocalDateTime) -> [LocalDateTime] {
    RecurrenceSet(start: start, zone: nil, rule: rule).occurrences().prefix(50).map(\.recurrenceID)
}
