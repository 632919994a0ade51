import Recurrence
import Tasks

extension SQLStore {
    /// Forgets the reminders of a location that were sent or given up and were planned for a time
    /// before another, some at a time.
    func forgetReminders(of locationID: LocationID, before time: Timestamp) async throws {
        var arguments = SQLArguments(in: locationID)
        arguments.append(.integer(time.microseconds), for: "before")
        var count = ReminderStatements.forgetLimit
        while count == ReminderStatements.forgetLimit {
            try Task.checkCancellation()
            count = try await write { [arguments] connection in
                try connection.execute(ReminderStatements.forget, arguments)
            }
        }
    }
}
