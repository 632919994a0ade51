package import Recurrence

/// Which tasks are wanted, in which order, from a place in that order on.
///
/// A page that begins after a place is right however the tasks before it change meanwhile.
package struct TaskPageQuery: Hashable, Sendable {
    package var predicate: Predicate<TaskField>
    package var order: TaskOrder
    /// Where the page begins; none for the first page.
    package var place: TaskPlace?
    /// The most tasks of the page, 1 or more.
    package var limit: Int

    package init(
        predicate: Predicate<TaskField> = .all([]),
        order: TaskOrder = TaskOrder(.due),
        after place: TaskPlace? = nil,
        limit: Int
    ) {
        self.predicate = predicate
        self.order = order
        self.place = place
        self.limit = limit
    }
}

/// An order of tasks by a time, and at the same time by number.
package struct TaskOrder: Hashable, Sendable {
    package enum Key: Hashable, Sendable {
        case due
        case modified
        /// By priority, the highest first, and then by due time.
        case priority
    }

    package var key: Key
    /// Whether the earliest, or the most urgent, and then the lowest number, comes first; else the
    /// opposite.
    package var isAscending: Bool

    package init(_ key: Key, isAscending: Bool = true) {
        self.key = key
        self.isAscending = isAscending
    }
}

/// The place of a task in an order.
package struct TaskPlace: Hashable, Sendable {
    package var time: Timestamp
    package var id: Identifier<TaskInstance>
    /// The priority, in the order by it; else 0.
    package var priority: Int

    package init(time: Timestamp, id: Identifier<TaskInstance>, priority: Int = 0) {
        self.time = time
        self.id = id
        self.priority = priority
    }
}
