package import Recurrence

/// What is read to tell what policies would do.
package protocol PolicyStore: Sendable {
    /// What the directory says about references.
    func facts(of references: References, for actor: Actor) async throws -> ReferenceFacts

    /// The days with how many open tasks the users have on them.
    func loads(of days: [DayLoad], in locationID: LocationID) async throws -> [DayLoad]

    /// How many tasks of a series that a viewer sees are in each state, by their due times.
    ///
    /// Tasks that were deleted are among them.
    func taskCounts(
        of seriesID: Identifier<RecurringTask>,
        dueIn range: Range<Timestamp>,
        seenBy viewer: Viewer,
        in locationID: LocationID
    ) async throws -> [TaskState: Int]
}

/// How much a user has to do on a day.
package struct DayLoad: Hashable, Sendable {
    package var userID: Identifier<User>
    package var date: CivilDate
    /// The day's beginning and end.
    package var from: Timestamp
    package var to: Timestamp
    package var taskCount = 0

    package init(userID: Identifier<User>, date: CivilDate, from: Timestamp, to: Timestamp) {
        self.userID = userID
        self.date = date
        self.from = from
        self.to = to
    }
}
