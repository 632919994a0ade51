package import Recurrence
package import Tasks

extension TaskSearchBody {
    /// The query that the search asks for.
    ///
    /// - Parameters:
    ///   - contactIDs: The contacts that were found.
    ///   - assigneeIDs: The users that were found.
    ///   - now: The time by which tasks are overdue.
    /// - Returns: The query.
    package func domainQuery(
        contactIDs: [Identifier<Contact>],
        assigneeIDs: [Identifier<User>],
        at now: Timestamp
    ) -> Query<TaskField> {
        var conditions: [Predicate<TaskField>] = [
            completed.map { .isIn([$0 ? .completed : .open]) } ?? .isVisible
        ]
        if !self.contactIDs.isEmpty {
            conditions.append(.isOneOf(.contactID, contactIDs.map { .integer($0.rawValue) }))
        }
        if !assignedTo.isEmpty || isUnassigned {
            let nobody: [FieldValue] = isUnassigned ? [.null] : []
            let somebody = assigneeIDs.map { FieldValue.integer($0.rawValue) }
            conditions.append(.isOneOf(.assigneeID, nobody + somebody))
        }
        if isOverdue {
            conditions += [.isIn([.open]), .compares(.dueAt, .less, .timestamp(now))]
        }
        conditions += dueBounds.map { bound in
            .compares(.dueAt, bound.comparison, .timestamp(bound.date.timestamp))
        }
        if let query, !query.isEmpty {
            conditions.append(.any([.contains(.title, query), .contains(.body, query)]))
        }
        if let businessID, !businessID.isEmpty {
            conditions.append(.isOneOf(.contactBusiness, [.text(businessID)]))
        }
        if let searchAfter { conditions.append(.comesAfter(searchAfter, in: order)) }
        return Query(
            predicate: .all(conditions),
            order: [Ordering(order.field, isAscending: order.isAscending)],
            limit: limit,
            skip: skip
        )
    }
}

extension Predicate where Field == TaskField {
    /// The condition that HighLevel shows a task: it is not deleted.
    package static var isVisible: Predicate { isIn([.open, .completed]) }

    fileprivate static func isIn(_ states: [TaskState]) -> Predicate {
        .isOneOf(.state, states.map { .integer(Int64($0.rawValue)) })
    }

    fileprivate static func comesAfter(
        _ position: SearchPosition,
        in order: SearchOrder
    ) -> Predicate {
        let value = position.value
        // These conditions come first so that an index can be used. The empty one, which never holds,
        // keeps a position from being a bound up to which series are looked ahead.
        let isNotBefore: Predicate =
            order.isAscending
            ? .compares(order.field, .greaterOrEqual, value)
            : .any([.compares(order.field, .lessOrEqual, value), .any([])])
        return .all([
            isNotBefore,
            .any([
                .compares(order.field, order.isAscending ? .greater : .less, value),
                .compares(.id, .greater, .integer(position.id.rawValue)),
            ]),
        ])
    }
}
