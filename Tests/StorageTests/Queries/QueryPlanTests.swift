import DatabaseTestSupport
import Recurrence
import Tasks
import TestSupport
import Testing

@testable import Storage

/// The query plans of SQLite for queries that must stay quick in a large store.
@Suite(.onSQLite)
struct QueryPlanTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func plan(
        of statement: SQLStatement,
        _ arguments: SQLArguments,
        in world: TaskWorld
    ) async throws -> [String] {
        try await world.store.read { connection in
            let explanation = SQLStatement(dynamic: "EXPLAIN QUERY PLAN " + statement.text)
            return try connection.rows(explanation, arguments) { row in try row.text(3) }
        }
    }

    private static let ofAna = "(shard=? AND locationID=? AND creatorID=?)"

    private static let pages: [([Ordering<TaskField>], Predicate<TaskField>, String)] = [
        ([], .all([]), "SEARCH task USING COVERING INDEX taskOfCreator \(ofAna)"),
        (
            [], .isNoneOf(.state, [.integer(2)]),
            "SEARCH task USING COVERING INDEX taskOfCreator \(ofAna)"
        ),
        (
            [Ordering(.dueAt, isAscending: false)], .all([]),
            "SEARCH task USING COVERING INDEX taskByDue \(ofAna)"
        ),
        (
            [Ordering(.dueAt, isAscending: false)], .isOneOf(.state, [.integer(3)]),
            "SEARCH task USING COVERING INDEX taskByDue \(ofAna)"
        ),
    ]

    @Test
    func `the tasks of a page are found by an index in their order`() async throws {
        let world = try await TaskWorld(in: folder)
        for (order, predicate, search) in Self.pages {
            let listing = TaskStatements.listing(
                of: Query(predicate: predicate, order: order, limit: 10),
                seenBy: .creator(Identifier(1)),
                in: TaskWorld.acme
            )
            var arguments = listing.arguments
            arguments.append(.integer(10), for: "limit")
            arguments.append(.integer(0), for: "skip")
            let plan = try await plan(of: listing.page, arguments, in: world)
            #expect(
                plan == [
                    "MATERIALIZE page",
                    search,
                    "SCAN page",
                    "SEARCH task USING PRIMARY KEY (shard=? AND locationID=? AND taskID=?)",
                    """
                    SEARCH series USING PRIMARY KEY (shard=? AND locationID=? AND seriesID=?) \
                    LEFT-JOIN
                    """,
                    // Sorts only the rows of the page, which are few.
                    "USE TEMP B-TREE FOR ORDER BY",
                ],
                "\(order) \(predicate)"
            )
        }
    }

    private static let pagesOfLocation: [(Predicate<TaskField>, String)] = [
        (
            .isOneOf(.contactID, [.integer(3)]),
            """
            SEARCH task USING COVERING INDEX taskOfContact \
            (shard=? AND locationID=? AND contactID=?)
            """
        ),
        (
            .isNoneOf(.state, [.integer(2)]),
            "SEARCH task USING COVERING INDEX taskOfLocationByDue (shard=? AND locationID=?)"
        ),
    ]

    @Test(arguments: pagesOfLocation)
    func `a location's tasks are found by index, of a contact and by due time`(
        predicate: Predicate<TaskField>,
        search: String
    ) async throws {
        let world = try await TaskWorld(in: folder)
        let order = [Ordering(TaskField.dueAt, isAscending: true)]
        let listing = TaskStatements.listing(
            of: Query(predicate: predicate, order: order, limit: 10),
            seenBy: .wholeLocation,
            in: TaskWorld.acme
        )
        var arguments = listing.arguments
        arguments.append(.integer(10), for: "limit")
        arguments.append(.integer(0), for: "skip")
        let plan = try await plan(of: listing.page, arguments, in: world)
        #expect(Array(plan.prefix(3)) == ["MATERIALIZE page", search, "SCAN page"])
    }

    private static let counts: [(Predicate<TaskField>, [String])] = [
        // The total of a state is read from the table of totals.
        (.all([]), ["SEARCH task USING PRIMARY KEY \(ofAna)"]),
        (
            .isOneOf(.state, [.integer(3)]),
            [
                """
                SEARCH task USING PRIMARY KEY \
                (shard=? AND locationID=? AND creatorID=? AND state=?)
                """
            ]
        ),
        // Of a time, the totals of whole spans are read, and the tasks of the span that it lies in.
        (
            .compares(.dueAt, .less, .timestamp(TaskWorld.now)),
            [
                "SEARCH task USING PRIMARY KEY \(ofAna)",
                "SCALAR SUBQUERY 1",
                """
                SEARCH task USING COVERING INDEX taskByDue \
                (shard=? AND locationID=? AND creatorID=? AND dueAt>? AND dueAt<?)
                """,
            ]
        ),
        (
            .isOneOf(.originID, [.integer(7)]),
            [
                "MULTI-INDEX OR", "INDEX 1",
                "SEARCH task USING INDEX taskOfSlot (shard=? AND locationID=? AND seriesID=?)",
                "INDEX 2",
                "SEARCH task USING PRIMARY KEY (shard=? AND locationID=? AND taskID=?)",
            ]
        ),
    ]

    @Test
    func `tasks are counted by an index and without their series`() async throws {
        let world = try await TaskWorld(in: folder)
        for (predicate, expected) in Self.counts {
            let listing = TaskStatements.listing(
                of: Query(predicate: predicate, limit: 0),
                seenBy: .creator(Identifier(1)),
                in: TaskWorld.acme
            )
            let count = listing.keptCount ?? listing.count
            let plan = try await plan(of: count, listing.arguments, in: world)
            #expect(plan == expected, "\(predicate)")
        }
    }

    @Test
    func `a creator's origins are found by index`() async throws {
        let world = try await TaskWorld(in: folder)
        let listing = OriginStatements.listing(
            of: Query(limit: 0),
            seenBy: .creator(Identifier(1)),
            in: TaskWorld.acme
        )
        let searches = try await plan(of: listing.count, listing.arguments, in: world)
            .filter { $0.hasPrefix("SEARCH") }
        #expect(searches.count == 2)
        #expect(searches.allSatisfy { $0.hasSuffix(Self.ofAna) })
    }

    @Test
    func `fired clocks are found by an index, location by location`() async throws {
        let world = try await TaskWorld(in: folder)
        let index = "USING COVERING INDEX seriesClockByFire"
        let shards = try await plan(of: ClockStatements.shards, [:], in: world)
        #expect(
            shards.filter { $0.hasPrefix("SEARCH") || $0.hasPrefix("SCAN") } == [
                "SEARCH location USING PRIMARY KEY (shard>? AND shard<?)",
                "SEARCH clock USING PRIMARY KEY (shard<?)",
                "SEARCH clock USING PRIMARY KEY (shard>?)",
            ]
        )
        let arguments: SQLArguments = ["shard": .integer(0)]
        let fires = try await plan(of: ClockStatements.firstFires, arguments, in: world)
        #expect(
            fires.filter { $0.hasPrefix("SEARCH") } == [
                "SEARCH seriesClock \(index) (shard=?)",
                "SEARCH next \(index) (shard=? AND locationID>?)",
                "SEARCH location USING PRIMARY KEY (shard=? AND locationID=?)",
                "SEARCH clock \(index) (shard=? AND locationID=? AND fireAt>?)",
            ]
        )
        var inLocation = SQLArguments(in: TaskWorld.acme)
        inLocation.append(.integer(0), for: "now")
        inLocation.append(.integer(9), for: "limit")
        #expect(
            try await plan(of: ClockStatements.fired, inLocation, in: world) == [
                """
                SEARCH seriesClock USING INDEX seriesClockByFire \
                (shard=? AND locationID=? AND fireAt<?)
                """
            ]
        )
    }
}
