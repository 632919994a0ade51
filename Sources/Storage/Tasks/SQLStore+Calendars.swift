package import Recurrence
package import Tasks

extension SQLStore: CalendarStore {
    package func calendars(
        after id: Identifier<DayCalendar>?,
        limit: Int,
        in locationID: LocationID
    ) async throws -> [DayCalendar] {
        var arguments = SQLArguments(in: locationID)
        arguments.append(.integer(id?.rawValue ?? 0), for: "afterID")
        arguments.append(.integer(limit), for: "limit")
        return try await scan(for: locationID) { [arguments] connection in
            try connection.readableRows(
                CalendarStatements.page,
                arguments,
                telling: unreadableRows
            ) { row in try DayCalendar(row, in: locationID) }.values
        }
    }

    package func calendar(
        _ id: Identifier<DayCalendar>,
        in locationID: LocationID
    ) async throws -> DayCalendar? {
        try await read { connection in
            try transaction(in: locationID, on: connection).calendar(id)
        }
    }

    package func changeCalendar(
        _ id: Identifier<DayCalendar>?,
        trying isTrial: Bool,
        by actor: Actor,
        at now: Timestamp,
        tellingOfReminders zones: any ZoneSource,
        to change: @escaping @Sendable (DayCalendar) throws -> DayCalendar?,
        deciding decide: @escaping PolicyDecision
    ) async throws -> PolicyOutcome<DayCalendar>? {
        try await self.change(
            in: actor.locationID,
            at: now,
            trying: isTrial,
            remembering: .calendar
        ) { transaction, source in
            guard let former = try transaction.calendar(id, at: now, numbers: &source) else {
                return (nil, nil)
            }
            guard let changed = try change(former) else {
                guard try transaction.series(going: .calendar(former.id), limit: 1).isEmpty else {
                    throw CalendarRefusal.isInUse
                }
                try transaction.remove(former)
                let none = ChangeEffect(of: ChangePlan(.updated), reaching: 0)
                return (PolicyOutcome(record: former, effect: none, changeNumber: nil), nil)
            }
            if changed != former || id == nil { try transaction.store(changed) }
            let replanning = Replanning(
                reason: .calendar(former.id),
                formerFacts: PolicyFacts(calendars: [former.id: former]),
                decide: decide
            )
            let (plan, count) = try transaction.plan(replanning, numbers: &source)
            let applied = try transaction.apply(
                plan,
                by: actor,
                at: now,
                tellingOfReminders: zones
            )
            let outcome = PolicyOutcome(
                record: changed,
                effect: ChangeEffect(of: plan, reaching: count, reminding: applied.reminders),
                changeNumber: isTrial ? nil : applied.changeNumber
            )
            return (outcome, plan)
        }
    }

    package func absences(
        of userID: Identifier<User>,
        in locationID: LocationID
    ) async throws -> [Absence]? {
        try await read { connection in
            try transaction(in: locationID, on: connection).absences(of: userID)
        }
    }

    package func setAbsences(
        _ absences: [Absence],
        of userID: Identifier<User>,
        trying isTrial: Bool,
        by actor: Actor,
        at now: Timestamp,
        tellingOfReminders zones: any ZoneSource,
        deciding decide: @escaping PolicyDecision
    ) async throws -> PolicyOutcome<[Absence]>? {
        try await change(
            in: actor.locationID,
            at: now,
            trying: isTrial,
            remembering: .absences(of: userID)
        ) { transaction, source in
            guard let former = try transaction.absences(of: userID) else { return (nil, nil) }
            try transaction.store(absences, of: userID)
            let replanning = Replanning(
                reason: .turns(of: userID),
                formerFacts: PolicyFacts(absences: [userID: former]),
                decide: decide
            )
            let (plan, count) =
                former == absences
                ? (ChangePlan(.updated), 0) : try transaction.plan(replanning, numbers: &source)
            let applied = try transaction.apply(
                plan,
                by: actor,
                at: now,
                tellingOfReminders: zones
            )
            let outcome = PolicyOutcome(
                record: absences,
                effect: ChangeEffect(of: plan, reaching: count, reminding: applied.reminders),
                changeNumber: isTrial ? nil : applied.changeNumber
            )
            return (outcome, plan)
        }
    }
}

extension EffectMemory where Value == PolicyOutcome<DayCalendar>? {
    /// Remembers the calendar that a command addressed.
    fileprivate static var calendar: EffectMemory {
        EffectMemory(
            note: { outcome in
                outcome.map {
                    EffectNote(recordID: $0.record.id.rawValue, changeNumber: $0.changeNumber)
                }
            },
            recall: { note, transaction in
                let calendar = try transaction.calendar(Identifier(note.recordID))
                return calendar.map { PolicyOutcome(remembering: $0, note) }
            }
        )
    }
}

