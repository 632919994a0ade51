package import Recurrence
package import Tasks

extension SQLStore {
    package func locationsToPlan() async throws -> [LocationID] {
        try await scan(for: nil) { connection in
            try connection.rows(ReminderWorkStatements.locations, [:]) { row in
                LocationID(try row.text(0, lengths: .names))
            }
        }
    }

    package func planReminders(
        in locationID: LocationID,
        at now: Timestamp,
        lateness: Duration,
        zones: any ZoneSource
    ) async throws -> Bool {
        do {
            return try await plan(in: locationID, at: now, lateness, zones, isCareful: false)
        } catch let error as SQLError where !error.isOfDatabase {
            // A task that cannot be planned is passed over, so that the others are.
            return try await plan(in: locationID, at: now, lateness, zones, isCareful: true)
        }
    }

    private func plan(
        in locationID: LocationID,
        at now: Timestamp,
        _ lateness: Duration,
        _ zones: any ZoneSource,
        isCareful: Bool
    ) async throws -> Bool {
        let (attempts, hasMore) = try await write { connection in
            try connection.lock([locationID])
            var planning = ReminderPlanning(
                in: transaction(in: locationID, on: connection),
                at: now,
                lateness: lateness,
                zones: zones,
                isCareful: isCareful
            )
            let hasMore = try planning.work()
            return (planning.attempts, hasMore)
        }
        for (lane, time) in attempts { reminderAgenda.note(time, in: lane) }
        return hasMore
    }
}

/// Plans reminders in one transaction of a location.
private struct ReminderPlanning<Connection: SQLConnection> {
    /// How many tasks are planned in one transaction, and how many are looked at for it.
    private static var taskLimit: Int { 100 }
    private static var lookLimit: Int { 500 }

    private let transaction: LocationTransaction<Connection>
    private let now: Timestamp
    private let lateness: Duration
    private let zones: any ZoneSource
    /// Whether each task is planned apart from the others.
    private let isCareful: Bool
    private var reader: ReminderFactReader<Connection>
    private var tasksLeft = Self.taskLimit
    /// When the first of what was planned is to be sent, on each lane.
    private(set) var attempts: [ReminderAgenda.Lane: Timestamp] = [:]

    init(
        in transaction: LocationTransaction<Connection>,
        at now: Timestamp,
        lateness: Duration,
        zones: any ZoneSource,
        isCareful: Bool
    ) {
        self.isCareful = isCareful
        self.transaction = transaction
        self.now = now
        self.lateness = lateness
        self.zones = zones
        reader = ReminderFactReader(
            transaction.connection,
            telling: transaction.unreadableRows
        )
    }

    private var connection: Connection { transaction.connection }
    private var locationID: LocationID { transaction.locationID }

    /// Plans as much as one transaction should; tells whether there may be more.
    mutating func work() throws -> Bool {
        var arguments = SQLArguments(in: locationID)
        arguments.append(.integer(Self.taskLimit), for: "limit")
        let (works, rowCount) = try connection.readableRows(
            ReminderWorkStatements.next,
            arguments,
            telling: transaction.unreadableRows
        ) { row in try ReminderWork(row, in: locationID) }
        if works.count < rowCount {
            try connection.execute(
                ReminderWorkStatements.endUnreadable,
                SQLArguments(in: locationID)
            )
        }
        for work in works {
            if tasksLeft <= 0 { return true }
            try plan(work)
        }
        return tasksLeft <= 0 || rowCount == Self.taskLimit
    }

    private mutating func plan(_ work: ReminderWork) throws {
        tasksLeft -= 1
        if let number = work.changeNumber { return try plan(work, changedBy: number) }
        let since = work.since ?? now
        if let taskID = work.taskID {
            try plan(taskID, from: since, snoozing: work.userID)
            return try end(work)
        }
        if work.doneThrough == 0 {
            for userID in try work.userID.map({ [$0] }) ?? digestReaders() {
                try planDigest(of: userID, from: since)
            }
        }
        try planTasks(work, from: since)
    }

