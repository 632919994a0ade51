import Foundation
import Recurrence
import SystemZones
import Testing

/// Rules that a plain walk could not answer in any useful time.
///
/// In a release build each question takes less than 10 ms of processor time, and most take
/// microseconds. A debug build may take a hundred times as long.
struct HostileRuleTests {
    private static let budget: Double = {
        #if DEBUG
        3
        #else
        0.03
        #endif
    }()

    @Test(
        arguments: [
            "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYDAY=6MO",
            "FREQ=DAILY;INTERVAL=7;BYDAY=TU", "FREQ=HOURLY;INTERVAL=84;BYHOUR=9;BYDAY=TU",
            "FREQ=HOURLY;INTERVAL=2;BYHOUR=2", "FREQ=MINUTELY;INTERVAL=14;BYMINUTE=1",
            "FREQ=SECONDLY;INTERVAL=120;BYSECOND=1", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=300",
            "FREQ=MINUTELY;INTERVAL=7;BYHOUR=9,20;BYSETPOS=-2",
            "FREQ=MINUTELY;INTERVAL=700;BYHOUR=9,20;BYSETPOS=2",
            "FREQ=HOURLY;INTERVAL=7;BYDAY=MO;BYSETPOS=-2",
            "FREQ=SECONDLY;INTERVAL=7;BYDAY=MO;BYSETPOS=-2",
            "FREQ=MINUTELY;INTERVAL=1441;BYMONTHDAY=30;BYMONTH=2",
            "FREQ=YEARLY;BYWEEKNO=1;BYMONTH=6", "FREQ=YEARLY;BYMONTHDAY=31;BYMONTH=4,6,9,11",
        ]
    )
    func `a rule that never matches is found empty`(text: String) throws {
        let set = try set(text)
        expectQuick(text) {
            #expect(set.isEmpty)
            #expect(set.count(upTo: .max) == 0)
            #expect(set.previous(before: Timestamp(seconds: 1 << 38)) == nil)
        }
    }

    @Test(
        arguments: [
            ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=SU", "20040229T090000"),
            ("FREQ=YEARLY;INTERVAL=3;BYMONTH=2;BYMONTHDAY=29;BYDAY=SU", "20600229T090000"),
            (
                "FREQ=SECONDLY;BYMONTH=12;BYMONTHDAY=31;BYHOUR=23;BYMINUTE=59;BYSECOND=59",
                "20001231T235959"
            ),
            ("FREQ=SECONDLY;INTERVAL=86401;BYHOUR=3;BYMINUTE=0;BYSECOND=0", "21770604T030000"),
            ("FREQ=SECONDLY;INTERVAL=86399;BYHOUR=1;BYMINUTE=1;BYSECOND=1", "20780909T010101"),
            ("FREQ=YEARLY;INTERVAL=100;BYMONTH=2;BYMONTHDAY=29", "20000229T090000"),
        ]
    )
    func `a rule that matches rarely is followed to its match`(
        text: String,
        first: String
    ) throws {
        let set = try set(text)
        expectQuick(text) {
            #expect(set.occurrences().first { _ in true }?.recurrenceID.description == first)
            #expect(set.count(upTo: .max) > 0)
        }
    }

    @Test(
        arguments: [
            ("FREQ=SECONDLY;COUNT=999999999", "20310911T104638"),
            ("FREQ=SECONDLY;INTERVAL=7;COUNT=999999999", "22211029T212626"),
            ("FREQ=YEARLY;INTERVAL=2147483647;COUNT=2147483647", "20000103T090000"),
            ("FREQ=MINUTELY;INTERVAL=7;COUNT=999999999", "99991231T235700"),
        ]
    )
    func `a great count ends where it must`(text: String, last: String) throws {
        let set = try set(text)
        expectQuick(text) {
            let end = set.previous(before: Timestamp(seconds: 1 << 38))
            #expect(end?.recurrenceID.description == last)
        }
    }

    @Test(
        arguments: [
            (
                "FREQ=SECONDLY;BYHOUR=2,3;BYDAY=SU;COUNT=2147483647", 2_147_483_647,
                "77690409T031406"
            ),
            ("FREQ=SECONDLY;BYHOUR=3,12;BYSETPOS=-1", 21_044_091_600, "99991231T125959"),
            ("FREQ=SECONDLY;INTERVAL=7;BYHOUR=2,3", 3_006_298_287, "99991231T035959"),
        ]
    )
    func `the slots of thousands of gaps are counted`(
        text: String,
        count: Int,
        last: String
    ) throws {
        let rule = try RecurrenceRule(parsing: text)
        let zone = try SystemZones().zone(named: "America/New_York")
        expectQuick(text) {
            let set = RecurrenceSet(
                start: LocalDateTime(secondsSince1970: 873_190_800),
                zone: zone,
                rule: rule,
                options: RecurrenceOptions(policy: .dedupe)
            )
            #expect(set.count(upTo: .max) == count)
            let end = set.previous(before: Timestamp(seconds: 1 << 38))
            #expect(end?.recurrenceID.description == last)
        }
    }

