import DatabaseTestSupport
import Recurrence
import Tasks
import TestSupport
import Testing

@testable import Storage

/// The query plans of SQLite for pages of tasks that begin after a place.
@Suite(.onSQLite) struct TaskPagePlanTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private static let ana = Identifier<User>(1)
    private static let isOpen = Predicate<TaskField>.isOneOf(.state, [.integer(3)])
    private static let isOfAna = Predicate<TaskField>.isOneOf(.assigneeID, [.integer(1)])
    private static let isFromNow = Predicate<TaskField>.compares(
        .dueAt,
        .greaterOrEqual,
        .timestamp(TaskWorld.now)
    )

    private static let byDue = "SEARCH task USING COVERING INDEX"

    private static let pages: [(Viewer, Predicate<TaskField>, [String])] = [
        // "My open tasks from now on, in order."
        (
            .colleague(ana), .all([isOfAna, isOpen, isFromNow]),
            ["\(byDue) taskOfAssigneeByDue (shard=? AND locationID=? AND assigneeID=? AND dueAt>?)"]
        ),
        (
            .wholeLocation, isOpen,
            [
                """
                \(byDue) taskOfLocationByDue \
                (shard=? AND locationID=? AND (dueAt,taskID)>(?,?))
                """
            ]
        ),
        (
            .wholeLocation, .isOneOf(.contactID, [.integer(3)]),
            [
                """
                \(byDue) taskOfContact \
                (shard=? AND locationID=? AND contactID=? AND (dueAt,taskID)>(?,?))
                """
            ]
        ),
    ]

    @Test(arguments: pages)
    func `a page is found by an index in its order, from its place on`(
        viewer: Viewer,
        predicate: Predicate<TaskField>,
        expected: [String]
    ) async throws {
        let plan = try await plan(of: predicate, seenBy: viewer)
        let found = try #require(plan.firstIndex(of: "SCAN page"))
        #expect(Array(plan[..<found]) == ["MATERIALIZE page"] + expected)
        // The records of the page are then read by their keys, and put in order.
        #expect(
            plan[found...].dropFirst().allSatisfy { step in
                step.contains(" USING PRIMARY KEY ") || step == "USE TEMP B-TREE FOR ORDER BY"
            }
        )
    }

    @Test func `what a colleague sees is found by two indexes`() async throws {
        let plan = try await plan(of: Self.isOpen, seenBy: .colleague(Self.ana))
        let searches = plan.filter { $0.hasPrefix("SEARCH task ") }
        #expect(searches.contains { $0.contains("taskByDue") })
        #expect(searches.contains { $0.contains("taskOfAssigneeByDue") })
        #expect(!plan.contains { $0.hasPrefix("SCAN task") || $0.contains("taskOfLocationByDue") })
    }

    private func plan(
        of predicate: Predicate<TaskField>,
        seenBy viewer: Viewer
    ) async throws -> [String] {
        let world = try await TaskWorld(in: folder)
        let (statement, arguments) = TaskPageStatements.page(
            of: TaskPageQuery(
                predicate: predicate,
                after: TaskPlace(time: TaskWorld.now, id: Identifier(7)),
                limit: 10
            ),
            seenBy: viewer,
            in: TaskWorld.acme
        )
        return try await world.store.read { connection in
            let explanation = SQLStatement(dynamic: "EXPLAIN QUERY PLAN " + statement.text)
            return try connection.rows(explanation, arguments) { row in try row.text(3) }
        }
    }
}
