import DatabaseTestSupport
import Logging
import Recurrence
import Scheduling
import Storage
import SystemZones
import Tasks
import TestSupport
import Testing

/// Faults that pass leave nothing out, and stop nothing else meanwhile.
@Suite struct FaultTests {
    private let zones = FailingZones(over: SystemZones())
    /// 2024-01-01T10:00:01Z.
    private static let firstFailure = Timestamp(seconds: 1_704_103_201)

    /// Does what is due, second by second.
    private func live(
        _ seconds: Int,
        in office: Office,
        with service: Scheduler<TestStore, FailingZones, TestClock>
    ) async throws {
        for _ in 0..<seconds {
            // Twice, so that what is put off waits in earnest.
            for _ in 0..<2 { try await service.doDueWork() }
            office.clock.advance(by: .seconds(1))
        }
    }

    @Test(arguments: CatchUp.allCases)
    func `a zone that cannot be read for eight seconds makes a task late, and one alone`(
        catchUp: CatchUp
    ) async throws {
        let office = try await Office(now: "2024-01-01T09:59:00Z")
        try await office.createDue(
            "FREQ=HOURLY",
            at: "2024-01-01T10:00:00Z",
            zone: "Europe/London",
            catchUp: catchUp
        )
        try await office.createDue("FREQ=DAILY", at: "2024-01-01T10:00:03Z")
        let service = office.service(zones: zones)
        zones.fail(true)
        try await live(68, in: office, with: service)
        #expect(
            try await office.creationTimes() == [Timestamp(reading: "2024-01-01T10:00:03Z")]
        )
        // At once, and after 1, 2, 4 and 8 seconds but for the last.
        #expect(zones.failureCount == 4)
        zones.fail(false)
        try await live(3_600, in: office, with: service)
        #expect(
            try await office.creationTimes()
                == [
                    "2024-01-01T10:00:03Z", "2024-01-01T10:00:08Z", "2024-01-01T11:00:00Z",
                ].map { try Timestamp(reading: $0) }
        )
        await office.close()
    }

    @Test(arguments: [(CatchUp.latest, 1), (.all, 3), (.none, 0)])
    func `a fault across several occurrences is caught up with as the series says`(
        catchUp: CatchUp,
        count: Int
    ) async throws {
        let office = try await Office(now: "2024-01-01T09:59:00Z")
        try await office.createDue(
            "FREQ=HOURLY",
            at: "2024-01-01T10:00:00Z",
            zone: "Europe/London",
            catchUp: catchUp
        )
        let service = office.service(zones: zones)
        zones.fail(true)
        for _ in 0..<35 {
            try await service.doDueWork()
            office.clock.advance(by: .seconds(300))
        }
        zones.fail(false)
        // Six minutes before one.
        try await live(360, in: office, with: service)
        #expect(try await office.creationTimes().count == count)
        await office.close()
    }

    @Test(arguments: CatchUp.allCases)
    func `one occurrence that was put off for long is made by any policy`(
        catchUp: CatchUp
    ) async throws {
        let office = try await Office(now: "2024-01-01T09:00:00Z")
        try await office.createDue(
            "FREQ=DAILY",
            at: "2024-01-01T10:00:00Z",
            zone: "Europe/London",
            catchUp: catchUp
        )
        let service = office.service(zones: zones)
        zones.fail(true)
        for _ in 0..<30 {
            try await service.doDueWork()
            office.clock.advance(by: .seconds(300))
        }
        zones.fail(false)
        office.clock.advance(by: .seconds(300))
        try await service.doDueWork()
        #expect(try await office.creationTimes() == [office.clock.now])
        await office.close()
    }

    @Test
    func `a shard whose turns fail is put off, and others have theirs`() async throws {
        let office = try await Office(now: "2024-01-01T08:00:00Z")
        try await office.createDue("FREQ=DAILY", at: "2024-01-01T09:00:00Z")
        try await office.createDue("FREQ=DAILY", at: "2024-01-01T09:30:00Z", in: Office.branchID)
        let broken = SQLError.corrupt(message: "")
        let service = office.service { FailingStore(base: $0, errors: [Office.shard: broken]) }
        var moves = 0
        try await service.settle(upTo: Timestamp(reading: "2024-01-02T10:00:00Z")) { time in
            moves += 1
            office.clock.advance(by: office.clock.now.duration(to: time))
        }
        #expect(
            try await office.creationTimes()
                == ["2024-01-01T09:30:00Z", "2024-01-02T09:30:00Z"].map {
                    try Timestamp(reading: $0)
                }
        )
        // The waits double up to five minutes.
        #expect((25 * 12 - 20..<25 * 12 + 20).contains(moves))
        await office.close()
    }

    @Test(arguments: CatchUp.allCases)
    func `one occurrence that came while its shard was held back is made by any policy`(
        catchUp: CatchUp
    ) async throws {
        let office = try await Office(now: "2024-01-01T09:00:00Z")
        try await office.createDue("FREQ=DAILY", at: "2024-01-01T10:00:00Z", catchUp: catchUp)
        let broken = SQLError.corrupt(message: "")
        let failing = office.service { FailingStore(base: $0, errors: [Office.shard: broken]) }
        for _ in 0..<30 {
            try await failing.doDueWork()
            office.clock.advance(by: .seconds(300))
        }
        office.clock.advance(by: .seconds(300))
        try await office.service(zones: zones).doDueWork()
        #expect(try await office.creationTimes() == [office.clock.now])
        await office.close()
    }

    @Test(.timeLimit(.minutes(10)))
    func `nothing waits for an instant of a clock that was set back`() async throws {
        let office = try await Office(now: "2024-01-01T09:59:59Z")
        try await office.createDue("FREQ=DAILY", at: "2024-01-01T10:00:00Z")
        office.clock.advance(by: .seconds(1))
        let broken = SQLError.corrupt(message: "")
        let service = office.service { FailingStore(base: $0, errors: [Office.shard: broken]) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await service.run() }
            await office.clock.untilSomebodySleeps()
            #expect(office.store.agenda.heldBackSince(Office.locationID) == office.clock.now)
            office.clock.advance(by: .seconds(-3_600))
            // It wakes the service.
            try await office.createDue(
                "FREQ=DAILY;COUNT=1",
                at: "2024-01-01T08:00:00Z",
                in: Office.branchID,
                storedAt: Timestamp(reading: "2024-01-01T07:59:59Z")
            )
            await office.clock.untilSomebodySleeps()
            #expect(office.store.agenda.heldBackSince(Office.locationID) == nil)
            group.cancelAll()
            try await group.waitForAll()
        }
        await office.close()
    }

    @Test(arguments: [SQLError.corrupt(message: ""), StoreUnavailable(reason: "")] as [any Error])
    func `a look at the store shows when the clock was set back since the last turn`(
        error: any Error
    ) async throws {
        let office = try await Office(now: "2024-01-01T08:00:00Z")
        try await office.createDue("FREQ=DAILY", at: "2024-01-01T10:00:00Z")
        let store = FailingStore(base: office.store, errors: [Office.shard: error])
        let commands = FiringCommands(store: store, zones: SystemZones())
        let due = try Timestamp(reading: "2024-01-01T10:00:00Z")
        _ = try? await commands.takeTurn(at: due)
        #expect(store.agenda.heldBackSince(Office.locationID) == due)
        try await commands.refreshAgenda(at: due)
        #expect(commands.nextFireAt ?? due > due)
        try await commands.refreshAgenda(at: office.clock.now)
        #expect(store.agenda.heldBackSince(Office.locationID) == nil)
        #expect(commands.nextFireAt == due)
        await office.close()
    }

    @Test
    func `a shard for which the store does not answer is not asked first again`() async throws {
        let office = try await Office(now: "2024-01-01T08:00:00Z")
        try await office.createDue("FREQ=DAILY", at: "2024-01-01T09:00:00Z")
        try await office.createDue("FREQ=DAILY", at: "2024-01-01T09:30:00Z", in: Office.branchID)
        office.clock.advance(by: .seconds(7_200))
        let gone = StoreUnavailable(reason: "")
        let service = office.service { FailingStore(base: $0, errors: [Office.shard: gone]) }
        await #expect(throws: gone) { try await service.doDueWork() }
        #expect(try await service.doDueWork() == 1)
        office.clock.advance(by: .seconds(1))
        await #expect(throws: gone) { try await service.doDueWork() }
        await office.close()
    }

    @Test(.timeLimit(.minutes(10)))
    func `what is known to be due is done though nothing can be looked up`() async throws {
        let office = try await Office(now: "2024-01-01T08:00:00Z")
        try await office.createDue("FREQ=DAILY", at: "2024-01-01T09:00:00Z")
        office.clock.advance(by: .seconds(3_600))
        let service = office.service {
            FailingStore(base: $0, lookupError: StoreUnavailable(reason: ""))
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await service.run() }
            await office.clock.untilSomebodySleeps()
            group.cancelAll()
            try await group.waitForAll()
        }
        #expect(try await office.creationTimes() == [office.clock.now])
        await office.close()
    }

    @Test
    func `a trouble that lasts is logged once, and then once a day, and its series are listed`()
        async throws
    {
        let office = try await Office(now: "2024-01-01T10:00:00Z")
        for _ in 0..<3 {
            try await office.createDue(
                "FREQ=HOURLY",
                at: "2024-01-01T10:00:01Z",
                zone: "Europe/London"
            )
        }
        let log = LogRecorder()
        let service = office.service(zones: zones, logger: log.logger(from: .error))
        zones.fail(true)
        try await live(600, in: office, with: service)
        #expect(log.lines.count == 1)
        #expect(log.lines.allSatisfy { $0.hasPrefix("error: Postponed a series ") })
        let commands = FiringCommands(store: office.store, zones: zones)
        try await commands.refreshAgenda(at: office.clock.now)
        #expect(
            office.store.agenda.heldSeries == [
                HeldSeries(reason: "The time zone cannot be read: Europe/London", count: 3)
            ]
        )
        #expect(office.store.agenda.setAsideCount == 0)
        let listed = try await office.store.setAsideSeries()
        #expect(listed.map(\.setAsideAt) == [Timestamp](repeating: Self.firstFailure, count: 3))
        #expect(listed.allSatisfy { $0.triedAgainAt ?? Self.firstFailure > office.clock.now })

        // Three days later it is tried every hour.
        for _ in 0..<(3 * 288) {
            office.clock.advance(by: .seconds(300))
            try await service.doDueWork()
        }
        let before = zones.failureCount
        for _ in 0..<48 {
            office.clock.advance(by: .seconds(300))
            try await service.doDueWork()
        }
        #expect((6...15).contains(zones.failureCount - before))
        #expect(log.lines.count == 4)
        #expect(
            log.lines.dropFirst().allSatisfy { $0.hasPrefix("error: A series is still postponed ") }
        )

        zones.fail(false)
        office.clock.advance(by: .seconds(3_600))
        try await service.doDueWork()
        try await commands.refreshAgenda(at: office.clock.now)
        #expect(office.store.agenda.heldSeries == [])
        #expect(try await office.store.setAsideSeries() == [])
        await office.close()
    }
}
