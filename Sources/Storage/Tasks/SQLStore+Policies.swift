package import Recurrence
package import Tasks

extension SQLStore: PolicyStore {
    package func facts(of references: References, for actor: Actor) async throws -> ReferenceFacts {
        try await readSnapshot { connection in
            try transaction(in: actor.locationID, on: connection).facts(of: references, for: actor)
        }
    }

    package func loads(of days: [DayLoad], in locationID: LocationID) async throws -> [DayLoad] {
        try await scan(for: locationID) { connection in
            try days.map { day in
                var arguments = SQLArguments(in: locationID)
                arguments.append(.integer(day.userID.rawValue), for: "userID")
                arguments.append(.integer(day.from.microseconds), for: "from")
                arguments.append(.integer(day.to.microseconds), for: "to")
                var day = day
                day.taskCount =
                    try connection.row(TaskStatements.load, arguments) { row in try row.int(0) }
                    ?? 0
                return day
            }
        }
    }

    package func taskCounts(
        of seriesID: Identifier<RecurringTask>,
        dueIn range: Range<Timestamp>,
        seenBy viewer: Viewer,
        in locationID: LocationID
    ) async throws -> [TaskState: Int] {
        let statement = TaskStatements.countsOfSeries(seenBy: viewer)
        var arguments = SQLArguments(in: locationID, seenBy: viewer)
        arguments.append(.integer(seriesID.rawValue), for: "seriesID")
        arguments.append(.integer(range.lowerBound.microseconds), for: "from")
        arguments.append(.integer(range.upperBound.microseconds), for: "to")
        return try await scan(for: locationID) { [arguments] connection in
            var counts: [TaskState: Int] = [:]
            try connection.query(statement, arguments) { row in
                guard let state = TaskState(rawValue: try row.int(0)) else { return }
                counts[state, default: 0] += try row.int(1)
            }
            return counts
        }
    }
}
