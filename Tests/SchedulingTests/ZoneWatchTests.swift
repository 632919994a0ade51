import Foundation
import Recurrence
import Scheduling
import Storage
import Synchronization
import SystemZones
import Tasks
import TestSupport
import Testing

/// A zone gets another table while a server runs, or while none does.
@Suite struct ZoneWatchTests {
    @Test func `what is to come moves with the clocks of its zone, and fires once`() async throws {
        let town = try await ZoneTown(now: "2026-01-05T12:00:00Z", clocksOf: "America/New_York")
        try await town.create("FREQ=DAILY;COUNT=30", at: "2026-01-04T09:00:00Z")
        try await town.createDue("FREQ=DAILY", at: "2026-01-05T09:00:00Z")
        #expect(
            try await town.dueTimes().prefix(2) == ["2026-01-04T14:00:00Z", "2026-01-05T14:00:00Z"]
        )

        try town.setClocks(to: "America/Chicago")
        try await town.watch.check()
        let days =
            (4...31).map { "2026-01-\($0 < 10 ? "0" : "")\($0)" } + ["2026-02-01", "2026-02-02"]
        // The first has passed.
        let moved = ["2026-01-04T14:00:00Z"] + days.dropFirst().map { "\($0)T15:00:00Z" }
        #expect(try await town.dueTimes() == moved)
        #expect(
            town.log.lines == [
                "info: Time zones have changed zones=Test/Town",
                "info: Moved what is due by changed time zones made=0 series=1 tasks=29",
            ]
        )
        try await town.pass(until: "2026-01-07T12:00:00Z")
        #expect(
            try await town.creationTimes().suffix(2)
                == ["2026-01-05T15:00:00Z", "2026-01-06T15:00:00Z"]
        )
        #expect(try await town.office.tasks().count == 32)
        await town.office.close()
    }

    @Test(arguments: CatchUp.allCases)
    func `what came by the new table, and not by the old, is made late`(
        catchUp: CatchUp
    ) async throws {
        let town = try await ZoneTown(now: "2026-01-05T12:00:00Z", clocksOf: "America/Chicago")
        try await town.createDue("FREQ=DAILY", at: "2026-01-05T09:00:00Z", catchUp: catchUp)
        try await town.createDue(
            "FREQ=MINUTELY;INTERVAL=25",
            at: "2026-01-05T08:40:00Z",
            catchUp: catchUp
        )
        try await town.pass(until: "2026-01-05T14:45:00Z")
        #expect(try await town.creationTimes() == ["2026-01-05T14:40:00Z"])

        try town.setClocks(to: "America/New_York")
        try await town.watch.check()
        // Nine o'clock has come, and so have 9:05 and 9:30 of the other series.
        #expect(
            try await town.creationTimes()
                == ["2026-01-05T14:40:00Z"] + Array(repeating: "2026-01-05T14:45:00Z", count: 3)
        )
        try await town.pass(until: "2026-01-06T14:10:00Z")
        let daily = try await town.office.tasks().filter {
            $0.slot?.recurrenceID.description.hasSuffix("090000") ?? false
        }
        #expect(
            daily.map(\.createdAt.inWords).sorted() == [
                "2026-01-05T14:45:00Z", "2026-01-06T14:00:00Z",
            ]
        )
        await town.office.close()
    }

    @Test func `what fired by the old table does not fire again by the new one`() async throws {
        let town = try await ZoneTown(now: "2026-01-05T12:00:00Z", clocksOf: "America/New_York")
        try await town.createDue("FREQ=DAILY", at: "2026-01-05T09:00:00Z", catchUp: .all)
        try await town.pass(until: "2026-01-05T14:30:00Z")
        try town.setClocks(to: "America/Chicago")
        try await town.watch.check()
        try await town.pass(until: "2026-01-06T15:00:00Z")
        #expect(try await town.creationTimes() == ["2026-01-05T14:00:00Z", "2026-01-06T15:00:00Z"])
        await town.office.close()
    }

    @Test func `a table that changed while no server ran is noticed at the start`() async throws {
        var town = try await ZoneTown(now: "2026-01-05T12:00:00Z", clocksOf: "America/New_York")
        try await town.create("FREQ=DAILY;COUNT=3", at: "2026-01-05T09:00:00Z")
        try await town.createDue("FREQ=DAILY", at: "2026-01-05T09:00:00Z")
        try await town.watch.check()
        try town.setClocks(to: "America/Chicago")
        town.restart()
        try await town.watch.check()
        #expect(
            try await town.dueTimes()
                == ["2026-01-05T15:00:00Z", "2026-01-06T15:00:00Z", "2026-01-07T15:00:00Z"]
        )
        #expect(
            town.log.lines.last
                == "info: Moved what is due by changed time zones made=0 series=1 tasks=3"
        )
        // It is known now.
        town.restart()
        try await town.watch.check()
        #expect(town.log.lines.count == 1)
        await town.office.close()
    }

    @Test
    func `a zone that came into use just before the server was stopped is known at the start`()
        async throws
    {
        var town = try await ZoneTown(now: "2026-01-05T12:00:00Z", clocksOf: "America/New_York")
        let running = town
        // The service is stopped while it waits for its next look.
        try await town.watch(over: town.office.store) {
            try await running.create("FREQ=DAILY;COUNT=3", at: "2026-01-05T09:00:00Z")
            throw CancellationError()
        }.run()
        try town.setClocks(to: "America/Chicago")
        town.restart()
        try await town.watch.check()
        #expect(try await town.dueTimes().first == "2026-01-05T15:00:00Z")
        await town.office.close()
    }

    @Test func `a request that is under way while the table is exchanged is not left behind`()
        async throws
    {
        let town = try await ZoneTown(now: "2026-01-05T12:00:00Z", clocksOf: "America/New_York")
        try await town.create("FREQ=DAILY;COUNT=1", at: "2026-01-05T09:00:00Z")
        var request = town
        request.restart()
        _ = try request.zones.zone(named: ZoneTown.zone)
        try town.setClocks(to: "America/Chicago")
        try await town.watch.check()
        // It has read the zone before.
        try await request.create("FREQ=DAILY;COUNT=1", at: "2026-01-05T09:00:00Z")
        #expect(try await town.dueTimes() == ["2026-01-05T14:00:00Z", "2026-01-05T15:00:00Z"])
        try await town.watch.check()
        #expect(try await town.dueTimes() == ["2026-01-05T15:00:00Z", "2026-01-05T15:00:00Z"])
        await town.office.close()
    }

    @Test(arguments: 0...3)
    func `a pass that was broken off is made whole by the next`(writeCount: Int) async throws {
        var town = try await ZoneTown(now: "2026-01-05T12:00:00Z", clocksOf: "America/New_York")
        try await town.create("FREQ=DAILY;COUNT=90", at: "2026-01-05T09:00:00Z")
        try await town.createDue("FREQ=DAILY", at: "2026-01-05T09:00:00Z")
        try await town.watch.check()
        try town.setClocks(to: "America/Chicago")
        town.restart()
        let store = BrokenOffStore(base: town.office.store, writes: LimitedWrites(writeCount))
        await #expect(throws: StoreUnavailable.self) { try await town.watch(over: store).check() }
        town.restart()
        try await town.watch.check()
        let times = try await town.dueTimes()
        #expect(times.count == 90)
        // In March the clocks go forward.
        #expect(
            times.allSatisfy { $0.hasSuffix($0 < "2026-03-08" ? "T15:00:00Z" : "T14:00:00Z") }
        )
        #expect(times.first == "2026-01-05T15:00:00Z")
        try await town.pass(until: "2026-01-05T15:00:00Z")
        #expect(try await town.creationTimes().last == "2026-01-05T15:00:00Z")
        await town.office.close()
    }

    @Test(arguments: ["gone", "cut short", "not a zone"])
    func `a file that cannot be read leaves the zone as it was, and is told of once`(
        state: String
    ) async throws {
        let town = try await ZoneTown(now: "2026-01-05T12:00:00Z", clocksOf: "America/New_York")
        try await town.createDue("FREQ=DAILY", at: "2026-01-05T09:00:00Z")
        let bytes = try Data(contentsOf: town.file)
        switch state {
        case "gone": try FileManager.default.removeItem(at: town.file)
        case "cut short": try town.write(bytes.dropLast(100))
        default: try town.write(Data("No zone".utf8))
        }
        for _ in 1...3 { try await town.watch.check() }
        #expect(
            town.log.lines == [
                """
                error: Cannot read a time zone any more. The server keeps what it has read before \
                zone=Test/Town
                """
            ]
        )
        try await town.pass(until: "2026-01-05T14:00:00Z")
        #expect(try await town.creationTimes() == ["2026-01-05T14:00:00Z"])
        try town.setClocks(to: "America/Chicago")
        try await town.watch.check()
        try await town.pass(until: "2026-01-06T15:00:00Z")
        #expect(try await town.creationTimes().last == "2026-01-06T15:00:00Z")
        await town.office.close()
    }
}

/// Lets some writes do well, and no more.
final class LimitedWrites: Sendable {
    private let left: Mutex<Int>

    init(_ count: Int) {
        left = Mutex(count)
    }

    func countOne() throws {
        let left = left.withLock { left in
            left -= 1
            return left
        }
        if left < 0 { throw StoreUnavailable(reason: "The disk is full") }
    }
}