    @Test(
        arguments: [
            ("FREQ=SECONDLY", ["FREQ=SECONDLY"]),
            ("FREQ=HOURLY;INTERVAL=7", ["INTERVAL=7;FREQ=HOURLY"]),
            ("FREQ=MINUTELY;INTERVAL=14", ["FREQ=MINUTELY;INTERVAL=7"]),
            ("FREQ=SECONDLY;INTERVAL=14", ["FREQ=SECONDLY;INTERVAL=7"]),
            (
                "FREQ=MINUTELY;INTERVAL=14",
                [
                    "FREQ=MINUTELY;BYMINUTE=\(numbers(0...29))",
                    "FREQ=MINUTELY;BYMINUTE=\(numbers(30...59))",
                ]
            ),
            ("FREQ=MINUTELY;INTERVAL=14;BYDAY=MO", ["FREQ=MINUTELY;INTERVAL=7"]),
            ("FREQ=MINUTELY;INTERVAL=30", ["FREQ=MINUTELY;INTERVAL=15", "FREQ=DAILY;BYHOUR=3,4"]),
            (
                "FREQ=SECONDLY;INTERVAL=86401",
                ["FREQ=SECONDLY;INTERVAL=86401;COUNT=3", "FREQ=SECONDLY"]
            ),
            ("FREQ=DAILY", ["FREQ=DAILY;BYDAY=MO,TU,WE", "FREQ=DAILY;BYDAY=TH,FR,SA,SU"]),
            ("FREQ=DAILY;INTERVAL=2", ["FREQ=HOURLY;INTERVAL=6"]),
            ("FREQ=HOURLY;INTERVAL=7;BYHOUR=9", ["FREQ=WEEKLY"]),
            (
                "FREQ=HOURLY;INTERVAL=42;BYHOUR=9,15",
                ["FREQ=HOURLY;INTERVAL=14;BYDAY=MO", "FREQ=DAILY;BYHOUR=9,15"]
            ),
            ("FREQ=SECONDLY;BYHOUR=9", ["FREQ=MINUTELY;BYSECOND=\(numbers(0...59))"]),
            (
                "FREQ=SECONDLY",
                [
                    "FREQ=SECONDLY;BYSECOND=\(numbers(0...29))",
                    "FREQ=SECONDLY;BYSECOND=\(numbers(30...59))",
                ]
            ),
        ]
    )
    func `exception rules that leave nothing leave nothing`(
        text: String,
        exceptions: [String]
    ) throws {
        let set = try RecurrenceSet(
            start: try #require(LocalDateTime("20000103T090000")),
            zone: .utc,
            rules: [try RecurrenceRule(parsing: text)],
            exceptionRules: try exceptions.map { try RecurrenceRule(parsing: $0) }
        )
        expectQuick(text) {
            #expect(set.isEmpty)
            #expect(set.previous(before: Timestamp(seconds: 1 << 38)) == nil)
        }
    }

    @Test(
        arguments: [
            ("FREQ=MINUTELY;INTERVAL=14;BYDAY=MO", "FREQ=MINUTELY;INTERVAL=28"),
            ("FREQ=SECONDLY;INTERVAL=86399;BYDAY=MO", "FREQ=SECONDLY;INTERVAL=86398"),
            ("FREQ=DAILY;BYMONTH=1", "FREQ=HOURLY;INTERVAL=5"),
        ]
    )
    func `a split is refused where nothing can be proved of an exception rule`(
        text: String,
        exception: String
    ) throws {
        let start = try #require(LocalDateTime("20000103T090000"))
        let error = #expect(throws: RecurrenceSet.ParseError.self) {
            try RecurrenceSet(
                start: start,
                zone: .utc,
                rules: [try RecurrenceRule(parsing: text)],
                exceptionRules: [try RecurrenceRule(parsing: exception)]
            )
        }
        #expect(error?.part == "EXRULE")
    }

    private static func numbers(_ range: ClosedRange<Int>) -> String {
        range.map(String.init).joined(separator: ",")
    }

    private func set(_ text: String) throws -> RecurrenceSet {
        RecurrenceSet(
            start: try #require(LocalDateTime("20000103T090000")),
            zone: .utc,
            rule: try RecurrenceRule(parsing: text)
        )
    }

    private func expectQuick(_ name: String, _ body: () -> Void) {
        let start = HostileRuleTests.processorSeconds
        body()
        let seconds = HostileRuleTests.processorSeconds - start
        #expect(seconds < HostileRuleTests.budget, "\(name) took \(seconds) s")
    }

    /// The processor time of this thread.
    private static var processorSeconds: Double {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
