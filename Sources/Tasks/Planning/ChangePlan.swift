/// What a command does to the stored records: decided by the domain, carried out by a store.
package struct ChangePlan: Hashable, Sendable {
    package var kind: ChangeKind
    package var series: [Replacement<RecurringTask>]
    package var tasks: [Replacement<TaskInstance>]
    /// The clocks that the series get.
    package var clocks: [ClockSetting]

    package init(
        _ kind: ChangeKind,
        series: [Replacement<RecurringTask>] = [],
        tasks: [Replacement<TaskInstance>] = [],
        clocks: [ClockSetting] = []
    ) {
        self.kind = kind
        self.series = series
        self.tasks = tasks
        self.clocks = clocks
    }

    /// Whether nothing changes, so that nothing is written and no change is numbered.
    package var isEmpty: Bool {
        series.isEmpty && tasks.isEmpty && clocks.isEmpty
    }
}

/// What kind of command made a change; the numbers are stored.
package enum ChangeKind: Int, Hashable, Sendable, CaseIterable {
    case created = 1
    case updated = 2
    case deleted = 3
    /// The scheduler or a reader made a batch of tasks. No person made the change, and its log
    /// entry lists only the numbers of the tasks.
    case materialized = 4
}

/// A record before and after a change.
///
/// There is nothing before if the change creates it.
package struct Replacement<Record: Hashable & Sendable>: Hashable, Sendable {
    package var before: Record?
    package var after: Record

    package init(before: Record? = nil, after: Record) {
        self.before = before
        self.after = after
    }
}

/// The clock that a plan gives to a series; `nil` removes the clock.
package struct ClockSetting: Hashable, Sendable {
    package var seriesID: Identifier<RecurringTask>
    package var clock: SeriesClock?

    package init(seriesID: Identifier<RecurringTask>, clock: SeriesClock?) {
        self.seriesID = seriesID
        self.clock = clock
    }
}
