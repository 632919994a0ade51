package import Recurrence

/// Where tasks and series are read page by page, as far as a viewer sees them.
package protocol BrowsingStore: Sendable {
    /// One page of the tasks that a viewer sees and a query asks for.
    ///
    /// - Throws: ``QueryTooCostly``, or ``StoreUnavailable``, also if nothing of a page can be read that
    ///   is not the last.
    func taskPage(
        _ query: TaskPageQuery,
        seenBy viewer: Viewer,
        in locationID: LocationID
    ) async throws -> TaskPage

    /// One page of the series that a viewer sees and that were not deleted, by rising number, after
    /// one of them.
    ///
    /// - Throws: ``QueryTooCostly``, or ``StoreUnavailable``.
    func seriesPage(
        after id: Identifier<RecurringTask>?,
        limit: Int,
        seenBy viewer: Viewer,
        in locationID: LocationID
    ) async throws -> SeriesPage

    /// A series that a viewer sees and that was not deleted.
    func series(
        _ id: Identifier<RecurringTask>,
        seenBy viewer: Viewer,
        in locationID: LocationID
    ) async throws -> SeriesEntry?

    /// The series of a viewer that have an occurrence up to a time whose task is not stored yet.
    ///
    /// - Throws: ``QueryTooCostly``, also if there are more than a limit; or ``StoreUnavailable``.
    func seriesComing(
        upTo bound: Timestamp,
        seenBy viewer: Viewer,
        in locationID: LocationID
    ) async throws -> [SeriesEntry]

    /// The tasks of a series whose slots are in a range, by slot and number.
    ///
    /// - Parameters:
    ///   - id: The series.
    ///   - slots: The range.
    ///   - limit: How many are read at most.
    ///   - viewer: Who sees them.
    ///   - locationID: The location.
    /// - Returns: The tasks; those that cannot be read are left out.
    /// - Throws: ``QueryTooCostly``, or ``StoreUnavailable``.
    func slots(
        of id: Identifier<RecurringTask>,
        in slots: ClosedRange<LocalDateTime>,
        limit: Int,
        seenBy viewer: Viewer,
        at locationID: LocationID
    ) async throws -> [SlotTask]
}

/// One page of tasks.
package struct TaskPage: Sendable {
    /// The first tasks of the page, as many as are read at once.
    package var records: [TaskEntry]
    /// The identifiers of the page's other tasks, in order.
    package var rest: [Identifier<TaskInstance>]
    /// The place of the page's last task; none if no task comes after it.
    package var end: TaskPlace?
    /// The place in the location's log from which to follow what the page shows.
    package var feedPlace: FeedPlace

    package init(
        records: [TaskEntry],
        rest: [Identifier<TaskInstance>] = [],
        end: TaskPlace? = nil,
        feedPlace: FeedPlace
    ) {
        self.feedPlace = feedPlace
        self.records = records
        self.rest = rest
        self.end = end
    }
}

/// One page of series.
package struct SeriesPage: Sendable {
    package var records: [SeriesEntry]
    /// The last series of the page; none if no series comes after it.
    package var end: Identifier<RecurringTask>?

    package init(records: [SeriesEntry], end: Identifier<RecurringTask>?) {
        self.records = records
        self.end = end
    }
}

/// What a list of occurrences tells of a task.
package struct SlotTask: Hashable, Sendable {
    package var id: Identifier<TaskInstance>
    package var slot: LocalDateTime
    package var dueAt: Timestamp
    package var state: TaskState
    package var assigneeID: Identifier<User>?
    package var contactID: Identifier<Contact>?

    package init(
        id: Identifier<TaskInstance>,
        slot: LocalDateTime,
        dueAt: Timestamp,
        state: TaskState,
        assigneeID: Identifier<User>?,
        contactID: Identifier<Contact>?
    ) {
        self.id = id
        self.slot = slot
        self.dueAt = dueAt
        self.state = state
        self.assigneeID = assigneeID
        self.contactID = contactID
    }
}
