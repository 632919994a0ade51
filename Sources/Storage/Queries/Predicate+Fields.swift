import Tasks

extension Query where Field == TaskField {
    /// Whether the series' rows are needed to tell which records are wanted, or in which order.
    var needsSeries: Bool {
        predicate.needsSeries || order.contains { $0.field.isOfSeries }
    }
}

extension Predicate where Field == TaskField {
    /// Whether a task's state tells whether it satisfies the predicate.
    var isOfStateAlone: Bool {
        switch self {
        case .all(let parts), .any(let parts): parts.allSatisfy(\.isOfStateAlone)
        case .isOneOf(let field, _), .isNoneOf(let field, _), .compares(let field, _, _),
            .contains(let field, _):
            field == .state
        }
    }

    /// Whether the series' rows are needed to tell whether a task satisfies the predicate.
    var needsSeries: Bool {
        switch self {
        case .all(let parts), .any(let parts): parts.contains(where: \.needsSeries)
        case .isOneOf(let field, _), .isNoneOf(let field, _), .compares(let field, _, _),
            .contains(let field, _):
            field.isOfSeries
        }
    }
}
