import Foundation
package import Recurrence

/// The machine's clock; the server reads the time of day here and nowhere else.
package struct WallClock: Clock {
    package typealias Instant = Timestamp

    /// By how much it is to show another time than the machine's.
    private let lead: ClockLead?

    package init() { lead = nil }

    /// Creates a clock that shows the time of another clock.
    init(ahead lead: ClockLead) { self.lead = lead }

    package var now: Timestamp {
        let now = Timestamp(microseconds: Int64(Date.now.timeIntervalSince1970 * 1_000_000))
        return lead.map { now.advanced(by: $0.length) } ?? now
    }

    package var minimumResolution: Duration { .microseconds(1) }

    package func sleep(until deadline: Timestamp, tolerance: Duration?) async throws {
        try await Task.sleep(for: now.duration(to: deadline), tolerance: tolerance)
    }
}
