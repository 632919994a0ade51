import Recurrence
import Tasks

/// Spans of due times, a week each, in which tasks are counted beside the tasks themselves.
///
/// How many tasks are due from now on follows from the totals of the spans to come and a count within
/// the present one. The spans are numbered from the beginning of the times that are stored, so that no
/// number is negative, as engines differ in how they divide such.
enum DueSpan {
    private static let length: Int64 = 7 * 86_400 * 1_000_000
    private static let origin = ClosedRange<Int64>.instants.lowerBound

    /// The number of a due time's span.
    static func number(of time: Timestamp) -> Int64 { (time.microseconds - origin) / length }

    /// The number of a due time's span, in SQL.
    static func number(of expression: String) -> String {
        "((\(expression) - (\(origin))) / \(length))"
    }

    /// The beginning of a span, in SQL.
    static func beginning(of number: String) -> String { "(\(number) * \(length) + (\(origin)))" }
}

/// A predicate that bounds due times and names states, and nothing else.
struct DueBounds {
    let states: [Predicate<TaskField>]
    let from: Predicate<TaskField>?
    let to: Predicate<TaskField>?

    /// Takes a predicate apart; nothing if it is another, or has no bound.
    init?(_ predicate: Predicate<TaskField>) {
        var states: [Predicate<TaskField>] = []
        var lower: [Predicate<TaskField>] = []
        var upper: [Predicate<TaskField>] = []
        var rest = [predicate]
        while let part = rest.popLast() {
            switch part {
            case .all(let parts): rest += parts.reversed()
            case .compares(.dueAt, .greater, .timestamp),
                .compares(.dueAt, .greaterOrEqual, .timestamp):
                lower.append(part)
            case .compares(.dueAt, .less, .timestamp), .compares(.dueAt, .lessOrEqual, .timestamp):
                upper.append(part)
            case .any, .isOneOf, .isNoneOf, .compares, .contains:
                guard part.isOfStateAlone else { return nil }
                states.append(part)
            }
        }
        guard lower.count <= 1, upper.count <= 1, lower.count + upper.count > 0 else { return nil }
        self.states = states
        from = lower.first
        to = upper.first
    }

    /// The condition of the predicate, and how the tasks that satisfy it are counted.
    ///
    /// - Parameters:
    ///   - isSeen: The condition of the tasks among which is counted.
    ///   - compiler: Compiles the conditions.
    /// - Returns: Both, in SQL.
    func count(
        where isSeen: String,
        by compiler: inout QueryCompiler<TaskField>
    ) -> (condition: String, statement: String) {
        let ofState = compiler.condition(.all(states))
        let from = from.map { compiler.condition($0) }
        let to = to.map { compiler.condition($0) }
        let condition = ([ofState] + [from, to].compactMap { $0 }).joined(separator: " AND ")
        let first = from.map { DueSpan.number(of: $0.lastWord) }
        let last = to.map { DueSpan.number(of: $0.lastWord) }
        var edges: [String] = []
        if let first {
            let end = DueSpan.beginning(of: "(\(first) + 1)")
            edges.append("\(condition) AND task.dueAt < \(end)")
        }
        if let last {
            // What lies in one span with the first edge is counted there.
            let isOther = first.map { " AND \(last) > \($0)" } ?? ""
            let beginning = DueSpan.beginning(of: last)
            edges.append("\(condition) AND task.dueAt >= \(beginning)\(isOther)")
        }
        let counted = edges.map { "(SELECT COUNT(*) FROM task WHERE \(isSeen) AND \($0))" }
        let inner = [first.map { "task.span > \($0)" }, last.map { "task.span < \($0)" }]
        let readable = TaskStatements.readableTotal
        return (
            condition,
            """
            SELECT CAST(COALESCE(SUM(\(readable)), 0) + \(counted.joined(separator: " + ")) AS bigint),
                MIN(CASE WHEN \(readable) IS NULL THEN task.creatorID END), MIN(task.locationID)
            FROM taskSpanTotal AS task
            WHERE \(isSeen) AND \(ofState) AND \(inner.compactMap { $0 }.joined(separator: " AND "))
            """
        )
    }
}

extension String {
    /// What comes after the last blank: the parameter of a comparison.
    fileprivate var lastWord: String { split(separator: " ").last.map(String.init) ?? self }
}
