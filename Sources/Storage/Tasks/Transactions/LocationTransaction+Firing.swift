import Recurrence
import Tasks

/// A series whose clock has fired, with the clock as it was read.
struct FiredClock {
    var seriesID: Identifier<RecurringTask>
    var clock: SeriesClock
}

extension LocationTransaction {
    /// The location's series whose clocks have fired.
    ///
    /// The one that waits longest comes first.
    func firedClocks(at now: Timestamp, limit: Int) throws -> [FiredClock] {
        var arguments = SQLArguments(in: locationID)
        arguments.append(.integer(now.microseconds), for: "now")
        arguments.append(.integer(limit), for: "limit")
        return try connection.rows(ClockStatements.fired, arguments) { row in
            FiredClock(seriesID: Identifier(row.int64(4)), clock: SeriesClock(row))
        }
    }

    /// Takes up series whose clocks have fired.
    ///
    /// Moves the clocks on, makes the tasks, and appends one entry to the log for all tasks that
    /// were made.
    func takeUp(
        _ fired: [FiredClock],
        at now: Timestamp,
        numbers: inout IdentifierSource,
        deciding decide: (FiringSnapshot, inout IdentifierSource) throws -> ChangePlan
    ) throws -> FiringTurn {
        var turn = FiringTurn(seriesCount: fired.count)
        var made: [TaskInstance] = []
        for fired in fired {
            let plan: ChangePlan
            do {
                guard let snapshot = try firingSnapshot(of: fired) else {
                    try removeClock(of: fired.seriesID)
                    continue
                }
                plan = try decide(snapshot, &numbers)
            } catch let error as SQLError {
                throw error
            } catch {
                let reason = "\(error)"
                try setAside(fired, because: reason, at: now)
                let address = SeriesAddress(locationID: locationID, seriesID: fired.seriesID)
                turn.setAside.append(SeriesSetAside(address: address, reason: reason))
                continue
            }
            guard let setting = plan.clocks.first, try move(fired.clock, to: setting) else {
                continue
            }
            made += try make(plan.tasks.map(\.after))
        }
        guard !made.isEmpty else { return turn }
        turn.taskCount = made.count
        try addToTotals(made.map { Replacement(after: $0) })
        try append(
            LoggedChange(
                kind: .materialized,
                actorID: nil,
                changedAt: now,
                detail: ChangeDetail.identifiers(of: made)
            )
        )
        return turn
    }

    /// Moves a clock on, or removes it, if it still has the values that were read.
    private func move(_ clock: SeriesClock, to setting: ClockSetting) throws -> Bool {
        let isRemoved = setting.clock == nil
        var arguments =
            setting.clock.map { clockArguments($0, of: setting.seriesID) }
            ?? key(of: setting.seriesID)
        arguments.append(.integer(orNull: clock.fireAt?.microseconds), for: "readFireAt")
        arguments.append(.integer(clock.materializedThrough.secondsSince1970), for: "readThrough")
        arguments.append(.integer(clock.occurrenceCount), for: "readCount")
        let statement = isRemoved ? ClockStatements.takeOff : ClockStatements.moveOn
        return try connection.execute(statement, arguments) == 1
    }

    func firingSnapshot(of fired: FiredClock) throws -> FiringSnapshot? {
        guard let series = try series(fired.seriesID) else { return nil }
        var snapshot = FiringSnapshot(series: series, clock: fired.clock)
        guard let schedule = series.dueSchedule else { return snapshot }
        var arguments = key(of: fired.seriesID)
        snapshot.contactIDs = try schedule.contactIDs.filter { contactID in
            var arguments = SQLArguments(in: locationID)
            arguments.append(.integer(contactID.rawValue), for: "contactID")
            return try connection.row(ClockStatements.contact, arguments) { _ in true } ?? false
        }
        guard series.missedWork.whileOverdue == .skip else { return snapshot }
        let through = fired.clock.materializedThrough.secondsSince1970
        arguments.append(.integer(through), for: "materializedThrough")
        let contacts: [Identifier<Contact>?] =
            snapshot.contactIDs.isEmpty ? [nil] : snapshot.contactIDs
        let keyArguments = arguments
        for contactID in contacts {
            arguments = keyArguments
            arguments.append(.integer(contactID?.rawValue ?? 0), for: "contactID")
            snapshot.newestTasks[contactID] = try connection.row(
                ClockStatements.newestTask,
                arguments
            ) { row in
                NewestTask(
                    isOpen: row.int(0) == TaskState.open.rawValue,
                    dueAt: row.timestamp(1)
                )
            }
        }
        return snapshot
    }

    /// Stops the clock of a series for which nothing can be decided, and writes the reason to the
    /// log.
    private func setAside(
        _ fired: FiredClock,
        because reason: String,
        at now: Timestamp
    ) throws {
        let stopped = fired.clock.stopped
        try store(ClockSetting(seriesID: fired.seriesID, clock: stopped))
        let detail = ChangeDetail.clock(
            ClockReplacement(seriesID: fired.seriesID, before: fired.clock, after: stopped),
            because: reason
        )
        try append(
            LoggedChange(kind: .updated, actorID: nil, changedAt: now, detail: detail)
        )
    }
}
