import Recurrence
import Tasks
import TestSupport
import Testing

@testable import Storage

@Suite
struct QueryTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// Tasks 1 to 5.
    ///
    /// Tasks 4 and 5 are of series 40, and 5 has its own title and body.
    private func world() async throws -> TaskWorld {
        let world = try await TaskWorld(in: folder)
        var one = TaskInstance.single(1, dueAfterHours: 3)
        one.template.title = "Äpfel"
        one.template.assigneeID = Identifier(7)
        one.template.categoryID = Identifier(2)
        var two = TaskInstance.single(2, dueAfterHours: 1)
        two.template.title = "apples"
        two.template.isAllDay = true
        two.state = .completed
        var three = TaskInstance.single(3, dueAfterHours: 3)
        three.template.title = "\u{1F600}"
        three.template.assigneeID = Identifier(9)
        three.template.notifiesAssignee = false
        three.template.reminder = .call
        three.state = .deleted
        try await world.add([one, two, three])
        let series = try RecurringTask.daily(40, title: "Birnen")
        var five = TaskInstance.ofSeries(series, id: 5, day: 2)
        five.inheritsWording = false
        five.template.title = "\u{FF5E}"
        try await world.add(
            series,
            [TaskInstance.ofSeries(series, id: 4, day: 1), five],
            clock: nil
        )
        return world
    }

    private func ids(_ query: Query<TaskField>, in world: TaskWorld) async throws -> [Int64] {
        let page = try await world.store.tasks(
            query,
            seenBy: .creator(Identifier(1)),
            in: TaskWorld.acme
        )
        return page.records.map(\.task.id.rawValue)
    }

    private static func hour(_ hour: Int64) -> FieldValue {
        .timestamp(TaskInstance.single(0, dueAfterHours: hour).due.timestamp)
    }

    private static let conditions: [(Predicate<TaskField>, [Int64])] = [
        (.all([]), [1, 2, 3, 4, 5]),
        (.any([]), []),
        (.isOneOf(.id, [.integer(2), .integer(5), .integer(99)]), [2, 5]),
        (.isOneOf(.id, []), []),
        (.isOneOf(.id, [.null]), []),
        (.isNoneOf(.id, []), [1, 2, 3, 4, 5]),
        (.isNoneOf(.id, [.null]), [1, 2, 3, 4, 5]),
        (.isNoneOf(.id, [.null, .integer(1)]), [2, 3, 4, 5]),
        (.contains(.title, "\0"), []),
        (.contains(.title, "%\u{301}"), []),
        (.compares(.id, .less, .integer(3)), [1, 2]),
        (.compares(.id, .less, .null), []),
        (.isOneOf(.originID, [.integer(40), .integer(3)]), [3, 4, 5]),
        (.isNoneOf(.originID, [.integer(40), .integer(3)]), [1, 2]),
        (.compares(.originID, .greaterOrEqual, .integer(40)), [4, 5]),
        (.isOneOf(.assigneeID, [.integer(7)]), [1]),
        (.isOneOf(.assigneeID, [.null]), [2, 4, 5]),
        (.isOneOf(.assigneeID, [.null, .integer(9)]), [2, 3, 4, 5]),
        (.isOneOf(.assigneeID, []), []),
        (.isNoneOf(.assigneeID, [.integer(7)]), [2, 3, 4, 5]),
        (.isNoneOf(.assigneeID, [.null]), [1, 3]),
        (.isNoneOf(.assigneeID, [.null, .integer(9)]), [1]),
        (.isNoneOf(.assigneeID, []), [1, 2, 3, 4, 5]),
        (.compares(.assigneeID, .greater, .integer(7)), [3]),
        (.compares(.assigneeID, .lessOrEqual, .integer(7)), [1]),
        (.compares(.assigneeID, .greaterOrEqual, .null), []),
        (.isOneOf(.dueAt, [hour(3)]), [1, 3]),
        (.isNoneOf(.dueAt, [hour(3)]), [2, 4, 5]),
        (.compares(.dueAt, .less, hour(3)), [2]),
        (.compares(.dueAt, .lessOrEqual, hour(3)), [1, 2, 3]),
        (.compares(.dueAt, .greater, hour(3)), [4, 5]),
        (.isOneOf(.isAllDay, [.boolean(true)]), [2]),
        (.isNoneOf(.isAllDay, [.boolean(true)]), [1, 3, 4, 5]),
        (.compares(.isAllDay, .less, .boolean(true)), [1, 3, 4, 5]),
        (.isOneOf(.notifiesAssignee, [.boolean(false)]), [3]),
        (.isOneOf(.reminder, [.integer(2)]), [3]),
        (.isOneOf(.categoryID, [.integer(2)]), [1]),
        (.isOneOf(.contactID, [.null]), [1, 2, 3, 4, 5]),
        (.isOneOf(.creatorID, [.integer(1)]), [1, 2, 3, 4, 5]),
        (.isOneOf(.state, [.integer(Int64(TaskState.completed.rawValue))]), [2]),
        (.isOneOf(.title, [.text("Birnen")]), [4]),
        (.isOneOf(.title, [.text("birnen")]), []),
        (.isNoneOf(.title, [.text("Birnen"), .text("apples")]), [1, 3, 5]),
        // The order by code points is B, a, Ä, U+FF5E, U+1F600. By UTF-16 the last two would be
        // exchanged.
        (.compares(.title, .less, .text("apples")), [4]),
        (.compares(.title, .greater, .text("\u{FF5E}")), [3]),
        (.compares(.title, .greaterOrEqual, .text("\u{FF5E}")), [3, 5]),
        (.isOneOf(.body, [.text("All of them")]), [4, 5]),
        (.isOneOf(.ruleText, [.text("FREQ=DAILY")]), [4, 5]),
        (.isOneOf(.ruleText, [.null]), [1, 2, 3]),
        (.isNoneOf(.ruleText, [.text("FREQ=DAILY")]), [1, 2, 3]),
        (.isNoneOf(.ruleText, [.null]), [4, 5]),
        (
            .all([
                .any([.isOneOf(.id, [.integer(1)]), .compares(.dueAt, .greater, hour(3))]),
                .isNoneOf(.title, [.text("Birnen")]),
            ]), [1, 5]
        ),
        (.any([.all([]), .any([])]), [1, 2, 3, 4, 5]),
        (.all([.all([]), .any([])]), []),
    ]

    @Test
    func `a predicate selects what satisfies it`() async throws {
        let world = try await world()
        for (predicate, expected) in Self.conditions {
            let query = Query(predicate: predicate, limit: 10)
            #expect(try await ids(query, in: world) == expected, "\(predicate)")
            let total = try await world.store.tasks(
                Query(predicate: predicate, limit: 0),
                seenBy: .creator(Identifier(1)),
                in: TaskWorld.acme
            ).total
            #expect(total == expected.count, "\(predicate)")
            let isMatch = try await world.store.task(
                Identifier(5),
                where: predicate,
                seenBy: .creator(Identifier(1)),
                in: TaskWorld.acme
            )
            #expect((isMatch != nil) == expected.contains(5), "\(predicate)")
        }
    }

    private static let orders: [([Ordering<TaskField>], [Int64])] = [
        ([], [1, 2, 3, 4, 5]),
        ([Ordering(.id, isAscending: false)], [5, 4, 3, 2, 1]),
        ([Ordering(.dueAt, isAscending: true)], [2, 1, 3, 4, 5]),
        ([Ordering(.dueAt, isAscending: false)], [5, 4, 1, 3, 2]),
        ([Ordering(.assigneeID, isAscending: true)], [2, 4, 5, 1, 3]),
        ([Ordering(.assigneeID, isAscending: false)], [3, 1, 2, 4, 5]),
        ([Ordering(.ruleText, isAscending: true)], [1, 2, 3, 4, 5]),
        ([Ordering(.ruleText, isAscending: false)], [4, 5, 1, 2, 3]),
        ([Ordering(.title, isAscending: true)], [4, 2, 1, 5, 3]),
        ([Ordering(.isAllDay, isAscending: false)], [2, 1, 3, 4, 5]),
        (
            [Ordering(.dueAt, isAscending: true), Ordering(.title, isAscending: false)],
            [2, 3, 1, 4, 5]
        ),
        (
            [Ordering(.assigneeID, isAscending: true), Ordering(.id, isAscending: false)],
            [5, 4, 2, 1, 3]
        ),
    ]

    @Test
    func `an order puts nulls lowest and breaks ties by number`() async throws {
        let world = try await world()
        for (order, expected) in Self.orders {
            #expect(
                try await ids(Query(order: order, limit: 10), in: world) == expected,
                "\(order)"
            )
        }
    }

    @Test(arguments: [
        (0, 0, []), (2, 0, [1, 2]), (2, 2, [3, 4]), (2, 4, [5]), (2, 5, []), (2, 9, []),
        (5, 0, [1, 2, 3, 4, 5]), (9, 3, [4, 5]),
    ])
    func `a page tells how many there are on all pages`(
        limit: Int,
        skip: Int,
        expected: [Int64]
    ) async throws {
        let page = try await world().store.tasks(
            Query(limit: limit, skip: skip),
            seenBy: .creator(Identifier(1)),
            in: TaskWorld.acme
        )
        #expect(page.records.map(\.task.id.rawValue) == expected)
        #expect(page.total == 5)
    }

    @Test
    func `a predicate of very many parts is answered`() async throws {
        let world = try await world()
        let parts = (1...5000).map { Predicate<TaskField>.compares(.id, .greater, .integer($0)) }
        #expect(try await ids(Query(predicate: .any(parts), limit: 9), in: world) == [2, 3, 4, 5])
        #expect(try await ids(Query(predicate: .all(parts), limit: 9), in: world) == [])
    }

    @Test
    func `queries of one shape have one text`() {
        func text(_ id: Int64, limit: Int) -> String {
            TaskStatements.listing(
                of: Query(predicate: .isOneOf(.id, [.integer(id)]), limit: limit),
                seenBy: .creator(Identifier(id)),
                in: TaskWorld.acme
            ).page.text
        }
        #expect(text(1, limit: 1) == text(2, limit: 2))
    }

    @Test
    func `a value of another kind than its field stops the process`() async {
        await #expect(processExitsWith: .failure) {
            var compiler = QueryCompiler<TaskField>([:])
            _ = compiler.condition(.isOneOf(.title, [.integer(1)]))
        }
    }

    @Test
    func `origins are the series and the single tasks`() async throws {
        let world = try await world()
        func ids(_ query: Query<OriginField>) async throws -> [Int64] {
            try await world.store.origins(
                query,
                seenBy: .creator(Identifier(1)),
                in: TaskWorld.acme
            ).records.map(\.id)
        }
        #expect(try await ids(Query(limit: 9)) == [1, 2, 3, 40])
        #expect(
            try await ids(Query(predicate: .isOneOf(.repeats, [.boolean(true)]), limit: 9)) == [40]
        )
        #expect(
            try await ids(Query(order: [Ordering(.start, isAscending: false)], limit: 3, skip: 1))
                == [1, 3, 2]
        )
        let start = Predicate<OriginField>.compares(.start, .less, Self.hour(3))
        #expect(try await ids(Query(predicate: start, limit: 9)) == [2])
        let page = try await world.store.origins(
            Query(predicate: .isNoneOf(.ruleText, [.null]), limit: 1),
            seenBy: .wholeLocation,
            in: TaskWorld.acme
        )
        let series = try RecurringTask.daily(40)
        #expect(
            page.records == [
                TaskOrigin(
                    id: 40,
                    creatorID: series.creatorID,
                    start: series.start,
                    ruleText: "FREQ=DAILY",
                    createdAt: TaskWorld.now,
                    modifiedAt: TaskWorld.now
                )
            ]
        )
    }
}
