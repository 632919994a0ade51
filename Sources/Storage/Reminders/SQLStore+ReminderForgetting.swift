package import Recurrence
import Tasks

extension SQLStore: ReminderForgettingStore {
    package func forgetReminders(before time: Timestamp, limit: Int) async throws -> Int {
        let before: SQLArguments = ["before": .integer(time.microseconds)]
        let locations = try await scan(for: nil) { connection in
            try connection.rows(ReminderStatements.locationsToForget, before) { row in
                LocationID(try row.text(0, lengths: .names))
            }
        }
        var count = 0
        for locationID in locations {
            var left = limit
            while left > 0 {
                try Task.checkCancellation()
                let step = min(left, ReminderStatements.forgetLimit)
                let forgotten = try await forgetReminders(of: locationID, before: time, step)
                count += forgotten
                left = forgotten < step ? 0 : left - forgotten
            }
        }
        return count
    }

    private func forgetReminders(
        of locationID: LocationID,
        before time: Timestamp,
        _ limit: Int
    ) async throws -> Int {
        var arguments = SQLArguments(in: locationID)
        arguments.append(.integer(time.microseconds), for: "before")
        arguments.append(.integer(limit), for: "limit")
        return try await write { [arguments] connection in
            try connection.execute(ReminderStatements.forget, arguments)
        }
    }
}
