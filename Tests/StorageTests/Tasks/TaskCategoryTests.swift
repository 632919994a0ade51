import DatabaseTestSupport
import Recurrence
import Tasks
import TestSupport
import Testing

@testable import Storage

/// Categories.
///
/// ``TaskWorld`` has one of the whole location, one of Ana's and one of Ben's.
@Suite
struct TaskCategoryTests {
    private let folder: TemporaryFolder
    private let ana = Identifier<User>(1)

    init() throws {
        folder = try TemporaryFolder()
    }

    private func names(
        _ query: Query<CategoryField>,
        in world: TaskWorld
    ) async throws -> [String] {
        try await world.store.categories(query, seenBy: ana, in: TaskWorld.acme).records.map(\.name)
    }

    @Test
    func `a user sees everybody's categories and the own ones`() async throws {
        let world = try await TaskWorld(in: folder)
        #expect(try await names(Query(limit: 9), in: world) == ["Call", "Mine"])
        #expect(
            try await names(
                Query(order: [Ordering(.name, isAscending: false)], limit: 1),
                in: world
            )
                == ["Mine"]
        )
        #expect(
            try await names(Query(predicate: .isOneOf(.ownerID, [.null]), limit: 9), in: world)
                == ["Call"]
        )
    }

    @Test
    func `a new category has a number that no import has taken`() async throws {
        let world = try await TaskWorld(in: folder)
        try await world.store.write { connection in
            for number in [1000, 1002] as [Int64] {
                try DirectoryRegister(connection).give(
                    .number(number, .category),
                    to: DirectoryAddress(TaskWorld.other, number)
                )
            }
        }
        for expected in [1001, 1003, 1004] as [Int64] {
            let category = try await world.store.createCategory(
                named: "New",
                ownedBy: ana,
                in: TaskWorld.acme,
                at: TaskWorld.now
            )
            #expect(
                category
                    == TaskCategory(
                        id: Identifier(expected),
                        name: "New",
                        ownerID: ana,
                        createdAt: TaskWorld.now,
                        modifiedAt: TaskWorld.now
                    )
            )
        }
        #expect(
            try await names(Query(limit: 9), in: world) == ["Call", "Mine", "New", "New", "New"]
        )
    }

    @Test
    func `a user renames the own categories alone`() async throws {
        let world = try await TaskWorld(in: folder)
        func rename(_ id: Int64, in location: LocationID = TaskWorld.acme) async throws {
            _ = try await world.store.renameCategory(
                Identifier(id),
                to: "Renamed",
                ownedBy: ana,
                in: location,
                at: TaskWorld.now
            )
        }
        try await rename(2)
        #expect(try await names(Query(limit: 9), in: world) == ["Call", "Renamed"])
        await #expect(throws: CategoryRefusal.notTheOwner) { try await rename(1) }
        for id in [3, 4, 9] as [Int64] {
            await #expect(throws: CategoryRefusal.notFound) { try await rename(id) }
        }
        try await rename(2, in: TaskWorld.other)
        #expect(
            try await world.rows("SELECT detail FROM change", columnCount: 1)[0] == """
                {"categories":[{"id":2,"before":{"name":"Mine","modifiedAt":1},\
                "after":{"name":"Renamed","modifiedAt":1700000000000000}}]}
                """
        )
    }

    @Test
    func `tasks of a deleted category lose it, and the log keeps which it was`() async throws {
        let world = try await TaskWorld(in: folder)
        var mine = TaskInstance.single(1)
        mine.template.categoryID = Identifier(2)
        var shared = TaskInstance.single(2)
        shared.template.categoryID = Identifier(1)
        try await world.add([mine, shared])
        try await world.add([mine], in: TaskWorld.other)
        var series = try RecurringTask.daily(10)
        series.template.categoryID = Identifier(2)
        try await world.add(series, [TaskInstance.ofSeries(series, id: 11, day: 1)], clock: nil)
        let later = Timestamp(seconds: 1_800_000_000)
        let deleted = try await world.store.deleteCategory(
            Identifier(2),
            ownedBy: ana,
            in: TaskWorld.acme,
            at: later
        )
        #expect(deleted.name == "Mine")
        mine.template.categoryID = nil
        mine.modifiedAt = later
        #expect(try await world.task(1)?.task == mine)
        #expect(try await world.task(2)?.task == shared)
        #expect(try await world.task(11)?.task.template.categoryID == nil)
        #expect(
            try await world.rows(
                "SELECT detail FROM change WHERE kind = 3",
                columnCount: 1
            ) == [
                """
                {"categories":[{"id":2,"before":{"modifiedAt":1},\
                "after":{"modifiedAt":1800000000000000}}],\
                "removedFromTasks":[1,11],"removedFromSeries":[10]}
                """
            ]
        )
        let elsewhere = try await world.store.task(
            Identifier(1),
            where: .isOneOf(.categoryID, [.integer(2)]),
            seenBy: .wholeLocation,
            in: TaskWorld.other
        )
        #expect(elsewhere != nil)
        await #expect(throws: CategoryRefusal.notFound) {
            _ = try await world.store.deleteCategory(
                Identifier(2),
                ownedBy: ana,
                in: TaskWorld.acme,
                at: later
            )
        }
    }
}
