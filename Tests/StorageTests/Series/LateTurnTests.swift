import DatabaseTestSupport
import Recurrence
import Tasks
import TestSupport
import Testing

@testable import Storage

/// What is asked of a series after an occurrence has come and before the scheduler's turn.
@Suite
struct LateTurnTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// A series of every day at nine, made on the first, and of which the second's turn is late.
    private func begun(
        contacts: [Int64] = []
    ) async throws -> (TaskWorld, Identifier<RecurringTask>) {
        let world = try await TaskWorld(in: folder)
        let entry = try await world.series.create(
            TaskWorld.draft(contacts: contacts, recurrence: try TaskWorld.recurrence()),
            by: TaskWorld.token,
            at: TaskWorld.time(day: 1)
        )
        return (world, entry.series.id)
    }

    private func secondDay(late seconds: Int) -> Timestamp {
        TaskWorld.time(day: 2).advanced(by: .seconds(seconds))
    }

    @Test(arguments: [0, 1, 59, 7200])
    func `an edit with the same schedule leaves out nothing that has come`(
        seconds: Int
    ) async throws {
        let (world, id) = try await begun()
        let entry = try await world.series.update(
            id,
            with: SeriesEdit(recurrence: .set(try TaskWorld.recurrence())),
            by: TaskWorld.token,
            at: secondDay(late: seconds)
        )
        #expect(entry.clock?.occurrenceCount == 2)
        #expect(entry.clock?.fireAt == TaskWorld.time(day: 3))
        #expect(try await world.slots() == ["day 1 for 0: 3", "day 2 for 0: 3"])
        // What came is logged as the scheduler's, and then the edit.
        #expect(try await world.log() == ["1 - 1", "2 - 4", "3 - 2"])
        #expect(try await world.takeTurns(at: secondDay(late: seconds)) == 0)
    }

    @Test
    func `what had come says what the series said when it came`() async throws {
        let (world, id) = try await begun(contacts: [1, 2])
        _ = try await world.series.update(
            id,
            with: SeriesEdit(title: .set("Visit"), contactIDs: .set([Identifier(2)])),
            by: TaskWorld.token,
            at: secondDay(late: 5)
        )
        try await world.takeTurns(at: TaskWorld.time(day: 3))
        let tasks = try await world.rows(
            """
            SELECT title || ' ' || slotContactID FROM task ORDER BY recurrenceID, slotContactID
            """,
            columnCount: 1
        )
        #expect(tasks == ["Call 1", "Call 2", "Call 1", "Call 2", "Visit 2"])
    }

    @Test
    func `a series that is deleted makes first what has come`() async throws {
        let (world, id) = try await begun()
        try await world.series.delete(id, by: TaskWorld.token, at: secondDay(late: 5))
        #expect(try await world.slots() == ["day 1 for 0: 3", "day 2 for 0: 3"])
        #expect(try await world.takeTurns(at: TaskWorld.time(day: 3)) == 0)
    }

    @Test
    func `an edit that is refused makes nothing`() async throws {
        let (world, id) = try await begun()
        await #expect(throws: TaskRefusal.self) {
            _ = try await world.series.update(
                id,
                with: SeriesEdit(contactIDs: .set([Identifier(999)])),
                by: TaskWorld.token,
                at: secondDay(late: 5)
            )
        }
        #expect(try await world.slots() == ["day 1 for 0: 3"])
        #expect(try await world.takeTurns(at: secondDay(late: 5)) == 1)
    }

    @Test(arguments: [
        TaskEdit(rule: .set(try SeriesRule(parsing: "FREQ=DAILY;INTERVAL=2"))),
        TaskEdit(rule: .set(nil)),
        TaskEdit(title: .set("Visit")),
    ])
    func `an edit of a task and what follows leaves out nothing that has come`(
        edit: TaskEdit
    ) async throws {
        let (world, id) = try await begun()
        let first = try await world.firstTask(of: id)
        _ = try await world.tasks.update(
            first,
            with: edit,
            extent: .thisAndFollowing,
            seenBy: .wholeLocation,
            by: TaskWorld.token,
            at: secondDay(late: 5)
        )
        let isEnded = edit.rule == .set(nil)
        // It is one of those that follow, so it takes the edit.
        #expect(
            try await world.slots() == ["day 1 for 0: 3", "day 2 for 0: \(isEnded ? 2 : 3)"]
        )
    }

    @Test(arguments: [Extent.thisAndFollowing, .all])
    func `a deletion of what follows a task reaches what has come`(extent: Extent) async throws {
        let (world, id) = try await begun()
        let first = try await world.firstTask(of: id)
        _ = try await world.tasks.delete(
            first,
            extent: extent,
            seenBy: .wholeLocation,
            by: TaskWorld.token,
            at: secondDay(late: 5)
        )
        #expect(try await world.slots() == ["day 1 for 0: 2", "day 2 for 0: 2"])
        #expect(try await world.takeTurns(at: TaskWorld.time(day: 3)) == 0)
    }

    @Test
    func `a series that had lost its contacts makes nothing of that time`() async throws {
        let (world, id) = try await begun(contacts: [1])
        try await world.delete(contact: 1)
        _ = try await world.series.update(
            id,
            with: SeriesEdit(contactIDs: .set([Identifier(2)])),
            by: TaskWorld.token,
            at: secondDay(late: 5)
        )
        try await world.takeTurns(at: TaskWorld.time(day: 3))
        #expect(try await world.slots() == ["day 1 for 1: 3", "day 3 for 2: 3"])
    }

    @Test(arguments: 1...40)
    func `whenever turns and edits come, what is made is what a scheduler without delay makes`(
        seed: UInt64
    ) async throws {
        let late = try await TaskWorld(in: folder)
        let otherFolder = try TemporaryFolder()
        let punctual = try await TaskWorld(in: otherFolder)
        var script = EditScript(seed: seed)
        for edit in try script.edits() {
            try await punctual.takeTurnsInTime(until: edit.time)
            try await edit.make(in: punctual)
            if edit.turnComesBefore { try await late.takeTurns(at: edit.time) }
            try await edit.make(in: late)
        }
        let end = TaskWorld.time(day: 12)
        try await punctual.takeTurnsInTime(until: end)
        try await late.takeTurns(at: end)
        let made = try await punctual.slots()
        #expect(try await late.slots() == made, "seed \(seed)")
        #expect(try await late.clocks() == punctual.clocks(), "seed \(seed)")
    }
}

