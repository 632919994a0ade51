import DatabaseTestSupport
import Recurrence
import Tasks
import TestSupport
import Testing

@testable import Storage

@Suite
struct TaskChangeTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private struct Refused: Error {}

    /// Changes a task by the plan that the closure makes of the snapshot.
    private func change(
        _ id: Int64,
        extent: Extent = .thisAndFollowing,
        in world: TaskWorld,
        _ decide: @escaping @Sendable (SeriesSnapshot) throws -> ChangePlan
    ) async throws -> TaskEntry? {
        try await world.store.change(
            Identifier(id),
            where: .all([]),
            extent: extent,
            references: References(),
            by: TaskWorld.ana,
            at: TaskWorld.now,
            takingUp: TaskWorld.nothing
        ) { snapshot, _, _ in try decide(snapshot) }
    }

    @Test
    func `a task is read as it was made`() async throws {
        let world = try await TaskWorld(in: folder)
        var task = TaskInstance.single(1)
        task.template = TaskTemplate(
            title: "Ring \u{1F600}",
            body: "\"\\\n\u{7}",
            assigneeID: Identifier(2),
            contactID: Identifier(3),
            categoryID: Identifier(1),
            reminder: .agentTextMessage,
            isAllDay: true,
            notifiesAssignee: false
        )
        task.creatorID = nil
        task.state = .completed
        try await world.add([task])
        #expect(try await world.task(1) == TaskEntry(task: task, ruleText: nil))
    }

    @Test
    func `a task of a series has its wording and rule from there`() async throws {
        let world = try await TaskWorld(in: folder)
        var series = try RecurringTask.daily(10)
        let task = TaskInstance.ofSeries(series, id: 11, day: 1)
        try await world.add(series, [task], clock: .through(day: 1, firingAfterHours: 1))
        #expect(try await world.task(11) == TaskEntry(task: task, ruleText: "FREQ=DAILY"))
        #expect(
            try await world.rows("SELECT title, body FROM task", columnCount: 2) == ["|"]
        )
        let before = series
        series.template.title = "Feed the cat"
        _ = try await change(11, in: world) { [series] _ in
            ChangePlan(.updated, series: [Replacement(before: before, after: series)])
        }
        #expect(try await world.task(11)?.task.template.title == "Feed the cat")
    }

    @Test
    func `a change of one task leaves the others of its series alone`() async throws {
        let world = try await TaskWorld(in: folder)
        let series = try RecurringTask.daily(10)
        let tasks = (1...3).map { TaskInstance.ofSeries(series, id: 10 + $0, day: $0) }
        try await world.add(series, tasks, clock: nil)
        var changed = tasks[1]
        changed.inheritsWording = false
        changed.template.title = "Only today"
        changed.state = .completed
        let entry = try await change(12, extent: .thisOne, in: world) { [tasks, changed] snapshot in
            #expect(snapshot == SeriesSnapshot(task: tasks[1], series: series, tasks: [tasks[1]]))
            return ChangePlan(.updated, tasks: [Replacement(before: tasks[1], after: changed)])
        }
        #expect(
            entry == TaskEntry(task: changed, ruleText: "FREQ=DAILY", overrides: .title)
        )
        #expect(try await world.task(11)?.task == tasks[0])
        #expect(try await world.task(13)?.task == tasks[2])
    }

    @Test(arguments: [(Extent.thisAndFollowing, [12, 13]), (.all, [11, 12, 13])])
    func `an extent takes in the tasks from the slot on, or all`(
        extent: Extent,
        expected: [Int64]
    ) async throws {
        let world = try await TaskWorld(in: folder)
        let series = try RecurringTask.daily(10)
        let clock = SeriesClock.through(day: 3, firingAfterHours: 1)
        var tasks = (1...3).map { TaskInstance.ofSeries(series, id: 10 + $0, day: $0) }
        // Tasks are in the order of their slots, even if a due time was moved.
        tasks[2].due = tasks[0].due
        try await world.add(series, tasks, clock: clock)
        _ = try await change(12, extent: extent, in: world) { snapshot in
            #expect(snapshot.series == series)
            #expect(snapshot.clock == clock)
            #expect(snapshot.tasks.map(\.id.rawValue) == expected)
            return ChangePlan(.updated)
        }
    }

    @Test
    func `tasks that take each other's slots do not collide on the way`() async throws {
        let world = try await TaskWorld(in: folder)
        let series = try RecurringTask.daily(10)
        let tasks = (1...5).map { TaskInstance.ofSeries(series, id: 10 + $0, day: $0) }
        try await world.add(series, tasks, clock: nil)
        var moved = tasks
        // The first two exchange their slots. The third gives its slot to a new task. The others
        // move on by a day.
        (moved[0].slot, moved[1].slot) = (tasks[1].slot, tasks[0].slot)
        moved[2].slot = nil
        moved[2].inheritsWording = false
        moved[3].slot = tasks[4].slot
        moved[4].slot = TaskInstance.ofSeries(series, id: 0, day: 6).slot
        let made = TaskInstance.ofSeries(series, id: 20, day: 3)
        _ = try await change(11, in: world) { [moved] _ in
            let changes = zip(tasks, moved).map { Replacement(before: $0, after: $1) }
            return ChangePlan(.updated, tasks: [Replacement(after: made)] + changes)
        }
        for task in moved + [made] {
            #expect(try await world.task(task.id.rawValue)?.task == task)
        }
    }

    @Test
    func `a task that another writer made for the slot is not overwritten`() async throws {
        let world = try await TaskWorld(in: folder)
        let series = try RecurringTask.daily(10)
        let task = TaskInstance.ofSeries(series, id: 11, day: 1)
        try await world.add(series, [task], clock: nil)
        await #expect(
            throws: SQLError.uniquenessViolated(
                table: "task",
                columns: ["shard", "locationID", "seriesID", "recurrenceID", "slotContactID"]
            )
        ) {
            try await world.add([TaskInstance.ofSeries(series, id: 12, day: 1)])
        }
        #expect(try await world.task(12) == nil)
    }

    @Test
    func `a plan that changes nothing takes no change number`() async throws {
        let world = try await TaskWorld(in: folder)
        try await world.add([.single(1)])
        #expect(
            try await change(1, in: world) { _ in ChangePlan(.updated) }?.task == .single(1)
        )
        #expect(
            try await world.rows(
                "SELECT CAST(changeNumber AS TEXT) FROM change",
                columnCount: 1
            ) == ["1"]
        )
    }

    @Test
    func `a change that is refused leaves nothing behind`() async throws {
        let world = try await TaskWorld(in: folder)
        try await world.add([.single(1)])
        await #expect(throws: Refused.self) {
            try await change(1, in: world) { _ in throw Refused() }
        }
        await #expect(throws: UnknownLocation.self) {
            try await world.add([.single(2)], in: LocationID("nowhere"))
        }
        #expect(try await world.rows("SELECT '' FROM change", columnCount: 1).count == 1)
        #expect(try await world.rows("SELECT '' FROM task", columnCount: 1).count == 1)
    }

    @Test
    func `a task that is missing or does not match the predicate decides nothing`() async throws {
        let world = try await TaskWorld(in: folder)
        try await world.add([.single(1)])
        for (id, title) in [(1, "Another"), (2, "Task 2")] as [(Int64, String)] {
            let entry = try await world.store.change(
                Identifier(id),
                where: .isOneOf(.title, [.text(title)]),
                extent: .all,
                references: References(),
                by: TaskWorld.ana,
                at: TaskWorld.now,
                takingUp: TaskWorld.nothing
            ) { _, _, _ in throw Refused() }
            #expect(entry == nil)
        }
    }

    @Test
    func `a location sees and changes nothing of another's`() async throws {
        let world = try await TaskWorld(in: folder)
        let series = try RecurringTask.daily(10)
        let task = TaskInstance.ofSeries(series, id: 11, day: 1)
        try await world.add(series, [task], clock: .through(day: 1, firingAfterHours: 1))
        let other = TaskWorld.other
        for viewer in [Viewer.wholeLocation, .creator(Identifier(1))] {
            let store = world.store
            #expect(
                try await store.task(task.id, where: .all([]), seenBy: viewer, in: other) == nil
            )
            #expect(try await store.tasks(Query(limit: 9), seenBy: viewer, in: other).total == 0)
            #expect(try await store.origins(Query(limit: 9), seenBy: viewer, in: other).total == 0)
            let unstored = try await store.seriesWithOccurrences(
                upTo: Timestamp(seconds: 1 << 40),
                seenBy: viewer,
                in: other
            )
            #expect(unstored.isEmpty)
        }
        let entry = try await world.store.change(
            task.id,
            where: .all([]),
            extent: .all,
            references: References(),
            by: Actor(locationID: other, userID: Identifier(1)),
            at: TaskWorld.now,
            takingUp: TaskWorld.nothing
        ) { _, _, _ in throw Refused() }
        #expect(entry == nil)
        let address = SeriesAddress(locationID: other, seriesID: series.id)
        let madeCount = try await world.store.materialize(
            address,
            on: .comingDue,
            at: TaskWorld.now
        ) { _, _, _, _ in
            throw Refused()
        }
        #expect(madeCount == 0)
        #expect(try await world.rows("SELECT '' FROM seriesClock", columnCount: 1).count == 1)
    }

    @Test
    func `a creator sees no one else's tasks`() async throws {
        let world = try await TaskWorld(in: folder)
        var orphan = TaskInstance.single(2)
        orphan.creatorID = nil
        try await world.add([.single(1), orphan])
        let store = world.store
        for (user, expected) in [(1, [1]), (2, [])] as [(Int64, [Int64])] {
            let viewer = Viewer.creator(Identifier(user))
            let page = try await store.tasks(Query(limit: 9), seenBy: viewer, in: TaskWorld.acme)
            #expect(page.records.map(\.task.id.rawValue) == expected)
            let orphan = try await store.task(
                Identifier(2),
                where: .all([]),
                seenBy: viewer,
                in: TaskWorld.acme
            )
            #expect(orphan == nil)
        }
    }
}
