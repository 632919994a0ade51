import DatabaseTestSupport
import Logging
import Recurrence
import Scheduling
import Storage
import SystemZones
import Tasks
import TestSupport
import Testing

/// A series whose clock is lost does not stop in silence.
@Suite struct StoppedSeriesTests {
    private func look(
        at office: Office,
        log: LogRecorder = LogRecorder()
    ) async throws -> [String] {
        let watch = SeriesWatch(
            store: office.store,
            zones: SystemZones(),
            clock: office.clock,
            logger: log.logger(from: .error)
        ) { throw CancellationError() }
        try await watch.check()
        return log.lines
    }

    @Test(arguments: [
        "UPDATE seriesClock SET fireAt = NULL",
        "UPDATE seriesClock SET fireAt = NULL, nextAt = NULL",
        "DELETE FROM seriesClock",
    ])
    func `a series that makes its tasks ahead goes on`(spoiling: String) async throws {
        let office = try await Office(now: "2024-01-01T08:00:00Z")
        try await office.create("FREQ=DAILY", at: "2024-01-01T09:00:00Z")
        let service = office.service(zones: SystemZones())
        #expect(try await look(at: office) == [])
        try await office.execute(spoiling)
        office.clock.advance(by: .days(10))
        try await service.doDueWork()
        #expect(try await office.countsOfDueTasks().tasks == 367)

        let log = try await look(at: office)
        #expect(log.count == 1)
        #expect(log[0].hasPrefix("error: A series had stopped for no reason, and goes on "))
        try await service.doDueWork()
        #expect(try await office.countsOfDueTasks().tasks == 376)
        #expect(try await look(at: office) == [])
        #expect(try await office.store.setAsideCount() == 0)
        await office.close()
    }

    @Test(arguments: [
        "UPDATE seriesClock SET fireAt = NULL",
        "UPDATE seriesClock SET fireAt = NULL, nextAt = NULL",
    ])
    func `a series without contacts goes on, and what came meanwhile was missed`(
        spoiling: String
    ) async throws {
        let office = try await Office(now: "2024-01-01T08:00:00Z")
        try await office.createDue("FREQ=DAILY", at: "2024-01-01T09:00:00Z", catchUp: .all)
        let service = office.service(zones: SystemZones())
        office.clock.advance(by: .days(1))
        try await service.doDueWork()
        try await office.execute(spoiling)
        office.clock.advance(by: .days(2))
        try await service.doDueWork()
        #expect(try await office.creationTimes().count == 1)
        let log = try await look(at: office)
        #expect(log.map { $0.hasPrefix("error: A series had stopped ") } == [true])
        try await service.doDueWork()
        #expect(try await office.creationTimes().count == 3)
        await office.close()
    }

    @Test func `a series whose count is lost is set aside, and can be resumed`() async throws {
        let office = try await Office(now: "2024-01-01T08:00:00Z")
        try await office.createDue("FREQ=DAILY", at: "2024-01-01T09:00:00Z")
        let service = office.service(zones: SystemZones())
        office.clock.advance(by: .days(1))
        try await service.doDueWork()
        try await office.execute("DELETE FROM seriesClock")
        let log = try await look(at: office)
        #expect(log.count == 1)
        #expect(log[0].hasPrefix("error: Set a series aside "))
        #expect(log[0].hasSuffix(" reason=It has no clock series=1"), "\(log)")
        #expect(office.store.agenda.setAsideCount == 1)
        #expect(try await look(at: office) == [])

        let series = try #require(try await office.store.setAsideSeries().first)
        #expect(series.reason == "It has no clock")
        #expect(series.triedAgainAt == nil)
        let entry = try await SeriesCommands(store: office.store, zones: SystemZones()).resume(
            series.address.seriesID,
            in: series.address.locationID,
            at: office.clock.now
        )
        #expect(entry.clock?.occurrenceCount == 1)
        #expect(entry.clock?.fireAt == (try Timestamp(reading: "2024-01-02T09:00:00Z")))
        await office.close()
    }

    @Test func `a series that nobody can read is set aside without its clock, too`() async throws {
        let office = try await Office(now: "2024-01-01T08:00:00Z")
        try await office.createDue("FREQ=DAILY", at: "2024-01-01T09:00:00Z")
        try await office.execute("DELETE FROM seriesClock")
        try await office.execute("UPDATE series SET ruleText = 'FREQ=NEVER'")
        let log = try await look(at: office)
        #expect(log.count == 1)
        #expect(log[0].hasPrefix("error: Set a series aside "))
        #expect(log[0].contains("NEVER"))
        await office.close()
    }

    @Test func `series that have come to their end are left alone`() async throws {
        let office = try await Office(now: "2024-01-01T08:00:00Z")
        try await office.create("FREQ=DAILY;COUNT=3", at: "2024-01-01T09:00:00Z")
        try await office.create("FREQ=DAILY;UNTIL=20240105T000000Z", at: "2024-01-01T09:00:00Z")
        try await office.createDue("FREQ=DAILY;COUNT=2", at: "2024-01-01T09:00:00Z")
        let service = office.service(zones: SystemZones())
        #expect(try await look(at: office) == [])
        for _ in 0..<5 {
            office.clock.advance(by: .days(1))
            try await service.doDueWork()
            #expect(try await look(at: office) == [])
        }
        #expect(try await office.creationTimes().count == 9)
        #expect(try await office.store.setAsideCount() == 0)
        await office.close()
    }

    @Test func `a series of which days off leave out everything is left alone`() async throws {
        let office = try await Office(now: "2024-01-01T08:00:00Z")
        let now = office.clock.now
        let calendars = CalendarCommands(
            store: office.store,
            zones: SystemZones(),
            horizon: Horizon()
        )
        let actor = Actor(locationID: Office.locationID, userID: nil)
        let weekends = try await calendars.change(nil, trying: false, by: actor, at: now) { empty in
            var calendar = empty
            calendar.name = "Weekends"
            return calendar
        }.record
        var draft = TaskDraft(
            template: TaskTemplate(title: "Call"),
            due: WallClockTime(at: now.advanced(by: .days(5)), in: .utc),
            rule: try SeriesRule(parsing: "FREQ=WEEKLY;BYDAY=SA;COUNT=5")
        )
        draft.policies.dayOff = DayOffPolicy(calendarID: weekends.id, then: .skip)
        _ = try await SeriesCommands(store: office.store, zones: SystemZones()).create(
            draft,
            horizon: Horizon(),
            under: SeriesTerms(),
            by: actor,
            at: now
        )
        #expect(try await look(at: office) == [])
        await office.close()
    }
}

extension Office {
    fileprivate func execute(_ text: String) async throws {
        _ = try await store.driver.write { connection in
            try connection.execute(SQLStatement(dynamic: text), [:])
        }
    }
}
