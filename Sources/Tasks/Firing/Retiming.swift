package import Recurrence

/// Decides what becomes of stored instants when a zone has another table.
///
/// What people mean is the time that their clocks show. So that stays, and the point in time moves.
/// What is past stays as it was.
package struct Retiming: Sendable {
    /// When the instants are moved.
    package var now: Timestamp

    package init(now: Timestamp) {
        self.now = now
    }

    /// The furthest that a zone's clocks are from UTC, in seconds.
    private static let offsetLimit: Int64 = 2 * 86_400

    /// A due time by a zone's present table.
    ///
    /// A local time that the clocks skip now is moved later by the length of the gap. One that they
    /// show twice now stays the second if it was the second.
    ///
    /// - Returns: The due time, which may be as it was; none if it has passed, or if it does not
    ///   come from a zone.
    package func moved(_ due: DueTime, in zone: Zone) -> DueTime? {
        let seconds = due.timestamp.seconds
        let (offset, isFar) = due.local.secondsSince1970.subtractingReportingOverflow(seconds)
        guard due.timestamp > now, !isFar, abs(offset) < Self.offsetLimit else { return nil }
        // Versions before did not note that a time is the second.
        if !due.isInSecondPass, zone.localDateTime(at: due.timestamp) == due.local { return due }
        let pass = due.isInSecondPass ? OverlapPass.second : nil
        let meant = WallClockTime(local: due.local, zone: zone, pass: pass)
        let fraction = due.timestamp.microseconds - seconds * 1_000_000
        var moved = DueTime(meant)
        moved.timestamp = moved.timestamp.advanced(by: .microseconds(fraction))
        moved.isInSecondPass = due.isInSecondPass
        return moved
    }

    /// Decides which of a location's tasks get other due times: the open ones that are still to
    /// come due.
    ///
    /// - Returns: The plan; an empty one if nothing moves.
    /// - Throws: `UnknownZone` if a zone does not exist any more.
    package func plan(
        moving tasks: [TaskInstance],
        zones: some ZoneSource
    ) throws -> ChangePlan {
        ChangePlan(
            .updated,
            tasks: try tasks.compactMap { task in
                let zone = try zones.zone(named: task.due.timeZone)
                guard task.state == .open, let due = moved(task.due, in: zone), due != task.due
                else { return nil }
                var changed = task
                changed.due = due
                changed.modifiedAt = now
                return Replacement(before: task, after: changed)
            }
        )
    }

    /// Decides when a series fires by its zone's present table.
    ///
    /// Slots that were dealt with stay so. Slots that were still to come and are past by the new
    /// table make their tasks now, whatever the series does about occurrences that it missed.
    ///
    /// - Returns: The plan; an empty one if nothing moves.
    /// - Throws: What the source of numbers throws.
    package func plan(
        moving snapshot: FiringSnapshot,
        zone: Zone,
        dueZone: Zone,
        numbers: inout IdentifierSource
    ) throws -> ChangePlan {
        let (series, clock) = (snapshot.series, snapshot.clock)
        guard let former = clock.nextAt,
            let course = SeriesCourse(of: series, in: zone, knowing: snapshot.policyFacts)
        else { return ChangePlan(.updated) }
        let next =
            switch series.materialization {
            case .ahead:
                course.set.occurrences(after: clock.materializedThrough).first { _ in true }?
                    .timestamp
            case .whenDue where series.policies.repeats == .afterCompletion:
                course.next(after: clock)?.due.timestamp
            case .whenDue:
                course.coming(after: clock.materializedThrough).first { _ in true }?.comesAt
            }
        guard next != former else { return ChangePlan(.updated) }
        var moved = clock
        moved.nextAt = next
        switch series.materialization {
        // Its horizon moves by days, and goes by the new table from its next move on.
        case .ahead: break
        case .whenDue where clock.fireAt == former:
            moved.fireAt = next
            if former > now, let next, next <= now {
                var snapshot = snapshot
                snapshot.series.missedWork.catchUp = .all
                return try DueSeriesPlanner(now: now).plan(
                    making: snapshot,
                    zone: zone,
                    dueZone: dueZone,
                    numbers: &numbers
                )
            }
        // It waits for another reason.
        case .whenDue: break
        }
        return ChangePlan(
            .updated,
            clocks: [ClockSetting(seriesID: series.id, clock: moved)]
        )
    }
}
