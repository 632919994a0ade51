import Foundation
import Recurrence
import SystemZones
import TestSupport
import Testing

/// The two parts of a split have together the occurrences of the whole.
///
/// `PERENNIAL_SPLIT_COUNT` is the number of random sets that are split, `PERENNIAL_RULE_SEED` is
/// the first seed.
struct SplittingTests {
    private static let zones = SystemZones()
    private static let setCount = number("PERENNIAL_SPLIT_COUNT") ?? 400
    private static let firstSeed = UInt64(number("PERENNIAL_RULE_SEED") ?? 1)

    private static func number(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap(Int.init)
    }

    @Test(arguments: firstSeed..<firstSeed + 8)
    func `a random set is the sum of its parts, wherever it is split`(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        var (splitCount, refusedCount) = (0, 0)
        for _ in 0..<SplittingTests.setCount / 8 {
            let random = try RandomSet(using: &generator, zones: SplittingTests.zones)
            guard let set = random.set else { continue }
            let whole = Whole(set)
            for slot in slots(of: whole, &generator) {
                splitCount += 1
                do throws(RecurrenceSet.ParseError) {
                    let (before, from) = try set.split(at: slot)
                    whole.expect(before: before, from: from, at: slot)
                } catch {
                    #expect(!set.exceptionRules.isEmpty, "\(set) at \(slot): \(error)")
                    refusedCount += 1
                }
            }
        }
        #expect(splitCount > SplittingTests.setCount / 4)
        #expect(refusedCount * 1000 <= splitCount)
    }

    @Test(arguments: SplitCase.all)
    func `a split is written as it is read`(split: SplitCase) throws {
        let set = try RecurrenceSet(
            parsing: split.text,
            zones: SplittingTests.zones,
            options: split.options
        )
        let slot = try #require(LocalDateTime(split.slot))
        let (before, from) = try set.split(at: slot)
        #expect(before?.description == split.before)
        #expect(from?.description == split.from)
        Whole(set).expect(before: before, from: from, at: slot)
        for part in [before, from].compactMap(\.self) {
            let read = try RecurrenceSet(
                parsing: part.description,
                zones: SplittingTests.zones,
                options: part.options
            )
            #expect(
                Array(read.occurrences().prefix(100)) == Array(part.occurrences().prefix(100))
            )
        }
    }

    /// A few slots of a set, date-times next to a slot, and other date-times.
    private func slots(
        of whole: Whole,
        _ generator: inout SplitMix64
    ) -> [LocalDateTime] {
        let own = whole.occurrences.prefix(40).map(\.recurrenceID)
        guard let some = own.randomElement(using: &generator) else { return [whole.set.start] }
        let other = own.randomElement(using: &generator) ?? some
        let shift = Int64.random(in: -90_000...90_000, using: &generator)
        return [some, some.advanced(bySeconds: 1), other.advanced(bySeconds: shift)]
    }
}

/// The occurrences that the parts of a set must have.
private struct Whole {
    /// How many occurrences of a set are compared, and over what time.
    private static let limit = 240
    private static let dayLimit = 50 * 366

    let set: RecurrenceSet
    let occurrences: [Occurrence]
    /// Whether these are all occurrences.
    let isAll: Bool

    init(_ set: RecurrenceSet) {
        self.set = set
        let end = LocalDateTime(set.start.date.advanced(byDays: Whole.dayLimit))
        let some = Array(set.occurrences().prefix(Whole.limit + 1))
        occurrences = some.prefix(Whole.limit).filter { $0.recurrenceID < end }
        isAll = occurrences.count == some.count
    }

    func expect(before: RecurrenceSet?, from: RecurrenceSet?, at slot: LocalDateTime) {
        let first = set.occurrences(from: slot).first { _ in true }
        let past = occurrences.prefix { $0 != first }
        if past.count == occurrences.count, !isAll { return }
        expect(before, past, isEnd: true, at: slot)
        expect(from, occurrences[past.endIndex...], isEnd: isAll, at: slot)
    }

    private func expect(
        _ part: RecurrenceSet?,
        _ expected: ArraySlice<Occurrence>,
        isEnd: Bool,
        at slot: LocalDateTime
    ) {
        #expect((part == nil) == expected.isEmpty, "\(set) at \(slot)")
        guard let part else { return }
        let found = Array(part.occurrences().prefix(expected.count + (isEnd ? 1 : 0)))
        if found == Array(expected) { return }
        let place = zip(found, expected).prefix { $0 == $1 }.count
        let both = [found.dropFirst(place), expected.dropFirst(place)].map { rest in
            rest.first.map { "\($0.recurrenceID)" } ?? "nothing"
        }
        Issue.record(
            """
            \(set) \(set.options)
            at \(slot): \(part)
            \(both[0]) instead of \(both[1]), place \(place) of \(expected.count)
            """
        )
    }
}
