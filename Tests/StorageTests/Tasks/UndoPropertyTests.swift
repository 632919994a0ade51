import DatabaseTestSupport
import Foundation
import Recurrence
import SystemZones
import Tasks
import TestSupport
import Testing

@testable import Storage

/// Undoing, over the store, with the real planners and the real engine.
struct UndoPropertyTests {
    /// The seeds of the sequences that are tried; `scripts/undo-test` tries 10,000.
    private static let seeds: Range<UInt64> = {
        let environment = ProcessInfo.processInfo.environment
        let count = environment["PERENNIAL_UNDO_SEQUENCES"].flatMap { UInt64($0) } ?? 200
        let first = environment["PERENNIAL_UNDO_FIRST"].flatMap { UInt64($0) } ?? 1
        return first..<first + count
    }()

    /// How many sequences are tried in one database, since each makes its log longer.
    private static let sequenceLimit = 20

    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test
    func `undoing a sequence backwards gives the first state, and redoing it the last`()
        async throws
    {
        var seeds = Self.seeds
        while !seeds.isEmpty {
            let folder = try TemporaryFolder()
            let world = try await TaskWorld(in: folder)
            for seed in seeds.prefix(Self.sequenceLimit) {
                try await tryOut(seed, in: world)
            }
            #expect(try await world.totals(table: true) == world.totals(table: false))
            await world.store.close()
            seeds = seeds.dropFirst(Self.sequenceLimit)
        }
    }

    private func tryOut(_ seed: UInt64, in world: TaskWorld) async throws {
        var sequence = RandomCommands(world: world, seed: seed)
        let first = try await world.state()
        let begin = try await world.lastChangeNumber()
        let count = Int.random(in: 1...20, using: &sequence.random)
        for _ in 0..<count { try await sequence.carryOutNext() }
        let last = try await world.state()
        let commands = try await world.changeNumbers(after: begin)
        let undoings = try await world.undo(commands)
        try #require(try await world.state() == first, "seed \(seed)")
        let redoings = try await world.undo(undoings)
        try #require(try await world.state() == last, "seed \(seed)")
        _ = try await world.undo(redoings)
        try #require(try await world.state() == first, "seed \(seed)")
    }

    @Test
    func `what was changed since is told, and put back by force alone`() async throws {
        let world = try await TaskWorld(in: folder)
        var sequence = RandomCommands(world: world, seed: 1)
        let id = try await sequence.create(rule: "FREQ=DAILY;COUNT=5")
        let creation = try await world.lastChangeNumber()
        try await sequence.update(id, TaskEdit(title: .set("Call Greg")))
        let title = try await world.lastChangeNumber()
        try await sequence.update(id, TaskEdit(priority: .set(2)))
        let priority = try await world.lastChangeNumber()
        // Another field was changed since.
        #expect(try await world.undoing(title)?.changeNumber == priority + 1)
        #expect(try await world.task(id.rawValue)?.task.template.priority == 2)
        await #expect {
            _ = try await world.undoing(creation)
        } throws: { error in
            guard case .changedSince(let changes)? = error as? UndoRefusal else { return false }
            return changes.map(\.number) == [priority]
                && changes.map(\.actorID) == [Identifier(1)]
        }
        // By now the title was put back, so that undoing the change again is refused.
        await #expect(throws: UndoRefusal.self) { _ = try await world.undoing(title) }
        _ = try await world.undoing(creation, forcing: true)
        #expect(try await world.state() == [])
        #expect(try await world.undoing(priority + 99) == nil)
    }

    @Test
    func `the history of a task follows it from series to series`() async throws {
        let world = try await TaskWorld(in: folder)
        var sequence = RandomCommands(world: world, seed: 1)
        let first = try await sequence.create(rule: "FREQ=DAILY;COUNT=5")
        let third = Identifier<TaskInstance>(first.rawValue + 2)
        try await sequence.update(third, TaskEdit(title: .set("Call Greg")))
        try await sequence.update(
            third,
            TaskEdit(body: .set("At noon")),
            extent: .thisAndFollowing
        )
        try await sequence.update(third, TaskEdit(state: .set(.completed)))
        let history = try await world.store.history(
            ofTask: third,
            seenBy: .wholeLocation,
            in: TaskWorld.acme
        )
        #expect(history?.map(\.heading.number) == [1, 2, 3, 4])
        #expect(history?.first?.before == nil)
        #expect(history?[1].after?["title"] == .text("Call Greg"))
        #expect(history?.last?.before?["state"] == .integer(3))
        #expect(history?.last?.heading.actorID == Identifier(1))
        let other = try await world.store.history(
            ofTask: Identifier(first.rawValue),
            seenBy: .wholeLocation,
            in: TaskWorld.acme
        )
        #expect(other?.map(\.heading.number) == [1])
        let stranger = try await world.store.history(
            ofTask: third,
            seenBy: .colleague(Identifier(3)),
            in: TaskWorld.acme
        )
        #expect(stranger == nil)
    }
}

