import DatabaseTestSupport
import Recurrence
import Tasks
import TestSupport
import Testing

@testable import Storage

/// Rows that were changed behind the store's back.
@Suite(.onSQLite)
struct UnreadableRowTests {
    private let folder: TemporaryFolder
    private let told = Told()

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test(arguments: [
        ("state = 99", "99 is no TaskState"),
        ("reminder = -1", "-1 is no ReminderType"),
        ("isAllDay = 2", "2 is not between 0 and 1"),
        ("createdAt = 9223372036854775807", "9223372036854775807 is not between"),
        ("dueLocal = -9223372036854775808", "-9223372036854775808 is not between"),
        ("dueInSecondPass = 2", "2 is not between 0 and 1"),
        ("contactID = 0", "0 is not between 1 and 9007199254740991"),
        ("timeZone = ''", "is not of 1 to 128 bytes but 0"),
        ("timeZone = 'a b'", "is no zone's name"),
        (
            "title = REPLACE(HEX(ZEROBLOB(600000)), '0', 'y')",
            "is not of 0 to 1048576 bytes but 1200000"
        ),
    ])
    func `a task is left out of lists, refused alone, and told of once`(
        change: String,
        reason: String
    ) async throws {
        let world = try await TaskWorld(in: folder, telling: told)
        try await world.add((1...5).map { TaskInstance.single($0, dueAfterHours: $0) })
        try await world.spoil("UPDATE task SET \(change) WHERE taskID = 2")
        for _ in 1...2 {
            let page = try await world.page(limit: 3)
            #expect(page.records.map(\.task.id.rawValue) == [1, 3])
            #expect(page.total == 5)
            let rest = try await world.page(limit: 3, skip: 3)
            #expect(rest.records.map(\.task.id.rawValue) == [4, 5])
            #expect(rest.total == 5)
            // The tasks of a larger page are read one by one.
            let whole = try await world.page(limit: TaskStatements.joinedLimit + 1)
            #expect(whole.records.map(\.task.id.rawValue) == [1, 3, 4, 5])
            #expect(whole.total == 5)
            await #expect(throws: UnreadableRow.self) { try await world.task(2) }
            #expect(try await world.task(3) != nil)
        }
        #expect(told.rows.map(\.key) == ["\(TaskWorld.acme.rawValue)/2"])
        #expect(told.rows.first?.reason.hasPrefix(reason) == true, "\(told.rows)")
    }

