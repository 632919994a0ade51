import Foundation
import Recurrence
import SystemZones
import TestSupport
import Testing

/// The engine against the plain expander, on seeded random rules.
///
/// `PERENNIAL_RULE_COUNT` is the number of rules, `PERENNIAL_RULE_SEED` is the first seed. A
/// million rules take some minutes in a release build.
struct PlainComparisonTests {
    private static let ruleCount = number("PERENNIAL_RULE_COUNT") ?? 10_000
    private static let firstSeed = UInt64(number("PERENNIAL_RULE_SEED") ?? 1)

    private static func number(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap(Int.init)
    }

    @Test(arguments: firstSeed..<firstSeed + 8)
    func `a random rule yields what a walk through the days yields`(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        for _ in 0..<PlainComparisonTests.ruleCount / 8 {
            let plain = PlainExpander(using: &generator)
            let slots = plain.slots(dayCount: plain.dayCount, limit: 40)
            let rule = try RecurrenceRule(parsing: plain.text)
            let set = RecurrenceSet(
                start: plain.start,
                zone: nil,
                rule: rule,
                options: plain.options
            )
            let found = set.occurrences().prefix(slots.count).map {
                Int($0.recurrenceID.secondsSince1970)
            }
            let name = "\(plain.start) \(plain.text) \(plain.options)"
            guard found == slots else {
                Issue.record("\(name): \(found) instead of \(slots)")
                continue
            }
            guard let first = slots.first, let last = slots.last else { continue }
            let place = Int.random(in: 0..<slots.count, using: &generator)
            check(set, slots, place, name)
            // Between two neighbouring slots there is no other slot of the rule.
            let probe = Int.random(in: first...last, using: &generator)
            let next = set.next(after: Timestamp(seconds: Int64(probe)))
            if let slot = slots.first(where: { $0 > probe }) {
                #expect(next?.timestamp.seconds == Int64(slot), "\(name) after \(probe)")
            }
            let past = slots.last { $0 < probe }
            let previous = set.previous(before: Timestamp(seconds: Int64(probe)))
            #expect(previous.map { Int($0.timestamp.seconds) } == past, "\(name) before \(probe)")
        }
    }

    private func check(_ set: RecurrenceSet, _ slots: [Int], _ place: Int, _ name: String) {
        let local = LocalDateTime(secondsSince1970: Int64(slots[place]))
        #expect(set.ordinal(of: local) == place, "\(name): place of \(local)")
        #expect(set.occurrence(at: place)?.recurrenceID == local, "\(name): slot at \(place)")
        #expect(set.contains(local), "\(name): contains \(local)")
        let range = Timestamp(seconds: Int64(slots[0]))..<Timestamp(seconds: Int64(slots[place]))
        #expect(set.count(in: range) == place, "\(name): count to \(local)")
        let limited = RecurrenceSet(
            start: set.start,
            zone: nil,
            rule: set.rules[0].ending(.count(place + 1)),
            options: set.options
        )
        #expect(
            limited.previous(before: Timestamp(seconds: 1 << 38))?.recurrenceID == local,
            "\(name): last of \(place + 1)"
        )
        #expect(limited.count(upTo: .max) == place + 1, "\(name): count of \(place + 1)")
    }
}
