/// What a command does to the stored records: decided by the domain, carried out by a store.
package struct ChangePlan: Hashable, Sendable {
    package var kind: ChangeKind
    package var series: [Replacement<RecurringTask>]
    package var tasks: [Replacement<TaskInstance>]
    /// The clocks that the series get.
    package var clocks: [ClockSetting]
    /// What was made and is to be as if it had never been, because its making is undone.
    package var removedSeries: [RecurringTask] = []
    package var removedTasks: [TaskInstance] = []
    /// The number of the change that this one undoes.
    package var undoneNumber: Int64?

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
        series.isEmpty && tasks.isEmpty && clocks.isEmpty && removedSeries.isEmpty
            && removedTasks.isEmpty
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
    /// The server reminded people of tasks, by the page or by webhooks. Its log entry lists the
    /// reminders.
    case reminded = 5
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

/// What a change does to tasks, in numbers and by examples.
package struct ChangeEffect: Hashable, Sendable {
    /// The most examples.
    package static let sampleLimit = 20

    /// Tasks that are new.
    package private(set) var created = 0
    /// Tasks of which something else than the due time changes.
    package private(set) var changed = 0
    /// Tasks that are due at another time, whatever else changes of them.
    package private(set) var moved = 0
    /// Tasks within the command's reach that stay as they are.
    package private(set) var kept = 0
    /// Tasks that are deleted.
    package private(set) var removed = 0
    /// What becomes of the reminders of these tasks; nothing where nobody asked.
    package private(set) var reminders = ReminderCounts()
    /// The first of the tasks that do not stay as they are, before and after the change.
    package private(set) var samples: [Replacement<TaskInstance>] = []

    /// Counts what a plan does.
    ///
    /// - Parameters:
    ///   - plan: The plan.
    ///   - reachedCount: How many stored tasks the command reached.
    ///   - reminders: What it does to reminders.
    package init(
        of plan: ChangePlan,
        reaching reachedCount: Int,
        reminding reminders: ReminderCounts = ReminderCounts()
    ) {
        self.reminders = reminders
        for task in plan.tasks {
            guard let before = task.before else {
                created += 1
                continue
            }
            if task.after.state == .deleted, task.after.skip == nil, before.state != .deleted {
                removed += 1
            } else if task.after.due != before.due {
                moved += 1
            } else {
                changed += 1
            }
        }
        removed += plan.removedTasks.count
        kept = max(0, reachedCount - (plan.tasks.count - created))
        samples = Array(plan.tasks.prefix(Self.sampleLimit))
    }
}
