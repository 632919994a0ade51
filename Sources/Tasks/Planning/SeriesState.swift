/// What a change of a series needs to know, as it is stored when the change is decided.
package struct SeriesState: Hashable, Sendable {
    package var series: RecurringTask
    package var clock: SeriesClock?
    /// The tasks of a series that makes them ahead, by slot; those of any other series only where the
    /// command concerns them.
    package var tasks: [TaskInstance]
    /// Whether the occurrence that the command asked about has tasks.
    package var slotIsTaken: Bool
    /// What its policies need to know.
    package var policyFacts = PolicyFacts()
    /// What nobody can read of the series; it has substitutes in the place of that.
    package var flaws = SeriesFlaws()

    package init(
        series: RecurringTask,
        clock: SeriesClock?,
        tasks: [TaskInstance] = [],
        slotIsTaken: Bool = false
    ) {
        self.series = series
        self.clock = clock
        self.tasks = tasks
        self.slotIsTaken = slotIsTaken
    }
}
