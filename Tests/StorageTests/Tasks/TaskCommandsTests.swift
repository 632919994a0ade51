import DatabaseTestSupport
import Recurrence
import Tasks
import TestSupport
import Testing

@testable import Storage

/// The domain's commands over the store, with the real planner and the real engine.
@Suite
struct TaskCommandsTests {
    private let folder: TemporaryFolder
    private let viewer = Viewer.creator(Identifier(1))

    private struct OnlyUTC: ZoneSource {
        func zone(named identifier: String) throws(UnknownZone) -> Zone {
            guard identifier == "UTC" else { throw UnknownZone(identifier: identifier) }
            return .utc
        }
    }

    init() throws {
        folder = try TemporaryFolder()
    }

    private func commands(
        on world: TaskWorld
    ) -> TaskCommands<TestStore, some ZoneSource> {
        TaskCommands(store: world.store, zones: OnlyUTC())
    }

    /// A draft of Ana's that is due on a day of January 2024 at nine.
    private func draft(day: Int64, rule: String? = nil) throws -> TaskDraft {
        TaskDraft(
            template: TaskTemplate(title: "Water the plants", contactID: Identifier(1)),
            due: WallClockTime(local: nine(on: day), zone: .utc),
            rule: try rule.map { try SeriesRule(parsing: $0) }
        )
    }

    private func nine(on day: Int64) -> LocalDateTime {
        TaskInstance.single(0, dueAfterHours: (day - 1) * 24 + 9).due.local
    }

    /// The tasks by number: day of January, title, state and series.
    private func listing(of world: TaskWorld) async throws -> [String] {
        try await world.rows(
            """
            SELECT task.taskID || ' day ' || ((dueLocal - 1704067200) / 86400 + 1) || ' '
                || COALESCE(task.title, series.title) || ' ' || state || ' of '
                || COALESCE(CAST(task.seriesID AS text), 'none')
            FROM task LEFT JOIN series ON series.seriesID = task.seriesID
            ORDER BY task.taskID
            """,
            columnCount: 1
        )
    }

