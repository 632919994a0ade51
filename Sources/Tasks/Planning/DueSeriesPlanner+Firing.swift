package import Recurrence

extension DueSeriesPlanner {
    /// The most tasks that one turn makes for a series.
    ///
    /// One occurrence may exceed it, because all of its tasks are made together.
    package static let stepLimit = 720

    /// Decides what a series makes of the occurrences that have come.
    ///
    /// Of the missed occurrences it carries out those that ``CatchUp`` says. For a contact whose
    /// newest task is overdue, an occurrence makes a task only if ``WhileOverdue`` allows it.
    ///
    /// - Parameters:
    ///   - snapshot: The series as it is stored.
    ///   - zone: The zone in which its rule is expanded.
    ///   - dueZone: The zone of its tasks' due times.
    ///   - numbers: Where new tasks take their numbers from.
    /// - Returns: The tasks, and how far the series is carried out.
    /// - Throws: What the source of numbers throws.
    package func plan(
        making snapshot: FiringSnapshot,
        zone: Zone,
        dueZone: Zone,
        numbers: inout IdentifierSource
    ) throws -> ChangePlan {
        let series = snapshot.series
        var plan = ChangePlan(.materialized)
        let hasLostItsContacts =
            snapshot.contactIDs.isEmpty && series.dueSchedule?.contactIDs.isEmpty == false
        guard !hasLostItsContacts,
            let course = SeriesCourse(of: series, in: zone, knowing: snapshot.policyFacts)
        else {
            plan.clocks = [ClockSetting(seriesID: series.id, clock: snapshot.clock.stopped)]
            return plan
        }
        var work = OccurrenceFiring(of: course, dueZone: dueZone, now: now)
        work.contacts = snapshot.contactIDs.isEmpty ? [nil] : snapshot.contactIDs
        work.newestTasks = snapshot.newestTasks
        work.occurrenceCount = snapshot.clock.occurrenceCount
        work.isLateByFault = snapshot.isLateByFault
        var through = snapshot.clock.materializedThrough
        if series.policies.repeats == .afterCompletion {
            // The next one comes when this one is done.
            guard let next = course.next(after: snapshot.clock) else {
                plan.clocks = [ClockSetting(seriesID: series.id, clock: snapshot.clock.stopped)]
                return plan
            }
            work.newestTasks = [:]
            try work.carryOut(next, for: work.contacts, numbers: &numbers)
            var clock = snapshot.clock.stopped
            clock.materializedThrough = next.slot
            plan.tasks = work.tasks
            plan.clocks = [ClockSetting(seriesID: series.id, clock: clock)]
            return plan
        }
        for planned in work.occurrencesToCarryOut(after: &through) {
            guard !work.isFinished, work.tasks.count < Self.stepLimit else { break }
            try work.carryOut(planned, for: work.wanted(at: planned), numbers: &numbers)
            through = planned.slot
        }
        plan.tasks = work.tasks
        let clock = work.clock(through: through, after: snapshot.clock)
        plan.clocks = [ClockSetting(seriesID: series.id, clock: clock)]
        return plan
    }

    /// Decides what a series makes of the occurrences that have come.
    ///
    /// - Throws: `UnknownZone` if one of the series' zones cannot be read; what the source of numbers
    ///   throws.
    package func plan(
        making snapshot: FiringSnapshot,
        in zones: some ZoneSource,
        numbers: inout IdentifierSource
    ) throws -> ChangePlan {
        let zone = snapshot.series.timeZone
        return try plan(
            making: snapshot,
            zone: zones.zone(named: zone),
            dueZone: zones.zone(named: snapshot.series.dueSchedule?.timeZone ?? zone),
            numbers: &numbers
        )
    }

    /// Decides for any series what it makes of the occurrences that have come.
    package func decision(in zones: some ZoneSource) -> FiringDecision {
        { snapshot, numbers in try plan(making: snapshot, in: zones, numbers: &numbers) }
    }

    /// Decides likewise; a series whose zone is gone makes nothing, so that it can be changed
    /// nevertheless.
    package func decisionIfZoneIsKnown(in zones: some ZoneSource) -> FiringDecision {
        { snapshot, numbers in
            do {
                return try plan(making: snapshot, in: zones, numbers: &numbers)
            } catch is UnknownZone {
                return ChangePlan(.materialized)
            }
        }
    }

    /// Decides how a series goes on that was stopped.
    ///
    /// Occurrences that came meanwhile were missed, as if no server had run.
    ///
    /// - Returns: A clock that fires; an empty plan if the series is not stopped, or has no more
    ///   occurrences.
    package func plan(resuming state: SeriesState, zone: Zone) -> ChangePlan {
        var plan = ChangePlan(.updated)
        guard let clock = state.clock, clock.fireAt == nil,
            state.series.policies.repeats == .onSchedule,
            let course = SeriesCourse(of: state.series, in: zone, knowing: state.policyFacts)
        else { return plan }
        var work = OccurrenceFiring(of: course, dueZone: zone, now: now)
        work.occurrenceCount = clock.occurrenceCount
        var resumed = work.clock(through: clock.materializedThrough, after: clock)
        switch state.series.materialization {
        case .ahead: if resumed.fireAt != nil { resumed.fireAt = now }
        case .whenDue: break
        }
        guard resumed.fireAt != nil else { return plan }
        plan.clocks = [ClockSetting(seriesID: state.series.id, clock: resumed)]
        return plan
    }
}
