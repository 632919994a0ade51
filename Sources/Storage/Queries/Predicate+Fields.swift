import Tasks

extension Query where Field == TaskField {
    /// Whether the rows of series are needed to find or to order the wanted records.
    var needsSeries: Bool {
        predicate.needsSeries || order.contains { $0.field.isOfSeries }
    }
}

extension Predicate where Field == TaskField {
    /// Whether the predicate depends only on a task's state.
    var isOfStateAlone: Bool {
        switch self {
        case .all(let parts), .any(let parts): parts.allSatisfy(\.isOfStateAlone)
        case .isOneOf(let field, _), .isNoneOf(let field, _), .compares(let field, _, _),
            .contains(let field, _):
            field == .state
        }
    }

    /// Whether the rows of series are needed to decide whether a task satisfies the predicate.
    var needsSeries: Bool {
        switch self {
        case .all(let parts), .any(let parts): parts.contains(where: \.needsSeries)
        case .isOneOf(let field, _), .isNoneOf(let field, _), .compares(let field, _, _),
            .contains(let field, _):
            field.isOfSeries
        }
    }
}
