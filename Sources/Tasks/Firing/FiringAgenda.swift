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
    package func note(_ fireAt: Timestamp?, in shard: Int) {
        guard let fireAt else { return }
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
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
