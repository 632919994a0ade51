import Recurrence
import Testing

/// Sets with exception rules, against a plain difference of what the rules yield.
struct ExceptionRuleTests {
    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `what exceptions leave is the difference of the rules`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var acceptedCount = 0
        for _ in 0..<150 {
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
            let sets = exceptions.map {
                RecurrenceSet(start: plain.start, zone: nil, rule: $0)
            }
            let whole = RecurrenceSet(start: plain.start, zone: nil, rule: rule)
            let all = whole.occurrences().prefix(2000).map(\.recurrenceID)
            guard let end = all.last else { continue }
            let left = all.filter { slot in !sets.contains { $0.contains(slot) } }
            let found = set.occurrences().prefix { $0.recurrenceID <= end }.map(\.recurrenceID)
            let name = "\(plain.start) \(rule) less \(exceptions)"
            #expect(found == left, "\(name)")
            guard let last = left.last else { continue }
            let probe = LocalDateTime(
                secondsSince1970: Int64.random(
                    in: plain.start.secondsSince1970...end.secondsSince1970,
                    using: &generator
                )
            )
            let timestamp = Zone.utc.timestamp(of: probe)
            let previous = set.previous(before: timestamp)?.recurrenceID
            #expect(previous == left.last { $0 < probe }, "\(name) before \(probe)")
            if probe < last {
                let next = set.next(after: timestamp)?.recurrenceID
                #expect(next == left.first { $0 > probe }, "\(name) after \(probe)")
            }
        }
        #expect(acceptedCount > 30)
    }
}
