import Tasks

extension Query where Field == TaskField {
    /// Whether the rows of series are needed to find or to order the wanted records.
    var needsSeries: Bool {
        predicate.needsSeries || order.contains { $0.field.isOfSeries }
    }

    /// Whether reading the page costs no more than a few dozen rows, however many tasks there are.
    ///
    /// This is so for the beginning of all tasks of a creator, in an order that an index has.
    func isOfBoundedCost(seenBy viewer: Viewer) -> Bool {
        guard case .creator = viewer, predicate.isAlwaysSatisfied, limit <= 50, skip <= 50 else {
            return false
        }
        return order.isEmpty || order[0].field == .id
            || order == [Ordering(.dueAt, isAscending: false)]
    }
}

extension Predicate where Field == TaskField {
    /// Whether every task satisfies the predicate.
    fileprivate var isAlwaysSatisfied: Bool {
        switch self {
        case .all(let parts): parts.allSatisfy(\.isAlwaysSatisfied)
        case .any, .isOneOf, .isNoneOf, .compares, .contains: false
        }
    }

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
