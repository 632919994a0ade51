import Recurrence
import Scheduling
import Storage
import SystemZones
import Tasks
import TestSupport
import Testing

/// The machine's clock of the day is set while the scheduler works.
///
/// Each test has an hourly series that makes its tasks at half past, and begins at eight.
@Suite struct JumpingClockTests {
    @Test(arguments: CatchUp.allCases)
    func `a clock that is a month ahead for four seconds changes nothing`(
        catchUp: CatchUp
    ) async throws {
        let machine = try await Machine(catchUp)
        try await machine.pass(.seconds(1797))
        machine.set(by: .days(31))
        // The first task comes at half past, while the clock is wrong.
        for _ in 1...4 { try await machine.pass(.seconds(1)) }
        machine.set(by: .days(-31))
        for _ in 1...4 { try await machine.pass(.minutes(30)) }
        #expect(try await machine.timesOfTasks() == ["08:30:00", "09:30:01", "10:30:01"])
        #expect(
            machine.log.lines == [
                """
                error: The machine's clock has jumped. The server goes on by the time before \
                jumpSeconds=2678400 now=2026-01-05T08:29:58.000Z
                """,
                "notice: The machine's clock is where it was before its jump",
            ]
        )
        await machine.office.close()
    }

    @Test(arguments: [(CatchUp.all, 4), (.latest, 1), (.none, 0)])
    func `a clock that stays four hours ahead is believed, and what was missed is caught up with`(
        catchUp: CatchUp,
        caughtUp: Int
    ) async throws {
        let machine = try await Machine(catchUp)
        machine.set(by: .minutes(240))
        for _ in 1...10 { try await machine.pass(.seconds(1)) }
        #expect(try await machine.timesOfTasks() == [])
        #expect(machine.clock.state == .jumped(by: .minutes(240), since: .seconds(1)))
        try await machine.pass(.seconds(1))
        #expect(
            try await machine.timesOfTasks() == Array(repeating: "12:00:11", count: caughtUp)
        )
        try await machine.pass(.minutes(30))
        #expect(try await machine.office.creationTimes().count == caughtUp + 1)
        #expect(
            machine.log.lines.last == """
                warning: Took the new time of the machine's clock jumpSeconds=14400 \
                now=2026-01-05T12:00:11.000Z
                """
        )
        await machine.office.close()
    }

    @Test func `a clock that stays a month ahead is not believed before the server is restarted`()
        async throws
    {
        let machine = try await Machine(.latest)
        machine.set(by: .days(31))
        for _ in 1...4 { try await machine.pass(.minutes(20)) }
        #expect(try await machine.timesOfTasks() == ["08:40:00"])
        #expect(machine.clock.state == .beyondLimit(by: .days(31), since: .minutes(20)))
        #expect(machine.log.lines.count == 2)
        #expect(machine.log.lines.last?.contains("restart the server") == true)

        let restarted = machine.restarted()
        try await restarted.pass(.seconds(1))
        #expect(try await machine.timesOfTasks() == ["08:40:00", "09:20:01"])
        #expect(
            try await machine.office.creationTimes().last
                == Timestamp(reading: "2026-02-05T09:20:01Z")
        )
        await machine.office.close()
    }

    @Test(arguments: CatchUp.allCases)
    func `a clock that is set back by a day makes nothing twice`(catchUp: CatchUp) async throws {
        let machine = try await Machine(catchUp)
        for _ in 1...4 { try await machine.pass(.minutes(30)) }
        let made = ["08:30:00", "09:30:00"]
        #expect(try await machine.timesOfTasks() == made)
        machine.set(by: .days(-1))
        for _ in 1...11 { try await machine.pass(.seconds(1)) }
        #expect(machine.clock.now == (try Timestamp(reading: "2026-01-04T10:00:11Z")))
        // A day later the same hours come again. Their tasks are there.
        for _ in 1...48 { try await machine.pass(.minutes(30)) }
        #expect(try await machine.timesOfTasks() == made)
        try await machine.pass(.minutes(30))
        #expect(try await machine.timesOfTasks() == made + ["10:30:11"])
        await machine.office.close()
    }

    @Test func `a clock that is right again after it was far behind goes on as before`()
        async throws
    {
        let machine = try await Machine(.latest)
        machine.set(by: .days(-20_000))
        for _ in 1...2 { try await machine.pass(.minutes(30)) }
        machine.set(by: .days(20_000))
        for _ in 1...2 { try await machine.pass(.minutes(30)) }
        #expect(try await machine.timesOfTasks() == ["08:30:00", "09:30:00"])
        #expect(machine.clock.state == .inStep)
        await machine.office.close()
    }

    @Test func `time that passes while the machine sleeps is no jump`() async throws {
        let machine = try await Machine(.all)
        try await machine.pass(.days(3))
        #expect(try await machine.office.creationTimes().count == 72)
        #expect(machine.log.lines.isEmpty)
        await machine.office.close()
    }

    @Test func `a time service may correct the clock a little at a time`() async throws {
        let machine = try await Machine(.none)
        for _ in 1...1800 {
            machine.set(by: .seconds(1))
            try await machine.pass(.seconds(1))
        }
        #expect(machine.clock.now == (try Timestamp(reading: "2026-01-05T09:00:00Z")))
        #expect(try await machine.timesOfTasks() == ["08:30:00"])
        #expect(machine.log.lines.isEmpty)
        await machine.office.close()
    }

    @Test func `a jump that changes while it is looked at is looked at anew`() async throws {
        let machine = try await Machine(.latest)
        for _ in 1...30 {
            machine.set(by: .minutes(10))
            for _ in 1...9 { try await machine.pass(.seconds(1)) }
        }
        #expect(try await machine.timesOfTasks() == [])
        await machine.office.close()
    }

    @Test(.timeLimit(.minutes(10)))
    func `whoever sleeps on a clock that has jumped wakes as if it had not`() async throws {
        let machine = try await Machine(.latest)
        machine.set(by: .days(-31))
        let wall = machine.office.clock
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [clock = machine.clock] in try? await clock.sleep(for: .seconds(9)) }
            await wall.untilSomebodySleeps()
            group.cancelAll()
        }
        #expect(wall.lastDeadline == wall.now.advanced(by: .seconds(9)))
        await machine.office.close()
    }

    /// An office on a machine whose clock can be set.
    private struct Machine {
        let office: Office
        let clock: GuardedClock<TestClock>
        let log = LogRecorder()
        private let bootClock: TestClock

        init(_ catchUp: CatchUp) async throws {
            let office = try await Office(now: "2026-01-05T08:00:00Z")
            try await office.createDue("FREQ=HOURLY", at: "2026-01-05T08:30:00Z", catchUp: catchUp)
            self.init(office, bootClock: TestClock(Timestamp(seconds: 0)))
        }

        private init(_ office: Office, bootClock: TestClock) {
            self.office = office
            self.bootClock = bootClock
            clock = GuardedClock(office.clock) {
                Timestamp(seconds: 0).duration(to: bootClock.now)
            }
        }

        /// The same after the server was started again.
        func restarted() -> Machine {
            Machine(office, bootClock: bootClock)
        }

        /// Sets the clock of the day alone.
        func set(by jump: Duration) {
            office.clock.advance(by: jump)
        }

        /// Lets time pass, and the services have their turn.
        func pass(_ duration: Duration) async throws {
            office.clock.advance(by: duration)
            bootClock.advance(by: duration)
            ClockWatch(clock, logger: log.logger()).look()
            try await office.service(by: clock).doDueWork()
        }

        /// The times of day at which tasks were made.
        func timesOfTasks() async throws -> [String] {
            try await office.creationTimes().map { String($0.inWords.dropFirst(11).prefix(8)) }
        }
    }
}

extension Duration {
    fileprivate static func minutes(_ count: Int) -> Duration { .seconds(count * 60) }
}