/// Edits of one series at random times, the first of which creates it.
private struct EditScript {
    private var random: SplitMix64

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
    }

    mutating func edits() throws -> [TimedEdit] {
        var schedule = try schedule()
        var time = TaskWorld.time(day: 1)
        var edits = [TimedEdit(time: time, turnComesBefore: true, what: .create(schedule))]
        for _ in 0..<6 {
            time = time.advanced(by: .seconds(Int.random(in: 1...130_000, using: &random)))
            if Int.random(in: 0..<3, using: &random) == 0 { schedule = try self.schedule() }
            edits.append(
                TimedEdit(
                    time: time,
                    turnComesBefore: Bool.random(using: &random),
                    what: random.pick([
                        .update(SeriesEdit(recurrence: .set(schedule))),
                        .update(SeriesEdit(recurrence: .set(schedule), makesFirstTasks: true)),
                        .update(SeriesEdit(title: .set("Visit"))),
                        .update(
                            SeriesEdit(
                                contactIDs: .set(
                                    random.pick([
                                        [], [Identifier(1)], [Identifier(2), Identifier(1)],
                                    ])
                                )
                            )
                        ),
                        .updateFollowing(TaskEdit(title: .set("Meet"))),
                        .updateFollowing(TaskEdit(rule: .set(schedule.rule))),
                        random.pick([.delete, .deleteFollowing, .update(SeriesEdit())]),
                    ])
                )
            )
        }
        return edits
    }

    private mutating func schedule() throws -> DueRecurrence {
        try TaskWorld.recurrence(
            random.pick([
                "FREQ=DAILY", "FREQ=HOURLY;INTERVAL=5", "FREQ=DAILY;COUNT=4",
                "FREQ=HOURLY;INTERVAL=31", "FREQ=DAILY;BYHOUR=9,17",
            ]),
            from: random.pick([1, 1, 2, 4]),
            whileOverdue: random.pick([.create, .skip])
        )
    }
}

/// An edit, and whether the scheduler's turn comes before it where that is late.
private struct TimedEdit {
    enum What {
        case create(DueRecurrence)
        case update(SeriesEdit)
        case updateFollowing(TaskEdit)
        case delete
        case deleteFollowing
    }

    var time: Timestamp
    var turnComesBefore: Bool
    var what: What

    /// Makes the edit; of a series that is deleted nothing becomes any more.
    func make(in world: TaskWorld) async throws {
        let id = Identifier<RecurringTask>(1)
        let commands = SeriesCommands(store: world.store, zones: TestZones(), catchUp: .all)
        do {
            switch what {
            case .create(let recurrence):
                let draft = TaskWorld.draft(contacts: [1, 2], recurrence: recurrence)
                let entry = try await commands.create(draft, by: TaskWorld.token, at: time)
                #expect(entry.series.id == id)
            case .update(let edit):
                _ = try await commands.update(id, with: edit, by: TaskWorld.token, at: time)
            case .updateFollowing(let edit):
                _ = try await world.tasks.update(
                    world.firstTask(of: id),
                    with: edit,
                    extent: .thisAndFollowing,
                    seenBy: .wholeLocation,
                    by: TaskWorld.token,
                    at: time
                )
            case .delete: try await commands.delete(id, by: TaskWorld.token, at: time)
            case .deleteFollowing:
                _ = try await world.tasks.delete(
                    world.firstTask(of: id),
                    extent: .thisAndFollowing,
                    seenBy: .wholeLocation,
                    by: TaskWorld.token,
                    at: time
                )
            }
        } catch TaskRefusal.notFound {}
    }
}

extension TaskWorld {
    fileprivate var tasks: TaskCommands<TestStore, TestZones> {
        TaskCommands(store: store, zones: TestZones())
    }

    fileprivate func firstTask(
        of id: Identifier<RecurringTask>
    ) async throws -> Identifier<TaskInstance> {
        let text = try await rows(
            """
            SELECT taskID || '' FROM task WHERE seriesID = \(id.rawValue)
            ORDER BY recurrenceID, slotContactID LIMIT 1
            """,
            columnCount: 1
        )
        return Identifier(try #require(text.first.flatMap { Int64($0) }))
    }

    /// Takes turns at the very instants at which clocks fire.
    fileprivate func takeTurnsInTime(until end: Timestamp) async throws {
        while let fireAt = try await store.nextFires().values.min(), fireAt <= end {
            try await takeTurns(at: fireAt)
        }
    }

    /// The clocks of series: when each fires, and how many occurrences were carried out.
    fileprivate func clocks() async throws -> [String] {
        try await rows(
            """
            SELECT seriesID || ' ' || COALESCE(CAST(fireAt AS text), '-') || ' ' || occurrenceCount
            FROM seriesClock ORDER BY seriesID
            """,
            columnCount: 1
        )
    }
}
