package import Recurrence
import Synchronization

/// When the next clock of each shard fires, as far as this process knows.
///
/// Code that stores a clock notes it here. So the scheduler can sleep until the exact instant, and
/// it is woken when an earlier clock is added. Clocks that other processes store are found by
/// looking in the store.
package final class FiringAgenda: Sendable {
    private struct State {
        var fires = [Timestamp?](repeating: nil, count: LocationID.shardCount)
        var waiter: (before: Timestamp, continuation: CheckedContinuation<Void, Never>)?
        var waiterWasCancelled = false
        var shardWaits = BackOff<Int>()
        var locationWaits = BackOff<LocationID>()
        var setAsideCount = 0
        var held: [HeldSeries] = []
        /// What the clock showed when it was looked at last.
        var lastSeen = Timestamp(microseconds: .min)
    }

    /// Keeps turns and the moves of a test's clock apart.
    let gate = TurnGate()

    private let state = Mutex(State())

    package init() {}

    /// The shard whose clock fires first, and when it fires; none if no clock is known.
    ///
    /// It costs one look at each shard.
    package var earliest: (shard: Int, fireAt: Timestamp)? {
        state.withLock { state in
            var earliest: (shard: Int, fireAt: Timestamp)?
            for (shard, fireAt) in state.fires.enumerated() {
                if let fireAt, fireAt < earliest?.fireAt ?? .distantFuture {
                    earliest = (shard, fireAt)
                }
            }
            return earliest
        }
    }

    /// Notes that a clock of a shard fires at a time.
    ///
    /// While the shard is held back, it counts as firing when that ends.
    package func note(_ fireAt: Timestamp?, in shard: Int) {
        guard let fireAt else { return }
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            let fireAt = max(fireAt, state.shardWaits.end(of: shard) ?? fireAt)
            if let known = state.fires[shard], known <= fireAt { return nil }
            state.fires[shard] = fireAt
            guard let waiter = state.waiter, fireAt < waiter.before else { return nil }
            state.waiter = nil
            return waiter.continuation
        }
        waiter?.resume()
    }

    /// Forgets a shard's clocks, because the caller is about to look them up.
    func forget(_ shard: Int) {
        state.withLock { $0.fires[shard] = nil }
    }

    // MARK: - What failed

    /// How many series are set aside, as far as this process knows.
    package var setAsideCount: Int { state.withLock { $0.setAsideCount } }

    func setSetAsideCount(_ count: Int) {
        state.withLock { $0.setAsideCount = count }
    }

    /// How many series are held, by the reason, as far as this process knows.
    package var heldSeries: [HeldSeries] { state.withLock { $0.held } }

    func setHeldSeries(_ held: [HeldSeries]) {
        state.withLock { $0.held = held }
    }

    func addSetAside(_ count: Int) {
        if count > 0 { state.withLock { $0.setAsideCount += count } }
    }

    /// Holds a shard back, in which a turn failed.
    ///
    /// - Returns: Until when no turn is taken there.
    func hold(_ shard: Int, at now: Timestamp, limit: Duration) -> Timestamp {
        state.withLock { state in
            let end = state.shardWaits.fail(shard, at: now, limit: limit)
            state.fires[shard] = end
            return end
        }
    }

    /// Ends the waits of a shard in which a turn was taken.
    func release(_ shard: Int) {
        state.withLock { $0.shardWaits.succeed(shard) }
    }

    /// Holds a location back, in which nothing could be done.
    ///
    /// - Returns: Until when it is left alone.
    package func hold(_ locationID: LocationID, at now: Timestamp) -> Timestamp {
        state.withLock { state in
            state.locationWaits.fail(locationID, at: now, limit: BackOffTime.longest)
        }
    }

    /// Ends the waits of a location in which the work was done.
    package func release(_ locationID: LocationID) {
        state.withLock { $0.locationWaits.succeed(locationID) }
    }

    /// Whether a location is held back at a time.
    package func isHeldBack(_ locationID: LocationID, at now: Timestamp) -> Bool {
        state.withLock { state in state.locationWaits.end(of: locationID).map { $0 > now } ?? false
        }
    }

    /// Since when a location, or its shard, has been held back; none if neither is.
    package func heldBackSince(_ locationID: LocationID) -> Timestamp? {
        state.withLock { state in
            [
                state.locationWaits.since(of: locationID),
                state.shardWaits.since(of: locationID.shard),
            ].compactMap { $0 }.min()
        }
    }

    /// Notes what the clock shows.
    ///
    /// If it was set back since it was noted last, all waits end, because they went by the time
    /// before. When clocks fire after that, the caller has to look up.
    func see(_ now: Timestamp) {
        state.withLock { state in
            if now < state.lastSeen {
                state.shardWaits = BackOff()
                state.locationWaits = BackOff()
            }
            state.lastSeen = now
        }
    }

    /// When the first of some clocks, the earliest of which comes first, is to be taken up.
    ///
    /// That is not while its location is held back.
    package func firstFire(
        among fires: [(locationID: LocationID, fireAt: Timestamp)]
    ) -> Timestamp? {
        state.withLock { state in
            if state.locationWaits.isEmpty { return fires.first?.fireAt }
            return fires.map { locationID, fireAt in
                max(fireAt, state.locationWaits.end(of: locationID) ?? fireAt)
            }.min()
        }
    }

    // MARK: - Waiting

    /// Returns as soon as a clock is noted that fires before a time, or when the task is cancelled.
    ///
    /// Only one caller at a time may wait.
    func waitForEarlier(than time: Timestamp) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    defer { state.waiterWasCancelled = false }
                    if state.waiterWasCancelled
                        || state.fires.contains(where: { $0 ?? time < time })
                    {
                        return true
                    }
                    precondition(state.waiter == nil, "two wait for one agenda")
                    state.waiter = (time, continuation)
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                defer { state.waiter = nil }
                state.waiterWasCancelled = state.waiter == nil
                return state.waiter
            }
            waiter?.continuation.resume()
        }
    }
}

extension Timestamp {
    /// Later than any time at which a clock fires.
    package static var distantFuture: Timestamp { Timestamp(microseconds: .max) }
}
