import Recurrence
import Tasks
import TestSupport
import Testing

@testable import Storage

@Suite
struct QueryPropertyTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `any query answers as a plain evaluation does`(seed: UInt64) async throws {
        var random = QueryRandom(seed: seed)
        let world = try await TaskWorld(in: folder)
        let series = try RecurringTask.daily(900, title: "b")
        var entries = (1...60).map { id in
            TaskEntry(task: random.task(id, of: series), ruleText: nil)
        }
        for index in entries.indices where entries[index].task.slot != nil {
            entries[index].ruleText = "FREQ=DAILY"
        }
        try await world.add(series, entries.map(\.task), clock: nil)
        for _ in 0..<250 {
            let query = Query(
                predicate: random.predicate(depth: 3),
                order: random.order(),
                limit: Int.random(in: 0...70, using: &random),
                skip: [0, 0, 3, 50].randomElement(using: &random) ?? 0
            )
            let page = try await world.store.tasks(
                query,
                seenBy: .creator(Identifier(1)),
                in: TaskWorld.acme
            )
            let expected = entries.filter { query.predicate.holds(for: $0) }
                .sorted { query.order.puts($0, before: $1) }
            #expect(page.total == expected.count, "seed \(seed): \(query)")
            let expectedPage = Array(expected.dropFirst(query.skip).prefix(query.limit))
            #expect(page.records.withoutOverrides == expectedPage, "seed \(seed): \(query)")
        }
    }
}

extension [TaskEntry] {
    /// The entries without what they tell of their series.
    fileprivate var withoutOverrides: [TaskEntry] {
        map { TaskEntry(task: $0.task, ruleText: $0.ruleText) }
    }
}

extension Predicate<TaskField> {
    /// What the predicate means, written in a simple way.
    fileprivate func holds(for entry: TaskEntry) -> Bool {
        switch self {
        case .all(let parts): parts.allSatisfy { $0.holds(for: entry) }
        case .any(let parts): parts.contains { $0.holds(for: entry) }
        case .isOneOf(let field, let values): values.contains(field.value(of: entry))
        case .isNoneOf(let field, let values): !values.contains(field.value(of: entry))
        case .compares(let field, let comparison, let value):
            comparison.holds(field.value(of: entry), value)
        case .contains(.words, let part):
            if case .text(let text) = TaskField.words.value(of: entry) {
                Array(text.utf8).contains(Array(FoldedText.of(part).utf8))
            } else {
                false
            }
        case .contains(let field, let part):
            if case .text(let text) = field.value(of: entry) {
                Array(text.lowercased().utf8).contains(Array(part.lowercased().utf8))
            } else {
                false
            }
        }
    }
}

extension Comparison {
    fileprivate func holds(_ left: FieldValue, _ right: FieldValue) -> Bool {
        if left == .null || right == .null { return false }
        return switch self {
        case .less: left.isLower(than: right)
        case .lessOrEqual: left == right || left.isLower(than: right)
        case .greater: right.isLower(than: left)
        case .greaterOrEqual: left == right || right.isLower(than: left)
        }
    }
}

extension FieldValue {
    fileprivate func isLower(than other: FieldValue) -> Bool {
        switch (self, other) {
        case (.null, .null): false
        case (.null, _): true
        case (.integer(let left), .integer(let right)): left < right
        case (.text(let left), .text(let right)):
            left.unicodeScalars.lexicographicallyPrecedes(right.unicodeScalars)
        case (.boolean(let left), .boolean(let right)): !left && right
        case (.timestamp(let left), .timestamp(let right)): left < right
        default: false
        }
    }
}

extension [Ordering<TaskField>] {
    fileprivate func puts(_ left: TaskEntry, before right: TaskEntry) -> Bool {
        for ordering in self {
            let (first, second) = (ordering.field.value(of: left), ordering.field.value(of: right))
            if first != second { return first.isLower(than: second) == ordering.isAscending }
        }
        return left.task.id < right.task.id
    }
}

extension TaskField {
    fileprivate func value(of entry: TaskEntry) -> FieldValue {
        let task = entry.task
        func integer<Subject>(_ id: Identifier<Subject>?) -> FieldValue {
            id.map { .integer($0.rawValue) } ?? .null
        }
        return switch self {
        case .id: .integer(task.id.rawValue)
        case .originID: .integer(task.originID)
        case .seriesID: integer(task.slot?.seriesID)
        case .creatorID: integer(task.creatorID)
        case .contactID: integer(task.template.contactID)
        // No contact of the test is of a business.
        case .contactBusiness: .null
        case .assigneeID: integer(task.template.assigneeID)
        case .dueAt: .timestamp(task.due.timestamp)
        case .isAllDay: .boolean(task.template.isAllDay)
        case .notifiesAssignee: .boolean(task.template.notifiesAssignee)
        case .reminder: .integer(Int64(task.template.reminder.rawValue))
        case .categoryID: integer(task.template.categoryID)
        case .title: .text(task.template.title)
        case .body: .text(task.template.body)
        case .state: .integer(Int64(task.state.rawValue))
        case .ruleText: entry.ruleText.map { .text($0) } ?? .null
        case .createdAt: .timestamp(task.createdAt)
        case .modifiedAt: .timestamp(task.modifiedAt)
        case .priority: .integer(Int64(task.template.priority))
        case .tags: task.template.storedTags.map { .text($0) } ?? .null
        case .skipReason: task.skip.map { .text($0.reason) } ?? .null
        case .words:
            // The contacts of the test are in the directory, without names.
            .text(
                FoldedText.of("\(task.template.title) \(task.template.body) ")
                    + (task.template.contactID == nil ? "" : " ")
            )
        }
    }

