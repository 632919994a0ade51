import Recurrence
import SystemZones
import Testing

/// Rules that COUNT ends so far away that the end is computed only when it is needed.
struct FarCountTests {
    private static let zones = SystemZones()

    @Test(
        arguments: [
            ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", 5000),
            ("FREQ=HOURLY;INTERVAL=7;BYDAY=MO,WE", 12_000),
            ("FREQ=MINUTELY;INTERVAL=366;BYMONTH=2,7;BYSECOND=1,2", 9000),
            ("FREQ=MONTHLY;INTERVAL=5;BYDAY=1FR,-1FR", 400),
            ("FREQ=MONTHLY;INTERVAL=2147483;BYMONTHDAY=3", 3),
            ("FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,TU;BYHOUR=9,10;BYSETPOS=1,-1", 700),
            ("FREQ=DAILY;BYMONTH=3;BYHOUR=1,2,3", 9000),
            ("FREQ=HOURLY", 570_000),
        ]
    )
    func `a far end is the same, however it is asked for`(text: String, count: Int) throws {
        let whole = try set(text)
        let limited = try set("\(text);COUNT=\(count)")
        let slots = whole.occurrences().prefix(count + 1).map(\.recurrenceID)
        let all = Array(slots.prefix(count))
        let last = try #require(all.last)
        #expect(limited.occurrences().elementsEqual(all) { $0.recurrenceID == $1 })
        let end = try #require(limited.previous(before: Timestamp(seconds: 1 << 38)))
        #expect(end.recurrenceID == last)
        #expect(limited.next(after: end.timestamp) == nil)
        #expect(limited.contains(last))
        #expect(limited.count(upTo: .max) == all.count)
        #expect(limited.ordinal(of: last) == all.count - 1)
        #expect(limited.occurrence(at: all.count - 1) == end)
        #expect(limited.occurrence(at: all.count) == nil)
        let middle = all.count / 2
        let rest = limited.occurrences(from: all[middle])
        #expect(rest.elementsEqual(all[middle...]) { $0.recurrenceID == $1 })
        if slots.count > all.count { #expect(!limited.contains(slots[count])) }
    }

    @Test(
        arguments: [
            "FREQ=DAILY;BYHOUR=9,10", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", "FREQ=MONTHLY;BYDAY=MO",
        ]
    )
    func `an exception rule that ends far away takes its slots away`(text: String) throws {
        let exception = "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;COUNT=5000"
        let removed = Set(try set(exception).occurrences().map(\.recurrenceID))
        let left = try set(text).occurrences().lazy.map(\.recurrenceID)
            .filter { !removed.contains($0) }.prefix(12_000)
        let set = try set(text, exceptions: [exception])
        #expect(set.occurrences().prefix(12_000).elementsEqual(left) { $0.recurrenceID == $1 })
    }

    private func set(_ text: String, exceptions: [String] = []) throws -> RecurrenceSet {
        try RecurrenceSet(
            start: try #require(LocalDateTime("20000103T090000")),
            zone: try FarCountTests.zones.zone(named: "America/New_York"),
            rules: [try RecurrenceRule(parsing: text)],
            exceptionRules: try exceptions.map { try RecurrenceRule(parsing: $0) },
            options: RecurrenceOptions(policy: .dedupe)
        )
    }
}
