import DirectoryDocument
import Logging
import Recurrence
import Scheduling
import Storage
import SystemZones
import Tasks
import TestSupport
import Testing

/// The scheduler does what is due by its own clock, on a real database.
@Suite struct SchedulerTests {
    @Test func `a due horizon is moved once, and no more until it is due again`() async throws {
        let office = try await Office(now: "2024-01-01T09:00:00Z")
        try await office.create("FREQ=DAILY", at: "2024-01-01T09:00:00Z")
        #expect(try await office.taskCount() == 367)
        let service = office.service(zones: SystemZones())

        #expect(try await service.doDueWork() == 0)
        office.clock.advance(by: .days(1))
        #expect(try await service.doDueWork() == 1)
        #expect(try await office.taskCount() == 368)
        #expect(try await service.doDueWork() == 0)

        office.clock.advance(by: .days(30))
        #expect(try await service.doDueWork() == 30)
        #expect(try await office.taskCount() == 398)
        await office.close()
    }

    @Test func `a series that began long ago is caught up with`() async throws {
        let office = try await Office(now: "2024-01-01T00:00:00Z")
        try await office.create("FREQ=DAILY", at: "2018-01-01T09:00:00Z")
        #expect(try await office.taskCount() == 720)
        let service = office.service(zones: SystemZones())
        // From 2018-01-01 through 2024-12-31, a year and a day after now.
        #expect(try await service.doDueWork() == 2_557 - 720)
        #expect(try await office.taskCount() == 2_557)
        #expect(try await service.doDueWork() == 0)
        await office.close()
    }

    @Test func `a series whose zone is gone is put off and does not hold up others`() async throws {
        let office = try await Office(now: "2024-01-01T09:00:00Z")
        try await office.create("FREQ=DAILY", at: "2024-01-01T09:00:00Z", zone: "Europe/Paris")
        try await office.create("FREQ=DAILY", at: "2024-01-01T09:00:00Z")
        office.clock.advance(by: .days(2))
        let service = office.service(zones: UTCAlone())
        #expect(try await service.doDueWork() == 2)
        #expect(try await office.taskCount() == 2 * 367 + 2)
        #expect(try await service.doDueWork() == 0)
        await office.close()
    }

    @Test func `the service works until it is stopped`() async throws {
        let office = try await Office(now: "2024-01-01T09:00:00Z")
        try await office.create("FREQ=DAILY", at: "2024-01-01T09:00:00Z")
        let service = office.service(zones: SystemZones())
        office.clock.advance(by: .days(1))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await service.run() }
            // The service sleeps only when nothing is due any more.
            await office.clock.untilSomebodySleeps()
            group.cancelAll()
            try await group.waitForAll()
        }
        #expect(try await office.taskCount() == 368)
        await office.close()
    }
}

/// Knows only the zone UTC.
struct UTCAlone: ZoneSource {
    func zone(named identifier: String) throws(UnknownZone) -> Zone {
        guard identifier == "UTC" else { throw UnknownZone(identifier: identifier) }
        return .utc
    }
}
