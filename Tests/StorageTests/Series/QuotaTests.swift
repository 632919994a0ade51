import DatabaseTestSupport
import Recurrence
import SystemZones
import Tasks
import TestSupport
import Testing

@testable import Storage

/// A location stores no more than its quotas allow, and others do not notice.
@Suite
struct QuotaTests {
    private let folder: TemporaryFolder
    private static let other = Actor(locationID: TaskWorld.other, userID: nil)

    init() throws {
        folder = try TemporaryFolder()
    }

    // MARK: - Looking ahead

    @Test(arguments: [
        LocationQuotas(openTaskLimit: 367 + 100), LocationQuotas(hourlyTaskLimit: 367 + 100),
    ])
    func `a reader who looks ahead makes as much as is left, and no more`(
        quotas: LocationQuotas
    ) async throws {
        let world = try await TaskWorld(in: folder, quotas: quotas)
        let now = TaskWorld.time(day: 1, hour: 8)
        let draft = TaskDraft(
            template: TaskTemplate(title: "Call", assigneeID: Identifier(1)),
            due: WallClockTime(at: TaskWorld.time(day: 1), in: .utc),
            rule: try SeriesRule(parsing: "FREQ=DAILY")
        )
        _ = try await world.tasks.create(draft, by: TaskWorld.ana, at: now)
        func look(_ days: Int) async throws {
            try await world.tasks.lookAhead(
                for: .compares(.dueAt, .less, .timestamp(now.advanced(by: .days(days)))),
                seenBy: .wholeLocation,
                in: TaskWorld.acme,
                at: now
            )
        }
        await #expect(throws: LookAheadRefused.self) { try await look(2000) }
        let limit = quotas.openTaskLimit ?? 367 + 467
        #expect(try await world.slots().count == limit)
        // What there is may be looked at.
        try await look(400)
    }

    // MARK: - Series

    @Test
    func `a series beyond the limit is refused, and nothing of it is stored`() async throws {
        let world = try await TaskWorld(in: folder, quotas: LocationQuotas(seriesLimit: 2))
        for _ in 0..<2 { try await world.beginSeries() }
        let before = try await world.log()
        await #expect(throws: QuotaExceeded.series(limit: 2)) { try await world.beginSeries() }
        #expect(try await world.log() == before)
        try await world.beginSeries(by: Self.other)
    }

    @Test
    func `a series that ended makes room for another`() async throws {
        let world = try await TaskWorld(in: folder, quotas: LocationQuotas(seriesLimit: 2))
        let first = try await world.beginSeries()
        try await world.beginSeries()
        try await world.series.delete(first, by: TaskWorld.token, at: TaskWorld.time(day: 1))
        try await world.beginSeries()
        await #expect(throws: QuotaExceeded.series(limit: 2)) { try await world.beginSeries() }
    }

    @Test
    func `a series is edited and split at the limit`() async throws {
        let world = try await TaskWorld(in: folder, quotas: LocationQuotas(seriesLimit: 1))
        let draft = TaskDraft(
            template: TaskTemplate(title: "Call", assigneeID: Identifier(1)),
            due: WallClockTime(at: TaskWorld.time(day: 1), in: .utc),
            rule: try SeriesRule(parsing: "FREQ=DAILY")
        )
        let now = TaskWorld.time(day: 1, hour: 8)
        _ = try await world.tasks.create(draft, by: TaskWorld.ana, at: now)
        let third = try await world.rows(
            "SELECT taskID || '' FROM task ORDER BY recurrenceID LIMIT 1 OFFSET 2",
            columnCount: 1
        )
        _ = try await world.tasks.update(
            Identifier(try #require(Int64(third[0]))),
            with: TaskEdit(
                due: .set(WallClockTime(at: TaskWorld.time(day: 3, hour: 11), in: .utc))
            ),
            extent: .thisAndFollowing,
            seenBy: .wholeLocation,
            by: TaskWorld.ana,
            at: now
        )
        let series = try await world.rows("SELECT seriesID || '' FROM series", columnCount: 1)
        #expect(series.count == 2)
        await #expect(throws: QuotaExceeded.series(limit: 1)) {
            _ = try await world.tasks.create(draft, by: TaskWorld.ana, at: now)
        }
    }

