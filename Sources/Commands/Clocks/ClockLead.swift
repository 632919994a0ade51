import Recurrence
import Synchronization
import Tasks

/// By how much the database's clock is ahead of the machine's.
///
/// All nodes over a database go by its clock, so that theirs may differ.
final class ClockLead: Sendable {
    private let microseconds = Atomic<Int64>(0)

    /// An answer that takes longer tells too little.
    private static var longestTrip: Duration { .milliseconds(500) }

    var length: Duration { .microseconds(microseconds.load(ordering: .relaxed)) }

    /// Asks a node for the database's time.
    func measure(by node: any ClusterNode) async throws {
        let machine = WallClock()
        let askedAt = machine.now
        let time = try await node.databaseTime()
        let trip = askedAt.duration(to: machine.now)
        // A clock that is set meanwhile makes any trip possible.
        guard trip >= .zero, trip <= Self.longestTrip else { return }
        let lead = askedAt.advanced(by: trip / 2).duration(to: time)
        microseconds.store(Int64(lead / .microseconds(1)), ordering: .relaxed)
    }
}
