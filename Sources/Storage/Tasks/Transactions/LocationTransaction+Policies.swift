import Recurrence
import Tasks

extension LocationTransaction {
    /// What the policies of a series need to know.
    func policyFacts(for policies: SeriesPolicies) throws -> PolicyFacts {
        try policyFacts(
            calendarID: policies.dayOff?.calendarID,
            userIDs: policies.rotation?.userIDs ?? []
        )
    }

    /// A calendar, and the absences of users; what the location does not have is left out.
    func policyFacts(
        calendarID: Identifier<DayCalendar>?,
        userIDs: [Identifier<User>]
    ) throws -> PolicyFacts {
        var facts = PolicyFacts()
        if let calendarID { facts.calendars[calendarID] = try calendar(calendarID) }
        for userID in userIDs { facts.absences[userID] = try absences(of: userID) }
        return facts
    }

    func calendar(_ id: Identifier<DayCalendar>) throws -> DayCalendar? {
        var arguments = SQLArguments(in: locationID)
        arguments.append(.integer(id.rawValue), for: "calendarID")
        return try connection.row(CalendarStatements.byID, arguments) { row in
            try DayCalendar(row, in: locationID)
        }
    }

    /// The absences of a user; nothing if the directory does not have the user.
    func absences(of userID: Identifier<User>) throws -> [Absence]? {
        var arguments = SQLArguments(in: locationID)
        arguments.append(.integer(userID.rawValue), for: "userID")
        return try connection.row(
            CalendarStatements.absences,
            arguments,
            of: "member",
            key: "\(locationID.rawValue)/\(userID.rawValue)"
        ) { row in try row.absences(0) }
    }

    /// Notes who takes turns in a series.
    func storeTurnTakers(of series: Replacement<RecurringTask>) throws {
        let before = Set(series.before?.policies.rotation?.userIDs ?? [])
        let after = Set(series.after.policies.rotation?.userIDs ?? [])
        let changes = [
            (CalendarStatements.removeTurnTaker, before.subtracting(after)),
            (CalendarStatements.addTurnTaker, after.subtracting(before)),
        ]
        for (statement, userIDs) in changes {
            for userID in userIDs {
                var arguments = key(of: series.after.id)
                arguments.append(.integer(userID.rawValue), for: "userID")
                try connection.execute(statement, arguments)
            }
        }
    }

    /// A series as it is shown: with its tasks in numbers, and with why it is set aside.
    func shown(_ entry: SeriesEntry) throws -> SeriesEntry {
        var entry = entry
        entry.tally = try tally(of: entry.series.id)
        entry.setAsideReason =
            try connection.row(
                SeriesStatements.setAsideReason,
                key(of: entry.series.id),
                of: "seriesClock",
                key: "\(locationID.rawValue)/\(entry.series.id.rawValue)"
            ) { row in try row.optionalText(0, lengths: .texts) } ?? nil
        return entry
    }

    /// Counts the tasks of a series.
    func tally(of id: Identifier<RecurringTask>) throws -> SeriesTally {
        var tally = SeriesTally()
        try connection.query(SeriesStatements.tally, key(of: id)) { row in
            let count = try row.int(1)
            switch TaskState(rawValue: try row.int(0)) {
            case .completed: tally.completed = count
            case .deleted: tally.skipped = count
            case .open: tally.open = count
            case nil: break
            }
            if TaskState(rawValue: try row.int(0)) != .deleted { tally.made += count }
        }
        return tally
    }

    /// The task of an occurrence, which is stored now if it is not yet.
    ///
    /// - Returns: Its number; one that no task has if there is no such occurrence to come.
    func task(
        of occurrence: OccurrenceStoring,
        seenBy viewer: Viewer,
        at now: Timestamp,
        _ numbers: inout IdentifierSource
    ) throws -> Identifier<TaskInstance> {
        if let stored = try taskID(of: occurrence) { return stored }
        guard try sees(occurrence.seriesID, viewer),
            let entry = try seriesEntry(of: occurrence.seriesID)
        else { return Identifier(0) }
        let plan = try occurrence.decide(entry, &numbers)
        try carryOut(plan, by: nil, at: now)
        return plan.tasks.first?.after.id ?? Identifier(0)
    }

    private func taskID(of occurrence: OccurrenceStoring) throws -> Identifier<TaskInstance>? {
        var arguments = key(of: occurrence.seriesID)
        arguments.append(.integer(occurrence.slot.secondsSince1970), for: "recurrenceID")
        return try connection.row(TaskStatements.idOfSlot, arguments) { row in
            Identifier(try row.int64(0))
        }
    }
}
