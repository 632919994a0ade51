import Foundation
import Recurrence
import SystemZones
import TestSupport
import Testing

/// Random rules that could cost much: the answers are right and, in a release build, in time.
///
/// `PERENNIAL_HOSTILE_COUNT` is the number of rules, and turns measuring on. `PERENNIAL_RULE_SEED`
/// is their seed. `scripts/check-recurrence` sets both.
struct HostileTimingTests {
    private static let zones = SystemZones()
    private static let measuredCount = number("PERENNIAL_HOSTILE_COUNT")
    private static let seed = UInt64(number("PERENNIAL_RULE_SEED") ?? 1)

    private static func number(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap(Int.init)
    }

    @Test func `every rule's occurrences are in order and match the rule`() throws {
        var generator = SplitMix64(seed: HostileTimingTests.seed)
        for _ in 0..<80 {
            let hostile = try HostileRule(using: &generator, zones: HostileTimingTests.zones)
            guard let set = try hostile.set() else { continue }
            let slots = set.occurrences().prefix(20).map(\.recurrenceID)
            #expect(set.isEmpty == slots.isEmpty, "\(hostile)")
            // Elapsed time shows some slots twice.
            let isInOrder = zip(slots, slots.dropFirst()).allSatisfy { left, right in
                left < right || hostile.options.policy == .elapsed
            }
            #expect(isInOrder, "\(hostile)")
            for slot in slots {
                #expect(set.contains(slot), "\(hostile) at \(slot)")
                #expect(slot >= set.start && slot.date <= .latest, "\(hostile) at \(slot)")
            }
        }
    }

    @Test(.enabled(if: measuredCount != nil))
    func `a random rule's first hundred occurrences take a millisecond`() throws {
        var generator = SplitMix64(seed: HostileTimingTests.seed)
        var times: [(milliseconds: Double, rule: HostileRule)] = []
        for _ in 0..<(HostileTimingTests.measuredCount ?? 0) {
            let hostile = try HostileRule(using: &generator, zones: HostileTimingTests.zones)
            let time = try HostileTimingTests.milliseconds {
                var digest: Int64 = 0
                guard let set = try hostile.set() else { return digest }
                for occurrence in set.occurrences().prefix(100) {
                    digest &+= occurrence.timestamp.microseconds
                }
                return digest
            }
            times.append((time, hostile))
        }
        times.sort { $0.milliseconds < $1.milliseconds }
        let last = try #require(times.last)
        let median = times[(times.count - 1) / 2].milliseconds
        let percentile = times[(times.count - 1) * 99 / 100].milliseconds
        let slowCount = times.count { $0.milliseconds > 1 }
        report(
            """
            \(times.count) hostile rules: median \(median) ms, 99th percentile \(percentile) ms, \
            \(slowCount) take more than 1 ms, most \(last)
            """
        )
        #expect(percentile <= 1)
        for slow in times.suffix(20) { #expect(slow.milliseconds <= 10, "\(slow.rule)") }
    }

    @Test(
        .enabled(if: measuredCount != nil),
        arguments: [
            ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", [], nil),
            ("FREQ=HOURLY;INTERVAL=2;BYHOUR=2", [], nil),
            ("FREQ=YEARLY;BYMONTHDAY=31;BYMONTH=4,6,9,11", [], nil),
            ("FREQ=YEARLY;BYWEEKNO=1;BYMONTH=6", [], nil),
            ("FREQ=MINUTELY;INTERVAL=1441;BYMONTHDAY=30;BYMONTH=2", [], nil),
            ("FREQ=SECONDLY;INTERVAL=7;BYDAY=MO;BYSETPOS=-2", [], nil),
            ("FREQ=SECONDLY", ["FREQ=SECONDLY"], nil),
            ("FREQ=WEEKLY;BYDAY=MO,WE", ["FREQ=WEEKLY;BYDAY=WE,MO"], nil),
            ("FREQ=SECONDLY;BYHOUR=9", ["FREQ=MINUTELY;BYSECOND=\(seconds)"], nil),
            ("FREQ=DAILY;BYDAY=MO", ["FREQ=DAILY;BYDAY=MO,TU"], nil),
            (
                "FREQ=YEARLY;INTERVAL=3;BYMONTH=2;BYMONTHDAY=29;BYDAY=SU", [],
                "20600229T090000"
            ),
            (
                "FREQ=SECONDLY;BYMONTH=12;BYMONTHDAY=31;BYHOUR=23;BYMINUTE=59;BYSECOND=59", [],
                "20001231T235959"
            ),
            (
                "FREQ=SECONDLY;INTERVAL=86401;BYHOUR=3;BYMINUTE=0;BYSECOND=0", [],
                "21770604T030000"
            ),
        ] as [(String, [String], String?)]
    )
    func `a rule that hardly ever matches is answered cold in a millisecond`(
        text: String,
        exceptions: [String],
        first: String?
    ) throws {
        let start = try #require(LocalDateTime("20000103T090000"))
        var found: String?
        let time = try HostileTimingTests.milliseconds {
            let set = try RecurrenceSet(
                start: start,
                zone: .utc,
                rules: [try RecurrenceRule(parsing: text)],
                exceptionRules: try exceptions.map { try RecurrenceRule(parsing: $0) }
            )
            let next = set.next(after: Timestamp(seconds: 0))
            found = next?.recurrenceID.description
            return next?.timestamp.microseconds ?? 0
        }
        #expect(found == first)
        #expect(time <= 1, "\(text) took \(time) ms")
    }

    private static let seconds = (0...59).map(String.init).joined(separator: ",")

    /// The processor time of this thread that something takes, in milliseconds.
    ///
    /// If it takes long, it is done twice more and the shortest time counts: a page fault or an
    /// interrupt can make one run longer.
    private static func milliseconds(_ body: () throws -> Int64) rethrows -> Double {
        var least = Double.infinity
        var digest: Int64 = 0
        for _ in 0..<3 where least > 1 {
            let begin = processorMilliseconds
            digest &+= try body()
            least = min(least, processorMilliseconds - begin)
        }
        withExtendedLifetime(digest) {}
        return least
    }

    private static var processorMilliseconds: Double {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1e6
    }
}