    @Test
    func `a series is made, changed from a task on, and deleted`() async throws {
        let world = try await TaskWorld(in: folder)
        let commands = commands(on: world)
        let rule = "FREQ=DAILY;COUNT=5"
        let first = try await commands.create(
            draft(day: 1, rule: rule),
            by: TaskWorld.ana,
            at: TaskWorld.now
        )
        #expect(first.entry.task.id == Identifier(2))
        #expect(first.entry.ruleText == rule)
        var edit = TaskEdit(title: .set("Water the cactus"))
        edit.due = .set(WallClockTime(local: nine(on: 4), zone: .utc))
        let third = try await commands.update(
            Identifier(4),
            with: edit,
            extent: .thisAndFollowing,
            seenBy: viewer,
            by: TaskWorld.ana,
            at: TaskWorld.now
        )
        #expect(third.entry.ruleText == "FREQ=DAILY;COUNT=3")
        #expect(
            try await listing(of: world) == [
                "2 day 1 Water the plants 3 of 1", "3 day 2 Water the plants 3 of 1",
                "4 day 4 Water the cactus 3 of 7", "5 day 5 Water the cactus 3 of 7",
                "6 day 6 Water the cactus 3 of 7",
            ]
        )
        _ = try await commands.delete(
            Identifier(6),
            extent: .all,
            seenBy: viewer,
            by: TaskWorld.ana,
            at: TaskWorld.now
        )
        let states = try await world.rows(
            "SELECT CAST(state AS TEXT) FROM task ORDER BY taskID",
            columnCount: 1
        )
        #expect(states == ["3", "3", "2", "2", "2"])
    }

    @Test
    func `a series that is changed from its first task on moves within itself`() async throws {
        let world = try await TaskWorld(in: folder)
        let commands = commands(on: world)
        _ = try await commands.create(
            draft(day: 1, rule: "FREQ=DAILY;COUNT=4"),
            by: TaskWorld.ana,
            at: TaskWorld.now
        )
        for (day, expected) in [(2, [2, 3, 4, 5]), (1, [1, 2, 3, 4])] as [(Int64, [Int64])] {
            var edit = TaskEdit()
            edit.due = .set(WallClockTime(local: nine(on: day), zone: .utc))
            _ = try await commands.update(
                Identifier(2),
                with: edit,
                extent: .thisAndFollowing,
                seenBy: viewer,
                by: TaskWorld.ana,
                at: TaskWorld.now
            )
            #expect(
                try await listing(of: world)
                    == zip(2..., expected).map { "\($0) day \($1) Water the plants 3 of 1" }
            )
        }
    }

    @Test
    func `a horizon moves, and further where a reader looks`() async throws {
        let world = try await TaskWorld(in: folder)
        let commands = commands(on: world)
        let now = Zone.utc.timestamp(of: nine(on: 1))
        _ = try await commands.create(draft(day: 1, rule: "FREQ=DAILY"), by: TaskWorld.ana, at: now)
        func count() async throws -> Int {
            try await world.rows("SELECT '' FROM task", columnCount: 1).count
        }
        #expect(try await count() == 367)
        let later = now.advanced(by: .days(10))
        let due = FiringCommands(store: world.store, zones: OnlyUTC())
        #expect(
            try await due.takeTurn(at: later) == FiringTurn(seriesCount: 1, taskCount: 10)
        )
        #expect(try await due.takeTurn(at: later) == nil)
        let bound = FieldValue.timestamp(later.advanced(by: .days(376)))
        let page = try await commands.tasks(
            Query(predicate: .compares(.dueAt, .lessOrEqual, bound), limit: 0),
            seenBy: viewer,
            in: TaskWorld.acme,
            at: later
        )
        #expect(page.total == 387)
        #expect(try await count() == 387)
    }

    @Test
    func `a command that refers to a stranger is refused`() async throws {
        let world = try await TaskWorld(in: folder)
        let commands = commands(on: world)
        var request = try draft(day: 1)
        request.template.assigneeID = Identifier(3)
        let draft = request
        await #expect(
            throws: TaskRefusal.unusableReferences(ReferenceVerdict(assigneeIsAllowed: false))
        ) {
            _ = try await commands.create(draft, by: TaskWorld.ana, at: TaskWorld.now)
        }
        #expect(try await world.rows("SELECT '' FROM change", columnCount: 1).isEmpty)
    }

    @Test(arguments: 1...8)
    func `totals by state are what a count finds, whatever was done`(seed: UInt64) async throws {
        let world = try await TaskWorld(in: folder)
        let commands = commands(on: world)
        var random = SplitMix64(seed: seed)
        let rules = [nil, "FREQ=DAILY;COUNT=5", "FREQ=DAILY;INTERVAL=3;COUNT=4", "FREQ=WEEKLY"]
        for step in 0..<25 {
            let day = Int64.random(in: 1...20, using: &random)
            let count = try await total(of: world, where: .all([]))
            let rule = try #require(rules.randomElement(using: &random))
            if count == 0 || step % 5 == 0 {
                _ = try await commands.create(
                    draft(day: day, rule: rule),
                    by: TaskWorld.ana,
                    at: TaskWorld.now
                )
                continue
            }
            let ids = try await world.rows("SELECT CAST(taskID AS text) FROM task", columnCount: 1)
            let id = try #require(ids.compactMap { Int64($0) }.randomElement(using: &random))
            let edit = TaskEdit(
                state: TaskState.allCases.randomElement(using: &random).map { .set($0) } ?? .keep,
                rule: .set(try rule.map { try SeriesRule(parsing: $0) })
            )
            switch Int.random(in: 0...2, using: &random) {
            case 0:
                _ = try await commands.delete(
                    Identifier(id),
                    extent: Bool.random(using: &random) ? .thisAndFollowing : .thisOne,
                    seenBy: viewer,
                    by: TaskWorld.ana,
                    at: TaskWorld.now
                )
            default:
                _ = try await commands.update(
                    Identifier(id),
                    with: edit,
                    extent: Bool.random(using: &random) ? .thisAndFollowing : .thisOne,
                    seenBy: viewer,
                    by: TaskWorld.ana,
                    at: TaskWorld.now
                )
            }
        }
        for state in TaskState.allCases {
            let isInState = Predicate.isOneOf(TaskField.state, [.integer(Int64(state.rawValue))])
            // With a condition on the number, the database must count the tasks themselves.
            let counted = Predicate.all([isInState, .compares(.id, .greater, .integer(0))])
            let expected = try await total(of: world, where: counted)
            #expect(try await total(of: world, where: isInState) == expected, "seed \(seed)")
        }
    }

    private func total(
        of world: TaskWorld,
        where predicate: Predicate<TaskField>
    ) async throws -> Int {
        try await world.store.tasks(
            Query(predicate: predicate, limit: 0),
            seenBy: viewer,
            in: TaskWorld.acme
        ).total
    }
}
