import Recurrence
import Tasks

extension LocationTransaction {
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

    /// Adds the values that a clock had when it was read.
    func readValues(of clock: SeriesClock, in arguments: SQLArguments) -> SQLArguments {
        var arguments = arguments
        arguments.append(.integer(orNull: clock.fireAt?.microseconds), for: "readFireAt")
        arguments.append(.integer(clock.materializedThrough.secondsSince1970), for: "readThrough")
        arguments.append(.integer(clock.occurrenceCount), for: "readCount")
        return arguments
    }

    /// Has a series' clock fire again after a while.
    func postpone(
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
