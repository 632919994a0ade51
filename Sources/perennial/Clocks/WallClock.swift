import Foundation
import Recurrence

/// The machine's clock of the day: the only place where the server learns what time it is.
struct WallClock: Clock {
    typealias Instant = Timestamp

    var now: Timestamp {
        Timestamp(microseconds: Int64(Date.now.timeIntervalSince1970 * 1_000_000))
    }

    var minimumResolution: Duration { .microseconds(1) }

    func sleep(until deadline: Timestamp, tolerance: Duration?) async throws {
        try await Task.sleep(for: now.duration(to: deadline), tolerance: tolerance)
    }
}