    private func end(_ work: ReminderWork) throws {
        try connection.executeLater(ReminderWorkStatements.end, work.key(in: locationID))
    }

    private func goOn(_ work: ReminderWork, after taskID: Int64) throws {
        var arguments = work.key(in: locationID)
        arguments.append(.integer(taskID), for: "doneThrough")
        try connection.executeLater(ReminderWorkStatements.goOn, arguments)
    }

    // MARK: - An entry of the log

    private mutating func plan(_ work: ReminderWork, changedBy number: Int64) throws {
        var arguments = SQLArguments(in: locationID)
        arguments.append(.integer(number), for: "changeNumber")
        let entry: LoggedTasks?
        do {
            entry = try connection.row(
                ReminderWorkStatements.change,
                arguments,
                of: "change",
                key: "\(locationID.rawValue)/\(number)"
            ) { row in try LoggedTasks(row) }
        } catch let row as UnreadableRow {
            transaction.unreadableRows.note(row)
            entry = nil
        }
        guard let entry else {
            // Nobody knows any more which tasks it was about.
            try end(work)
            return try transaction.noteReminderWork(since: now)
        }
        let tasks = entry.tasks.filter { $0.id > work.doneThrough }
        let part = tasks.prefix(max(tasksLeft, 1))
        let since =
            switch entry.kind {
            case .materialized: entry.changedAt.advanced(by: .zero - lateness)
            case .created, .updated, .deleted, .reminded: entry.changedAt
            }
        var assignments = Assignments()
        for task in part {
            let facts = try plan(Identifier(task.id), from: since)
            if let facts, task.isAssigned || entry.kind == .materialized { assignments.note(facts) }
        }
        for facts in assignments.facts {
            try planNotice(facts, of: entry, isFirstPart: work.doneThrough == 0)
        }
        tasksLeft -= part.count
        if part.count == tasks.count { return try end(work) }
        if let last = part.last { try goOn(work, after: last.id) }
    }

    /// Plans to tell somebody that a series or a single task is theirs, by a task of it.
    ///
    /// Who is given a series that has no task yet is told so by its first one.
    private mutating func planNotice(
        _ facts: ReminderFacts,
        of entry: LoggedTasks,
        isFirstPart: Bool
    ) throws {
        guard let task = facts.task else { return }
        let isOfServer = entry.kind == .materialized
        if isOfServer, try !transaction.isFirstOfAssignee(task) { return }
        let actorID = isOfServer ? task.creatorID : entry.actorID
        let planner = ReminderPlanner(facts, in: zones)
        guard let notice = planner.notice(by: actorID, at: entry.changedAt) else { return }
        if !isFirstPart, try isNoticed(task, like: notice) { return }
        try add(notice, by: actorID)
    }

    /// Whether an earlier part of the same change told the person of the same series.
    private func isNoticed(_ task: TaskInstance, like notice: PlannedReminder) throws -> Bool {
        guard let slot = task.slot else { return false }
        var arguments = transaction.key(of: slot.seriesID)
        arguments.append(notice.key)
        return try connection.row(ReminderWorkStatements.notice, arguments) { _ in true } ?? false
    }

    // MARK: - Tasks

    /// Plans the next tasks of a location or of a user.
    private mutating func planTasks(_ work: ReminderWork, from since: Timestamp) throws {
        var arguments = SQLArguments(in: locationID)
        arguments.append(.integer(work.doneThrough), for: "doneThrough")
        arguments.append(.integer(Self.lookLimit), for: "limit")
        let open = Int64(TaskState.open.rawValue)
        let found = try connection.rows(ReminderWorkStatements.tasks, arguments) { row in
            let assigneeID = (try? row.optionalInt64(1)) ?? nil
            let userID = assigneeID ?? ((try? row.optionalInt64(2)) ?? nil)
            let isOpen = (try? row.int64(3)) == open
            let isMeant = work.userID.map { $0.rawValue == userID } ?? true
            return (id: try row.int64(0), isMeant: isOpen && isMeant)
        }
        var last: Int64?
        for (id, isMeant) in found {
            if isMeant {
                if tasksLeft <= 0 { break }
                tasksLeft -= 1
                try plan(Identifier(id), from: since)
            }
            last = id
        }
        if let last { return try goOn(work, after: last) }
        if found.isEmpty { return try end(work) }
    }

