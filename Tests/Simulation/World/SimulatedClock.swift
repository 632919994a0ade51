import Recurrence
import Synchronization

/// A clock that shows what it is told; nobody sleeps on it.
final class SimulatedClock: Clock {
    private let time: Mutex<Timestamp>

    init(_ now: Timestamp) {
        time = Mutex(now)
    }

    var now: Timestamp {
        get { time.withLock { $0 } }
        set { time.withLock { $0 = newValue } }
    }

    var minimumResolution: Duration { .microseconds(1) }

    func sleep(until deadline: Timestamp, tolerance: Duration?) async throws {
        preconditionFailure("nothing that is simulated sleeps")
    }
}
