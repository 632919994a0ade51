import Recurrence
import SystemZones
import Tasks
import Testing

/// Due times by another table of their zone.
@Suite struct RetimingTests {
    private let newYork: Zone
    private let chicago: Zone
    /// The sixth of January 2024 at noon.
    private let retiming = Retiming(now: Timestamp(seconds: 1_704_542_400))

    init() throws {
        let zones = SystemZones()
        newYork = try zones.zone(named: "America/New_York")
        chicago = try zones.zone(named: "America/Chicago")
    }

    private func due(_ seconds: Int64, microseconds: Int64 = 0) -> DueTime {
        let timestamp = Timestamp(microseconds: seconds * 1_000_000 + microseconds)
        return DueTime(at: timestamp, in: newYork)
    }

    @Test func `the local time stays, to the microsecond`() {
        let due = due(1_704_553_200, microseconds: 123_456)
        let moved = retiming.moved(due, in: chicago)
        #expect(moved?.local == due.local)
        #expect(moved?.timestamp == due.timestamp.advanced(by: .seconds(3600)))
        #expect(retiming.moved(due, in: newYork) == due)
    }

    @Test func `what has passed stays`() {
        #expect(retiming.moved(due(1_704_542_400), in: chicago) == nil)
    }

    @Test func `the second of a time that the clocks show twice stays the second`() {
        // 01:30 on the third of November 2024, after the clocks were set back.
        let due = due(1_730_615_400)
        #expect(newYork.timestamp(of: due.local) != due.timestamp)
        #expect(retiming.moved(due, in: newYork) == due)
    }

    @Test func `a time that the clocks skip now moves later, once`() throws {
        let zones = SystemZones()
        let phoenix = try zones.zone(named: "America/Phoenix")
        let denver = try zones.zone(named: "America/Denver")
        // 02:30 on the tenth of March 2024 in Phoenix, which Denver's clocks skip.
        let due = DueTime(at: Timestamp(seconds: 1_710_063_000), in: phoenix)
        let moved = try #require(retiming.moved(due, in: denver))
        #expect(moved.timestamp == due.timestamp)
        #expect(moved.local == due.local.advanced(bySeconds: 3600))
        #expect(retiming.moved(moved, in: denver) == moved)
    }

    @Test(arguments: [Int64.min, -1, 0, .max])
    func `a local time that no zone can have given stays`(local: Int64) {
        var due = due(1_704_553_200)
        due.local = LocalDateTime(secondsSince1970: local)
        #expect(retiming.moved(due, in: chicago) == nil)
    }
}
