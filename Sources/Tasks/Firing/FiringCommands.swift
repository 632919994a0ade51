package import Recurrence

/// What the scheduler asks of the store.
package protocol SeriesClockStore: Sendable {
    /// When the next clocks fire, as far as they were stored by this process or looked up.
    var agenda: FiringAgenda { get }

    /// When the next clock of each shard fires, as it is stored; a shard without clocks is left out.
    func nextFires() async throws -> [Int: Timestamp]

    /// Takes up series of one shard whose clocks have fired, in one transaction.
    ///
    /// Locations take turns, and in each the longest waiting come first. A clock moves on only if it
    /// stands as it was read, and only then are the tasks made. A series for which nothing can be
    /// decided is set aside: its clock is stopped, and the location's log says why.
    func claimFired(
        inShard shard: Int,
        at now: Timestamp,
        limit: Int,
        deciding decide:
            @escaping @Sendable (FiringSnapshot, inout IdentifierSource) throws -> ChangePlan
    ) async throws -> FiringTurn
}

/// What one turn of the scheduler came to.
package struct FiringTurn: Hashable, Sendable {
    /// How many series were taken up.
    package var seriesCount: Int
    package var taskCount: Int
    package var setAside: [SeriesSetAside]

    package init(seriesCount: Int = 0, taskCount: Int = 0, setAside: [SeriesSetAside] = []) {
        self.seriesCount = seriesCount
        self.taskCount = taskCount
        self.setAside = setAside
    }
}

/// A series whose rule cannot be followed, and why.
package struct SeriesSetAside: Hashable, Sendable {
    package var address: SeriesAddress
    package var reason: String

    package init(address: SeriesAddress, reason: String) {
        self.address = address
        self.reason = reason
    }
}

/// Makes what has come due: the tasks of occurrences, and those that horizons take in.
package struct FiringCommands<Store: SeriesClockStore, Zones: ZoneSource>: Sendable {
    private let store: Store
    private let zones: Zones
    private let horizon: Horizon

    /// How many series one turn takes up.
    package static var turnLimit: Int { 200 }

    package init(store: Store, zones: Zones, horizon: Horizon = Horizon()) {
        self.store = store
        self.zones = zones
        self.horizon = horizon
    }

    /// Looks up when the next clocks fire.
    package func refreshAgenda() async throws {
        for (shard, fireAt) in try await store.nextFires() {
            store.agenda.note(fireAt, in: shard)
        }
    }

    /// Takes one turn in the shard that has waited longest.
    ///
    /// - Returns: What it came to; none where nothing is due by now.
    package func takeTurn(at now: Timestamp) async throws -> FiringTurn? {
        guard let (shard, fireAt) = store.agenda.earliest, fireAt <= now else { return nil }
        store.agenda.forget(shard)
        do {
            return try await store.claimFired(inShard: shard, at: now, limit: Self.turnLimit) {
                [zones, horizon] snapshot, numbers in
                let series = snapshot.series
                let zone = try zones.zone(named: series.timeZone)
                if let schedule = series.dueSchedule {
                    return try DueSeriesPlanner(now: now).plan(
                        making: snapshot,
                        zone: zone,
                        dueZone: zones.zone(named: schedule.timeZone),
                        numbers: &numbers
                    )
                }
                return try TaskPlanner(horizon: horizon, now: now).plan(
                    materializing: series,
                    after: snapshot.clock,
                    zone: zone,
                    numbers: &numbers
                )
            }
        } catch {
            // The work is still there: it is looked at again.
            store.agenda.note(fireAt, in: shard)
            throw error
        }
    }
}
