import DatabaseTestSupport
import Recurrence
import Synchronization
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

    /// Takes up the fired clocks of a shard, and returns their series, in order.
    private func takeUp(
        _ world: TaskWorld,
        in locationID: LocationID = TaskWorld.acme,
        at now: Timestamp,
        limit: Int = 9
    ) async throws -> [Int64] {
        let taken = Mutex<[Int64]>([])
        let turn = try await world.store.claimFired(
            inShard: locationID.shard,
            at: now,
            limit: limit
        ) { snapshot, _ in
            let id = snapshot.series.id
            taken.withLock { $0.append(id.rawValue) }
            let stopped = ClockSetting(seriesID: id, clock: snapshot.clock.stopped)
            return ChangePlan(.materialized, clocks: [stopped])
        }
        #expect(turn.seriesCount - turn.troubles.count == taken.withLock { $0.count })
        return taken.withLock { $0 }
    }

    @Test
    func `series are taken up from their time on, the longest waiting first`() async throws {
        let world = try await TaskWorld(in: folder)
        #expect(try await world.store.nextFires() == [:])
        for (id, hours) in [(10, 5), (20, 3), (30, 4), (40, 8)] as [(Int64, Int64)] {
            try await world.add(
                RecurringTask.daily(id),
                [],
                clock: .through(day: 1, firingAfterHours: hours)
            )
        }
        let shard = TaskWorld.acme.shard
        #expect(try await world.store.nextFires() == [shard: hour(3)])
        #expect(try await takeUp(world, at: hour(2)) == [])
        #expect(try await takeUp(world, at: hour(6), limit: 2) == [20, 30])
        #expect(try await world.store.nextFires() == [shard: hour(5)])
        #expect(try await takeUp(world, at: hour(6)) == [10])
        #expect(try await takeUp(world, at: hour(7)) == [])
        _ = try await world.store.write { connection in
            try connection.execute(
                SQLStatement("UPDATE location SET deletedAt = 1 WHERE locationID = :locationID"),
                ["locationID": .text(TaskWorld.acme.rawValue)]
            )
        }
        #expect(try await takeUp(world, at: hour(9)) == [])
        #expect(try await world.store.nextFires() == [:])
    }

    @Test
    func `locations of a shard take turns`() async throws {
        let world = try await TaskWorld(in: folder)
        for id in 1...20 as ClosedRange<Int64> {
            try await world.add(
                RecurringTask.daily(id),
                [],
                clock: .through(day: 1, firingAfterHours: id)
            )
        }
        // Another location of the same shard. Its only series came due last.
        let neighbour = try #require(
            (0..<10_000).lazy.map { LocationID("neighbour\($0)") }
                .first { $0.shard == TaskWorld.acme.shard }
        )
        try await world.store.write { connection in
            try connection.execute(
                SQLStatement(
                    """
                    INSERT INTO location (
                        shard, locationID, name, timeZone, changeNumber
                    ) VALUES (:shard, :locationID, 'Neighbour', 'UTC', 0)
                    """
                ),
                SQLArguments(in: neighbour)
            )
            let transaction = LocationTransaction(
                in: neighbour,
                on: connection,
                telling: UnreadableRows { _ in }
            )
            let series = try RecurringTask.daily(99)
            let clock = SeriesClock.through(day: 1, firingAfterHours: 30)
            try transaction.carryOut(
                ChangePlan(
                    .created,
                    series: [Replacement(after: series)],
                    clocks: [ClockSetting(seriesID: series.id, clock: clock)]
                ),
                by: nil,
                at: hour(0)
            )
        }
        #expect(try await takeUp(world, at: hour(40), limit: 4) == [1, 2, 99])
    }

    @Test
    func `a series that nobody can read is set aside, and the log says why`() async throws {
        let world = try await TaskWorld(in: folder)
        for id in [66, 67] as [Int64] {
            try await world.add(
                RecurringTask.daily(id),
                [],
                clock: .through(day: 1, firingAfterHours: 5)
            )
        }
        try await world.execute("UPDATE series SET ruleText = 'FREQ=NEVER' WHERE seriesID = 66")
        #expect(Set(try await takeUp(world, at: hour(6))) == [67])
        #expect(try await takeUp(world, at: hour(99)) == [])
        let log = try await world.rows(
            "SELECT detail FROM change WHERE actorID IS NULL AND kind = 2",
            columnCount: 1
        )
        #expect(
            log == [
                """
                {"clocks":[{"id":66,"before":{"materializedThrough":1704099600,\
                "nextAt":1704186000000000,"fireAt":1704085200000000,"occurrenceCount":0},\
                "after":{"materializedThrough":1704099600,"occurrenceCount":0}}],\
                "reason":"series ve9EPM428h8vShlRW1KT/66, ruleText: FREQ: there is no NEVER"}
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
            let madeCount = try await world.store.materialize(
                address(10),
                on: .comingDue,
                at: hour(6)
            ) {
                read,
                readClock,
                _,
                _ in
                #expect(read.series == series)
                #expect(readClock == expectedClock)
                return plan
            }
            #expect(madeCount == expectedCount)
            // This is what a caller does that has not seen that the clock was removed.
            #expect(
                try await world.store.materialize(address(10), on: .comingDue, at: hour(6)) {
                    _,
                    _,
                    _,
                    _ in plan
                } == 0
            )
            try await world.store.write { connection in
                let transaction = LocationTransaction(
                    in: TaskWorld.acme,
                    on: connection,
                    telling: UnreadableRows { _ in }
                )
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
