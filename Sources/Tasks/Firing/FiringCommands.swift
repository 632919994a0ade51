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

    /// Looks up when the next clocks fire, and how many series are set aside or held.
    ///
    /// - Parameter now: The time. If it is earlier than before, what was held back is so no more.
    /// - Throws: What the store throws.
    package func refreshAgenda(at now: Timestamp) async throws {
        store.agenda.see(now)
        for (shard, fireAt) in try await store.nextFires() {
            store.agenda.note(fireAt, in: shard)
        }
        store.agenda.setSetAsideCount(try await store.setAsideCount())
        store.agenda.setHeldSeries(try await store.heldSeries())
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

    /// The longest time for which a shard is held back because the store does not answer.
    ///
    /// That is no fault of the shard's.
    private static var unavailableLimit: Duration { .seconds(10) }

    /// Takes one turn in the shard that has waited longest.
    ///
    /// A shard in which the turn fails is held back, so that the others have theirs.
    ///
    /// - Returns: What the turn did; none if nothing is due by now.
    /// - Throws: `StoreUnavailable`, or `CancellationError`.
    package func takeTurn(at now: Timestamp) async throws -> FiringTurn? {
        let agenda = store.agenda
        agenda.see(now)
        guard let (shard, fireAt) = agenda.earliest, fireAt <= now else { return nil }
        agenda.forget(shard)
        do {
            let turn = try await store.claimFired(
                inShard: shard,
                at: now,
                limit: Self.turnLimit,
                deciding: decision(at: now)
            )
            agenda.release(shard)
            agenda.addSetAside(turn.setAsideCount)
            return turn
        } catch let error as CancellationError {
            // The work is not done, so the shard is noted again.
            agenda.note(fireAt, in: shard)
            throw error
        } catch let error as StoreUnavailable {
            _ = agenda.hold(shard, at: now, limit: Self.unavailableLimit)
            throw error
        } catch {
            let end = agenda.hold(shard, at: now, limit: BackOffTime.longest)
            let trouble = FiringTrouble.shardHeldBack(shard, until: end, reason: "\(error)")
            return FiringTurn(troubles: [trouble])
        }
    }

    /// Decides what becomes of a series that is taken up at a time.
    private func decision(at now: Timestamp) -> FiringDecision {
        { [zones, horizon] snapshot, numbers in
            let series = snapshot.series
            switch series.materialization {
            case .ahead:
                return try TaskPlanner(horizon: horizon, now: now).plan(
                    materializing: series,
                    after: snapshot.clock,
                    zone: zones.zone(named: series.timeZone),
                    knowing: snapshot.policyFacts,
                    numbers: &numbers
                )
            case .whenDue:
                return try DueSeriesPlanner(now: now).plan(
                    making: snapshot,
                    in: zones,
                    numbers: &numbers
                )
            }
        }
    }
}
