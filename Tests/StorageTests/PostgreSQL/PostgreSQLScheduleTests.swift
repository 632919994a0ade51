import Tasks
import Testing

@testable import Storage

struct PostgreSQLScheduleTests {
    private let a = LocationID("a")
    private let b = LocationID("b")

    private func schedule(
        workers: Int = 8,
        changing change: (inout PostgreSQLConfiguration) -> Void = { _ in }
    ) -> PostgreSQLSchedule {
        var configuration = PostgreSQLConfiguration()
        configuration.workerCount = workers
        change(&configuration)
        return PostgreSQLSchedule(configuration)
    }

    private func job(_ kind: PostgreSQLJobKind, for locationID: LocationID? = nil) -> PostgreSQLJob
    {
        PostgreSQLJob(
            kind: kind,
            locationID: locationID,
            stop: nil,
            arrivedAt: .zero,
            work: .alone { _ in {} },
            fail: { _ in }
        )
    }

    @Test func `a location has one write at a time`() {
        var schedule = schedule()
        let jobs = [job(.write, for: a), job(.write, for: a), job(.write, for: b)]
        for job in jobs { schedule.take(job) }
        let first = schedule.next()
        let others = [schedule.next(), schedule.next()]
        #expect(first?.locationID == a)
        #expect(others.map { $0?.locationID } == [b, nil])
        if let first { schedule.end(first, cost: .milliseconds(1)) }
        let last = schedule.next()
        #expect(last?.locationID == a)
    }

    @Test func `one connection is left for reads`() {
        var schedule = schedule(workers: 3)
        for number in 0..<9 { schedule.take(job(.write, for: LocationID("\(number)"))) }
        schedule.take(job(.scan))
        let jobs = (0..<3).map { _ in schedule.next() }
        #expect(jobs.map { $0 == nil } == [false, false, true])
        schedule.take(job(.read))
        let read = schedule.next()
        #expect(read?.kind == .read)
    }

    @Test func `each kind has its share while there is work of all kinds`() {
        var schedule = schedule()
        for number in 0..<20 {
            for kind in PostgreSQLJobKind.allCases {
                schedule.take(job(kind, for: LocationID("\(number)")))
            }
        }
        let jobs = (0..<8).compactMap { _ in schedule.next() }
        #expect(jobs.count == 8)
        #expect(schedule.running == [.read: 3, .scan: 2, .write: 3])
    }

    @Test func `what is beyond a limit is refused`() {
        var schedule = schedule { configuration in
            configuration.waitingReadLimit = 2
            configuration.waitingScanLimit = 0
            configuration.waitingWriteLimit = 2
        }
        let reads = (0..<3).map { _ in schedule.admit(job(.read)) }
        #expect(reads == [true, true, false])
        let writes = (0..<2).map { _ in schedule.admit(job(.write, for: a)) }
        #expect(writes == [true, false])
        let scans = (0..<3).map { _ in schedule.admit(job(.scan, for: a)) }
        #expect(scans == [true, true, false])
        #expect(schedule.waitingCount == 5)
        let removed = schedule.removeWaiting([.read, .scan])
        #expect(removed.count == 4)
        #expect(schedule.waitingCount == 1)
    }
}

extension PostgreSQLSchedule {
    /// Takes in work that is within all limits.
    fileprivate mutating func take(_ job: PostgreSQLJob) {
        precondition(admit(job), "too much waits")
    }
}
