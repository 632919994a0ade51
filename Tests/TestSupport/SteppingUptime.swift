import Synchronization

/// A clock that goes on by a step each time it is read.
package final class SteppingUptime: Sendable {
    private let step: Duration
    private let state = Mutex((time: Duration.zero, questionCount: 0))

    package init(_ step: Duration) {
        self.step = step
    }

    /// How often it was read.
    package var questionCount: Int { state.withLock { $0.questionCount } }

    package func advance(by duration: Duration) {
        state.withLock { $0.time += duration }
    }

    @Sendable package func read() -> Duration {
        state.withLock { state in
            state.time += step
            state.questionCount += 1
            return state.time
        }
    }
}