/// Commands that a seed makes up.
private struct RandomCommands {
    let world: TaskWorld
    var random: SplitMix64
    private let commands: TaskCommands<TestStore, SystemZones>
    private let series: SeriesCommands<TestStore, SystemZones>

    private static let rules = [
        "FREQ=DAILY;COUNT=5", "FREQ=WEEKLY;COUNT=4", "FREQ=DAILY;INTERVAL=3;COUNT=6",
        "FREQ=MONTHLY", "FREQ=WEEKLY;BYDAY=MO,TH;UNTIL=20240301T000000Z",
    ]

    init(world: TaskWorld, seed: UInt64) {
        self.world = world
        random = SplitMix64(seed: seed)
        let horizon = Horizon(length: .days(60))
        commands = TaskCommands(store: world.store, zones: SystemZones(), horizon: horizon)
        series = SeriesCommands(store: world.store, zones: SystemZones())
    }

    mutating func carryOutNext() async throws {
        let tasks = try await world.numbers("SELECT CAST(taskID AS text) FROM task")
        let series = try await world.numbers(
            "SELECT CAST(seriesID AS text) FROM series WHERE isDeleted = 0"
        )
        let choice = Int.random(in: 0..<10, using: &random)
        guard let id = tasks.randomElement(using: &random), choice > 1 else {
            let rule = Bool.random(using: &random) ? Self.rules.randomElement(using: &random) : nil
            _ = try await create(rule: rule)
            return
        }
        let extent = Bool.random(using: &random) ? Extent.thisAndFollowing : .thisOne
        switch choice {
        case 2...6: try await update(Identifier(id), try edit(), extent: extent)
        case 7: try await delete(Identifier(id))
        default:
            guard let id = series.randomElement(using: &random) else { return }
            try await change(Identifier(id))
        }
    }

    mutating func create(rule: String?) async throws -> Identifier<TaskInstance> {
        let draft = TaskDraft(
            template: TaskTemplate(title: "Call", contactID: Identifier(1), tags: ["new"]),
            due: WallClockTime(at: day(), in: .utc),
            rule: try rule.map { try SeriesRule(parsing: $0) }
        )
        return try await commands.create(draft, by: TaskWorld.ana, at: TaskWorld.time(day: 3))
            .entry.id
    }

    func update(
        _ id: Identifier<TaskInstance>,
        _ edit: TaskEdit,
        extent: Extent = .thisOne
    ) async throws {
        _ = try await commands.update(
            id,
            with: edit,
            extent: extent,
            seenBy: .wholeLocation,
            by: TaskWorld.ana,
            at: TaskWorld.time(day: 3)
        )
    }

    private mutating func delete(_ id: Identifier<TaskInstance>) async throws {
        let extents = [Extent.thisOne, .thisAndFollowing, .all]
        _ = try await commands.delete(
            id,
            extent: extents.randomElement(using: &random) ?? .all,
            seenBy: .wholeLocation,
            by: TaskWorld.ana,
            at: TaskWorld.time(day: 3)
        )
    }

    private mutating func change(_ id: Identifier<RecurringTask>) async throws {
        let now = TaskWorld.time(day: 3)
        if Bool.random(using: &random) {
            try await series.delete(id, by: TaskWorld.token, at: now)
        } else {
            var edit = SeriesEdit(title: .set("Title \(Int.random(in: 0..<9, using: &random))"))
            if Bool.random(using: &random) {
                edit.recurrence = .set(try TaskWorld.recurrence(from: 4))
            }
            _ = try await series.update(id, with: edit, by: TaskWorld.token, at: now)
        }
    }

