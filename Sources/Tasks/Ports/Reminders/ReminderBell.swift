import Synchronization

/// Wakes who plans reminders once there is something to plan.
///
/// The store marks in a transaction that there is, and rings once a transaction of that time is durable;
/// a ring for nothing costs a look.
package final class ReminderBell: Sendable {
    private let marks = Atomic<Int>(0)
    package let planner = Follower()

    package init() {}

    /// How often it was marked.
    package var markCount: Int { marks.load(ordering: .sequentiallyConsistent) }

    package func mark() {
        marks.add(1, ordering: .sequentiallyConsistent)
    }

    /// Rings if it was marked since it had been marked so often.
    package func ring(ifMarkedSince count: Int) {
        if markCount != count { planner.ring() }
    }
}
