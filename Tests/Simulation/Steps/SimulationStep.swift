import Recurrence

/// One step of a simulation: what happens, and what fails while it happens.
///
/// A step is data. It names records by choices among those that exist when it is taken, so it still
/// means something after other steps were removed.
struct SimulationStep: Sendable {
    var action: Action
    var fault: Fault?

    enum Action: Sendable {
        case ask(Wish)
        /// The client of a user is told that its second token is no longer good.
        case revokeSpareToken(user: Int)
        /// The clock jumps, forwards or backwards; nothing is done meanwhile.
        case jump(seconds: Int64)
        /// A scheduler does what is due now.
        case work(scheduler: Int)
        /// Time passes, and a scheduler does everything at its instant.
        case pass(seconds: Int64, scheduler: Int)
        /// The server is stopped and started again.
        case restart
    }

    /// What a client wants.
    enum Wish: Sendable {
        // LionDesk's clients.
        case createTask(user: Int, TaskFields)
        case updateTask(user: Int, choice: Int, TaskFields, UpdateKind, replaces: Bool)
        case deleteTask(user: Int, choice: Int, DeleteKind)
        case getTask(user: Int, choice: Int)
        case findTasks(user: Int, Status?)
        /// A user tries what only another user may do.
        case probeTask(user: Int, choice: Int, ProbeKind)
        case createCategory(user: Int, name: Int)
        case renameCategory(user: Int, choice: Int, name: Int)
        case deleteCategory(user: Int, choice: Int)

        // HighLevel's clients.
        case createSeries(location: Int, SeriesFields)
        case updateSeries(location: Int, choice: Int, SeriesFields, parts: SeriesParts)
        case deleteSeries(location: Int, choice: Int)
        case listSeries(location: Int)
        /// A location's client tries to reach another location's series.
        case probeSeries(location: Int, choice: Int)
        case createContactTask(location: Int, contact: Int, TaskFields)
        case updateContactTask(location: Int, choice: Int, TaskFields)
        case completeContactTask(location: Int, choice: Int, Bool)
        case deleteContactTask(location: Int, choice: Int)
        case listContactTasks(location: Int, contact: Int)
        case sendNonsense(user: Int, Int)
    }

    enum Status: String, Sendable, CaseIterable {
        case complete, incomplete, deleted
    }

    /// The numbers on the wire.
    enum UpdateKind: Int, Sendable {
        case thisTask = 1
        case following = 2
        case statusOnly = 3
    }

    /// The numbers on the wire.
    enum DeleteKind: Int, Sendable {
        case thisTask = 1
        case following = 2
        case all = 3
    }

    enum ProbeKind: Sendable, CaseIterable {
        case get, patch, delete
    }

    /// A due time: some days after today, on the clocks of the one who asks.
    struct RelativeDue: Sendable {
        var days: Int
        var secondOfDay: Int
    }

    enum RuleChoice: Sendable {
        case none
        /// The rule that the series has now.
        case same
        case other(parts: String, RuleEnd)
    }

    enum RuleEnd: Sendable {
        case never
        case count(Int)
        /// Days after the start.
        case until(days: Int)
    }

    /// What a body says of a task; nil is left out.
    struct TaskFields: Sendable {
        var title: Int?
        var notes: Int?
        /// A user's number.
        var assignee: Int64?
        /// A contact's number.
        var contact: Int64?
        var category: Int?
        var reminder: Int?
        var isAllDay: Bool?
        var notifies: Bool?
        var due: RelativeDue?
        var status: Status?
        var rule = RuleChoice.none
        /// Whether the client uses its second token, which may be revoked.
        var usesSpareToken = false
    }

    enum Interval: String, Sendable, CaseIterable {
        case hourly, daily, weekly, monthly
    }

    /// What a body says of a recurring task.
    struct SeriesFields: Sendable {
        var title: Int
        var interval: Interval
        var every: Int
        var start: RelativeDue
        var endDays: Int?
        /// From 0, which is Monday.
        var dayOfWeek: Int?
        /// At most 28, so that every month has it.
        var dayOfMonth: Int?
        var count: Int?
        var createsWhileOverdue: Bool
        var dueAfter: Int64
        var contactCount: Int
        var hasOwner: Bool
        var ignoresTaskCreation: Bool
    }

    /// Which members the body of an update has.
    struct SeriesParts: Sendable {
        var title: Bool
        var contacts: Bool
        var owners: Bool
        var rule: Bool
    }
}

/// What fails, and at which of the step's transactions.
struct Fault: Sendable {
    var kind: Kind
    /// 0 for the first transaction of the step.
    var transaction: Int

    enum Kind: Sendable, CaseIterable {
        /// The database is busy; nothing is done.
        case refused
        /// The disk fails after the work and before the commit.
        case failedBeforeCommit
        /// The commit is made, and its answer gets lost.
        case answerLost
        /// The process dies before the commit.
        case diedBeforeCommit
        /// The process dies after the commit, before anybody is told.
        case diedAfterCommit
        /// A read fails.
        case readFailed
    }
}
