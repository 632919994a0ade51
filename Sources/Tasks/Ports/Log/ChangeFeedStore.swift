package import Recurrence

/// Where a location's log is read by those who follow what changes.
package protocol ChangeFeedStore: Sendable {
    /// Rings when the log of a location grows.
    var feedBell: FeedBell { get }

    /// The place after the last change of a location.
    func endOfFeed(in locationID: LocationID) async throws -> FeedPlace

    /// The changes after a place, in their order and without a gap, as a viewer sees them.
    ///
    /// A change of which the viewer sees nothing is left out. A change of many records may come in
    /// several parts, on pages that follow each other.
    ///
    /// - Parameters:
    ///   - place: Where the page begins.
    ///   - limit: The most changes of the page, 1 or more.
    ///   - viewer: Who follows.
    ///   - locationID: The location.
    /// - Returns: The page, which may have no change and be followed by others all the same.
    /// - Throws: ``FeedCut``, ``QueryTooCostly``, ``StoreUnavailable``, or ``UnreadableRow`` if the log
    ///   has an entry there that cannot be read; to leave it out would be a gap.
    func feed(
        after place: FeedPlace,
        limit: Int,
        seenBy viewer: Viewer,
        in locationID: LocationID
    ) async throws -> FeedPage
}

/// Where the beginnings of the locations' logs are cut.
package protocol LogCuttingStore: Sendable {
    /// Forgets the changes that were made up to a time, of all locations.
    ///
    /// - Returns: How many were forgotten.
    func cutLogs(before time: Timestamp) async throws -> Int
}

/// The changes after a place are not kept any more.
package struct FeedCut: Error, Hashable {
    package init() {}
}

/// How far somebody has followed a location's log.
package struct FeedPlace: Hashable, Sendable {
    /// The number of the last change that was told of as a whole; 0 before the first.
    package var changeNumber: Int64
    /// How many records of the next change were told of.
    package var recordCount: Int

    package init(changeNumber: Int64, recordCount: Int = 0) {
        self.changeNumber = changeNumber
        self.recordCount = recordCount
    }
}

/// One page of a location's log.
package struct FeedPage: Sendable {
    package var changes: [FeedChange]
    /// Where the next page begins.
    package var end: FeedPlace
    /// Whether there are changes after it by now.
    package var hasMore: Bool

    package init(changes: [FeedChange] = [], end: FeedPlace, hasMore: Bool = false) {
        self.changes = changes
        self.end = end
        self.hasMore = hasMore
    }
}

/// A change, or a part of it, with the records that it changed as they are now.
package struct FeedChange: Sendable {
    package var number: Int64
    package var at: Timestamp
    /// None if the server itself or a location's own token made the change.
    package var actorID: Identifier<User>?
    /// Through which door it came; none where nobody asked for it.
    package var door: ChangeDoor?
    package var kind: ChangeKind
    package var tasks: [TaskEntry] = []
    package var series: [SeriesEntry] = []
    /// Tasks that the viewer saw and does not see any more.
    package var removedTasks: [Identifier<TaskInstance>] = []
    /// Series that were deleted.
    package var removedSeries: [Identifier<RecurringTask>] = []

    package init(
        number: Int64,
        at: Timestamp,
        actorID: Identifier<User>?,
        door: ChangeDoor?,
        kind: ChangeKind
    ) {
        self.door = door
        self.number = number
        self.at = at
        self.actorID = actorID
        self.kind = kind
    }

    /// Whether the viewer sees nothing of the change.
    package var isEmpty: Bool {
        tasks.isEmpty && series.isEmpty && removedTasks.isEmpty && removedSeries.isEmpty
    }
}
