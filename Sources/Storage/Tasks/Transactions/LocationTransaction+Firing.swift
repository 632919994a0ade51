import Recurrence
import Tasks

/// A series whose clock has fired, with the clock as it was read.
struct FiredClock {
    var seriesID: Identifier<RecurringTask>
    var clock: SeriesClock
    /// Since when it is held; none if it is not, or if that cannot be read.
    var heldSince: Timestamp?
}

/// The clocks of a location that have fired.
private struct FiredClocks {
    var readable: [FiredClock] = []
    var unreadable: [(seriesID: Identifier<RecurringTask>, row: UnreadableRow)] = []
}

extension LocationTransaction {
    /// The location's series whose clocks have fired.
    ///
    /// The one that waits longest comes first.
    private func firedClocks(at now: Timestamp, limit: Int) throws -> FiredClocks {
        var arguments = SQLArguments(in: locationID)
        arguments.append(.integer(now.microseconds), for: "now")
        arguments.append(.integer(limit), for: "limit")
        var clocks = FiredClocks()
        try connection.query(ClockStatements.fired, arguments) { row in
            let seriesID = Identifier<RecurringTask>(try row.int64(6))
            do throws(UnreadableValue) {
                clocks.readable.append(
                    FiredClock(
                        seriesID: seriesID,
                        clock: try SeriesClock(row),
                        heldSince: (try? row.optionalTimestamp(7)) ?? nil
                    )
                )
            } catch {
                let row = UnreadableRow(error, of: "seriesClock", in: locationID, row, numberAt: 6)
                clocks.unreadable.append((seriesID, row))
            }
        }
        return clocks
    }

    /// Takes up the location's series whose clocks have fired.
    ///
    /// If that fails, the series are taken up one by one, each apart from the others, and those that
    /// fail again are postponed.
    ///
    /// - Parameters:
    ///   - limit: How many series are taken up at most.
    ///   - now: The time.
    ///   - numbers: Where new tasks take their numbers from.
    ///   - failure: Set to the reason if a series could not even be postponed.
    ///   - decide: Decides what becomes of a series.
    /// - Returns: What was done.
    /// - Throws: ``SQLError`` of the database itself, or if the clocks cannot be read.
    func takeUpFired(
        limit: Int,
        at now: Timestamp,
        numbers: inout IdentifierSource,
        failure: inout String?,
        deciding decide: FiringDecision
    ) throws -> FiringTurn {
        let clocks = try firedClocks(at: now, limit: limit)
        var turn = FiringTurn()
        for (seriesID, row) in clocks.unreadable {
            unreadableRows.note(row)
            switch try connection.attempt({ try setAside(seriesID, because: "\(row)", at: now) }) {
            case .success(let trouble): turn.troubles.append(trouble)
            case .failure(let error): failure = "\(error)"
            }
        }
        let fired = clocks.readable
        guard !fired.isEmpty else { return turn }
        let allowance: Int
        do {
            allowance = try taskAllowance(on: .comingDue, at: now)
        } catch let error as QuotaExceeded {
            // It waits as a location does in which nothing can be done.
            failure = "\(error)"
            return turn
        }
        let all = try attempt(
            fired,
            making: allowance,
            at: now,
            numbers: &numbers,
            deciding: decide
        )
        if case .success(let part) = all {
            turn += part
            return turn
        }
        for fired in fired {
            let left = allowance - turn.taskCount
            guard left > 0 else { break }
            switch try attempt([fired], making: left, at: now, numbers: &numbers, deciding: decide)
            {
            case .success(let part): turn += part
            case .failure(let error):
                turn.seriesCount += 1
                let reason = HeldReason.text(of: error)
                switch try connection.attempt({ try postpone(fired, because: reason, at: now) }) {
                case .success(let trouble): turn.troubles.append(trouble)
                case .failure: failure = reason
                }
            }
        }
        return turn
    }

    /// Takes up series, or nothing of them; then the numbers of their tasks are free again.
    private func attempt(
        _ fired: [FiredClock],
        making allowance: Int,
        at now: Timestamp,
        numbers: inout IdentifierSource,
        deciding decide: FiringDecision
    ) throws -> Result<FiringTurn, any Error> {
        let numbersBefore = numbers
        let result = try connection.attempt {
            try takeUp(fired, making: allowance, at: now, numbers: &numbers, deciding: decide)
        }
        // A block of numbers that was set aside meanwhile is not set aside any more.
        if case .failure = result { numbers = numbersBefore }
        return result
    }

