import DatabaseTestSupport
import Recurrence
import Tasks
import TestSupport
import Testing

@testable import Storage

/// Totals of tasks that are due from a time on.
struct DueSpanTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test
    func `totals within bounds are what a count finds, wherever the bounds lie`() async throws {
        let world = try await TaskWorld(in: folder)
        var random = SplitMix64(seed: 7)
        var tasks: [TaskInstance] = []
        for id in 1...300 as ClosedRange<Int64> {
            let hours = Int64.random(in: -3000...9000, using: &random)
            var task = TaskInstance.single(id, dueAfterHours: hours)
            task.state = TaskState.allCases.randomElement(using: &random) ?? .open
            task.creatorID = Bool.random(using: &random) ? Identifier(1) : Identifier(2)
            tasks.append(task)
        }
        try await world.add(tasks)
        let states = Predicate<TaskField>.isOneOf(.state, [.integer(3)])
        for _ in 0..<300 {
            let first = TaskInstance.single(
                0,
                dueAfterHours: Int64.random(in: -3000...9000, using: &random)
            ).due.timestamp
            let length = Int64.random(in: 0...4000, using: &random) * 3600
            let last = first.advanced(by: .seconds(length))
            var parts: [Predicate<TaskField>] = []
            let lower = Int.random(in: 0...2, using: &random)
            let upper = Int.random(in: 0...2, using: &random)
            if Bool.random(using: &random) { parts.append(states) }
            if lower > 0 {
                let sign: Comparison = lower == 1 ? .greater : .greaterOrEqual
                parts.append(.compares(.dueAt, sign, .timestamp(first)))
            }
            if upper > 0 {
                let sign: Comparison = upper == 1 ? .less : .lessOrEqual
                parts.append(.compares(.dueAt, sign, .timestamp(last)))
            }
            let isOfAna = Bool.random(using: &random)
            let expected = tasks.count { task in
                let time = task.due.timestamp
                if isOfAna, task.creatorID != Identifier(1) { return false }
                if parts.contains(states), task.state != .open { return false }
                if lower == 1, time <= first { return false }
                if lower == 2, time < first { return false }
                if upper == 1, time >= last { return false }
                return upper != 2 || time <= last
            }
            let page = try await world.store.tasks(
                Query(predicate: .all(parts), limit: 0),
                seenBy: isOfAna ? .creator(Identifier(1)) : .wholeLocation,
                in: TaskWorld.acme
            )
            #expect(page.total == expected, "\(parts)")
        }
    }
}
