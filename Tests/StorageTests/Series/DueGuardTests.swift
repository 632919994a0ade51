import Recurrence
import Synchronization
import Tasks
import TestSupport
import Testing

@testable import Storage

/// Two that take up the same series at once make each task once, whichever guard is left.
@Suite
struct DueGuardTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// Which guards are on.
    struct Guards: CustomTestStringConvertible {
        var ofStore: DueGuards
        var hasIndex: Bool

        var testDescription: String { "\(ofStore.rawValue), index \(hasIndex)" }
    }

    /// When the two meet: nine series that make a task for each of two contacts have missed five
    /// days, and another moves its horizon for the last time.
    private static let now = Timestamp(seconds: 1_704_067_200 + 800 * 86_400)
    private static let dueCount = 9 * 2 * (1 + 5)
    private static let aheadCount = 730

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

    /// Lets two stores take up what is due at once, and then one of them what is left.
    ///
    /// - Returns: How many tasks there are, and how many occurrences and contacts they are of.
    private func race(_ guards: Guards, in world: TaskWorld) async throws -> (Int, Int) {
        if !guards.hasIndex {
            _ = try await world.store.write { connection in
                try connection.execute(SQLStatement("DROP INDEX taskOfSlot"), [:])
            }
        }
        let driver = MeetingDriver(database: world.store.driver, meeting: Meeting(of: 2))
        let stores = [0, 1].map { _ in SQLStore(over: driver, guards: guards.ofStore) }
        let shard = TaskWorld.acme.shard
        try await withThrowingDiscardingTaskGroup { group in
            for store in stores {
                group.addTask {
                    let commands = FiringCommands(store: store, zones: TestZones())
                    store.agenda.note(Self.now, in: shard)
                    _ = try await commands.takeTurn(at: Self.now)
                }
            }
        }
        let commands = FiringCommands(store: stores[0], zones: TestZones())
        while try await commands.takeTurn(at: Self.now) != nil {}
        let counts = try await world.rows(
            """
            SELECT COUNT(*) || '',
                COUNT(DISTINCT seriesID || ' ' || recurrenceID || ' ' || slotContactID) || ''
            FROM task
            """,
            columnCount: 2
        )
        let parts = counts[0].split(separator: "|").compactMap { Int($0) }
        return (try #require(parts.first), try #require(parts.last))
    }

    @Test(arguments: [
        Guards(ofStore: .all, hasIndex: true), Guards(ofStore: .all, hasIndex: false),
        Guards(ofStore: .claim, hasIndex: true), Guards(ofStore: .claim, hasIndex: false),
        Guards(ofStore: .compareAndSet, hasIndex: true),
        Guards(ofStore: .compareAndSet, hasIndex: false), Guards(ofStore: [], hasIndex: true),
    ])
    func `any guard suffices`(guards: Guards) async throws {
        let world = try await begun()
        let (count, distinctCount) = try await race(guards, in: world)
        #expect(count == Self.dueCount + Self.aheadCount)
        #expect(distinctCount == count)
        let counts = try await world.rows(
            "SELECT occurrenceCount || '' FROM seriesClock",
            columnCount: 1
        )
        #expect(counts == Array(repeating: "6", count: 9))
        // All was made in one turn, and who came too late has nothing to log.
        #expect(
            try await world.rows("SELECT '' FROM change WHERE kind = 4", columnCount: 1).count == 1
        )
        #expect(
            try await world.rows("SELECT SUM(total) || '' FROM taskTotal", columnCount: 1)
                == ["\(count)"]
        )
    }

    @Test
    func `without any guard the race makes tasks twice, so that it would be seen`() async throws {
        let world = try await begun()
        let (count, distinctCount) = try await race(
            Guards(ofStore: [], hasIndex: false),
            in: world
        )
        #expect(distinctCount == Self.dueCount + Self.aheadCount)
        #expect(count > distinctCount)
    }
}

/// A database whose readers go on once all that are awaited have read.
private struct MeetingDriver: SQLDriver {
    let database: SQLiteDatabase
    let meeting: Meeting

    static var dialect: SQLDialect { SQLiteDatabase.dialect }

    func read<Value: Sendable>(
        _ body: @Sendable (SQLiteConnection) throws -> Value
    ) async throws -> Value {
        let value = try database.read(body)
        await meeting.arrive()
        return value
    }

    func readSnapshot<Value: Sendable>(
        _ body: @Sendable (SQLiteConnection) throws -> Value
    ) async throws -> Value {
        try database.readSnapshot(body)
    }

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (SQLiteConnection) throws -> Value
    ) async throws -> Value {
        try await database.write(body)
    }

    func close() async {
        await database.close()
    }
}

/// Where each waits until all have come; who comes later goes on at once.
private final class Meeting: Sendable {
    private let state: Mutex<(awaitedCount: Int, waiters: [CheckedContinuation<Void, Never>])>

    init(of count: Int) {
        state = Mutex((count, []))
    }

    func arrive() async {
        await withCheckedContinuation { continuation in
            let released = state.withLock { state in
                state.awaitedCount -= 1
                state.waiters.append(continuation)
                guard state.awaitedCount <= 0 else {
                    return [] as [CheckedContinuation<Void, Never>]
                }
                defer { state.waiters = [] }
                return state.waiters
            }
            for waiter in released { waiter.resume() }
        }
    }
}
