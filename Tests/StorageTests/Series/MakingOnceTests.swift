import DatabaseTestSupport
import Recurrence
import Tasks
import TestSupport
import Testing

@testable import Storage

/// What keeps an occurrence from making its tasks twice.
///
/// Clocks are read in the transaction that moves them on. They move on only if they still have the
/// values that were read. The key of slots is unique.
@Suite
struct MakingOnceTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// The time at which turns are taken.
    ///
    /// Nine series have missed five days by then; each makes a task for each of two contacts.
    /// Another series moves its horizon for the last time.
    private static let now = Timestamp(seconds: 1_704_067_200 + 800 * 86_400)
    private static let aheadCount = 730
    private static let count = 9 * 2 * (1 + 5) + aheadCount

    private func begun() async throws -> TaskWorld {
        let world = try await TaskWorld(in: folder)
        let start = Self.now.advanced(by: .days(-5))
        let commands = SeriesCommands(store: world.store, zones: TestZones(), catchUp: .all)
        let recurrence = DueRecurrence(
            start: WallClockTime(at: start, in: .utc),
            rule: try SeriesRule(parsing: "FREQ=DAILY"),
            dueAfter: 600,
            dueZone: .utc
        )
        for _ in 0..<9 {
            _ = try await commands.create(
                TaskWorld.draft(contacts: [1, 2], recurrence: recurrence),
                by: TaskWorld.token,
                at: start
            )
        }
        _ = try await TaskCommands(store: world.store, zones: TestZones()).create(
            TaskDraft(
                template: TaskTemplate(title: "Ahead"),
                due: WallClockTime(at: TaskWorld.time(day: 1), in: .utc),
                rule: try SeriesRule(parsing: "FREQ=DAILY;COUNT=\(Self.aheadCount)")
            ),
            by: TaskWorld.ana,
            at: TaskWorld.time(day: 1)
        )
        return world
    }

    /// Takes turns until nothing is due, after looking up the clocks.
    private func takeTurns(with store: TestStore) async throws {
        let commands = FiringCommands(store: store, zones: TestZones())
        try await commands.refreshAgenda(at: Self.now)
        while try await commands.takeTurn(at: Self.now) != nil {}
    }

    /// How many tasks there are, and how many different pairs of slot and contact they have.
    private func counts(in world: TaskWorld) async throws -> [String] {
        try await world.rows(
            """
            SELECT COUNT(*) || '',
                COUNT(DISTINCT seriesID || ' ' || recurrenceID || ' ' || slotContactID) || ''
            FROM task
            """,
            columnCount: 2
        )
    }

    /// Checks that each task was made once, in one turn, and counted and logged once.
    private func expectMadeOnce(in world: TaskWorld) async throws {
        #expect(try await counts(in: world) == ["\(Self.count)|\(Self.count)"])
        let clocks = try await world.rows(
            "SELECT occurrenceCount || '' FROM seriesClock",
            columnCount: 1
        )
        #expect(clocks == Array(repeating: "6", count: 9))
        let turns = try await world.rows("SELECT '' FROM change WHERE kind = 4", columnCount: 1)
        #expect(turns.count == 1)
        let total = try await world.rows("SELECT SUM(total) || '' FROM taskTotal", columnCount: 1)
        #expect(total == ["\(Self.count)"])
    }

    @Test
    func `two that take turns at once make each task once`() async throws {
        let world = try await begun()
        try await withThrowingDiscardingTaskGroup { group in
            for _ in 0..<2 {
                let store = SQLStore(over: world.store.driver, telling: UnreadableRows { _ in })
                group.addTask { try await takeTurns(with: store) }
            }
        }
        try await expectMadeOnce(in: world)
    }

    // MARK: - Compare-and-set

    @Test(
        arguments: [
            "UPDATE seriesClock SET fireAt = fireAt - 1",
            "UPDATE seriesClock SET materializedThrough = materializedThrough - 1",
            "UPDATE seriesClock SET occurrenceCount = occurrenceCount + 1",
            "DELETE FROM seriesClock",
        ],
        [true, false]
    )
    func `a clock that was changed since it was read is not moved, and nothing is made`(
        change: String,
        goesOn: Bool
    ) async throws {
        let world = try await TaskWorld(in: folder)
        _ = try await world.series.create(
            TaskWorld.draft(recurrence: try TaskWorld.recurrence()),
            by: TaskWorld.token,
            at: TaskWorld.time(day: 1)
        )
        let turn = try await takeTurn(in: world, after: change, goesOn: goesOn)
        #expect(turn == FiringTurn(seriesCount: 1, taskCount: 0))
        #expect(try await world.slots() == ["day 1 for 0: 3"])
        #expect(try await world.log() == ["1 - 1"])
        let due = try await world.rows(
            "SELECT '' FROM seriesClock WHERE fireAt <= \(TaskWorld.time(day: 2).microseconds)",
            columnCount: 1
        )
        #expect(due.count == (change.hasPrefix("DELETE") ? 0 : 1))
    }

    @Test(arguments: [true, false])
    func `a clock that stands as it was read is moved or taken off`(goesOn: Bool) async throws {
        let world = try await TaskWorld(in: folder)
        _ = try await world.series.create(
            TaskWorld.draft(recurrence: try TaskWorld.recurrence()),
            by: TaskWorld.token,
            at: TaskWorld.time(day: 1)
        )
        let turn = try await takeTurn(in: world, after: "SELECT 1", goesOn: goesOn)
        #expect(turn == FiringTurn(seriesCount: 1, taskCount: 1))
        #expect(try await world.slots() == ["day 1 for 0: 3", "day 2 for 0: 3"])
        let clocks = try await world.rows("SELECT '' FROM seriesClock", columnCount: 1)
        #expect(clocks.count == (goesOn ? 1 : 0))
    }

    /// Takes a turn in which somebody changes the clocks after they were read.
    private func takeTurn(
        in world: TaskWorld,
        after change: String,
        goesOn: Bool
    ) async throws -> FiringTurn {
        let driver = MeddlingDriver(
            database: world.store.driver,
            change: SQLStatement(dynamic: change)
        )
        let day = TaskWorld.time(day: 2)
        return try await SQLStore(over: driver, telling: UnreadableRows { _ in }).claimFired(
            inShard: TaskWorld.acme.shard,
            at: day,
            limit: 9
        ) { snapshot, numbers in
            var plan = try DueSeriesPlanner(now: day).plan(
                making: snapshot,
                zone: .utc,
                dueZone: .utc,
                numbers: &numbers
            )
            if !goesOn { plan.clocks = [ClockSetting(seriesID: snapshot.series.id, clock: nil)] }
            return plan
        }
    }

    // MARK: - The unique key

    /// Takes turns, sets the clocks back to their earlier values, and takes turns again.
    private func takeTurnsTwice(
        in world: TaskWorld,
        changing change: String? = nil
    ) async throws {
        try await world.execute("CREATE TABLE clockBefore AS SELECT * FROM seriesClock")
        try await takeTurns(with: world.store)
        if let change { try await world.execute(change) }
        try await world.execute("DELETE FROM seriesClock")
        try await world.execute("INSERT INTO seriesClock SELECT * FROM clockBefore")
        try await takeTurns(with: world.store)
    }

    @Test
    func `an occurrence whose turn comes again makes no second task`() async throws {
        let world = try await begun()
        try await takeTurnsTwice(in: world)
        try await expectMadeOnce(in: world)
    }

    @Test
    func `under another key it would, so that it would be seen`() async throws {
        let world = try await begun()
        try await takeTurnsTwice(
            in: world,
            changing: "UPDATE task SET slotContactID = slotContactID + 1000 WHERE slotContactID > 0"
        )
        let count = try await world.rows("SELECT COUNT(*) || '' FROM task", columnCount: 1)
        // The first tasks were made with the series, so no turn comes again for them.
        #expect(count == ["\(Self.count + 9 * 2 * 5)"])
    }

    @Test
    func `without the key nothing is made`() async throws {
        let world = try await begun()
        try await world.execute("DROP INDEX taskOfSlot")
        let commands = FiringCommands(store: world.store, zones: TestZones())
        try await commands.refreshAgenda(at: Self.now)
        let turn = try #require(try await commands.takeTurn(at: Self.now))
        #expect(turn.taskCount == 0)
        #expect(!turn.troubles.isEmpty)
    }

    @Test
    func `a second row for a slot and contact is refused`() async throws {
        let world = try await begun()
        try await world.execute(
            "CREATE TABLE copy AS SELECT * FROM task WHERE slotContactID = 2 LIMIT 1"
        )
        try await world.execute("UPDATE copy SET taskID = taskID + 1000000")
        let again = "INSERT INTO task SELECT * FROM copy"
        await #expect(
            throws: SQLError.uniquenessViolated(
                table: "task",
                columns: ["shard", "locationID", "seriesID", "recurrenceID", "slotContactID"]
            )
        ) {
            try await world.execute(again)
        }
        try await world.execute("UPDATE copy SET slotContactID = 3")
        try await world.execute(again)
    }
}

