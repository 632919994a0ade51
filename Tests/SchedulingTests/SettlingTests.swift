import Recurrence
import Scheduling
import SystemZones
import Tasks
import TestSupport
import Testing

/// Tasks are made when their occurrences come, whether the clock jumps or runs.
@Suite struct SettlingTests {
    @Test func `moving time forward does what fires on the way, in order`() async throws {
        let office = try await Office(now: "2024-01-01T08:00:00Z")
        try await office.createDue("FREQ=DAILY", at: "2024-01-01T09:00:00Z")
        try await office.createDue("FREQ=HOURLY", at: "2024-01-02T07:30:00Z", in: Office.branchID)
        try await office.createDue("FREQ=DAILY;COUNT=2", at: "2024-01-01T09:00:00Z")
        let service = office.service(zones: SystemZones())
        var moves: [Timestamp] = []
        try await service.settle(upTo: Timestamp(reading: "2024-01-02T10:00:00Z")) { time in
            moves.append(time)
            office.clock.advance(by: office.clock.now.duration(to: time))
        }
        let expected = try [
            "2024-01-01T09:00:00Z", "2024-01-01T09:00:00Z", "2024-01-02T07:30:00Z",
            "2024-01-02T08:30:00Z", "2024-01-02T09:00:00Z", "2024-01-02T09:00:00Z",
            "2024-01-02T09:30:00Z",
        ].map { try Timestamp(reading: $0) }
        // Each was made when its occurrence came.
        #expect(try await office.creationTimes() == expected)
        #expect(moves == moves.sorted())
        #expect(Set(moves) == Set(expected + [office.clock.now]))
        #expect(office.clock.now == (try Timestamp(reading: "2024-01-02T10:00:00Z")))
        await office.close()
    }

    @Test(.timeLimit(.minutes(10)))
    func `time does not move while a turn is under way`() async throws {
        let office = try await Office(now: "2024-01-01T08:00:00Z")
        try await office.createDue("FREQ=DAILY", at: "2024-01-01T09:00:00Z")
        office.clock.advance(by: .seconds(3600))
        let hold = Hold()
        let service = office.service { HoldingStore(base: $0, hold: hold) }
        let end = try Timestamp(reading: "2024-01-03T10:00:00Z")
        let begin = office.clock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await service.doDueWork() }
            await hold.untilSomebodyIsHeld()
            group.addTask {
                try await service.settle(upTo: end) { time in
                    office.clock.advance(by: office.clock.now.duration(to: time))
                }
            }
            // Enough time for a move that does not wait: each of these reads uses the same
            // database.
            for _ in 0..<200 { _ = try await office.creationTimes() }
            #expect(office.clock.now == begin)
            hold.release()
            try await group.waitForAll()
        }
        let expected = (0..<3).map { begin.advanced(by: .days($0)) }
        #expect(try await office.creationTimes() == expected)
        #expect(office.clock.now == end)
        await office.close()
    }

    @Test func `years of daily series make each occurrence once, at its instant`() async throws {
        let office = try await Office(now: "2024-01-01T00:00:00Z")
        for _ in 0..<4 { try await office.createDue("FREQ=DAILY", at: "2024-01-01T09:00:00Z") }
        let service = office.service(zones: SystemZones())
        try await service.settle(upTo: Timestamp(reading: "2025-12-31T10:00:00Z")) { time in
            office.clock.advance(by: office.clock.now.duration(to: time))
        }
        let counts = try await office.countsOfDueTasks()
        #expect(counts.tasks == 4 * 731)
        #expect(counts.times == 731)
        await office.close()
    }

    @Test func `time that stands still settles what is due, once`() async throws {
        let office = try await Office(now: "2024-01-01T08:00:00Z")
        try await office.createDue("FREQ=DAILY", at: "2024-01-01T09:00:00Z")
        office.clock.advance(by: .seconds(3600))
        let service = office.service(zones: SystemZones())
        for _ in 0..<2 {
            try await service.settle(upTo: office.clock.now) { _ in }
            #expect(try await office.creationTimes().count == 1)
        }
        await office.close()
    }

    @Test func `a series whose zone is gone is put off, and others are settled`() async throws {
        let office = try await Office(now: "2024-01-01T08:00:00Z")
        try await office.createDue(
            "FREQ=DAILY",
            at: "2024-01-01T09:00:00Z",
            zone: "Europe/Paris"
        )
        try await office.createDue("FREQ=DAILY", at: "2024-01-01T10:00:00Z")
        let service = office.service(zones: UTCAlone())
        try await service.settle(upTo: Timestamp(reading: "2024-01-03T12:00:00Z")) { time in
            office.clock.advance(by: office.clock.now.duration(to: time))
        }
        #expect(
            try await office.creationTimes()
                == [
                    "2024-01-01T10:00:00Z", "2024-01-02T10:00:00Z", "2024-01-03T10:00:00Z",
                ].map { try Timestamp(reading: $0) }
        )
        await office.close()
    }

    @Test(.timeLimit(.minutes(10)))
    func `the service is woken for an occurrence that is stored while it sleeps`()
        async throws
    {
        let office = try await Office(now: "2024-01-01T09:00:00Z")
        let service = office.service(zones: SystemZones())
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await service.run() }
            await office.clock.untilSomebodySleeps()
            // It sleeps for a second. Half a second later a series is stored, by a clock that is
            // one second slow.
            let then = office.clock.now
            office.clock.advance(by: .milliseconds(500))
            try await office.createDue(
                "FREQ=SECONDLY;COUNT=1",
                at: "2024-01-01T09:00:00Z",
                storedAt: then.advanced(by: .milliseconds(-500))
            )
            await office.clock.untilSomebodySleeps()
            group.cancelAll()
            try await group.waitForAll()
        }
        #expect(try await office.creationTimes() == [office.clock.now])
        await office.close()
    }
}
