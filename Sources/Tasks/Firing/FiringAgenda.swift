package import Recurrence
import Synchronization

/// When the next clock of each shard fires, as far as this process knows.
///
/// Code that stores a clock notes it here. So the scheduler can sleep until the exact instant, and
/// it is woken when an earlier clock is added. Clocks that other processes store are found by
/// looking in the store.
package final class FiringAgenda: Sendable {
    fileprivate struct State {
        var fires = [Timestamp?](repeating: nil, count: LocationID.shardCount)
        /// The shards that this node leases; none while it has them all to itself.
        var leases: [Int: ShardLease]?
        /// Until when a shard of another node's is left alone, because it is being worked.
        var shardRests: [Int: Timestamp] = [:]
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

    /// The shard whose clock fires first, and when it fires for this node; none if no clock is known.
    ///
    /// It costs one look at each shard.
    package var earliest: (shard: Int, fireAt: Timestamp)? {
        state.withLock { state in
            var earliest: (shard: Int, fireAt: Timestamp)?
            for shard in state.fires.indices {
                if let fireAt = state.turnAt(shard), fireAt < earliest?.fireAt ?? .distantFuture {
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
            return state.takeWaiter(for: shard)
        }
        waiter?.resume()
    }

    /// Forgets a shard's clocks, because the caller is about to look them up.
    func forget(_ shard: Int) {
        state.withLock { $0.fires[shard] = nil }
    }

    // MARK: - Other nodes

    /// Notes which shards this node leases.
    ///
    /// The others are worked by their nodes. If one of these is late, this node takes a turn there.
    package func setLeases(_ leases: [Int: ShardLease]?) {
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            if state.leases == leases { return nil }
            state.leases = leases
            defer { state.waiter = nil }
            return state.waiter?.continuation
        }
        waiter?.resume()
    }

    /// How this node is to work a shard.
    package func tenure(of shard: Int) -> ShardTenure {
        state.withLock { state in
            guard let leases = state.leases else { return .alone }
            return leases[shard].map { .leased($0) } ?? .elsewhere
        }
    }

    /// Leaves a shard alone for a moment, because another node works it.
    package func rest(_ shard: Int, until time: Timestamp) {
        state.withLock { $0.shardRests[shard] = time }
    }

    /// Gives a lease up that another node has taken over.
    package func lose(_ shard: Int) {
        state.withLock { $0.leases?[shard] = nil }
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
                        || state.fires.indices.contains(where: { shard in
                            state.turnAt(shard) ?? time < time
                        })
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

extension FiringAgenda.State {
    /// How late the node of a shard may be before another one takes a turn there.
    private static var patience: Duration { .milliseconds(120) }

    /// From when on this node is to work a shard; none if no clock of it is known.
    fileprivate func turnAt(_ shard: Int) -> Timestamp? {
        guard let fireAt = fires[shard], let leases, leases[shard] == nil else {
            return fires[shard]
        }
        return max(fireAt.advanced(by: Self.patience), shardRests[shard] ?? fireAt)
    }

    /// Takes the waiter out if it is to be woken because of a shard.
    fileprivate mutating func takeWaiter(for shard: Int) -> CheckedContinuation<Void, Never>? {
        guard let waiter, let turnAt = turnAt(shard), turnAt < waiter.before else { return nil }
        self.waiter = nil
        return waiter.continuation
    }
}

extension Timestamp {
    /// Later than any time at which a clock fires.
    package static var distantFuture: Timestamp { Timestamp(microseconds: .max) }
}
