/// What a change of a task needs to know, as it is stored when the change is decided.
package struct SeriesSnapshot: Hashable, Sendable {
    /// The task that the command addresses.
    package var task: TaskInstance
    /// The task's series, with its clock; none for a single task.
    package var series: RecurringTask?
    package var clock: SeriesClock?
    /// The stored tasks of the series that the extent covers, by slot, the addressed one included.
    package var tasks: [TaskInstance]
    /// Whether there is a series of the task's number, which the task, a single one, began and left.
    package var hasLeftNamesake = false
    /// What the policies of the series need to know.
    package var policyFacts = PolicyFacts()
    /// Whether the task's contact is shared with the actor by name.
    package var actorSharesContact: Bool
    /// What nobody can read of the series; it has substitutes in the place of that.
    package var flaws = SeriesFlaws()

    package init(
        task: TaskInstance,
        series: RecurringTask? = nil,
        clock: SeriesClock? = nil,
        tasks: [TaskInstance],
        actorSharesContact: Bool = false
    ) {
        self.task = task
        self.series = series
        self.clock = clock
        self.tasks = tasks
        self.actorSharesContact = actorSharesContact
    }
}

extension SeriesSnapshot {
    /// Whether the task is one of a series that has a rule, if only one that cannot be read.
    var isRecurring: Bool { series?.rule != nil || !flaws.isEmpty }
}
