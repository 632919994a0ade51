import Recurrence
import Tasks

/// What a request should do in its location.
struct Expectation {
    /// The statuses with which it may be answered if nothing fails.
    var statuses: Set<Int>
    /// Tasks that change, as they are afterwards.
    var changed: [ModelTask] = []
    /// Tasks that are made; their numbers are not known yet.
    var made: [ModelTask] = []
    /// Series that change or are made, as they are afterwards.
    var series: [ModelSeries] = []
    /// Categories that change or are made.
    var categories: [ModelCategory] = []
    /// What the answer must say.
    var answer = ExpectedAnswer.anything
    /// Tasks for which the server may choose which of the new occurrences they keep.
    var mayBeMatched: MatchingTasks?

    static func refused(_ statuses: Int...) -> Expectation {
        Expectation(statuses: Set(statuses))
    }

    var changesNothing: Bool {
        changed.isEmpty && made.isEmpty && series.isEmpty && categories.isEmpty
            && mayBeMatched == nil
    }
}

/// What the body of an answer must say.
enum ExpectedAnswer {
    case anything
    /// A task as LionDesk shows it; the number is that of the first new task where it is 0.
    case task(ModelTask)
    /// The total of a page.
    case total(Int)
    /// As many records under a name.
    case count(String, Int)
}

/// A changed rule: each of these tasks gets one of the occurrences of the rest, or is deleted.
struct MatchingTasks {
    /// The tasks as they were, by slot; the addressed one is the first.
    var tasks: [ModelTask]
    /// The new occurrences that must have tasks, in order; the first belongs to the first task.
    var occurrences: [Occurrence]
    /// The series of these occurrences.
    var series: ModelSeries
    /// The state that the first task gets; nil keeps it.
    var state: TaskState?
    /// Tasks that are deleted or released, as they are when no occurrence keeps them.
    var released: [Int64: ModelTask]
}