    private mutating func edit() throws -> TaskEdit {
        switch Int.random(in: 0..<9, using: &random) {
        case 0: return TaskEdit(title: .set("Title \(Int.random(in: 0..<9, using: &random))"))
        case 1: return TaskEdit(assigneeID: .set(Bool.random(using: &random) ? Identifier(2) : nil))
        case 2: return TaskEdit(due: .set(WallClockTime(at: day(), in: .utc)))
        case 3: return TaskEdit(state: .set(.completed))
        case 4: return TaskEdit(state: .set(.open))
        case 5: return TaskEdit(state: .set(.deleted), skip: .set(Skip(because: "Holiday")))
        case 6:
            let priority = Int.random(in: 0...3, using: &random)
            return TaskEdit(priority: .set(priority), tags: .set(["a", "b"]))
        default:
            let rule = Self.rules.randomElement(using: &random)
            let isEnd = Int.random(in: 0..<4, using: &random) == 0
            return TaskEdit(
                rule: .set(isEnd ? nil : try rule.map { try SeriesRule(parsing: $0) })
            )
        }
    }

    private mutating func day() -> Timestamp {
        let day = Int64.random(in: 1...40, using: &random)
        return TaskWorld.time(day: day, hour: Int64.random(in: 8...17, using: &random))
    }
}

extension TaskWorld {
    /// All that is stored of tasks, series and clocks, but for when it was changed.
    fileprivate func state() async throws -> [String] {
        func dump(_ table: String, _ key: String, _ columns: [String]) async throws -> [String] {
            let texts = ([key] + columns).filter { $0 != "modifiedAt" }
                .map { "COALESCE(CAST(\($0) AS text), '-')" }
            return try await rows(
                "SELECT '\(table) ' || \(texts.joined(separator: " || '|' || ")) FROM \(table) "
                    + "WHERE locationID = '\(Self.acme.rawValue)' ORDER BY \(key)",
                columnCount: 1
            )
        }
        return try await dump("series", "seriesID", SeriesColumns.all.map(\.name))
            + dump("task", "taskID", TaskColumns.all.map(\.name))
            + dump(
                "seriesClock",
                "seriesID",
                ["materializedThrough", "nextAt", "fireAt", "occurrenceCount"]
            )
    }

    fileprivate func numbers(_ query: String) async throws -> [Int64] {
        try await rows(query, columnCount: 1).compactMap { Int64($0) }.sorted()
    }

    fileprivate func lastChangeNumber() async throws -> Int64 {
        try await store.endOfFeed(in: Self.acme).changeNumber
    }

    fileprivate func changeNumbers(after number: Int64) async throws -> [Int64] {
        try await numbers(
            "SELECT CAST(changeNumber AS text) FROM change WHERE shard = \(Self.acme.shard)"
                + " AND locationID = '\(Self.acme.rawValue)' AND changeNumber > \(number)"
                + " AND kind <> 4"
        )
    }

    fileprivate func undoing(_ number: Int64, forcing: Bool = false) async throws -> UndoOutcome? {
        try await store.undo(
            number,
            forcing: forcing,
            isTrial: false,
            seenBy: .wholeLocation,
            by: Self.ana,
            at: Self.time(day: 3),
            tellingOfReminders: nil
        )
    }

    /// Undoes changes from the last to the first.
    ///
    /// - Returns: The numbers of the undoings.
    fileprivate func undo(_ numbers: [Int64]) async throws -> [Int64] {
        var undoings: [Int64] = []
        for number in numbers.reversed() {
            if let undoing = try await undoing(number)?.changeNumber { undoings.append(undoing) }
        }
        return undoings
    }

    /// How many tasks of each state there are, as they are kept or as they are counted.
    fileprivate func totals(table isTable: Bool) async throws -> [String] {
        try await rows(
            isTable
                ? """
                SELECT CAST(state AS text) || ' ' || CAST(total AS text) FROM taskTotal
                WHERE total > 0 ORDER BY creatorID, state
                """
                : """
                SELECT CAST(state AS text) || ' ' || CAST(COUNT(*) AS text) FROM task
                GROUP BY creatorID, state ORDER BY creatorID, state
                """,
            columnCount: 1
        )
    }
}