    /// Takes up series whose clocks have fired.
    ///
    /// Moves the clocks on, makes the tasks, and appends one entry to the log for all tasks that
    /// were made. It stops after the series by which the location has made as many tasks as it may;
    /// the others are left as they are.
    private func takeUp(
        _ fired: [FiredClock],
        making allowance: Int,
        at now: Timestamp,
        numbers: inout IdentifierSource,
        deciding decide: FiringDecision
    ) throws -> FiringTurn {
        var turn = FiringTurn()
        var made: [TaskInstance] = []
        for fired in fired {
            guard made.count < allowance else { break }
            turn.seriesCount += 1
            switch try outcome(of: fired, numbers: &numbers, deciding: decide) {
            case .gone: try removeClock(of: fired.seriesID)
            case .unreadable(let reason):
                turn.troubles.append(
                    try setAside(fired.seriesID, fired.clock, because: reason, at: now)
                )
            case .undecided(let reason):
                turn.troubles.append(try postpone(fired, because: reason, at: now))
            case .decided(let plan, let setting):
                if try move(fired.clock, to: setting) {
                    made += try make(plan.tasks.filter { $0.before == nil }.map(\.after))
                    try roll(plan.tasks.filter { $0.before != nil }, at: now)
                }
            }
        }
        guard !made.isEmpty else { return turn }
        turn.taskCount = made.count
        try addToTotals(made.map { Replacement(after: $0) })
        try append(
            LoggedChange(
                kind: .materialized,
                actorID: nil,
                changedAt: now,
                detail: ChangeDetail.identifiers(of: made),
                concern: try concern(ofMade: made)
            )
        )
        return turn
    }

    /// What is to become of a series whose clock has fired.
    ///
    /// - Throws: ``SQLError``.
    private func outcome(
        of fired: FiredClock,
        numbers: inout IdentifierSource,
        deciding decide: FiringDecision
    ) throws -> FiredOutcome {
        let snapshot: FiringSnapshot
        do {
            guard let series = try series(fired.seriesID) else { return .gone }
            snapshot = try firingSnapshot(of: series, after: fired.clock)
        } catch let error as SQLError {
            throw error
        } catch {
            if let row = error as? UnreadableRow { unreadableRows.note(row) }
            return .unreadable("\(error)")
        }
        do {
            let plan = try decide(snapshot, &numbers)
            // A clock that stays as it is would fire again at once.
            guard let setting = plan.clocks.first, setting.clock != fired.clock else {
                return .undecided("The series does not move on")
            }
            return .decided(plan, setting)
        } catch let error as SQLError {
            throw error
        } catch {
            return .undecided(HeldReason.text(of: error))
        }
    }

    /// Moves open tasks of series to new slots, as a change of its own.
    func roll(_ tasks: [Replacement<TaskInstance>], at now: Timestamp) throws {
        if tasks.isEmpty { return }
        try store(tasks)
        let detail = ChangeDetail.images(of: ChangePlan(.updated, tasks: tasks), clocks: [])
        try append(
            LoggedChange(
                kind: .updated,
                actorID: nil,
                changedAt: now,
                detail: detail,
                concern: ReminderConcern(tasks.compactMap(\.before) + tasks.map(\.after))
            )
        )
    }

    // MARK: - Parts

    /// Moves a clock on, or removes it, if it still has the values that were read.
    private func move(_ clock: SeriesClock, to setting: ClockSetting) throws -> Bool {
        let isRemoved = setting.clock == nil
        let arguments = readValues(
            of: clock,
            in: setting.clock.map { clockArguments($0, of: setting.seriesID) }
                ?? key(of: setting.seriesID)
        )
        let statement = isRemoved ? ClockStatements.takeOff : ClockStatements.moveOn
        return try connection.execute(statement, arguments) == 1
    }

    /// Adds the values that a clock had when it was read.
    private func readValues(of clock: SeriesClock, in arguments: SQLArguments) -> SQLArguments {
        var arguments = arguments
        arguments.append(.integer(orNull: clock.fireAt?.microseconds), for: "readFireAt")
        arguments.append(.integer(clock.materializedThrough.secondsSince1970), for: "readThrough")
        arguments.append(.integer(clock.occurrenceCount), for: "readCount")
        return arguments
    }

