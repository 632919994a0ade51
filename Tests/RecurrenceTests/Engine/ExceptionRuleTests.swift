import Recurrence
import TestSupport
import Testing

/// Sets with exception rules, against a plain difference of what the rules yield.
struct ExceptionRuleTests {
    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `what exceptions leave is the difference of the rules`(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        var acceptedCount = 0
        for _ in 0..<40 {
            let plain = PlainExpander(using: &generator)
            let rule = try RecurrenceRule(parsing: plain.text)
            let exceptions = try (0..<Int.random(in: 1...3, using: &generator)).map { _ in
                let exception =
                    generator.isLucky(oneIn: 3)
                    ? plain : PlainExpander(using: &generator)
                let rule = try RecurrenceRule(parsing: exception.text)
                return generator.isLucky(oneIn: 3) ? rule.ending(.count(25)) : rule
            }
            guard
                let set = try? RecurrenceSet(
                    start: plain.start,
                    zone: nil,
                    rules: [rule],
                    exceptionRules: exceptions
                )
            else { continue }
            acceptedCount += 1
            check(set, exceptions, &generator)
        }
        #expect(acceptedCount > 5)
    }

    private func check(
        _ set: RecurrenceSet,
        _ exceptions: [RecurrenceRule],
        _ generator: inout SplitMix64
    ) {
        let whole = RecurrenceSet(start: set.start, zone: nil, rule: set.rules[0])
        let sets = exceptions.map { RecurrenceSet(start: set.start, zone: nil, rule: $0) }
        let all = whole.occurrences().prefix(2000).map(\.recurrenceID)
        guard let end = all.last else { return }
        let left = all.filter { slot in !sets.contains { $0.contains(slot) } }
        let found = set.occurrences().prefix { $0.recurrenceID <= end }.map(\.recurrenceID)
        let name = "\(set.start) \(set.rules[0]) less \(exceptions)"
        #expect(found == left, "\(name)")
        guard let last = left.last else { return }
        let range = set.start.secondsSince1970...end.secondsSince1970
        let probe = LocalDateTime(
            secondsSince1970: Int64.random(in: range, using: &generator)
        )
        let timestamp = Zone.utc.timestamp(of: probe)
        let previous = set.previous(before: timestamp)?.recurrenceID
        #expect(previous == left.last { $0 < probe }, "\(name) before \(probe)")
        guard probe < last else { return }
        let next = set.next(after: timestamp)?.recurrenceID
        #expect(next == left.first { $0 > probe }, "\(name) after \(probe)")
    }
}
