import Recurrence

extension Predicate where Field == TaskField {
    /// Whether a task that is not stored satisfies the predicate.
    ///
    /// What is not known of such a task satisfies no condition.
    func matches(_ task: TaskInstance) -> Bool {
        switch self {
        case .all(let parts): return parts.allSatisfy { $0.matches(task) }
        case .any(let parts): return parts.contains { $0.matches(task) }
        case .isOneOf(let field, let values):
            return task.value(of: field).map { values.contains($0) } ?? false
        case .isNoneOf(let field, let values):
            return task.value(of: field).map { !values.contains($0) } ?? false
        case .compares(let field, let comparison, let bound):
            guard let value = task.value(of: field) else { return false }
            switch (value, bound) {
            case (.timestamp(let value), .timestamp(let bound)):
                return comparison.holds(value, bound)
            case (.integer(let value), .integer(let bound)):
                return comparison.holds(value, bound)
            default: return false
            }
        case .contains: return false
        }
    }

    /// Whether a task of a series may satisfy the predicate, as far as that is told by the series.
    func mayMatch(_ series: RecurringTask) -> Bool {
        switch self {
        case .all(let parts): return parts.allSatisfy { $0.mayMatch(series) }
        case .isOneOf(.seriesID, let values):
            return values.contains(.integer(series.id.rawValue))
        case .any, .isOneOf, .isNoneOf, .compares, .contains: return true
        }
    }
}

extension Comparison {
    fileprivate func holds<Value: Comparable>(_ value: Value, _ bound: Value) -> Bool {
        switch self {
        case .less: value < bound
        case .lessOrEqual: value <= bound
        case .greater: value > bound
        case .greaterOrEqual: value >= bound
        }
    }
}

extension TaskInstance {
    /// The value of a field; nothing of a field that is not known here.
    fileprivate func value(of field: TaskField) -> FieldValue? {
        switch field {
        case .seriesID, .originID: integer(slot?.seriesID.rawValue)
        case .creatorID: integer(creatorID?.rawValue)
        case .assigneeID: integer(template.assigneeID?.rawValue)
        case .contactID: integer(template.contactID?.rawValue)
        case .categoryID: integer(template.categoryID?.rawValue)
        case .dueAt: .timestamp(due.timestamp)
        case .state: .integer(Int64(state.rawValue))
        default: nil
        }
    }

    private func integer(_ number: Int64?) -> FieldValue { number.map { .integer($0) } ?? .null }
}