    // MARK: - Open tasks

    @Test
    func `an open task beyond the limit is refused until one is completed`() async throws {
        let world = try await TaskWorld(in: folder, quotas: LocationQuotas(openTaskLimit: 2))
        let first = try await world.createTask()
        try await world.createTask()
        let refusal = QuotaExceeded.openTasks(limit: 2)
        await #expect(throws: refusal) { try await world.createTask() }
        try await world.set(first, to: .completed)
        try await world.createTask()
        await #expect(throws: refusal) { try await world.set(first, to: .open) }
        try await world.createTask(state: .completed)
    }

    @Test
    func `what comes due waits while too many tasks are open, and is then made once`() async throws
    {
        let world = try await TaskWorld(in: folder, quotas: LocationQuotas(openTaskLimit: 2))
        try await world.beginSeries()
        try await world.beginSeries(by: Self.other)
        let single = try await world.createTask()
        try await world.createTask()
        #expect(try await world.takeTurns(at: TaskWorld.time(day: 1)) == 1)
        try await world.set(single, to: .completed)
        // A location in which nothing could be done is tried again after a while.
        let later = TaskWorld.time(day: 1).advanced(by: BackOffTime.longest)
        #expect(try await world.takeTurns(at: later) == 1)
        #expect(try await world.slots() == ["day 1 for 0: 3", "day 1 for 0: 3"])
    }

    // MARK: - Tasks in an hour

    @Test
    func `a task beyond those of the hour is refused until the next hour`() async throws {
        let world = try await TaskWorld(in: folder, quotas: LocationQuotas(hourlyTaskLimit: 2))
        let now = TaskWorld.time(day: 1).advanced(by: .seconds(3000))
        for _ in 0..<2 { try await world.createTask(at: now) }
        let refusal = QuotaExceeded.hourlyTasks(limit: 2, retryAfterSeconds: 600)
        await #expect(throws: refusal) { try await world.createTask(at: now) }
        try await world.createTask(by: Self.other, at: now)
        try await world.createTask(at: now.advanced(by: .seconds(600)))
    }

    @Test
    func `what comes due beyond the hour's tasks comes in the next hours, each once`() async throws
    {
        let world = try await TaskWorld(in: folder, quotas: LocationQuotas(hourlyTaskLimit: 2))
        for _ in 0..<5 { try await world.beginSeries() }
        try await world.beginSeries(by: Self.other)
        var made: [Int] = []
        for hour in 9..<12 as Range<Int64> {
            made.append(try await world.takeTurns(at: TaskWorld.time(day: 1, hour: hour)))
        }
        #expect(made == [3, 2, 1])
        #expect(try await world.slots() == Array(repeating: "day 1 for 0: 3", count: 6))
    }