    func firingSnapshot(
        of series: RecurringTask,
        after clock: SeriesClock
    ) throws -> FiringSnapshot {
        var snapshot = FiringSnapshot(series: series, clock: clock)
        snapshot.policyFacts = try policyFacts(for: series.policies)
        guard let schedule = series.dueSchedule else { return snapshot }
        var arguments = key(of: series.id)
        snapshot.contactIDs = try schedule.contactIDs.filter { contactID in
            var arguments = SQLArguments(in: locationID)
            arguments.append(.integer(contactID.rawValue), for: "contactID")
            return try connection.row(ClockStatements.contact, arguments) { _ in true } ?? false
        }
        guard series.missedWork.whileOverdue != .create else { return snapshot }
        let through = clock.materializedThrough.secondsSince1970
        arguments.append(.integer(through), for: "materializedThrough")
        let contacts: [Identifier<Contact>?] =
            snapshot.contactIDs.isEmpty ? [nil] : snapshot.contactIDs
        let keyArguments = arguments
        for contactID in contacts {
            arguments = keyArguments
            arguments.append(.integer(contactID?.rawValue ?? 0), for: "contactID")
            let (newest, _) = try connection.readableRows(
                ClockStatements.newestTask,
                arguments,
                telling: unreadableRows
            ) { row in
                (
                    task: try NewestTask(row, in: locationID),
                    id: Identifier<TaskInstance>(try row.int64(2))
                )
            }
            snapshot.newestTasks[contactID] = try newest.first.map { newest in
                guard series.missedWork.whileOverdue == .rollForward else { return newest.task }
                var task = newest.task
                task.task = try entry(of: newest.id)?.task
                return task
            }
        }
        return snapshot
    }

    /// Has a series' clock fire again after a while.
    private func postpone(
        _ fired: FiredClock,
        because reason: String,
        at now: Timestamp
    ) throws -> FiringTrouble {
        let since = fired.heldSince.flatMap { $0 <= now ? $0 : nil }
        let clock = fired.clock.postponed(at: now, since: since)
        var arguments = readValues(of: fired.clock, in: key(of: fired.seriesID))
        arguments.append(.integer(orNull: clock.fireAt?.microseconds), for: "fireAt")
        arguments.append(.integer((since ?? now).microseconds), for: "setAsideAt")
        arguments.append(.text(String(reason.prefix(1000))), for: "setAsideReason")
        try connection.execute(ClockStatements.hold, arguments)
        let address = address(of: fired.seriesID)
        let end = clock.fireAt ?? now
        return since.map { .stillPostponed(address, since: $0, until: end, reason: reason) }
            ?? .postponed(address, until: end, reason: reason)
    }

    /// Stops the clock of a series that nobody can read, notes that on it, and puts the reason into
    /// the log.
    ///
    /// The clock is none where it is what cannot be read.
    func setAside(
        _ seriesID: Identifier<RecurringTask>,
        _ clock: SeriesClock? = nil,
        because reason: String,
        at now: Timestamp
    ) throws -> FiringTrouble {
        var arguments = key(of: seriesID)
        arguments.append(.integer(now.microseconds), for: "setAsideAt")
        arguments.append(.text(reason), for: "setAsideReason")
        try connection.execute(ClockStatements.setAside, arguments)
        let detail = ChangeDetail.clock(
            ClockReplacement(seriesID: seriesID, before: clock, after: clock?.stopped),
            because: reason
        )
        try append(
            LoggedChange(kind: .updated, actorID: nil, changedAt: now, detail: detail)
        )
        return .setAside(address(of: seriesID), reason: reason)
    }

    private func address(of seriesID: Identifier<RecurringTask>) -> SeriesAddress {
        SeriesAddress(locationID: locationID, seriesID: seriesID)
    }
}

/// What is to become of a series whose clock has fired.
private enum FiredOutcome {
    case decided(ChangePlan, ClockSetting)
    /// Another try may help.
    case undecided(String)
    /// No other try helps.
    case unreadable(String)
    /// There is no such series.
    case gone
}

extension FiringTurn {
    static func += (total: inout FiringTurn, turn: FiringTurn) {
        total.seriesCount += turn.seriesCount
        total.taskCount += turn.taskCount
        total.troubles += turn.troubles
    }
}

extension NewestTask {
    /// Creates what is asked of a task from the columns of ``ClockStatements/newestTask``.
    fileprivate init(_ row: some SQLRow, in locationID: LocationID) throws(UnreadableRow) {
        do throws(UnreadableValue) {
            let state: TaskState = try row.value(0)
            self.init(isOpen: state == .open, dueAt: try row.timestamp(1))
        } catch {
            throw UnreadableRow(error, of: "task", in: locationID, row, numberAt: 2)
        }
    }
}
