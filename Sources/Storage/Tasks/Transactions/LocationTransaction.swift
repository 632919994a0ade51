import Recurrence
import Tasks

/// The reads and writes of one transaction in one location.
struct LocationTransaction<Connection: SQLConnection> {
    let connection: Connection
    let locationID: LocationID
    let unreadableRows: UnreadableRows
    let quotas: QuotaKeeper
    /// Is marked where there is something to plan; none where nobody plans.
    let reminderBell: ReminderBell?
    /// Whether nothing of a change stays, so that only what is shown of it need be stored.
    var isUndoneAtOnce = false

    init(
        in locationID: LocationID,
        on connection: Connection,
        telling unreadableRows: UnreadableRows,
        quotas: QuotaKeeper = QuotaKeeper(LocationQuotas()),
        markingOn reminderBell: ReminderBell? = nil
    ) {
        self.reminderBell = reminderBell
        self.quotas = quotas
        self.connection = connection
        self.locationID = locationID
        self.unreadableRows = unreadableRows
    }

    /// One task, if the viewer may see it and it satisfies the predicate.
    func entry(
        of id: Identifier<TaskInstance>,
        where predicate: Predicate<TaskField> = .all([]),
        seenBy viewer: Viewer = .wholeLocation
    ) throws -> TaskEntry? {
        var arguments = SQLArguments(in: locationID, seenBy: viewer)
        arguments.append(.integer(id.rawValue), for: "taskID")
        guard predicate == .all([]) else {
            var compiler = QueryCompiler<TaskField>(arguments)
            let condition = compiler.condition(predicate)
            let statement = TaskStatements.byID(seenBy: viewer, where: condition)
            return try connection.row(statement, compiler.arguments) { row in
                try TaskEntry(row, in: locationID)
            }
        }
        let statement =
            switch viewer {
            case .creator: TaskStatements.byIDOfCreator
            case .colleague: TaskStatements.byIDOfColleague
            case .wholeLocation: TaskStatements.byID
            }
        return try connection.row(statement, arguments) { row in
            try TaskEntry(row, in: locationID)
        }
    }

    func series(_ id: Identifier<RecurringTask>) throws -> RecurringTask? {
        try connection.row(SeriesStatements.byID, key(of: id)) { row in
            try RecurringTask(row, in: locationID)
        }
    }

    func clock(of id: Identifier<RecurringTask>) throws -> SeriesClock? {
        try connection.row(
            SeriesStatements.clock,
            key(of: id),
            of: "seriesClock",
            key: "\(locationID.rawValue)/\(id.rawValue)"
        ) { row in try SeriesClock(row) }
    }

    /// What a change of a task needs to know.
    func snapshot(
        of task: TaskInstance,
        extent: Extent,
        for actor: Actor
    ) throws -> SeriesSnapshot {
        var snapshot = SeriesSnapshot(
            task: task,
            tasks: [task],
            actorSharesContact: try isShared(task.template.contactID, with: actor.userID)
        )
        guard let slot = task.slot else {
            let namesake = key(of: Identifier(task.id.rawValue))
            snapshot.hasLeftNamesake =
                try connection.row(SeriesStatements.byID, namesake) { _ in true } ?? false
            return snapshot
        }
        guard let mended = try mendedSeries(slot.seriesID) else { return snapshot }
        snapshot.series = mended.series
        snapshot.flaws = mended.flaws
        snapshot.policyFacts = try policyFacts(for: mended.series.policies)
        let isChain = mended.series.policies.repeats == .afterCompletion
        switch extent {
        case .thisOne: if isChain { snapshot.clock = try clock(of: slot.seriesID) }
        case .thisAndFollowing:
            if !snapshot.flaws.isEmpty { break }
            snapshot.tasks =
                isChain
                ? try tasks(of: mended.series) : try tasks(of: mended.series, from: slot)
            snapshot.clock = try clock(of: slot.seriesID)
        case .all:
            // Its tasks may have words of the series.
            if !snapshot.flaws.isEmpty { try rewrite(mended.series) }
            snapshot.tasks = try readableTasks(of: mended.series, &snapshot.flaws)
            snapshot.clock = try mendedClock(of: mended.series, &snapshot.flaws)
        }
        return snapshot
    }

    /// The arguments that name a series.
    func key(of id: Identifier<RecurringTask>) -> SQLArguments {
        var arguments = SQLArguments(in: locationID)
        arguments.append(.integer(id.rawValue), for: "seriesID")
        return arguments
    }

    /// The tasks of a series, by slot.
    func tasks(of series: RecurringTask) throws -> [TaskInstance] {
        try connection.rows(TaskStatements.wholeSeries, key(of: series.id)) { row in
            try task(row, of: series)
        }
    }

    private func tasks(of series: RecurringTask, from slot: Slot) throws -> [TaskInstance] {
        var arguments = key(of: series.id)
        arguments.append(.integer(slot.recurrenceID.secondsSince1970), for: "recurrenceID")
        return try connection.rows(TaskStatements.following, arguments) { row in
            try task(row, of: series)
        }
    }

    /// A task of a series, from the columns as they are stored.
    func task(
        _ row: Connection.Row,
        of series: RecurringTask
    ) throws(UnreadableRow) -> TaskInstance {
        try TaskInstance(
            stored: row,
            of: series.template,
            mostlyIn: series.timeZone,
            in: locationID
        )
    }

    /// Tells whether an occurrence has a task, for any contact.
    func hasTask(_ slot: Slot) throws -> Bool {
        var arguments = key(of: slot.seriesID)
        arguments.append(.integer(slot.recurrenceID.secondsSince1970), for: "recurrenceID")
        return try connection.row(TaskStatements.ofSlot, arguments) { _ in true } ?? false
    }
}
