import DatabaseTestSupport
import Recurrence
import Tasks
import TestSupport
import Testing

@testable import Storage

/// How often a turn of the scheduler waits for the server.
@Suite(.onPostgreSQL)
struct TurnRoundTripTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// Locations of the shard of `acme`.
    private static var neighbours: some Sequence<LocationID> {
        (0...).lazy.map { LocationID("Neighbour\($0)") }
            .filter { $0.shard == TaskWorld.acme.shard }
    }

    /// How often a turn waits for the server in which some locations have series that come due.
    private func roundTripCount(locations: Int, seriesInEach count: Int) async throws -> Int {
        let folder = try TemporaryFolder()
        let world = try await TaskWorld(in: folder)
        guard case .postgreSQL(let database) = world.store.driver else {
            preconditionFailure("the tests run on PostgreSQL")
        }
        var contacted = TaskWorld.draft(contacts: [1], recurrence: try TaskWorld.recurrence())
        contacted.makesFirstTasks = false
        for locationID in Self.neighbours.prefix(locations) {
            try await world.add(locationID)
            for _ in 0..<count {
                _ = try await world.series.create(
                    contacted,
                    by: Actor(locationID: locationID, userID: nil),
                    at: TaskWorld.time(day: 1, hour: 12)
                )
            }
        }
        // The first turn has statements prepared, and numbers set aside.
        var counts: [Int] = []
        for day in 2...3 as ClosedRange<Int64> {
            let before = database.roundTripCount
            let turn = try await world.due.takeTurn(at: TaskWorld.time(day: day))
            #expect(turn?.taskCount == locations * count)
            counts.append(database.roundTripCount - before)
        }
        return counts[1]
    }

    @Test func `a turn takes as many round trips for many series and locations as for one`()
        async throws
    {
        let one = try await roundTripCount(locations: 1, seriesInEach: 1)
        #expect(one <= 14)
        #expect(try await roundTripCount(locations: 1, seriesInEach: 60) <= one)
        #expect(try await roundTripCount(locations: 10, seriesInEach: 6) <= one + 10)
    }
}
