/// A task to be made: the first of a series where a rule is given.
package struct TaskDraft: Hashable, Sendable {
    package var template: TaskTemplate
    package var due: WallClockTime
    /// The state of the task itself; the others of a series begin open.
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
