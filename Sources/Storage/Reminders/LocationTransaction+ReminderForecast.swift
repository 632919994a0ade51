import Recurrence
import Tasks

extension LocationTransaction {
    /// Tells what a plan does to reminders, which are planned after it.
    func reminderCounts(
        of plan: ChangePlan,
        by actor: Actor?,
        at now: Timestamp,
        in zones: any ZoneSource
    ) throws -> ReminderCounts {
        switch ReminderConcern(of: plan, by: actor) {
        case .none: return ReminderCounts()
        case .tasks: guard try remindsOfAll() else { return ReminderCounts() }
        case .reminders: break
        }
        var reader = ReminderFactReader(connection, telling: unreadableRows)
        var forecast = ReminderForecast(at: now, in: zones)
        let ids = (plan.tasks.map(\.after) + plan.removedTasks).map(\.id)
        let known = try remembered(of: ids.filter { !$0.isOfTrial })
        for task in plan.tasks {
            let known = known[task.after.id] ?? RememberedReminders()
            let after = try reader.facts(of: task.after, in: locationID, besides: known)
            let before = try task.before.map { before in
                try reader.facts(of: before, in: locationID, besides: known)
            }
            forecast.note(known.standing, before: before, after: after)
            let formerID = task.before?.template.assigneeID
            let isAssigned =
                task.before == nil
                ? plan.kind == .created : formerID != task.after.template.assigneeID
            if isAssigned { forecast.note(assigned: after) }
        }
        for task in plan.removedTasks {
            let known = known[task.id] ?? RememberedReminders()
            let before = try reader.facts(of: task, in: locationID, besides: known)
            var after = before
            after.task = nil
            forecast.note(known.standing, before: before, after: after)
        }
        forecast.countNotices(by: actor?.userID)
        return forecast.counts
    }

    /// Tells what it does to the reminders of a task that somebody puts the next one off.
    func reminderCounts(
        of task: TaskInstance,
        snoozing userID: Identifier<User>,
        until time: Timestamp,
        at now: Timestamp,
        in zones: any ZoneSource
    ) throws -> ReminderCounts {
        var reader = ReminderFactReader(connection, telling: unreadableRows)
        let known = try remembered(of: [task.id])[task.id] ?? RememberedReminders()
        let before = try reader.facts(of: task, in: locationID, besides: known)
        var snoozed = known
        snoozed.snoozedUntil[userID] = time
        let after = try reader.facts(of: task, in: locationID, besides: snoozed)
        var forecast = ReminderForecast(at: now, in: zones)
        forecast.note(known.standing, before: before, after: after, snoozing: userID)
        return forecast.counts
    }

    /// Whether anybody may have to be reminded because of tasks that the server made: they speak of it,
    /// or are the first of a series that somebody is given.
    func concern(ofMade tasks: [TaskInstance]) throws -> ReminderConcern {
        let concern = ReminderConcern(tasks)
        guard case .tasks = concern else { return concern }
        var first: [Assignments.Assignment: TaskInstance] = [:]
        for task in tasks {
            guard let assignment = Assignments.Assignment(task), task.template.notifiesAssignee,
                assignment.assigneeID != task.creatorID
            else { continue }
            if let other = first[assignment]?.due, other.timestamp <= task.due.timestamp {
                continue
            }
            first[assignment] = task
        }
        return try first.values.contains { try isFirstOfAssignee($0) } ? .reminders : .tasks
    }

    /// Whether no earlier task of a task's series is of the same assignee.
    func isFirstOfAssignee(_ task: TaskInstance) throws -> Bool {
        guard let slot = task.slot, let assigneeID = task.template.assigneeID else { return true }
        var arguments = key(of: slot.seriesID)
        arguments.append(.integer(slot.recurrenceID.secondsSince1970), for: "recurrenceID")
        arguments.append(.integer(assigneeID.rawValue), for: "assigneeID")
        return try connection.row(ForecastStatements.earlierOfAssignee, arguments) { _ in false }
            ?? true
    }

