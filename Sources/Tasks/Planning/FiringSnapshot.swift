package import Recurrence

/// A series whose clock has fired, as it is stored at that moment.
package struct FiringSnapshot: Hashable, Sendable {
    package var series: RecurringTask
    package var clock: SeriesClock
    /// Those of the series' contacts that the directory still has, in the series' order.
    package var contactIDs: [Identifier<Contact>]
    /// The newest task of the series for each contact, or for no contact.
    ///
    /// It is filled in only if what the series does depends on whether that task is overdue.
    package var newestTasks: [Identifier<Contact>?: NewestTask]

    /// What the policies of the series need to know.
    package var policyFacts = PolicyFacts()

    /// Since when the location, or its shard, has been held back; none if neither is.
    package var heldBackSince: Timestamp?

    package init(
        series: RecurringTask,
        clock: SeriesClock,
        contactIDs: [Identifier<Contact>] = [],
        newestTasks: [Identifier<Contact>?: NewestTask] = [:]
    ) {
        self.series = series
        self.clock = clock
        self.contactIDs = contactIDs
        self.newestTasks = newestTasks
    }
}

extension FiringSnapshot {
    /// Whether the series is late because of a fault: it was postponed, or it was held back when its
    /// occurrence came.
    var isLateByFault: Bool {
        if clock.isPostponed { return true }
        guard let heldBackSince, let nextAt = clock.nextAt else { return false }
        return nextAt >= heldBackSince.advanced(by: .zero - CatchUp.grace)
    }
}

/// What the decision needs to know of the newest task of a series.
package struct NewestTask: Hashable, Sendable {
    package var isOpen: Bool
    package var dueAt: Timestamp
    /// The task itself, where the series may move it.
    package var task: TaskInstance?

    package init(isOpen: Bool, dueAt: Timestamp, task: TaskInstance? = nil) {
        self.isOpen = isOpen
        self.dueAt = dueAt
        self.task = task
    }
}

/// Decides what becomes of a series whose clock has fired.
package typealias FiringDecision =
    @Sendable (FiringSnapshot, inout IdentifierSource) throws -> ChangePlan
