import Synchronization

/// How many notices are with their sender at a time; the others wait in their order.
final class SendingSlots: Sendable {
    private struct State {
        var free: Int
        /// Who waits or has waited, and how many do not any more.
        var waiters: [CheckedContinuation<Void, Never>] = []
        var goneCount = 0
    }

    private let state: Mutex<State>

    init(_ count: Int) {
        state = Mutex(State(free: count))
    }

    /// Runs a closure as soon as there is room.
    func withSlot<Value>(_ body: () async -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                if state.free == 0 {
                    state.waiters.append(continuation)
                    return false
                }
                state.free -= 1
                return true
            }
            if isFree { continuation.resume() }
        }
        let value = await body()
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard state.goneCount < state.waiters.count else {
                state.waiters = []
                state.goneCount = 0
                state.free += 1
                return nil
            }
            state.goneCount += 1
            return state.waiters[state.goneCount - 1]
        }
        waiter?.resume()
        return value
    }
}