    /// Whether people are reminded of tasks that do not say so themselves.
    private func remindsOfAll() throws -> Bool {
        try connection.row(ForecastStatements.remindsOfAll, SQLArguments(in: locationID)) { row in
            (try? row.int64(0)) == 1
        } ?? false
    }

    /// The reminders of tasks, and until when they were put off.
    private func remembered(
        of ids: [Identifier<TaskInstance>]
    ) throws -> [Identifier<TaskInstance>: RememberedReminders] {
        var found: [Identifier<TaskInstance>: RememberedReminders] = [:]
        for start in stride(from: 0, to: ids.count, by: ForecastStatements.width) {
            let part = Array(ids[start...].prefix(ForecastStatements.width))
            let arguments = ForecastStatements.arguments(naming: part, in: locationID)
            let (standing, _) = try connection.readableRows(
                ForecastStatements.reminders,
                arguments,
                telling: unreadableRows
            ) { row in try StandingReminder(row, in: locationID) }
            for one in standing {
                guard let taskID = one.reminder.key.taskID else { continue }
                found[taskID, default: RememberedReminders()].standing.append(one)
            }
            let (snoozes, _) = try connection.readableRows(
                ForecastStatements.snoozes,
                arguments,
                telling: unreadableRows
            ) { row in try StoredSnooze(row, in: locationID) }
            for one in snoozes {
                found[one.taskID, default: RememberedReminders()]
                    .snoozedUntil[one.userID] = one.until
            }
        }
        return found
    }
}

/// What is stored of the reminders of a task.
struct RememberedReminders {
    var standing: [StandingReminder] = []
    /// Until when somebody put them off.
    var snoozedUntil: [Identifier<User>: Timestamp] = [:]
}

extension ReminderFactReader {
    /// What the reminders of a task go by that is at hand.
    fileprivate mutating func facts(
        of task: TaskInstance,
        in locationID: LocationID,
        besides known: RememberedReminders
    ) throws -> ReminderFacts {
        try facts(
            of: task,
            snoozedUntil: known.snoozedUntil,
            in: locationID,
            besides: known.standing.map(\.reminder.key.userID)
        )
    }
}

/// Until when somebody put the reminders of a task off, as it is stored.
private struct StoredSnooze {
    let taskID: Identifier<TaskInstance>
    let userID: Identifier<User>
    let until: Timestamp

    init(_ row: some SQLRow, in locationID: LocationID) throws(UnreadableRow) {
        do throws(UnreadableValue) {
            taskID = try row.identifier(0)
            userID = try row.identifier(1)
            until = try row.timestamp(2)
        } catch {
            throw UnreadableRow(error, of: "snooze", in: locationID, row)
        }
    }
}

private enum ForecastStatements {
    /// How many tasks are looked up at once.
    static let width = 100

    private static let isOneOfThem = """
        shard = :shard AND locationID = :locationID
        AND taskID IN (\((0..<width).map { ":task\($0)" }.joined(separator: ", ")))
        """

    /// The arguments that name tasks, of which the last fills the places that are left.
    static func arguments(
        naming ids: [Identifier<TaskInstance>],
        in locationID: LocationID
    ) -> SQLArguments {
        var arguments = SQLArguments(in: locationID)
        for place in 0..<width {
            let id = ids[min(place, ids.count - 1)]
            arguments.append(.integer(id.rawValue), for: "task\(place)")
        }
        return arguments
    }

    static let reminders = SQLStatement(
        "SELECT \(PlannedReminder.columns) FROM reminder WHERE \(isOneOfThem)"
    )

    static let snoozes = SQLStatement(
        "SELECT taskID, userID, until FROM snooze WHERE \(isOneOfThem) AND userID > 0"
    )

    static let remindsOfAll = SQLStatement(
        "SELECT remindsOfAll FROM location WHERE shard = :shard AND locationID = :locationID"
    )

    static let earlierOfAssignee = SQLStatement(
        """
        SELECT 1 FROM task
        WHERE shard = :shard AND locationID = :locationID AND seriesID = :seriesID
            AND recurrenceID < :recurrenceID AND assigneeID = :assigneeID
        ORDER BY recurrenceID DESC LIMIT 1
        """
    )
}