    @Test
    func `a page of which nothing can be read does not look like the last`() async throws {
        let world = try await TaskWorld(in: folder, telling: told)
        try await world.add((1...5).map { TaskInstance.single($0, dueAfterHours: $0) })
        try await world.spoil("UPDATE task SET dueAt = -9223372036854775808 WHERE taskID <= 2")
        await #expect(throws: StoreUnavailable.self) {
            try await world.store.taskPage(
                TaskPageQuery(limit: 1),
                seenBy: .wholeLocation,
                in: TaskWorld.acme
            )
        }
        let page = try await world.store.taskPage(
            TaskPageQuery(limit: 2),
            seenBy: .wholeLocation,
            in: TaskWorld.acme
        )
        #expect(page.records.map(\.task.id.rawValue) == [3])
        #expect(page.end?.id.rawValue == 3)
    }

    @Test
    func `an entry of the log that cannot be read is no gap in what is followed`() async throws {
        let world = try await TaskWorld(in: folder, telling: told)
        for id in 1...3 as ClosedRange<Int64> { try await world.add([TaskInstance.single(id)]) }
        try await world.spoil("UPDATE change SET detail = '{' WHERE changeNumber = 2")
        await #expect(throws: UnreadableRow.self) {
            try await world.store.feed(
                after: FeedPlace(changeNumber: 0),
                limit: 10,
                seenBy: .wholeLocation,
                in: TaskWorld.acme
            )
        }
        #expect(told.rows.map(\.key) == ["\(TaskWorld.acme.rawValue)/2"])
        #expect(told.rows.map(\.column) == ["detail"])
        let later = try await world.store.feed(
            after: FeedPlace(changeNumber: 2),
            limit: 10,
            seenBy: .wholeLocation,
            in: TaskWorld.acme
        )
        #expect(later.changes.map(\.number) == [3])
    }

    @Test(arguments: [
        "catchUp = 99", "whileOverdue = -1", "reminder = 99", "startLocal = 9223372036854775807",
        "ruleText = 'FREQ=NEVER'", "startsInSecondPass = 2", "dueSchedule = '{}'", "isDeleted = 7",
        "dueSchedule = '{\"dueAfter\": -1, \"timeZone\": \"UTC\"}'",
    ])
    func `a series is set aside, and the others of its location go on`(change: String) async throws
    {
        let world = try await TaskWorld(in: folder, telling: told)
        for id in [10, 20] as [Int64] {
            try await world.add(
                RecurringTask.daily(id),
                [],
                clock: .through(day: 1, firingAfterHours: 5)
            )
        }
        try await world.spoil("UPDATE series SET \(change) WHERE seriesID = 10")
        let turn = try await world.turn()
        #expect(turn.taken == [20])
        #expect(turn.setAside == [10])
        #expect(try await world.turn().taken == [20])
        #expect(told.rows.map(\.key) == ["\(TaskWorld.acme.rawValue)/10"])
        let listed = try await world.store.allSeries(limit: 9, skip: 0, in: TaskWorld.acme)
        #expect(listed.records.map(\.series.id.rawValue) == [20])
    }

    @Test
    func `what a changed zone concerns is found behind rows that cannot be read`() async throws {
        let world = try await TaskWorld(in: folder, telling: told)
        try await world.add((1...3).map { TaskInstance.single($0, dueAfterHours: $0) })
        for id in [10, 20] as [Int64] {
            try await world.add(
                RecurringTask.daily(id),
                [],
                clock: .through(day: 1, firingAfterHours: 5)
            )
        }
        try await world.store.note(zoneDigests: ["Test/Town": 7, "UTC": 1])
        try await world.spoil("UPDATE task SET timeZone = '' WHERE taskID < 3")
        try await world.spoil("UPDATE series SET timeZone = 'a b' WHERE seriesID = 10")
        try await world.spoil("UPDATE zoneTable SET name = '' WHERE name = 'UTC'")
        let tasks = try await world.store.openTasks(
            after: DuePlace(
                id: Identifier(0),
                due: DueTime(at: Timestamp(microseconds: 0), in: .utc)
            ),
            limit: 1,
            in: TaskWorld.acme
        )
        #expect(tasks.map(\.id.rawValue) == [3])
        let series = try await world.store.runningSeries(
            after: Identifier(0),
            limit: 1,
            in: TaskWorld.acme
        )
        #expect(series.map(\.id.rawValue) == [20])
        #expect(try await world.store.zoneDigests() == ["Test/Town": 7])
        #expect(told.rows.map(\.table) == ["task", "task", "series", "zoneTable"])
    }

    @Test(arguments: [
        "fireAt = -9223372036854775808", "occurrenceCount = -1", "nextAt = 9223372036854775807",
        "materializedThrough = -9223372036854775808",
    ])
    func `a clock is stopped, and the others of its shard go on`(change: String) async throws {
        let world = try await TaskWorld(in: folder, telling: told)
        for id in [10, 20] as [Int64] {
            try await world.add(
                RecurringTask.daily(id),
                [],
                clock: .through(day: 1, firingAfterHours: 5)
            )
        }
        try await world.spoil("UPDATE seriesClock SET \(change) WHERE seriesID = 10")
        let turn = try await world.turn()
        #expect(turn.taken == [20])
        #expect(turn.setAside == [10])
        #expect(
            told.rows.map { "\($0.table) \($0.key)" } == ["seriesClock ve9EPM428h8vShlRW1KT/10"]
        )
        let log = try await world.rows(
            "SELECT detail FROM change WHERE kind = 2 AND actorID IS NULL",
            columnCount: 1
        )
        #expect(log.count == 1)
        #expect(log.first?.hasPrefix(#"{"clocks":[{"id":10}],"reason":"seriesClock "#) == true)
        let fires = try await world.store.nextFires()
        #expect(fires.count == 1)
    }

    @Test
    func `a clock of no shard is passed over`() async throws {
        let world = try await TaskWorld(in: folder, telling: told)
        try await world.add(.daily(10), [], clock: .through(day: 1, firingAfterHours: 5))
        try await world.spoil("UPDATE seriesClock SET shard = 9223372036854775807")
        #expect(try await world.store.nextFires() == [:])
        #expect(told.rows.map(\.table) == ["seriesClock"])
    }

    @Test(arguments: [Int64.max, .min, -1, 0])
    func `a counter goes on after the numbers in use`(value: Int64) async throws {
        let world = try await TaskWorld(in: folder, telling: told)
        try await world.add([.single(41)])
        try await world.spoil("INSERT INTO numberBlock VALUES ('task', \(value))")
        let numbers = try await world.newTasks(2)
        #expect(numbers == [42, 43])
        #expect(told.rows.map { "\($0.table) \($0.key)" } == ["numberBlock task"])
    }

    @Test(arguments: [1, 2, 41] as [Int64])
    func `a counter that was set back is raised when the database is opened`(
        value: Int64
    ) async throws {
        let world = try await TaskWorld(in: folder, telling: told)
        try await world.add([.single(41)])
        try await world.add(.daily(40), [], clock: .through(day: 1, firingAfterHours: 5))
        try await world.spoil("INSERT INTO numberBlock VALUES ('task', \(value))")
        await world.store.close()
        let later = try await TaskWorld(reopening: folder, telling: told)
        #expect(try await later.newTasks(2) == [42, 43])
        #expect(told.rows.map { "\($0.table) \($0.key)" } == ["numberBlock task"])
        #expect(
            told.rows.map(\.reason) == ["\(value) was not after the largest number in use, 41"]
        )
        await later.store.close()
    }

    @Test
    func `a counter that is right is left alone when the database is opened`() async throws {
        let world = try await TaskWorld(in: folder, telling: told)
        try await world.add([.single(41)])
        try await world.spoil("INSERT INTO numberBlock VALUES ('task', 42)")
        await world.store.close()
        let later = try await TaskWorld(reopening: folder, telling: told)
        #expect(try await later.newTasks(1) == [42])
        #expect(told.rows == [])
        await later.store.close()
    }

    @Test
    func `a counter that is set back while the database is open is raised`() async throws {
        let world = try await TaskWorld(in: folder, telling: told)
        _ = try await world.newTasks(1)
        try await world.spoil("UPDATE numberBlock SET nextNumber = 1")
        #expect(try await world.newTasks(1) == [2])
        #expect(told.rows.map { "\($0.table) \($0.key)" } == ["numberBlock task"])
    }

    @Test(arguments: [Int64.max, .min, -1])
    func `a total is counted anew`(value: Int64) async throws {
        let world = try await TaskWorld(in: folder, telling: told)
        try await world.add((1...5).map { TaskInstance.single($0) })
        try await world.spoil("UPDATE taskTotal SET total = \(value)")
        #expect(try await world.page(limit: 2).total == 5)
        #expect(told.rows.map(\.table) == ["taskTotal"])
        try await world.add([.single(6)])
        #expect(
            try await world.rows("SELECT CAST(total AS text) FROM taskTotal", columnCount: 1) == [
                "6"
            ]
        )
    }

    @Test(arguments: [Int64.max, .min, -1, 0])
    func `a location that lost its last number goes on with its log`(value: Int64) async throws {
        let world = try await TaskWorld(in: folder, telling: told)
        for id in 1...3 as ClosedRange<Int64> { try await world.add([.single(id)]) }
        try await world.spoil("UPDATE location SET changeNumber = \(value)")
        for id in 4...5 as ClosedRange<Int64> { try await world.add([.single(id)]) }
        #expect(
            try await world.rows("SELECT CAST(changeNumber AS text) FROM change", columnCount: 1)
                == ["1", "2", "3", "4", "5"]
        )
        #expect(told.rows.map { "\($0.table) \($0.key)" } == ["location ve9EPM428h8vShlRW1KT"])
    }

    @Test
    func `rows are forgotten when there are too many, and told of again`() {
        let reporter = told.reporter
        for round in 1...2 {
            for number in 0...1000 {
                reporter.note(
                    UnreadableRow(table: "task", key: "\(number)", column: "state", reason: "")
                )
            }
            #expect(told.rows.count == round * 1001)
        }
    }
}

