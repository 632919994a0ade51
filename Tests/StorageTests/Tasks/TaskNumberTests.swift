import DatabaseTestSupport
import Recurrence
import Tasks
import TestSupport
import Testing

@testable import Storage

@Suite
struct TaskNumberTests {
    private let folder: TemporaryFolder

    private struct Refused: Error {}

    init() throws {
        folder = try TemporaryFolder()
    }

    /// Creates tasks with the next numbers and returns the first number.
    private func make(in store: TestStore, count: Int = 1) async throws -> Int64 {
        let entry = try await store.create(
            References(),
            by: TaskWorld.ana,
            at: TaskWorld.now
        ) { _, numbers in
            let tasks = try (0..<count).map { _ in
                let id: Identifier<TaskInstance> = try numbers.next()
                return Replacement(after: TaskInstance.single(id.rawValue))
            }
            return ChangePlan(.created, tasks: tasks)
        }
        return entry.task.id.rawValue
    }

    @Test
    func `numbers begin at one and go on where they were`() async throws {
        let world = try await TaskWorld(in: folder)
        #expect(try await make(in: world.store) == 1)
        #expect(try await make(in: world.store, count: 1500) == 2)
        #expect(try await make(in: world.store) == 1502)
        #expect(
            try await world.rows(
                "SELECT CAST(nextNumber AS TEXT) FROM numberBlock WHERE name = 'task'",
                columnCount: 1
            ) == ["2001"]
        )
    }

    @Test
    func `a number is not used again after the store was opened anew`() async throws {
        let world = try await TaskWorld(in: folder)
        #expect(try await make(in: world.store) == 1)
        await world.store.close()
        let store = try await TestStore.forTest(in: folder)
        #expect(try await make(in: store) == 1001)
        await store.close()
    }

    // On PostgreSQL a block stays set aside, whatever becomes of the change.
    @Test(.onSQLite)
    func `numbers of a failed change are not used before their block is stored`()
        async throws
    {
        let world = try await TaskWorld(in: folder)
        for isFirst in [true, false] {
            await #expect(throws: Refused.self) {
                _ = try await world.store.create(
                    References(),
                    by: TaskWorld.ana,
                    at: TaskWorld.now
                ) { _, numbers in
                    let id: Identifier<TaskInstance> = try numbers.next()
                    #expect(id.rawValue == (isFirst ? 1 : 2))
                    throw Refused()
                }
            }
            // The block that was set aside before stays set aside, but the rest of it is not used
            // any more.
            #expect(try await make(in: world.store) == (isFirst ? 1 : 1001))
        }
    }

    @Test
    func `a reserve whose transaction was not kept is not used`() async throws {
        let world = try await TaskWorld(in: folder)
        #expect(try await make(in: world.store) == 1)
        try await world.store.write { connection in
            try connection.execute(SQLStatement("DELETE FROM task"), [:])
            try connection.execute(SQLStatement("DELETE FROM numberBlock"), [:])
        }
        #expect(try await make(in: world.store) == 1)
    }

    @Test
    func `numbers go on after those in use when their counter is lost`() async throws {
        let world = try await TaskWorld(in: folder)
        #expect(try await make(in: world.store, count: 3) == 1)
        _ = try await world.store.write { connection in
            try connection.execute(SQLStatement("DELETE FROM numberBlock"), [:])
        }
        let store = SQLStore(over: world.store.driver, telling: UnreadableRows { _ in })
        #expect(try await make(in: store) == 4)
    }

    @Test
    func `two hundred creations at once are each made once and logged in a row`() async throws {
        let world = try await TaskWorld(in: folder)
        let numbers = try await withThrowingTaskGroup { group in
            for _ in 0..<200 { group.addTask { try await make(in: world.store) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(numbers.sorted() == Array(1...200))
        let logged = try await world.rows(
            "SELECT CAST(changeNumber AS TEXT) FROM change ORDER BY change.changeNumber",
            columnCount: 1
        )
        #expect(logged == (1...200).map(String.init))
        let last = try await world.rows(
            "SELECT locationID, CAST(changeNumber AS TEXT) FROM location ORDER BY changeNumber",
            columnCount: 2
        )
        #expect(last == ["\(TaskWorld.other.rawValue)|0", "\(TaskWorld.acme.rawValue)|200"])
    }
}
