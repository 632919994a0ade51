package import Recurrence

/// Moves the stored instants of zones whose tables have changed: the due times of open tasks, and
/// the times at which series fire.
///
/// It works in short transactions, so that other writes come in between. To do it twice changes
/// nothing more. So it is begun again after a crash, and needs no place to go on from.
package struct RetimingCommands<Store: RetimingStore, Zones: ZoneSource>: Sendable {
    private let store: Store
    private let zones: Zones

    /// How many tasks one read looks at.
    private static var readLimit: Int { 1000 }
    /// How many tasks or series one transaction changes.
    private static var writeLimit: Int { 50 }

    package init(store: Store, zones: Zones) {
        self.store = store
        self.zones = zones
    }

    /// What a pass over a location did, and the first reason for which something was left as it was.
    package struct Outcome {
        package var count = RetimingCount()
        package var failure: String?
        /// Whether something that failed may succeed later.
        package var isWorthAnotherTry = false
    }

    /// Goes through a location.
    ///
    /// What is stored in a zone that does not exist any more stays as it is. So does what cannot be
    /// read or changed, and the rest is moved all the same.
    ///
    /// - Parameters:
    ///   - locationID: The location.
    ///   - names: The zones in question; none for all.
    ///   - now: The time.
    /// - Returns: What was done.
    /// - Throws: `StoreUnavailable` or `CancellationError`.
    package func retime(
        _ locationID: LocationID,
        concerning names: Set<String>?,
        at now: Timestamp
    ) async throws -> Outcome {
        var outcome = Outcome()
        do {
            // The series come first: what they make later goes by the new table already.
            try await retimeSeries(of: locationID, concerning: names, at: now, &outcome)
            try await retimeTasks(of: locationID, concerning: names, at: now, &outcome)
        } catch {
            try note(error, in: &outcome)
        }
        return outcome
    }

    private func retimeSeries(
        of locationID: LocationID,
        concerning names: Set<String>?,
        at now: Timestamp,
        _ outcome: inout Outcome
    ) async throws {
        var last = Identifier<RecurringTask>(0)
        while true {
            try Task.checkCancellation()
            let found = try await store.runningSeries(
                after: last,
                limit: Self.readLimit,
                in: locationID
            )
            guard let end = found.last else { return }
            last = end.id
            let doubtful = found.filter { zone($0.timeZone, among: names) != nil }.map(\.id)
            try await inParts(doubtful, &outcome) { ids, outcome in
                outcome.count += try await store.retime(ids, in: locationID, at: now) {
                    [zones] snapshot, numbers in
                    let series = snapshot.series
                    return try Retiming(now: now).plan(
                        moving: snapshot,
                        zone: zones.zone(named: series.timeZone),
                        dueZone: zones.zone(named: series.dueSchedule?.timeZone ?? series.timeZone),
                        numbers: &numbers
                    )
                }
            }
        }
    }

    private func retimeTasks(
        of locationID: LocationID,
        concerning names: Set<String>?,
        at now: Timestamp,
        _ outcome: inout Outcome
    ) async throws {
        var last = DuePlace(
            id: Identifier(Identifier<TaskInstance>.largest),
            due: DueTime(at: now, in: .utc)
        )
        while true {
            try Task.checkCancellation()
            let found = try await store.openTasks(
                after: last,
                limit: Self.readLimit,
                in: locationID
            )
            guard let end = found.last else { return }
            last = end
            let stale = found.filter { task in
                guard let zone = zone(task.due.timeZone, among: names),
                    let moved = Retiming(now: now).moved(task.due, in: zone)
                else { return false }
                return moved != task.due
            }
            try await inParts(stale.map(\.id), &outcome) { ids, outcome in
                outcome.count.tasks += try await store.retime(ids, in: locationID, at: now) {
                    [zones] tasks in try Retiming(now: now).plan(moving: tasks, zones: zones)
                }
            }
        }
    }

    /// A zone that is in question and exists.
    private func zone(_ name: String, among names: Set<String>?) -> Zone? {
        guard names?.contains(name) ?? true else { return nil }
        return try? zones.zone(named: name)
    }

    /// Works through records a few at a time.
    ///
    /// Where that fails, takes them one by one.
    private func inParts<Record>(
        _ ids: [Identifier<Record>],
        _ outcome: inout Outcome,
        _ body: ([Identifier<Record>], inout Outcome) async throws -> Void
    ) async throws {
        for start in stride(from: 0, to: ids.count, by: Self.writeLimit) {
            let part = Array(ids[start..<min(start + Self.writeLimit, ids.count)])
            do {
                try await body(part, &outcome)
            } catch {
                try note(error, in: &outcome)
                for id in part {
                    do { try await body([id], &outcome) } catch { try note(error, in: &outcome) }
                }
            }
        }
    }

    /// Notes a failure that concerns some records only.
    private func note(_ error: any Error, in outcome: inout Outcome) throws {
        if error is StoreUnavailable || error is CancellationError { throw error }
        // Nobody can read such a row later either.
        if !(error is UnreadableRow) { outcome.isWorthAnotherTry = true }
        outcome.failure = outcome.failure ?? "\(error)"
    }
}
