import Synchronization

/// Keeps the scheduler's turns and the moves of a test's clock apart.
///
/// Any number of turns may run at once. A caller that moves time waits until no turn runs. Then no
/// turn begins but its own until it has moved time to the end. So no occurrence is passed over
/// while another turn holds its shard.
package final class TurnGate: Sendable {
    private struct State {
        var turnCount = 0
        var timeIsMoving = false
        var waiters: [Int: CheckedContinuation<Bool, Never>] = [:]
        var lastWaiter = 0
    }

    private let state = Mutex(State())

    package init() {}

    /// Runs a turn as soon as nobody moves time.
    ///
    /// - Throws: What the turn throws, or `CancellationError` if the task is cancelled first.
    package func turn<Result: Sendable>(
        _ body: () async throws -> Result
    ) async throws -> Result {
        try await enter { state in
            if state.timeIsMoving { return false }
            state.turnCount += 1
            return true
        }
        defer { leave { $0.turnCount -= 1 } }
        return try await body()
    }

    /// Runs a closure that moves time, as soon as no turn runs and nobody else moves it.
    ///
    /// - Throws: What the body throws, or `CancellationError` if the task is cancelled first.
    package func movingTime(_ body: () async throws -> Void) async throws {
        try await enter { state in
            if state.timeIsMoving || state.turnCount > 0 { return false }
            state.timeIsMoving = true
            return true
        }
        defer { leave { $0.timeIsMoving = false } }
        try await body()
    }

    private func enter(_ take: @escaping @Sendable (inout State) -> Bool) async throws {
        var hasEntered = false
        while !hasEntered {
            try Task.checkCancellation()
            hasEntered = await takeOrWait(take)
        }
    }

    /// Enters the gate, or waits until somebody leaves it or the task is cancelled.
    private func takeOrWait(_ take: @escaping @Sendable (inout State) -> Bool) async -> Bool {
        let id = state.withLock { state in
            state.lastWaiter += 1
            return state.lastWaiter
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let outcome = state.withLock { state -> Bool? in
                    if Task.isCancelled { return false }
                    if take(&state) { return true }
                    state.waiters[id] = continuation
                    return nil
                }
                if let outcome { continuation.resume(returning: outcome) }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: id) }?.resume(returning: false)
        }
    }

    private func leave(_ change: (inout State) -> Void) {
        let waiters = state.withLock { state in
            change(&state)
            defer { state.waiters = [:] }
            return state.waiters.values
        }
        for waiter in waiters { waiter.resume(returning: false) }
    }
}