    /// A value that some tasks may have, or null.
    fileprivate func someValue(_ random: inout QueryRandom) -> FieldValue {
        if Int.random(in: 0..<6, using: &random) == 0 { return .null }
        return switch kind {
        case .integer:
            .integer([1, 2, 3, 4, 5, 20, 900].randomElement(using: &random) ?? 0)
        case .text: .text(random.text())
        case .boolean: .boolean(Bool.random(using: &random))
        case .timestamp: .timestamp(random.timestamp())
        }
    }
}

/// A random generator (SplitMix64).
///
/// The same seed gives the same tasks and queries.
private struct QueryRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xbf58_476d_1ce4_e5b9
        bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
        return bits ^ (bits >> 31)
    }

    mutating func text() -> String {
        ["", "a", "b", "B", "é", "e\u{301}x", "\u{FF5E}", "\u{1F600}"].randomElement(using: &self)
            ?? ""
    }

    mutating func timestamp() -> Timestamp {
        Timestamp(microseconds: Int64.random(in: -3...3, using: &self))
    }

    private mutating func identifier<Subject>() -> Identifier<Subject>? {
        [nil, 1, 2, 3].randomElement(using: &self).flatMap(\.self).map { Identifier($0) }
    }

    /// A task of Ana's.
    ///
    /// It is single, or belongs to the series with the series' wording or its own.
    mutating func task(_ id: Int, of series: RecurringTask) -> TaskInstance {
        var task = TaskInstance.single(Int64(id))
        task.template.title = text()
        task.template.body = text()
        if Bool.random(using: &self) {
            task = TaskInstance.ofSeries(series, id: Int64(id), day: Int64(id))
            task.inheritsWording = Bool.random(using: &self)
            if !task.inheritsWording { task.template.title = text() }
        }
        task.template.assigneeID = identifier()
        task.template.contactID = identifier()
        task.template.categoryID = identifier()
        task.template.isAllDay = Bool.random(using: &self)
        task.template.notifiesAssignee = Bool.random(using: &self)
        task.template.reminder = ReminderType.allCases.randomElement(using: &self) ?? .email
        task.state = TaskState.allCases.randomElement(using: &self) ?? .open
        task.due = DueTime(at: timestamp(), in: .utc)
        task.modifiedAt = timestamp()
        return task
    }

    mutating func predicate(depth: Int) -> Predicate<TaskField> {
        let field = TaskField.allCases.randomElement(using: &self) ?? .id
        let comparisons: [Comparison] = [.less, .lessOrEqual, .greater, .greaterOrEqual]
        switch Int.random(in: depth > 0 ? 0..<6 : 2..<6, using: &self) {
        case 0: return .all(predicates(depth: depth))
        case 1: return .any(predicates(depth: depth))
        case 2: return .isOneOf(field, values(of: field))
        case 3: return .isNoneOf(field, values(of: field))
        case 4:
            let texts: [TaskField] = [.title, .body, .ruleText, .words]
            let parts = ["a", "E", "%", "_", "\\", "freq", "te"]
            return .contains(
                texts.randomElement(using: &self) ?? .title,
                parts.randomElement(using: &self) ?? "a"
            )
        default:
            let comparison = comparisons.randomElement(using: &self) ?? .less
            return .compares(field, comparison, field.someValue(&self))
        }
    }

    mutating func order() -> [Ordering<TaskField>] {
        (0..<Int.random(in: 0...3, using: &self)).map { _ in
            Ordering(
                TaskField.allCases.randomElement(using: &self) ?? .id,
                isAscending: Bool.random(using: &self)
            )
        }
    }

    private mutating func predicates(depth: Int) -> [Predicate<TaskField>] {
        (0..<Int.random(in: 0...3, using: &self)).map { _ in predicate(depth: depth - 1) }
    }

    private mutating func values(of field: TaskField) -> [FieldValue] {
        (0..<Int.random(in: 0...3, using: &self)).map { _ in field.someValue(&self) }
    }
}
