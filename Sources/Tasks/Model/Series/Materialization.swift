/// How the tasks of a series come to be.
package enum Materialization: Hashable, Sendable {
    /// Ahead of their occurrences, as far as the horizon reaches.
    case ahead
    /// Each when its occurrence comes.
    case whenDue(DueSchedule)

    /// How a series with this schedule makes its tasks; `nil` means ahead.
    package init(_ schedule: DueSchedule?) {
        self = schedule.map { .whenDue($0) } ?? .ahead
    }
}
