package import Recurrence

/// Makes what has come due: the tasks of occurrences that came, and the tasks that a moved horizon
/// adds.
package struct FiringCommands<Store: SeriesClockStore, Zones: ZoneSource>: Sendable {
    private let store: Store
    private let zones: Zones
    private let horizon: Horizon

    /// How many series one turn takes up.
    static var turnLimit: Int { 200 }

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

    /// Keeps turns and the moves of a test's clock apart.
    package var gate: TurnGate { store.agenda.gate }

    /// When the next clock fires, as far as this process knows; none if no clock is known.
    package var nextFireAt: Timestamp? { store.agenda.earliest?.fireAt }

    /// Returns as soon as a clock is known that fires before a time, or when the task is cancelled.
    ///
    /// Only one caller at a time may wait.
    package func waitForEarlierFire(than time: Timestamp) async {
        await store.agenda.waitForEarlier(than: time)
    }

    /// Takes one turn in the shard that has waited longest.
    ///
    /// - Returns: What the turn did; none if nothing is due by now.
    package func takeTurn(at now: Timestamp) async throws -> FiringTurn? {
        guard let (shard, fireAt) = store.agenda.earliest, fireAt <= now else { return nil }
        store.agenda.forget(shard)
        do {
            return try await store.claimFired(inShard: shard, at: now, limit: Self.turnLimit) {
                [zones, horizon] snapshot, numbers in
                let series = snapshot.series
                let zone = try zones.zone(named: series.timeZone)
                switch series.materialization {
                case .ahead:
                    return try TaskPlanner(horizon: horizon, now: now).plan(
                        materializing: series,
                        after: snapshot.clock,
                        zone: zone,
                        numbers: &numbers
                    )
                case .whenDue(let schedule):
                    return try DueSeriesPlanner(now: now).plan(
                        making: snapshot,
                        zone: zone,
                        dueZone: zones.zone(named: schedule.timeZone),
                        numbers: &numbers
                    )
                }
            }
        } catch {
            // The work is not done, so the shard is noted again.
            store.agenda.note(fireAt, in: shard)
            throw error
        }
    }
}