    @Test
    func `who looks ahead takes nothing of the hour from who writes`() async throws {
        let quotas = LocationQuotas(hourlyTaskLimit: 1)
        let keeper = QuotaKeeper(quotas)
        let location = LocationID("bakery")
        let use = QuotaKeeper.Use(seriesCount: { 0 }, openTaskCount: { 0 })
        keeper.note(1, madeIn: location, on: .lookingAhead, at: TaskWorld.now)
        #expect(throws: LookAheadRefused.self) {
            try keeper.taskAllowance(in: location, on: .lookingAhead, at: TaskWorld.now, use: use)
        }
        #expect(
            try keeper.taskAllowance(in: location, on: .comingDue, at: TaskWorld.now, use: use) == 1
        )
    }

    @Test
    func `a change that fails counts nothing`() async throws {
        let world = try await TaskWorld(in: folder, quotas: LocationQuotas(hourlyTaskLimit: 1))
        let nobody = Actor(locationID: LocationID("nowhere"), userID: nil)
        await #expect(throws: UnknownLocation.self) { try await world.createTask(by: nobody) }
        try await world.execute("UPDATE location SET deletedAt = 1 WHERE locationID <> ''")
        await #expect(throws: UnknownLocation.self) { try await world.createTask() }
        try await world.execute("UPDATE location SET deletedAt = NULL WHERE locationID <> ''")
        try await world.createTask()
    }

    // MARK: - Spacing

    @Test(
        arguments: [
            ("FREQ=HOURLY", nil), ("FREQ=DAILY", nil), ("FREQ=MINUTELY;INTERVAL=60", nil),
            ("FREQ=SECONDLY", 1), ("FREQ=MINUTELY;INTERVAL=59", 3540),
            ("FREQ=DAILY;BYHOUR=9,17;BYMINUTE=0,30", 1800),
            ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24;BYHOUR=9;BYMINUTE=0,1", 60),
            ("FREQ=SECONDLY;COUNT=1", nil), ("FREQ=SECONDLY;COUNT=2", 1),
        ] as [(String, Int64?)]
    )
    func `a rule whose occurrences come too close is refused`(
        rule: String,
        spacing: Int64?
    ) async throws {
        let world = try await TaskWorld(in: folder, quotas: LocationQuotas(minimumSpacing: 3600))
        let refusal = spacing.map { QuotaExceeded.spacing(seconds: $0, minimum: 3600) }
        #expect(await world.refusal { _ = try await world.beginSeries(rule) } == refusal)
        let daily = try await world.beginSeries()
        #expect(
            await world.refusal {
                _ = try await world.series.update(
                    daily,
                    with: SeriesEdit(recurrence: .set(try TaskWorld.recurrence(rule))),
                    by: TaskWorld.token,
                    at: TaskWorld.time(day: 1)
                )
            } == refusal
        )
    }

    @Test
    func `a dense series from before keeps its rule`() async throws {
        let before = try await TaskWorld(in: folder)
        let id = try await before.beginSeries("FREQ=MINUTELY")
        await before.store.close()
        let store = try await TestStore.forTest(in: folder)
            .holdingLocations(to: LocationQuotas(minimumSpacing: 3600))
        let series = SeriesCommands(store: store, zones: SystemZones())
        _ = try await series.update(
            id,
            with: SeriesEdit(
                title: .set("Again"),
                recurrence: .set(try TaskWorld.recurrence("FREQ=MINUTELY;INTERVAL=2"))
            ),
            by: TaskWorld.token,
            at: TaskWorld.time(day: 1)
        )
        await store.close()
    }
}

extension TaskWorld {
    fileprivate var tasks: TaskCommands<TestStore, SystemZones> {
        TaskCommands(store: store, zones: SystemZones())
    }

    /// Begins a series whose first occurrence is at nine on the first of January.
    @discardableResult
    fileprivate func beginSeries(
        _ rule: String = "FREQ=DAILY",
        by actor: Actor = token
    ) async throws -> Identifier<RecurringTask> {
        var draft = Self.draft(recurrence: try Self.recurrence(rule))
        draft.makesFirstTasks = false
        return try await series.create(draft, by: actor, at: Self.time(day: 1, hour: 8)).series.id
    }

    @discardableResult
    fileprivate func createTask(
        state: TaskState = .open,
        by actor: Actor = token,
        at now: Timestamp = time(day: 1, hour: 8)
    ) async throws -> Identifier<TaskInstance> {
        let draft = TaskDraft(
            template: TaskTemplate(title: "Call"),
            due: WallClockTime(at: Self.time(day: 9), in: .utc),
            state: state
        )
        return try await tasks.create(draft, by: actor, at: now).entry.task.id
    }

    fileprivate func set(_ id: Identifier<TaskInstance>, to state: TaskState) async throws {
        _ = try await tasks.update(
            id,
            with: TaskEdit(state: .set(state)),
            extent: .thisOne,
            seenBy: .wholeLocation,
            by: Self.token,
            at: Self.time(day: 1, hour: 8)
        )
    }

    /// The quota for which a command is refused; none if it is carried out.
    fileprivate func refusal(_ command: () async throws -> Void) async -> QuotaExceeded? {
        do {
            try await command()
            return nil
        } catch {
            return error as? QuotaExceeded
        }
    }
}
