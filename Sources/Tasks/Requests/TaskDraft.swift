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
    /// What the series that begins with the task does about its occurrences.
    package var policies = SeriesPolicies()
    /// What it does about missed work, if that was said.
    package var missedWork: MissedWork?
    /// Whether it makes its tasks when their occurrences come, and not ahead.
    package var makesWhenDue = false

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

    /// The records that the draft refers to.
    package var references: References {
        References(
            assigneeID: template.assigneeID,
            contactID: template.contactID,
            categoryID: template.categoryID
        ).with(policies)
    }
}