extension TaskWorld {
    /// Changes rows as the checks would not let it.
    fileprivate func spoil(_ text: String) async throws {
        try await store.write { connection in
            try connection.execute(SQLStatement("PRAGMA ignore_check_constraints = ON"), [:])
            try connection.execute(SQLStatement(text), [:])
            try connection.execute(SQLStatement("PRAGMA ignore_check_constraints = OFF"), [:])
        }
    }

    fileprivate func page(limit: Int, skip: Int = 0) async throws -> Page<TaskEntry> {
        try await store.tasks(
            Query(order: [Ordering(.id, isAscending: true)], limit: limit, skip: skip),
            seenBy: .creator(Identifier(1)),
            in: Self.acme
        )
    }

    /// Takes up the clocks that have fired; they fire again at once.
    fileprivate func turn() async throws -> (taken: [Int64], setAside: [Int64]) {
        let taken = Taken()
        let turn = try await store.claimFired(
            inShard: Self.acme.shard,
            at: Timestamp(seconds: 1_704_067_200 + 6 * 3600),
            limit: 9
        ) { snapshot, _ in
            taken.note(snapshot.series.id.rawValue)
            var clock = snapshot.clock
            clock.materializedThrough = clock.materializedThrough.advanced(bySeconds: 1)
            let setting = ClockSetting(seriesID: snapshot.series.id, clock: clock)
            return ChangePlan(.materialized, clocks: [setting])
        }
        let setAside = turn.troubles.compactMap { trouble in
            if case .setAside(let address, _) = trouble { address.seriesID.rawValue } else { nil }
        }
        return (taken.numbers, setAside)
    }

    fileprivate func newTasks(_ count: Int) async throws -> [Int64] {
        let taken = Taken()
        _ = try await store.create(References(), by: Self.ana, at: Self.now) { _, numbers in
            let tasks = try (0..<count).map { _ in
                let id: Identifier<TaskInstance> = try numbers.next()
                taken.note(id.rawValue)
                return Replacement(after: TaskInstance.single(id.rawValue))
            }
            return ChangePlan(.created, tasks: tasks)
        }
        return taken.numbers
    }
}
