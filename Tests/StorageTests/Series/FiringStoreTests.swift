import DatabaseTestSupport
import Recurrence
import Tasks
import TestSupport
import Testing

@testable import Storage

/// Turns over real tables.
@Suite
struct FiringStoreTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// A world with a daily series.
    ///
    /// It begins on the first of January at nine, and was created then.
    private func begun(
        contacts: [Int64] = [],
        whileOverdue: WhileOverdue = .create
    ) async throws -> (TaskWorld, Identifier<RecurringTask>) {
        let world = try await TaskWorld(in: folder)
        let recurrence = try TaskWorld.recurrence(whileOverdue: whileOverdue)
        let entry = try await world.series.create(
            TaskWorld.draft(contacts: contacts, recurrence: recurrence),
            by: TaskWorld.token,
            at: TaskWorld.time(day: 1)
        )
        return (world, entry.series.id)
    }

    @Test
    func `the agenda knows the next occurrence after a creation, a turn and an edit`() async throws
    {
        let (world, id) = try await begun()
        let agenda = world.store.agenda
        #expect(agenda.earliest?.shard == TaskWorld.acme.shard)
        #expect(agenda.earliest?.fireAt == TaskWorld.time(day: 2))
        #expect(try await world.due.takeTurn(at: TaskWorld.time(day: 2, hour: 8)) == nil)
        let turn = try await world.due.takeTurn(at: TaskWorld.time(day: 2))
        #expect(turn == FiringTurn(seriesCount: 1, taskCount: 1))
        #expect(agenda.earliest?.fireAt == TaskWorld.time(day: 3))
        _ = try await world.series.update(
            id,
            with: SeriesEdit(
                recurrence: .set(try TaskWorld.recurrence("FREQ=HOURLY", from: 2))
            ),
            by: TaskWorld.token,
            at: TaskWorld.time(day: 2)
        )
        #expect(agenda.earliest?.fireAt == TaskWorld.time(day: 2, hour: 10))
        #expect(try await world.store.nextFires().values.map { $0 } == [agenda.earliest?.fireAt])
        try await world.series.delete(id, by: TaskWorld.token, at: TaskWorld.time(day: 2))
        #expect(try await world.takeTurns(at: TaskWorld.time(day: 3)) == 0)
        #expect(agenda.earliest == nil)
        #expect(try await world.store.nextFires() == [:])
    }

    @Test
    func `another process learns the agenda by looking`() async throws {
        let (world, _) = try await begun()
        let other = SQLStore(over: world.store.driver, telling: UnreadableRows { _ in })
        let commands = FiringCommands(store: other, zones: TestZones())
        #expect(try await commands.takeTurn(at: TaskWorld.time(day: 2)) == nil)
        try await commands.refreshAgenda(at: TaskWorld.time(day: 2))
        #expect(other.agenda.earliest?.fireAt == TaskWorld.time(day: 2))
        let turn = try await commands.takeTurn(at: TaskWorld.time(day: 2))
        #expect(turn == FiringTurn(seriesCount: 1, taskCount: 1))
        // The agenda of the first store is out of date. Its turn finds nothing to do.
        #expect(try await world.due.takeTurn(at: TaskWorld.time(day: 2)) == FiringTurn())
    }

    @Test
    func `a turn is one entry in the log of each location in which it made tasks`() async throws {
        let (world, _) = try await begun(contacts: [1, 2])
        _ = try await world.series.create(
            TaskWorld.draft(recurrence: try TaskWorld.recurrence(whileOverdue: .skip)),
            by: TaskWorld.token,
            at: TaskWorld.time(day: 1)
        )
        try await world.takeTurns(at: TaskWorld.time(day: 2))
        #expect(try await world.log() == ["1 - 1", "2 - 1", "3 - 4"])
        let detail = try await world.rows(
            "SELECT detail FROM change WHERE kind = 4",
            columnCount: 1
        )
        let made = try await world.rows(
            "SELECT CAST(taskID AS text) FROM task WHERE dueAt > 1704150000000000 ORDER BY taskID",
            columnCount: 1
        )
        #expect(made.count == 2)
        #expect(detail == [#"{"made":[\#(made.joined(separator: ","))]}"#])
        #expect(
            try await world.rows("SELECT total || '' FROM taskTotal", columnCount: 1) == ["5"]
        )
    }

    @Test
    func `a contact that was deleted is passed over, and without any the series stops`()
        async throws
    {
        let (world, id) = try await begun(contacts: [1, 2])
        try await world.delete(contact: 1)
        try await world.takeTurns(at: TaskWorld.time(day: 2))
        try await world.delete(contact: 2)
        try await world.takeTurns(at: TaskWorld.time(day: 3))
        #expect(
            try await world.slots() == ["day 1 for 1: 3", "day 1 for 2: 3", "day 2 for 2: 3"]
        )
        let entry = try await world.series.series(id, in: TaskWorld.acme)
        #expect(entry.clock?.fireAt == nil)
        #expect(entry.clock?.occurrenceCount == 2)
        #expect(entry.series.dueSchedule?.contactIDs == [Identifier(1), Identifier(2)])
        #expect(world.store.agenda.earliest == nil)
    }

    // MARK: - The newest task

    @Test(arguments: [
        // The states of the first contact's tasks of three days, and whether a fourth task is made.
        (["3", "3", "1"], true), (["3", "3", "2"], true), (["1", "1", "3"], false),
        (["3", "3", "3"], false), (["1", "2", "1"], true),
    ])
    func `the newest task of the contact decides whether an occurrence passes`(
        states: [String],
        isMade: Bool
    ) async throws {
        let (world, _) = try await begun(contacts: [1, 2])
        for day in 2...3 as ClosedRange<Int64> {
            try await world.takeTurns(at: TaskWorld.time(day: day))
        }
        _ = try await world.store.write { connection in
            for (day, state) in states.enumerated() {
                try connection.execute(
                    SQLStatement(
                        dynamic: """
                            UPDATE task SET state = \(state)
                            WHERE slotContactID = 1
                                AND recurrenceID = \(1_704_099_600 + day * 86_400)
                            """
                    ),
                    [:]
                )
            }
            return try connection.execute(
                SQLStatement("UPDATE series SET whileOverdue = 2"),
                [:]
            )
        }
        try await world.takeTurns(at: TaskWorld.time(day: 4))
        let slots = try await world.slots().filter { $0.hasPrefix("day 4") }
        #expect(slots == (isMade ? ["day 4 for 1: 3"] : []))
    }

    @Test
    func `what was made ahead by an earlier schedule is not the newest task`() async throws {
        let world = try await TaskWorld(in: folder)
        let entry = try await world.series.create(
            TaskWorld.draft(recurrence: try TaskWorld.recurrence(from: 20, whileOverdue: .skip)),
            by: TaskWorld.token,
            at: TaskWorld.time(day: 1)
        )
        _ = try await world.series.update(
            entry.series.id,
            with: SeriesEdit(
                recurrence: .set(try TaskWorld.recurrence(from: 2, whileOverdue: .skip))
            ),
            by: TaskWorld.token,
            at: TaskWorld.time(day: 1)
        )
        for day in 2...4 as ClosedRange<Int64> {
            try await world.takeTurns(at: TaskWorld.time(day: day))
        }
        #expect(try await world.slots() == ["day 2 for 0: 3", "day 20 for 0: 3"])
    }

    @Test(.onSQLite)
    func `the newest task is found by the index of slots`() async throws {
        let world = try await TaskWorld(in: folder)
        var arguments = SQLArguments(in: TaskWorld.acme)
        for name in ["seriesID", "contactID", "materializedThrough"] {
            arguments.append(.integer(1), for: name)
        }
        let plan = try await world.store.read { [arguments] connection in
            let explanation = "EXPLAIN QUERY PLAN " + ClockStatements.newestTask.text
            return try connection.rows(SQLStatement(dynamic: explanation), arguments) { row in
                try row.text(3)
            }
        }
        #expect(
            plan == [
                """
                SEARCH task USING INDEX taskOfSlot \
                (shard=? AND locationID=? AND seriesID=? AND recurrenceID<?)
                """
            ]
        )
    }
}
