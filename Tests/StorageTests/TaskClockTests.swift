import Recurrence
import Tasks
import TestSupport
import Testing

@testable import Storage

@Suite
struct TaskClockTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func address(_ id: Int64) -> SeriesAddress {
        SeriesAddress(locationID: TaskWorld.acme, seriesID: Identifier(id))
    }

    private func hour(_ hours: Int64) -> Timestamp {
        Timestamp(seconds: 1_704_067_200 + hours * 3600)
    }

    @Test
    func `series are due from their time on, the longest waiting first`() async throws {
        let world = try await TaskWorld(in: folder)
        #expect(try await world.store.dueSeries(at: hour(99), limit: 9) == [])
        for (id, hours) in [(10, 5), (20, 3), (30, 4), (40, 8)] as [(Int64, Int64)] {
            try await world.add(
                RecurringTask.daily(id),
                [],
                clock: .through(day: 1, firingAfterHours: hours)
            )
        }
        // The other location is in another shard.
        _ = try await world.store.write { connection in
            try connection.execute(
                SQLStatement("INSERT INTO seriesClock VALUES (:shard, :locationID, 50, 0, 0, :at)"),
                [
                    "shard": .integer(TaskWorld.other.shard),
                    "locationID": .text(TaskWorld.other.rawValue),
                    "at": .integer(hour(4).microseconds + 1),
                ]
            )
        }
        let other = SeriesAddress(locationID: TaskWorld.other, seriesID: Identifier(50))
        #expect(TaskWorld.other.shard != TaskWorld.acme.shard)
        #expect(
            try await world.store.dueSeries(at: hour(5), limit: 9)
                == [address(20), address(30), other, address(10)]
        )
        #expect(
            try await world.store.dueSeries(at: hour(5), limit: 2) == [address(20), address(30)]
        )
        #expect(try await world.store.dueSeries(at: hour(3), limit: 9) == [address(20)])
        #expect(try await world.store.dueSeries(at: hour(2), limit: 9) == [])
        _ = try await world.store.write { connection in
            try connection.execute(
                SQLStatement("UPDATE location SET deletedAt = 1 WHERE locationID = :locationID"),
                ["locationID": .text(TaskWorld.other.rawValue)]
            )
        }
        #expect(
            try await world.store.dueSeries(at: hour(4), limit: 9) == [address(20), address(30)]
        )
    }

    @Test
    func `a series that is set aside is not due again, and the log says why`() async throws {
        let world = try await TaskWorld(in: folder)
        try await world.add(
            RecurringTask.daily(10),
            [],
            clock: .through(day: 1, firingAfterHours: 5)
        )
        for _ in 0..<2 {
            try await world.store.setAside(
                address(10),
                because: "There is no zone \"X\"",
                at: hour(6)
            )
        }
        #expect(try await world.store.dueSeries(at: hour(99), limit: 9) == [])
        let log = try await world.rows(
            "SELECT detail FROM change WHERE actorID IS NULL",
            columnCount: 1
        )
        #expect(
            log == [
                """
                {"clocks":[{"id":10,"before":{"materializedThrough":1704099600,\
                "nextAt":1704186000000000,"fireAt":1704085200000000}}],\
                "reason":"There is no zone \\"X\\""}
                """
            ]
        )
    }

    @Test
    func `a horizon that is moved twice makes each task once`() async throws {
        let world = try await TaskWorld(in: folder)
        let series = try RecurringTask.daily(10)
        let clock = SeriesClock.through(day: 1, firingAfterHours: 5)
        try await world.add(series, [TaskInstance.ofSeries(series, id: 11, day: 1)], clock: clock)
        let plan = ChangePlan(
            .materialized,
            tasks: [12, 13].map { id in
                Replacement(after: TaskInstance.ofSeries(series, id: id, day: id - 10))
            },
            clocks: [ClockSetting(seriesID: series.id, clock: nil)]
        )
        for (expectedClock, expectedCount) in [(clock, 2), (clock, 0)] {
            let madeCount = try await world.store.materialize(address(10), at: hour(6)) {
                read,
                readClock,
                _ in
                #expect(read == series)
                #expect(readClock == expectedClock)
                return plan
            }
            #expect(madeCount == expectedCount)
            // As if another had not seen that the clock was taken off.
            #expect(
                try await world.store.materialize(address(10), at: hour(6)) { _, _, _ in plan } == 0
            )
            try await world.store.write { connection in
                let transaction = LocationTransaction(in: TaskWorld.acme, on: connection)
                let restored = ClockSetting(seriesID: series.id, clock: clock)
                try transaction.carryOut(
                    ChangePlan(.updated, clocks: [restored]),
                    by: nil,
                    at: hour(7)
                )
            }
        }
        #expect(try await world.rows("SELECT '' FROM task", columnCount: 1).count == 3)
    }

    @Test
    func `series with occurrences that are not stored are found by viewer and time`() async throws {
        let world = try await TaskWorld(in: folder)
        for (id, day) in [(10, 5), (20, 3), (30, 9)] as [(Int64, Int64)] {
            var series = try RecurringTask.daily(id)
            if id == 20 { series.creatorID = Identifier(2) }
            try await world.add(series, [], clock: .through(day: day, firingAfterHours: 1))
        }
        var deleted = try RecurringTask.daily(40)
        deleted.isDeleted = true
        try await world.add(deleted, [], clock: .through(day: 1, firingAfterHours: 1))
        func found(_ viewer: Viewer, upTo bound: Timestamp) async throws -> [SeriesAddress] {
            try await world.store.seriesWithOccurrences(
                upTo: bound,
                seenBy: viewer,
                in: TaskWorld.acme
            )
        }
        let sixth = hour(5 * 24 + 9)
        #expect(try await found(.wholeLocation, upTo: sixth) == [address(20), address(10)])
        #expect(try await found(.creator(Identifier(1)), upTo: sixth) == [address(10)])
        #expect(try await found(.creator(Identifier(1)), upTo: hour(5 * 24)) == [])
    }
}
