package import Recurrence
import Synchronization

/// A clock that moves only when a test moves it.
///
/// A task that sleeps on it sleeps until cancelled.
package final class TestClock: Clock {
    private let time: Mutex<Timestamp>
    private let deadline = Mutex<Timestamp?>(nil)
    private let sleepers = AsyncStream<Void>.makeStream()

    package init(_ now: Timestamp) {
        time = Mutex(now)
    }

    package var now: Timestamp { time.withLock { $0 } }

    package var minimumResolution: Duration { .microseconds(1) }

    /// Moves the clock on.
    package func advance(by duration: Duration) {
        time.withLock { $0 = $0.advanced(by: duration) }
    }

    /// Until when the last sleeper means to sleep.
    package var lastDeadline: Timestamp? { deadline.withLock { $0 } }

    package func sleep(until deadline: Timestamp, tolerance: Duration?) async throws {
        self.deadline.withLock { $0 = deadline }
        sleepers.continuation.yield()
        let never = AsyncStream<Void>.makeStream()
        for await _ in never.stream {}
        throw CancellationError()
    }

    /// Returns when a task sleeps on the clock.
    package func untilSomebodySleeps() async {
        for await _ in sleepers.stream { return }
    }
}
