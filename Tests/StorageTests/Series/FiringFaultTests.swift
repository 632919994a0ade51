import DatabaseTestSupport
import Recurrence
import Tasks
import TestSupport
import Testing

@testable import Storage

/// A fault of one series or location is not noticed by the others.
@Suite
struct FiringFaultTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// A location of the same shard as `acme`.
    private static let neighbour =
        (0...).lazy.map { LocationID("Neighbour\($0)") }
        .first { $0.shard == TaskWorld.acme.shard } ?? TaskWorld.acme

    /// Series of every day at nine in three locations; those of `acme` come first in their shard.
    private func begun() async throws -> TaskWorld {
        let world = try await TaskWorld(in: folder)
        try await world.add(Self.neighbour)
        for (title, locationID, hour) in [
            ("Bad", TaskWorld.acme, 7), ("Good", TaskWorld.acme, 8), ("Near", Self.neighbour, 9),
            ("Far", TaskWorld.other, 9),
        ] as [(String, LocationID, Int64)] {
            var draft = TaskWorld.draft(
                title,
                recurrence: try TaskWorld.recurrence("FREQ=DAILY;BYHOUR=\(hour)")
            )
            draft.makesFirstTasks = false
            draft.recurrence.start = WallClockTime(
                at: TaskWorld.time(day: 2, hour: hour),
                in: .utc
            )
            _ = try await world.series.create(
                draft,
                by: Actor(locationID: locationID, userID: nil),
                at: TaskWorld.time(day: 1, hour: 12)
            )
        }
        return world
    }

    /// The tasks by title, with how many each has.
    private func made(in world: TaskWorld) async throws -> [String] {
        try await world.rows(
            "SELECT title || ' ' || COUNT(*) FROM task GROUP BY title ORDER BY title",
            columnCount: 1
        )
    }

    /// Checks that numbers were given once, and that the totals and the log count what there is.
    private func expectInOrder(_ world: TaskWorld) async throws {
        let counts = try await world.rows(
            """
            SELECT (COUNT(*) - COUNT(DISTINCT taskID)) || '',
                (COUNT(*) - (SELECT SUM(total) FROM taskTotal)) || ''
            FROM task
            """,
            columnCount: 2
        )
        #expect(counts == ["0|0"])
    }

    /// How a location is spoilt, how it is mended, and what is made in spite of the fault.
    struct Fault: CustomTestStringConvertible {
        var name: String
        var spoil: [String]
        var mend: [String]
        var made = ["Far 1", "Near 1"]

        var testDescription: String { name }

        static func trigger(_ event: String, where condition: String) -> Fault {
            let isMeant = "NEW.locationID = '\(TaskWorld.acme.rawValue)' AND \(condition)"
            guard TestEngine.isSQLite else { return postgreSQLTrigger(event, where: isMeant) }
            return Fault(
                name: event,
                spoil: [
                    """
                    CREATE TRIGGER spoilt BEFORE \(event) WHEN \(isMeant)
                    BEGIN SELECT RAISE(ABORT, 'spoilt'); END
                    """
                ],
                mend: ["DROP TRIGGER spoilt"]
            )
        }

        private static func postgreSQLTrigger(_ event: String, where condition: String) -> Fault {
            Fault(
                name: event,
                spoil: [
                    """
                    CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS
                    'BEGIN RAISE check_violation USING MESSAGE = ''spoilt''; END'
                    """,
                    """
                    CREATE TRIGGER spoilt BEFORE \(event) FOR EACH ROW WHEN (\(condition))
                    EXECUTE FUNCTION spoil()
                    """,
                ],
                mend: ["DROP FUNCTION spoil() CASCADE"]
            )
        }

        static var ofOneSeries: Fault {
            var fault = trigger("INSERT ON task", where: "NEW.title = 'Bad'")
            fault.name += " of one series"
            fault.made = ["Far 1", "Good 1", "Near 1"]
            return fault
        }

        static let all = [
            trigger("INSERT ON task", where: "1 = 1"),
            trigger("INSERT ON change", where: "1 = 1"),
            trigger("INSERT ON taskTotal", where: "1 = 1"),
            trigger("UPDATE ON seriesClock", where: "1 = 1"),
            ofOneSeries,
        ]
    }

    @Test(arguments: Fault.all)
    func `a fault of one location or series leaves the others alone, and is caught up with`(
        fault: Fault
    ) async throws {
        let world = try await begun()
        for text in fault.spoil { try await world.execute(text) }
        // A new process, so that numbers are set aside in the turns.
        let store = SQLStore(over: world.store.driver, telling: UnreadableRows { _ in })
        let commands = FiringCommands(store: store, zones: TestZones())
        let day = TaskWorld.time(day: 2)
        try await commands.refreshAgenda(at: day)
        var troubles: [FiringTrouble] = []
        var turnCount = 0
        for seconds in 0..<20 {
            let now = day.advanced(by: .seconds(seconds))
            while let turn = try await commands.takeTurn(at: now) {
                troubles += turn.troubles
                turnCount += 1
            }
            #expect(try await made(in: world) == fault.made)
        }
        #expect(!troubles.isEmpty)
        // What fails is tried again, and ever more seldom.
        #expect((2...9).contains(turnCount))
        try await expectInOrder(world)

        for text in fault.mend { try await world.execute(text) }
        let later = day.advanced(by: .seconds(20) + BackOffTime.longest)
        try await commands.refreshAgenda(at: later)
        while let turn = try await commands.takeTurn(at: later) { #expect(turn.troubles == []) }
        #expect(try await made(in: world) == ["Bad 1", "Far 1", "Good 1", "Near 1"])
        try await expectInOrder(world)
        #expect(try await store.nextFires().values.min() == TaskWorld.time(day: 3, hour: 7))
    }

    @Test
    func `an occurrence whose number is taken gets another, and is made in time`() async throws {
        let world = try await begun()
        try await world.takeTurns(at: TaskWorld.time(day: 2))
        try await world.execute(
            "UPDATE numberBlock SET nextNumber = (SELECT MIN(taskID) FROM task)"
        )
        let store = SQLStore(over: world.store.driver, telling: UnreadableRows { _ in })
        let commands = FiringCommands(store: store, zones: TestZones())
        let day = TaskWorld.time(day: 3)
        try await commands.refreshAgenda(at: day)
        var troubles: [FiringTrouble] = []
        while let turn = try await commands.takeTurn(at: day) { troubles += turn.troubles }
        #expect(troubles == [])
        #expect(try await made(in: world) == ["Bad 2", "Far 2", "Good 2", "Near 2"])
    }

    @Test
    func `a series that fails is postponed, and its numbers are given to others`() async throws {
        let world = try await begun()
        for text in Fault.ofOneSeries.spoil { try await world.execute(text) }
        let day = TaskWorld.time(day: 2, hour: 8)
        let turn = try #require(try await world.due.takeTurn(at: day))
        #expect(turn.seriesCount == 2)
        #expect(turn.taskCount == 1)
        let id = try #require(
            try await world.rows(
                "SELECT '' || seriesID FROM series WHERE title = 'Bad'",
                columnCount: 1
            ).first.flatMap { Int64($0) }
        )
        let address = SeriesAddress(locationID: TaskWorld.acme, seriesID: Identifier(id))
        // It is an hour late, so it waits the longest time.
        let end = day.advanced(by: BackOffTime.longest)
        #expect(
            turn.troubles == [
                .postponed(
                    address,
                    until: end,
                    reason: #"constraintViolated(message: "spoilt")"#
                )
            ]
        )
        #expect(world.store.agenda.earliest?.fireAt == end)
        #expect(try await world.due.takeTurn(at: day) == nil)
    }

    // MARK: - Set aside

    @Test(arguments: [
        ("ruleText", "'FREQ=NEVER'", "'FREQ=DAILY'"),
        ("dueSchedule", "'{'", #"'{"dueAfter":600,"timeZone":"UTC"}'"#),
        // Then it makes its tasks ahead.
        ("dueSchedule", "'{'", "NULL"),
    ])
    func `a series that nobody can read is set aside until it is resumed`(
        column: String,
        spoilt: String,
        mended: String
    ) async throws {
        let world = try await begun()
        try await world.execute("UPDATE series SET \(column) = \(spoilt) WHERE title = 'Bad'")
        try await world.takeTurns(at: TaskWorld.time(day: 2))
        try await world.takeTurns(at: TaskWorld.time(day: 4))
        #expect(try await made(in: world) == ["Far 2", "Good 2", "Near 2"])

        #expect(world.store.agenda.setAsideCount == 1)
        #expect(try await world.store.setAsideCount() == 1)
        let series = try #require(try await world.store.setAsideSeries().first)
        #expect(series.address.locationID == TaskWorld.acme)
        #expect(series.setAsideAt == TaskWorld.time(day: 2))
        let id = series.address.seriesID
        let now = TaskWorld.time(day: 4)
        await #expect(throws: (any Error).self) {
            _ = try await world.series.resume(id, in: TaskWorld.acme, at: now)
        }
        try await world.execute("UPDATE series SET \(column) = \(mended) WHERE title = 'Bad'")
        let entry = try await world.series.resume(id, in: TaskWorld.acme, at: now)
        #expect(entry.clock?.nextAt == TaskWorld.time(day: 2, hour: 7))
        #expect(try await world.store.setAsideCount() == 0)
        // The last of the three that were missed, or what comes within the horizon too.
        #expect(try await world.takeTurns(at: now) == (mended == "NULL" ? 367 : 1))
    }

    @Test
    func `a series that was stopped for no reason left is resumed, and no other`() async throws {
        let world = try await begun()
        // An earlier version stopped it so.
        try await world.execute(
            "UPDATE seriesClock SET fireAt = NULL, nextAt = NULL WHERE locationID LIKE 'Neigh%'"
        )
        let ids = try await world.rows(
            "SELECT '' || seriesID FROM series WHERE title = 'Near'",
            columnCount: 1
        )
        let id = Identifier<RecurringTask>(try #require(ids.first.flatMap { Int64($0) }))
        let now = TaskWorld.time(day: 2, hour: 10)
        for _ in 0..<2 {
            let entry = try await world.series.resume(id, in: Self.neighbour, at: now)
            #expect(entry.clock?.fireAt == TaskWorld.time(day: 2))
        }
        try await world.takeTurns(at: now)
        #expect(try await made(in: world).contains("Near 1"))
        try await world.series.delete(
            id,
            by: Actor(locationID: Self.neighbour, userID: nil),
            at: now
        )
        await #expect(throws: TaskRefusal.notFound) {
            _ = try await world.series.resume(id, in: Self.neighbour, at: now)
        }
    }

    @Test(.onSQLite)
    func `series that are set aside are counted by their index`() async throws {
        let world = try await TaskWorld(in: folder)
        let plan = try await world.store.read { connection in
            let explanation = "EXPLAIN QUERY PLAN " + ClockStatements.setAsideCount.text
            return try connection.rows(SQLStatement(dynamic: explanation), [:]) { row in
                try row.text(3)
            }
        }
        #expect(plan == ["SCAN seriesClock USING INDEX seriesClockSetAside"])
    }
}