extension EffectMemory where Value == PolicyOutcome<[Absence]>? {
    /// Remembers whose absences a command addressed.
    fileprivate static func absences(of userID: Identifier<User>) -> EffectMemory {
        EffectMemory(
            note: { outcome in
                outcome.map {
                    EffectNote(recordID: userID.rawValue, changeNumber: $0.changeNumber)
                }
            },
            recall: { note, transaction in
                let absences = try transaction.absences(of: userID)
                return absences.map { PolicyOutcome(remembering: $0, note) }
            }
        )
    }
}

extension PolicyOutcome {
    fileprivate init(remembering record: Record, _ note: EffectNote) {
        self.init(
            record: record,
            effect: ChangeEffect(of: ChangePlan(.updated), reaching: 0),
            changeNumber: note.changeNumber
        )
    }
}

/// Something that the policies of several series go by.
private enum PolicyReason {
    case calendar(Identifier<DayCalendar>)
    case turns(of: Identifier<User>)
}

/// Why and how series are planned anew.
private struct Replanning {
    let reason: PolicyReason
    /// What changes, as it was.
    let formerFacts: PolicyFacts
    let decide: PolicyDecision

    /// How many series one change changes.
    static var seriesLimit: Int { 500 }
}

extension LocationTransaction {
    /// The calendar that is to change, or a new one.
    fileprivate func calendar(
        _ id: Identifier<DayCalendar>?,
        at now: Timestamp,
        numbers: inout IdentifierSource
    ) throws -> DayCalendar? {
        if let id { return try calendar(id) }
        let count = try connection.row(CalendarStatements.count, SQLArguments(in: locationID)) {
            row in
            try row.int(0)
        }
        if count ?? 0 >= calendarLimit { throw CalendarRefusal.tooMany(limit: calendarLimit) }
        return DayCalendar(id: try numbers.next(), name: "", createdAt: now, modifiedAt: now)
    }

    /// How many calendars a location may have.
    private var calendarLimit: Int { 200 }

    /// What becomes of the series that go by something that changes.
    ///
    /// - Returns: The plan of all of them together, and how many tasks were looked at.
    fileprivate func plan(
        _ replanning: Replanning,
        numbers: inout IdentifierSource
    ) throws -> (plan: ChangePlan, reachedCount: Int) {
        let limit = Replanning.seriesLimit
        let ids = try series(going: replanning.reason, limit: limit + 1)
        if ids.count > limit { throw CalendarRefusal.tooManySeries(limit: limit) }
        var whole = ChangePlan(.updated)
        var count = 0
        for id in ids {
            guard let entry = try seriesEntry(of: id) else { continue }
            let state = try state(of: entry, concernsTasks: true)
            let plan = try replanning.decide(state, replanning.formerFacts, &numbers)
            whole.series += plan.series
            whole.tasks += plan.tasks
            whole.clocks += plan.clocks
            count += state.tasks.count
        }
        return (whole, count)
    }

    fileprivate func store(_ absences: [Absence], of userID: Identifier<User>) throws {
        var arguments = SQLArguments(in: locationID)
        arguments.append(.integer(userID.rawValue), for: "userID")
        arguments.append(.text(orNull: absences.storedText), for: "absences")
        try connection.execute(CalendarStatements.setAbsences, arguments)
    }

    fileprivate func store(_ calendar: DayCalendar) throws {
        var arguments = SQLArguments(in: locationID)
        arguments.append(.integer(calendar.id.rawValue), for: "calendarID")
        arguments.append(.text(calendar.name), for: "name")
        arguments.append(.integer(calendar.storedWeekend), for: "weekend")
        arguments.append(.text(calendar.storedDays), for: "days")
        arguments.append(.integer(calendar.createdAt.microseconds), for: "createdAt")
        arguments.append(.integer(calendar.modifiedAt.microseconds), for: "modifiedAt")
        try connection.execute(CalendarStatements.store, arguments)
    }

    fileprivate func remove(_ calendar: DayCalendar) throws {
        var arguments = SQLArguments(in: locationID)
        arguments.append(.integer(calendar.id.rawValue), for: "calendarID")
        try connection.execute(CalendarStatements.remove, arguments)
    }

    fileprivate func series(
        going reason: PolicyReason,
        limit: Int
    ) throws -> [Identifier<RecurringTask>] {
        var arguments = SQLArguments(in: locationID)
        arguments.append(.integer(limit), for: "limit")
        let statement: SQLStatement
        switch reason {
        case .calendar(let id):
            arguments.append(.integer(id.rawValue), for: "calendarID")
            statement = CalendarStatements.series
        case .turns(let userID):
            arguments.append(.integer(userID.rawValue), for: "userID")
            statement = CalendarStatements.seriesOfTurnTaker
        }
        return try connection.rows(statement, arguments) { row in Identifier(try row.int64(0)) }
    }
}
