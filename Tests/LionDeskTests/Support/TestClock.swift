import Recurrence
import Synchronization

/// A clock that stands still until a test moves it.
final class TestClock: Clock {
    private let time: Mutex<Timestamp>

    init(_ now: Timestamp) {
        time = Mutex(now)
    }

    var now: Timestamp { time.withLock { $0 } }

    var minimumResolution: Duration { .microseconds(1) }

    /// Moves the clock on.
    func advance(by duration: Duration) {
        time.withLock { $0 = $0.advanced(by: duration) }
    }

    func sleep(until deadline: Timestamp, tolerance: Duration?) async throws {
        time.withLock { $0 = max($0, deadline) }
    }
}
