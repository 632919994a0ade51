/// A task to be created.
///
/// If it has a rule, it is the first task of a series.
package struct TaskDraft: Hashable, Sendable {
    package var template: TaskTemplate
    package var due: WallClockTime
    /// The state of the task itself.
    ///
    /// The other tasks of the series begin open.
    package var state: TaskState
    package var rule: SeriesRule?

    package init(
        template: TaskTemplate,
        due: WallClockTime,
        state: TaskState = .open,
        rule: SeriesRule? = nil
    ) {
        self.template = template
        self.due = due
        self.state = state
        self.rule = rule
    }
}
