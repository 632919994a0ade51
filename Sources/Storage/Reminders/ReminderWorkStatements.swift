import Recurrence
import Tasks

extension LocationTransaction {
    /// Has every change of a task looked at, whether or not the task speaks of reminders itself.
    func remindOfAll() throws {
        try connection.executeLater(
            ReminderWorkStatements.remindOfAll,
            SQLArguments(in: locationID)
        )
    }

    /// Has the reminders of open tasks planned anew: of one task, of a user's, or of all.
    func noteReminderWork(
        ofTask taskID: Identifier<TaskInstance>? = nil,
        ofUser userID: Identifier<User>? = nil,
        changedBy number: Int64 = 0,
        since time: Timestamp
    ) throws {
        var arguments = SQLArguments(in: locationID)
        arguments.append(.integer(number), for: "changeNumber")
        arguments.append(.integer(userID?.rawValue ?? 0), for: "userID")
        arguments.append(.integer(taskID?.rawValue ?? 0), for: "taskID")
        arguments.append(.integer(time.microseconds), for: "sinceAt")
        try connection.executeLater(ReminderWorkStatements.note, arguments)
    }
}

enum ReminderWorkStatements {
    static let remindOfAll = SQLStatement(
        """
        UPDATE location SET remindsOfAll = 1 WHERE shard = :shard AND locationID = :locationID
        """
    )

    /// What is planned already by such a row is planned again, from then on.
    static let note = SQLStatement(
        """
        INSERT INTO reminderWork (
            shard, locationID, changeNumber, userID, taskID, sinceAt, doneThrough
        ) VALUES (:shard, :locationID, :changeNumber, :userID, :taskID, :sinceAt, 0)
        ON CONFLICT (shard, locationID, changeNumber, userID, taskID) DO UPDATE SET
            doneThrough = 0
        """
    )
}