/// A database in which somebody changes clocks after a transaction has read them and before it
/// moves them.
private struct MeddlingDriver: SQLDriver {
    let database: TestDriver
    let change: SQLStatement

    static var dialect: SQLDialect { TestDriver.dialect }

    static func statements(adding checks: [TableChecks]) -> [String] {
        TestDriver.statements(adding: checks)
    }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (MeddlingConnection) throws -> Value
    ) async throws -> Value {
        try await database.read { try body(MeddlingConnection(connection: $0)) }
    }

    func readSnapshot<Value: Sendable>(
        _ body: @escaping @Sendable (MeddlingConnection) throws -> Value
    ) async throws -> Value {
        try await database.readSnapshot { try body(MeddlingConnection(connection: $0)) }
    }

    func write<Value: Sendable>(
        for locationID: LocationID?,
        _ body: @escaping @Sendable (MeddlingConnection) throws -> Value
    ) async throws -> Value {
        try await database.write(for: locationID) { [change] in
            try body(MeddlingConnection(connection: $0, change: change))
        }
    }

    func close() async {
        await database.close()
    }
}

/// A connection that changes the clocks right after they were read.
private struct MeddlingConnection: SQLConnection {
    let connection: TestConnection
    var change: SQLStatement?

    static var writesAlone: Bool { TestConnection.writesAlone }

    func apart<Value: Sendable>(
        _ body: @Sendable (MeddlingConnection) throws -> Value
    ) throws -> Value {
        try connection.apart { try body(MeddlingConnection(connection: $0)) }
    }

    func execute(_ statement: SQLStatement, _ arguments: SQLArguments) throws -> Int {
        try connection.execute(statement, arguments)
    }

    func query(
        _ statement: SQLStatement,
        _ arguments: SQLArguments,
        _ body: (TestRow) throws -> Void
    ) throws {
        try connection.query(statement, arguments, body)
        if let change, statement === ClockStatements.fired { try connection.execute(change, [:]) }
    }

    func row<Value>(
        _ statement: SQLStatement,
        _ arguments: SQLArguments,
        _ body: (TestRow) throws -> Value
    ) throws -> Value? {
        try connection.row(statement, arguments, body)
    }
}
