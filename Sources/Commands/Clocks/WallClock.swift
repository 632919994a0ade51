import Foundation
package import Recurrence

/// The machine's clock; the server reads the time of day here and nowhere else.
package struct WallClock: Clock {
    package typealias Instant = Timestamp

    package init() {}

    package var now: Timestamp {
        Timestamp(microseconds: Int64(Date.now.timeIntervalSince1970 * 1_000_000))
    }

    package var minimumResolution: Duration { .microseconds(1) }

    package func sleep(until deadline: Timestamp, tolerance: Duration?) async throws {
        try await Task.sleep(for: now.duration(to: deadline), tolerance: tolerance)
    }
}
