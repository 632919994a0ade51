import DatabaseTestSupport
import Recurrence
import Tasks
import TestSupport
import Testing

@testable import Storage

/// Series by their own numbers, with the real planner and the real engine.
@Suite
struct SeriesStoreTests {
    private let folder: TemporaryFolder
    private let now = TaskWorld.time(day: 3, hour: 10)

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test
    func `a series is read as it was made`() async throws {
        let world = try await TaskWorld(in: folder)
        var recurrence = try TaskWorld.recurrence("FREQ=WEEKLY;BYDAY=MO;COUNT=9")
        recurrence.occurrenceLimit = 7
        recurrence.whileOverdue = .skip
        let made = try await world.series.create(
            TaskWorld.draft(contacts: [4, 1], owners: [3, 2], recurrence: recurrence),
            by: TaskWorld.token,
            at: now
        )
        #expect(try await world.series.series(made.series.id, in: TaskWorld.acme) == made)
        let series = made.series
        #expect(series.creatorID == Identifier(3))
        #expect(series.rule == recurrence.rule)
        #expect(series.missedWork == MissedWork(catchUp: .latest, whileOverdue: .skip))
        #expect(
            series.dueSchedule
                == DueSchedule(
                    dueAfter: 600,
                    timeZone: "UTC",
                    occurrenceLimit: 7,
                    contactIDs: [Identifier(4), Identifier(1)],
                    ownerIDs: [Identifier(3), Identifier(2)],
                    wording: recurrence.wording
                )
        )
        #expect(
            made.clock
                == SeriesClock(
                    materializedThrough: recurrence.start.local,
                    nextAt: TaskWorld.time(day: 8),
                    fireAt: TaskWorld.time(day: 8),
                    occurrenceCount: 1
                )
        )
        #expect(try world.series.occurrenceCount(of: made, at: now) == 1)
        #expect(try await world.slots() == ["day 1 for 1: 3", "day 1 for 4: 3"])
        #expect(try await world.log() == ["1 - 1"])
    }

    @Test
    func `series are listed by age, a page at a time, and deleted ones are not`() async throws {
        let world = try await TaskWorld(in: folder)
        var ids: [Identifier<RecurringTask>] = []
        for title in ["A", "B", "C", "D"] {
            let draft = TaskWorld.draft(title, recurrence: try TaskWorld.recurrence())
            ids.append(
                try await world.series.create(draft, by: TaskWorld.token, at: now).series.id
            )
        }
        _ = try await TaskCommands(store: world.store, zones: TestZones()).create(
            TaskDraft(
                template: TaskTemplate(title: "Ahead"),
                due: WallClockTime(at: now, in: .utc),
                rule: try SeriesRule(parsing: "FREQ=DAILY;COUNT=2")
            ),
            by: TaskWorld.ana,
            at: now
        )
        try await world.series.delete(ids[1], by: TaskWorld.token, at: now)
        func page(_ limit: Int, _ skip: Int) async throws -> [String] {
            let page = try await world.series.allSeries(
                limit: limit,
                skip: skip,
                in: TaskWorld.acme
            )
            #expect(page.total == 4)
            return page.records.map(\.series.template.title)
        }
        #expect(try await page(10, 0) == ["A", "C", "D", "Ahead"])
        #expect(try await page(2, 1) == ["C", "D"])
        #expect(try await page(2, 4) == [])
        let clocks = try await world.series.allSeries(limit: 9, skip: 0, in: TaskWorld.acme)
            .records.map { $0.clock?.occurrenceCount }
        #expect(clocks == [1, 1, 1, nil])
    }

    @Test
    func `a series is changed and deleted, and the log tells of each change`() async throws {
        let world = try await TaskWorld(in: folder)
        let made = try await world.series.create(
            TaskWorld.draft(recurrence: try TaskWorld.recurrence()),
            by: TaskWorld.token,
            at: now
        )
        let id = made.series.id
        let edit = SeriesEdit(title: .set("Visit"), contactIDs: .set([Identifier(5)]))
        let changed = try await world.series.update(id, with: edit, by: TaskWorld.token, at: now)
        #expect(changed.series.template.title == "Visit")
        #expect(changed.clock == made.clock)
        #expect(try await world.series.series(id, in: TaskWorld.acme) == changed)
        // The same edit again changes nothing and is not logged.
        #expect(
            try await world.series.update(id, with: edit, by: TaskWorld.token, at: now) == changed
        )
        #expect(try await world.log() == ["1 - 1", "2 - 2"])
        let detail = try await world.rows(
            "SELECT detail FROM change WHERE changeNumber = 2",
            columnCount: 1
        )
        let schedule = { (contacts: String) in
            #"\"contactIDs\":[\#(contacts)],\"ownerIDs\":[]"#
        }
        let parts = try #require(detail.first)
        #expect(parts.hasPrefix(#"{"series":[{"id":1,"before":{"title":"Call","#))
        #expect(parts.contains(schedule("")))
        #expect(parts.contains(schedule("5")))
        #expect(!parts.contains("clocks"))

        try await world.series.delete(id, by: TaskWorld.token, at: now)
        #expect(try await world.log() == ["1 - 1", "2 - 2", "3 - 3"])
        for operation in [
            { _ = try await world.series.series(id, in: TaskWorld.acme) },
            { _ = try await world.series.update(id, with: edit, by: TaskWorld.token, at: now) },
            { try await world.series.delete(id, by: TaskWorld.token, at: now) },
        ] as [() async throws -> Void] {
            await #expect(throws: TaskRefusal.notFound) { try await operation() }
        }
        try await world.takeTurns(at: TaskWorld.time(day: 20))
        #expect(try await world.slots() == ["day 1 for 0: 3"])
    }

    @Test
    func `another location knows nothing of a series`() async throws {
        let world = try await TaskWorld(in: folder)
        let stranger = Actor(locationID: TaskWorld.other, userID: nil)
        let draft = TaskWorld.draft(recurrence: try TaskWorld.recurrence())
        let mine = try await world.series.create(draft, by: TaskWorld.token, at: now)
        let theirs = try await world.series.create(draft, by: stranger, at: now)
        let id = mine.series.id
        await #expect(throws: TaskRefusal.notFound) {
            try await world.series.series(id, in: TaskWorld.other)
        }
        await #expect(throws: TaskRefusal.notFound) {
            try await world.series.update(
                id,
                with: SeriesEdit(title: .set("Visit")),
                by: stranger,
                at: now
            )
        }
        await #expect(throws: TaskRefusal.notFound) {
            try await world.series.delete(id, by: stranger, at: now)
        }
        #expect(try await world.series.series(id, in: TaskWorld.acme) == mine)
        let page = try await world.series.allSeries(limit: 9, skip: 0, in: TaskWorld.other)
        #expect(page.total == 1)
        #expect(page.records == [theirs])
    }

    @Test(arguments: [([6], []), ([1, 6], []), ([99], []), ([], [4]), ([], [2, 99])])
    func `a series for people the location does not know is refused`(
        contacts: [Int64],
        owners: [Int64]
    ) async throws {
        let world = try await TaskWorld(in: folder)
        let refusal = TaskRefusal.unusableReferences(
            ReferenceVerdict(
                assigneeIsAllowed: owners.isEmpty,
                contactIsAllowed: contacts.isEmpty
            )
        )
        let recurrence = try TaskWorld.recurrence()
        await #expect(throws: refusal) {
            try await world.series.create(
                TaskWorld.draft(contacts: contacts, owners: owners, recurrence: recurrence),
                by: TaskWorld.token,
                at: now
            )
        }
        let made = try await world.series.create(
            TaskWorld.draft(recurrence: recurrence),
            by: TaskWorld.token,
            at: now
        )
        await #expect(throws: refusal) {
            try await world.series.update(
                made.series.id,
                with: SeriesEdit(
                    contactIDs: .set(contacts.map { Identifier($0) }),
                    ownerIDs: .set(owners.map { Identifier($0) })
                ),
                by: TaskWorld.token,
                at: now
            )
        }
        #expect(try await world.series.series(made.series.id, in: TaskWorld.acme) == made)
        #expect(try await world.log() == ["1 - 1"])
    }

    @Test
    func `an occurrence with any task, of any contact and state, counts as taken`()
        async throws
    {
        let world = try await TaskWorld(in: folder)
        let made = try await world.series.create(
            TaskWorld.draft(contacts: [1, 2], recurrence: try TaskWorld.recurrence()),
            by: TaskWorld.token,
            at: now
        )
        func isTaken(day: Int64) async throws -> Bool {
            let slot = WallClockTime(at: TaskWorld.time(day: day), in: .utc).local
            let seen = Flag()
            _ = try await world.store.changeSeries(
                made.series.id,
                lookingAt: slot,
                references: References(),
                by: TaskWorld.token,
                at: now,
                takingUp: TaskWorld.nothing
            ) { state, _, _ in
                seen.set(state.slotIsTaken)
                #expect(state.tasks == [])
                return ChangePlan(.updated)
            }
            return seen.isSet
        }
        #expect(try await isTaken(day: 1))
        #expect(try await !isTaken(day: 2))
        _ = try await world.store.write { connection in
            try connection.execute(
                SQLStatement("DELETE FROM task WHERE slotContactID = 1"),
                [:]
            )
            return try connection.execute(SQLStatement("UPDATE task SET state = 2"), [:])
        }
        #expect(try await isTaken(day: 1))
    }

    @Test
    func `a series that was made ahead becomes one that makes its tasks as they come`() async throws
    {
        let world = try await TaskWorld(in: folder)
        let commands = TaskCommands(store: world.store, zones: TestZones())
        let first = try await commands.create(
            TaskDraft(
                template: TaskTemplate(title: "Ahead"),
                due: WallClockTime(at: TaskWorld.time(day: 1), in: .utc),
                rule: try SeriesRule(parsing: "FREQ=DAILY;COUNT=5")
            ),
            by: TaskWorld.ana,
            at: TaskWorld.time(day: 1)
        )
        let id = try #require(first.entry.task.slot?.seriesID)
        // The task of the fourth day is withdrawn. Its slot is the first slot of the new schedule.
        let entry = try await world.series.update(
            id,
            with: SeriesEdit(
                title: .set("As it comes"),
                recurrence: .set(try TaskWorld.recurrence(from: 4)),
                makesFirstTasks: true
            ),
            by: TaskWorld.token,
            at: now
        )
        #expect(entry.clock?.occurrenceCount == 4)
        #expect(
            try await world.slots() == [
                "day 1 for 0: 3", "day 2 for 0: 3", "day 3 for 0: 3", "day 4 for 0: 3",
            ]
        )
        try await world.takeTurns(at: TaskWorld.time(day: 5))
        let titles = try await world.rows(
            """
            SELECT title || ' ' || state FROM task ORDER BY COALESCE(recurrenceID, dueLocal), state
            """,
            columnCount: 1
        )
        #expect(
            titles == [
                "Ahead 3", "Ahead 3", "Ahead 3", "Ahead 2", "As it comes 3", "Ahead 2",
                "As it comes 3",
            ]
        )
    }
}
