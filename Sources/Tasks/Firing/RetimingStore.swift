package import Recurrence

/// What is asked of the store to move instants of zones whose tables have changed.
package protocol RetimingStore: Sendable {
    /// By which table of each zone the stored instants were computed: `Zone.tableDigest` by name, or
    /// 0 where that is not known.
    ///
    /// It is empty if nothing is known of any zone. Otherwise it has each zone of which instants are
    /// stored, except zones that came into use since they were last noted.
    func zoneDigests() async throws -> [String: Int64]

    /// Notes the digests of zones, in addition to those of other zones.
    func note(zoneDigests: [String: Int64]) async throws

    /// The locations that were not deleted.
    func locationIDs() async throws -> [LocationID]

    /// A location's open tasks that come due after a place, in order of their places.
    func openTasks(
        after place: DuePlace,
        limit: Int,
        in locationID: LocationID
    ) async throws -> [DuePlace]

    /// A location's series whose occurrences are not all stored, in order of their numbers.
    func runningSeries(
        after id: Identifier<RecurringTask>,
        limit: Int,
        in locationID: LocationID
    ) async throws -> [SeriesZone]

    /// Changes tasks as the domain decides, in one transaction and one entry of the log.
    ///
    /// - Returns: How many were changed.
    func retime(
        _ ids: [Identifier<TaskInstance>],
        in locationID: LocationID,
        at now: Timestamp,
        deciding decide: @escaping @Sendable ([TaskInstance]) throws -> ChangePlan
    ) async throws -> Int

    /// Changes the clocks of series as the domain decides, in one transaction. The clocks that are
    /// only moved share an entry of the log.
    func retime(
        _ ids: [Identifier<RecurringTask>],
        in locationID: LocationID,
        at now: Timestamp,
        deciding decide:
            @escaping @Sendable (FiringSnapshot, inout IdentifierSource) throws -> ChangePlan
    ) async throws -> RetimingCount
}

/// Where a task is among a location's tasks by due time, and what is read of it there.
package struct DuePlace: Hashable, Sendable {
    package var id: Identifier<TaskInstance>
    package var due: DueTime

    package init(id: Identifier<TaskInstance>, due: DueTime) {
        self.id = id
        self.due = due
    }
}

/// A series, and the zone in which its rule is expanded.
package struct SeriesZone: Hashable, Sendable {
    package var id: Identifier<RecurringTask>
    package var timeZone: String

    package init(id: Identifier<RecurringTask>, timeZone: String) {
        self.id = id
        self.timeZone = timeZone
    }
}

/// How much was moved.
package struct RetimingCount: Hashable, Sendable {
    /// Tasks that have other due times.
    package var tasks = 0
    /// Series that fire at other times.
    package var series = 0
    /// Tasks that were made late, because by the new table their occurrences had come.
    package var made = 0

    package init(tasks: Int = 0, series: Int = 0, made: Int = 0) {
        self.tasks = tasks
        self.series = series
        self.made = made
    }

    package static func += (total: inout RetimingCount, count: RetimingCount) {
        total.tasks += count.tasks
        total.series += count.series
        total.made += count.made
    }
}
