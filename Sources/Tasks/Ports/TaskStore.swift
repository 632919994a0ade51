package import Recurrence

/// Where tasks and series are kept, as the dialects and the horizon need it.
///
/// Every write is one transaction inside one location: it loads what the command concerns, lets
/// the domain decide, carries the plan out, numbers the change and appends it to the location's
/// log. A write that was acknowledged is durable.
package protocol TaskStore: Sendable {
    /// The tasks that a viewer may see and a query asks for.
    func tasks(
        _ query: Query<TaskField>,
        seenBy viewer: Viewer,
        in locationID: LocationID
    ) async throws -> Page<TaskEntry>

    /// One task, if the viewer may see it and it satisfies the predicate.
    func task(
        _ id: Identifier<TaskInstance>,
        where predicate: Predicate<TaskField>,
        seenBy viewer: Viewer,
        in locationID: LocationID
    ) async throws -> TaskEntry?

    /// The origins of tasks that a viewer may see and a query asks for.
    func origins(
        _ query: Query<OriginField>,
        seenBy viewer: Viewer,
        in locationID: LocationID
    ) async throws -> Page<TaskOrigin>

    /// Creates what a command decides, after checking what it refers to.
    ///
    /// - Returns: The task that the plan names first, as it is read afterwards.
    func create(
        _ references: References,
        by actor: Actor,
        at now: Timestamp,
        deciding decide:
            @escaping @Sendable (ReferenceFacts, inout IdentifierSource) throws -> ChangePlan
    ) async throws -> TaskEntry

    /// Changes a task, and of its series what the reach says, as a command decides.
    ///
    /// - Returns: The addressed task as it is read afterwards; none where there is no such task in
    ///   the location or it does not satisfy the predicate, and then nothing was asked to decide.
    func change(
        _ id: Identifier<TaskInstance>,
        where predicate: Predicate<TaskField>,
        reach: Reach,
        references: References,
        by actor: Actor,
        at now: Timestamp,
        deciding decide:
            @escaping @Sendable (SeriesSnapshot, ReferenceFacts, inout IdentifierSource) throws ->
            ChangePlan
    ) async throws -> TaskEntry?

    /// Moves the horizon of a series as the domain decides.
    ///
    /// Nothing is asked where the series has no clock.
    ///
    /// - Returns: How many tasks were made.
    func materialize(
        _ address: SeriesAddress,
        at now: Timestamp,
        deciding decide:
            @escaping @Sendable (RecurringTask, SeriesClock, inout IdentifierSource) throws ->
            ChangePlan
    ) async throws -> Int

    /// The series that have an occurrence up to a time that is not stored yet.
    func seriesWithOccurrences(
        upTo bound: Timestamp,
        seenBy viewer: Viewer,
        in locationID: LocationID
    ) async throws -> [SeriesAddress]
}

/// Whose tasks are seen.
package enum Viewer: Hashable, Sendable {
    /// Those that a user made.
    case creator(Identifier<User>)
    /// All of the location's.
    case wholeLocation
}

/// Who makes a change, and where.
package struct Actor: Hashable, Sendable {
    package var locationID: LocationID
    /// None for the server itself and for a location's own token.
    package var userID: Identifier<User>?

    package init(locationID: LocationID, userID: Identifier<User>?) {
        self.locationID = locationID
        self.userID = userID
    }
}

/// How much of a task's series a command concerns.
package enum Reach: Hashable, Sendable {
    case itself
    case itselfAndFollowing
    case wholeSeries
}

/// What a command points at in the directory, to be checked in the same transaction.
package struct References: Hashable, Sendable {
    package var assigneeIDs: [Identifier<User>]
    package var contactIDs: [Identifier<Contact>]
    package var categoryID: Identifier<Category>?

    package init(
        assigneeIDs: [Identifier<User>],
        contactIDs: [Identifier<Contact>]
    ) {
        self.assigneeIDs = assigneeIDs
        self.contactIDs = contactIDs
    }

    /// What a task points at.
    package init(
        assigneeID: Identifier<User>? = nil,
        contactID: Identifier<Contact>? = nil,
        categoryID: Identifier<Category>? = nil
    ) {
        assigneeIDs = assigneeID.map { [$0] } ?? []
        contactIDs = contactID.map { [$0] } ?? []
        self.categoryID = categoryID
    }
}

/// What the directory says of the references; true where nothing was referred to.
package struct ReferenceFacts: Hashable, Sendable {
    /// Each assignee is the actor or shares a team with the actor whose members share their work.
    package var assigneeIsAllowed: Bool
    /// Each contact is owned by, assigned to or shared with the actor, or a teammate who shares.
    package var contactIsAllowed: Bool
    /// The category is the location's or the actor's own.
    package var categoryIsAllowed: Bool

    package init(
        assigneeIsAllowed: Bool = true,
        contactIsAllowed: Bool = true,
        categoryIsAllowed: Bool = true
    ) {
        self.assigneeIsAllowed = assigneeIsAllowed
        self.contactIsAllowed = contactIsAllowed
        self.categoryIsAllowed = categoryIsAllowed
    }
}

/// What a change concerns, as it is stored when the change is decided.
package struct SeriesSnapshot: Hashable, Sendable {
    /// The task that the command addresses.
    package var task: TaskInstance
    /// The task's series, with its clock; none for a single task.
    package var series: RecurringTask?
    package var clock: SeriesClock?
    /// The stored tasks of the series that the reach covers, by slot, the addressed one included.
    package var tasks: [TaskInstance]
    /// Whether the task's contact is shared with the actor by name.
    package var actorSharesContact: Bool

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

/// New numbers, from a block that the store has set aside.
package struct IdentifierSource {
    private var numbers: Range<Int64>
    private let refill: (Int) throws -> Range<Int64>

    /// Creates a source.
    ///
    /// - Parameters:
    ///   - numbers: What is left of the current block.
    ///   - refill: Sets aside at least so many further numbers.
    package init(_ numbers: Range<Int64>, refill: @escaping (Int) throws -> Range<Int64>) {
        self.numbers = numbers
        self.refill = refill
    }

    /// What is left.
    package var remaining: Range<Int64> { numbers }

    /// Takes a number that nothing else has.
    package mutating func next<Subject>() throws -> Identifier<Subject> {
        if numbers.isEmpty { numbers = try refill(1) }
        defer { numbers.removeFirst() }
        return Identifier(numbers.lowerBound)
    }
}

/// The store cannot answer for the moment, and nothing was changed: worth another try.
package struct StoreUnavailable: Error, Hashable {
    /// What the operator should know of it; no client is shown it.
    package var reason: String

    package init(reason: String) {
        self.reason = reason
    }
}
