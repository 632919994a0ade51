import DatabaseTestSupport
import Recurrence
import SystemZones
import Tasks
import TestSupport
import Testing

@testable import Storage

/// Several nodes over one database.
@Suite(.onPostgreSQL)
struct NodeTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func node(of world: TaskWorld) -> any ClusterNode {
        guard case .postgreSQL(let database) = world.store.driver else {
            preconditionFailure("only PostgreSQL has nodes")
        }
        // Nobody is so slow that it dies meanwhile.
        return PostgreSQLNode(database.makeSide(), lifetime: .seconds(600))
    }

    /// A world with a daily series, which begins on the first of January at nine.
    private func begun() async throws -> TaskWorld {
        let world = try await TaskWorld(in: folder)
        _ = try await world.series.create(
            TaskWorld.draft(recurrence: try TaskWorld.recurrence()),
            by: TaskWorld.token,
            at: TaskWorld.time(day: 1)
        )
        return world
    }

    @Test func `nodes share the shards, and take over what a node had that left`() async throws {
        let world = try await TaskWorld(in: folder)
        let (first, second) = (node(of: world), node(of: world))
        #expect(try await first.beat().leases.count == LocationID.shardCount)
        #expect(try await second.beat().leases.isEmpty)
        let left = try await first.beat()
        #expect(left.nodeCount == 2)
        let right = try await second.beat()
        #expect([left.leases.count, right.leases.count] == [128, 128])
        #expect(Set(left.leases.keys).isDisjoint(with: right.leases.keys))
        try await first.leave()
        let all = try await second.beat()
        #expect(all.nodeCount == 1)
        #expect(all.leases.count == LocationID.shardCount)
        for (shard, lease) in left.leases {
            #expect(try #require(all.leases[shard]).epoch > lease.epoch)
        }
    }

    @Test func `a node whose lease another has taken makes nothing`() async throws {
        let world = try await begun()
        let (first, second) = (node(of: world), node(of: world))
        let leases = try await first.beat().leases
        world.store.agenda.setLeases(leases)
        try await first.leave()
        _ = try await second.beat()
        let now = TaskWorld.time(day: 2)
        #expect(try await world.due.takeTurn(at: now) == FiringTurn())
        #expect(world.store.agenda.tenure(of: TaskWorld.acme.shard) == .elsewhere)
        #expect(try await world.slots().count == 1)
    }

    @Test func `a shard of another node's is worked when that node is late`() async throws {
        let world = try await begun()
        world.store.agenda.setLeases([:])
        let due = TaskWorld.time(day: 2)
        #expect(try await world.due.takeTurn(at: due) == nil)
        let late = due.advanced(by: .milliseconds(200))
        #expect(
            try await world.due.takeTurn(at: late) == FiringTurn(seriesCount: 1, taskCount: 1)
        )
    }

    @Test func `a late shard is left alone while its location is being written`() async throws {
        let world = try await begun()
        world.store.agenda.setLeases([:])
        let late = TaskWorld.time(day: 2).advanced(by: .seconds(1))
        let other = try await TestStore.forTest(in: folder)
        let turn = try await withThrowingTaskGroup(of: FiringTurn?.self) { group in
            let (locked, lock) = AsyncStream<Void>.makeStream()
            let (done, end) = AsyncStream<Void>.makeStream()
            group.addTask {
                try await other.driver.write { connection in
                    try connection.lock([TaskWorld.acme])
                    try connection.finish()
                    lock.finish()
                    // The turn is over when the sleep is.
                    let sleep = SQLStatement("SELECT pg_sleep(0.5)")
                    try connection.execute(sleep, [:])
                }
                end.finish()
                return nil
            }
            for await _ in locked {}
            let turn = try await world.due.takeTurn(at: late)
            for await _ in done {}
            try await group.waitForAll()
            return turn
        }
        #expect(turn == FiringTurn())
        #expect(try await world.due.takeTurn(at: late) == nil)
        let later = late.advanced(by: .milliseconds(150))
        #expect(
            try await world.due.takeTurn(at: later) == FiringTurn(seriesCount: 1, taskCount: 1)
        )
        await other.close()
    }

    @Test func `a node learns of what others stored a moment ago`() async throws {
        let world = try await begun()
        let node = node(of: world)
        #expect(
            try await node.changes(since: TaskWorld.time(day: 1, hour: 8))
                == [TaskWorld.acme: LocationChange(number: 1, fireAt: TaskWorld.time(day: 2))]
        )
        #expect(try await node.changes(since: TaskWorld.time(day: 1, hour: 10)) == [:])
    }

    @Test func `those who follow are woken once of what another node changed`() async throws {
        let world = try await begun()
        let node = node(of: world)
        let bell = FeedBell()
        let follower = bell.follower(of: TaskWorld.acme)
        for isNew in [true, false] {
            let changes = try await node.changes(since: TaskWorld.time(day: 1, hour: 8))
            bell.ring(changes.mapValues(\.number))
            if isNew {
                #expect(await follower.wait { await Wait.untilCancelled() })
            } else {
                #expect(await !follower.wait {})
            }
        }
    }

    @Test func `servers that meet an empty database make its tables together`() async throws {
        let url = try await schema(of: folder)
        try await withThrowingTaskGroup { group in
            for _ in 1...4 {
                group.addTask {
                    try await SQLStore<PostgreSQLDatabase>.open(url, migrating: false).close()
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func `a database of an earlier version is refused unless it may be migrated`()
        async throws
    {
        let world = try await TaskWorld(in: folder)
        let url = try await schema(of: folder)
        try await world.store.driver.write { connection in
            for text in [
                "DROP INDEX changeByTime",
                "DELETE FROM migration WHERE name = 'index changeByTime'",
            ] {
                try connection.execute(SQLStatement(dynamic: text), [:])
            }
        }
        await #expect(throws: PostgreSQLOpenError.behind(url, migration: "index changeByTime")) {
            _ = try await SQLStore<PostgreSQLDatabase>.open(url, migrating: false)
        }
        try await SQLStore<PostgreSQLDatabase>.open(url, migrating: true).close()
        try await SQLStore<PostgreSQLDatabase>.open(url, migrating: false).close()
    }
}