    /// Plans a task, and returns what its reminders go by; none if it cannot be planned.
    @discardableResult
    private mutating func plan(
        _ id: Identifier<TaskInstance>,
        from since: Timestamp,
        snoozing userID: Identifier<User>? = nil
    ) throws -> ReminderFacts? {
        guard isCareful else { return try planNow(id, from: since, snoozing: userID) }
        let connection = connection
        switch try connection.attempt({ try planNow(id, from: since, snoozing: userID) }) {
        case .success(let facts): return facts
        case .failure(let error):
            transaction.unreadableRows.note(
                UnreadableRow(
                    table: "reminder",
                    key: "\(locationID.rawValue)/\(id.rawValue)",
                    column: "taskID",
                    reason: "\(error)"
                )
            )
            return nil
        }
    }

    private mutating func planNow(
        _ id: Identifier<TaskInstance>,
        from since: Timestamp,
        snoozing userID: Identifier<User>?
    ) throws -> ReminderFacts? {
        var arguments = SQLArguments(in: locationID)
        arguments.append(.integer(id.rawValue), for: "taskID")
        let stored = try standing(ReminderStatements.ofTask, arguments)
        let facts: ReminderFacts
        do {
            facts = try reader.facts(
                ofTask: id,
                in: locationID,
                besides: Set(stored.map(\.reminder.key.userID))
            )
        } catch let row as UnreadableRow {
            transaction.unreadableRows.note(row)
            return nil
        }
        let planner = ReminderPlanner(facts, in: zones)
        try carryOut(planner.revise(stored, from: since, snoozing: userID))
        return facts
    }

    /// Those whose digest comes by the location's clock.
    private func digestReaders() throws -> [Identifier<User>] {
        let arguments = SQLArguments(in: locationID)
        return try connection.rows(ReminderWorkStatements.digestReaders, arguments) { row in
            Identifier(try row.int64(0))
        }
    }

    private mutating func planDigest(of userID: Identifier<User>, from since: Timestamp) throws {
        var arguments = SQLArguments(in: locationID)
        arguments.append(.integer(userID.rawValue), for: "userID")
        let stored = try standing(ReminderStatements.digests, arguments)
        let facts = try reader.facts(ofTask: nil, in: locationID, besides: [userID])
        let planner = ReminderPlanner(facts, in: zones)
        try carryOut(planner.reviseDigest(stored, of: userID, from: since))
    }

    private func standing(
        _ statement: SQLStatement,
        _ arguments: SQLArguments
    ) throws -> [StandingReminder] {
        try connection.readableRows(
            statement,
            arguments,
            telling: transaction.unreadableRows
        ) { row in
            try StandingReminder(row, in: locationID)
        }.values
    }

    // MARK: - Rows

    private mutating func carryOut(_ steps: [ReminderStep]) throws {
        for step in steps {
            switch step {
            case .add(let reminder): try add(reminder)
            case .replace(let former, let reminder):
                try connection.execute(
                    ReminderStatements.replace,
                    reminder.arguments(replacing: former)
                )
                note(reminder)
            }
        }
    }

    private mutating func add(
        _ reminder: PlannedReminder,
        by actorID: Identifier<User>? = nil
    ) throws {
        try connection.executeLater(
            ReminderStatements.add,
            reminder.storedArguments(by: actorID)
        )
        note(reminder)
    }

    private mutating func note(_ reminder: PlannedReminder) {
        guard let (time, lane) = reminder.attempt else { return }
        attempts[lane] = min(attempts[lane] ?? time, time)
    }
}
