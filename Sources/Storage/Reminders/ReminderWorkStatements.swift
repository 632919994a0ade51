import Recurrence
import Tasks

extension LocationTransaction {
    /// Has the reminders of open tasks planned anew: of one task, of a user's, or of all.
    func noteReminderWork(
        ofTask taskID: Identifier<TaskInstance>? = nil,
        ofUser userID: Identifier<User>? = nil,
        changedBy number: Int64 = 0,
        since time: Timestamp
    ) throws {
        try connection.noteReminderWork(
            ofTask: taskID,
            ofUser: userID,
            changedBy: number,
            since: time,
            in: locationID
        )
        reminderBell?.mark()
    }
}

extension SQLConnection {
    /// Has the reminders of open tasks of a location planned anew.
    func noteReminderWork(
        ofTask taskID: Identifier<TaskInstance>? = nil,
        ofUser userID: Identifier<User>? = nil,
        changedBy number: Int64 = 0,
        since time: Timestamp,
        in locationID: LocationID
    ) throws {
        var arguments = SQLArguments(in: locationID)
        arguments.append(.integer(number), for: "changeNumber")
        arguments.append(.integer(userID?.rawValue ?? 0), for: "userID")
        arguments.append(.integer(taskID?.rawValue ?? 0), for: "taskID")
        arguments.append(.integer(time.microseconds), for: "sinceAt")
        try executeLater(ReminderWorkStatements.note, arguments)
        // From now on a task may be reminded of that does not say so itself.
        if number == 0 {
            try executeLater(ReminderWorkStatements.remindOfAll, SQLArguments(in: locationID))
        }
    }
}

/// What is to be planned.
struct ReminderWork {
    /// The entry of the log; none if it is not about a change.
    var changeNumber: Int64?
    var userID: Identifier<User>?
    var taskID: Identifier<TaskInstance>?
    var since: Timestamp?
    /// Through which task it is done.
    var doneThrough: Int64

    init(_ row: some SQLRow, in locationID: LocationID) throws(UnreadableRow) {
        do throws(UnreadableValue) {
            let number = try row.int64(0, in: .counts)
            changeNumber = number == 0 ? nil : number
            let user = try row.int64(1, in: .identifiersOrNone)
            userID = user == 0 ? nil : Identifier(user)
            let task = try row.int64(2, in: .identifiersOrNone)
            taskID = task == 0 ? nil : Identifier(task)
            since = try row.optionalTimestamp(3)
            doneThrough = try row.int64(4, in: .identifiersOrNone)
        } catch {
            throw UnreadableRow(error, of: "reminderWork", in: locationID, row)
        }
    }

    /// The arguments that name the row.
    func key(in locationID: LocationID) -> SQLArguments {
        var arguments = SQLArguments(in: locationID)
        arguments.append(.integer(changeNumber ?? 0), for: "changeNumber")
        arguments.append(.integer(userID?.rawValue ?? 0), for: "userID")
        arguments.append(.integer(taskID?.rawValue ?? 0), for: "taskID")
        return arguments
    }
}

enum ReminderWorkStatements {
    /// Has every change of a task looked at, whether or not the task speaks of reminders itself.
    static let remindOfAll = SQLStatement(
        """
        UPDATE location SET remindsOfAll = 1 WHERE shard = :shard AND locationID = :locationID
        """
    )

    /// What is to be planned already by such a row is planned from its beginning.
    static let note = SQLStatement(
        """
        INSERT INTO reminderWork (
            shard, locationID, changeNumber, userID, taskID, sinceAt, doneThrough
        ) VALUES (:shard, :locationID, :changeNumber, :userID, :taskID, :sinceAt, 0)
        ON CONFLICT (shard, locationID, changeNumber, userID, taskID) DO UPDATE SET
            doneThrough = 0
        """
    )

    static let locations = SQLStatement(
        """
        SELECT DISTINCT work.locationID FROM reminderWork AS work
        JOIN location ON location.shard = work.shard AND location.locationID = work.locationID
        WHERE location.deletedAt IS NULL
        """
    )

    static let next = SQLStatement(
        """
        SELECT changeNumber, userID, taskID, sinceAt, doneThrough FROM reminderWork
        WHERE shard = :shard AND locationID = :locationID
        ORDER BY changeNumber, userID, taskID LIMIT :limit
        """
    )

    static let goOn = SQLStatement(
        """
        UPDATE reminderWork SET doneThrough = :doneThrough
        WHERE shard = :shard AND locationID = :locationID AND changeNumber = :changeNumber
            AND userID = :userID AND taskID = :taskID
        """
    )

    static let end = SQLStatement(
        """
        DELETE FROM reminderWork
        WHERE shard = :shard AND locationID = :locationID AND changeNumber = :changeNumber
            AND userID = :userID AND taskID = :taskID
        """
    )

    /// What cannot be read cannot be planned.
    static let endUnreadable = SQLStatement(
        """
        DELETE FROM reminderWork
        WHERE shard = :shard AND locationID = :locationID AND (
            changeNumber NOT BETWEEN 0 AND \(ClosedRange<Int64>.counts.upperBound)
            OR userID NOT BETWEEN 0 AND \(ClosedRange<Int64>.identifiersOrNone.upperBound)
            OR taskID NOT BETWEEN 0 AND \(ClosedRange<Int64>.identifiersOrNone.upperBound)
            OR doneThrough NOT BETWEEN 0 AND \(ClosedRange<Int64>.identifiersOrNone.upperBound)
            OR sinceAt NOT BETWEEN \(ClosedRange<Int64>.instants.lowerBound)
                AND \(ClosedRange<Int64>.instants.upperBound)
        )
        """
    )

    static let change = SQLStatement(
        """
        SELECT changedAt, actorID, kind, detail FROM change
        WHERE shard = :shard AND locationID = :locationID AND changeNumber = :changeNumber
        """
    )

    /// A notice of the same moment to the same person, by any task of a series.
    static let notice = SQLStatement(
        """
        SELECT 1 FROM task
        JOIN reminder ON reminder.shard = task.shard AND reminder.locationID = task.locationID
            AND reminder.taskID = task.taskID
        WHERE task.shard = :shard AND task.locationID = :locationID AND task.seriesID = :seriesID
            AND reminder.userID = :userID AND reminder.way = :way AND reminder.cause = :cause
            AND reminder.offsetSeconds = :offsetSeconds AND reminder.plannedAt = :plannedAt
            AND reminder.taskID <> :taskID
        LIMIT 1
        """
    )

    /// The people who go by the location's zone and have a digest.
    static let digestReaders = SQLStatement(
        """
        SELECT userID FROM member
        WHERE shard = :shard AND locationID = :locationID AND timeZone IS NULL
            AND digestMinute IS NOT NULL AND deletedAt IS NULL
        """
    )

    /// The next tasks of a location, open or not.
    static let tasks = SQLStatement(
        """
        SELECT taskID, assigneeID, creatorID, state FROM task
        WHERE shard = :shard AND locationID = :locationID AND taskID > :doneThrough
        ORDER BY taskID LIMIT :limit
        """
    )
}
