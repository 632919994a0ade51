package import Recurrence

/// The commands on what the policies of series go by: calendars, and users' absences.
package struct CalendarCommands<Store: CalendarStore, Zones: ZoneSource>: Sendable {
    private let store: Store
    private let zones: Zones
    private let horizon: Horizon

    package init(store: Store, zones: Zones, horizon: Horizon) {
        self.store = store
        self.zones = zones
        self.horizon = horizon
    }

    package func calendars(
        after id: Identifier<DayCalendar>?,
        limit: Int,
        in locationID: LocationID
    ) async throws -> [DayCalendar] {
        try await store.calendars(after: id, limit: limit, in: locationID)
    }

    /// One calendar.
    ///
    /// - Throws: ``TaskRefusal/notFound``.
    package func calendar(
        _ id: Identifier<DayCalendar>,
        in locationID: LocationID
    ) async throws -> DayCalendar {
        guard let calendar = try await store.calendar(id, in: locationID) else {
            throw TaskRefusal.notFound
        }
        return calendar
    }

    /// Creates or changes a calendar, or removes it if nothing goes by it.
    ///
    /// The tasks that are still to come of the series that go by it are moved with it.
    ///
    /// - Throws: ``TaskRefusal/notFound``, ``CalendarRefusal``, or what the closure throws.
    package func change(
        _ id: Identifier<DayCalendar>?,
        trying isTrial: Bool,
        by actor: Actor,
        at now: Timestamp,
        to change: @escaping @Sendable (DayCalendar) throws -> DayCalendar?
    ) async throws -> PolicyOutcome<DayCalendar> {
        let outcome = try await store.changeCalendar(
            id,
            trying: isTrial,
            by: actor,
            at: now,
            tellingOfReminders: zones,
            to: { former in
                guard var changed = try change(former) else { return nil }
                if changed != former { changed.modifiedAt = now }
                return changed
            },
            deciding: decision(at: now)
        )
        guard let outcome else { throw TaskRefusal.notFound }
        return outcome
    }

    /// The absences of a user.
    ///
    /// - Throws: ``TaskRefusal/notFound``.
    package func absences(
        of userID: Identifier<User>,
        in locationID: LocationID
    ) async throws -> [Absence] {
        guard let absences = try await store.absences(of: userID, in: locationID) else {
            throw TaskRefusal.notFound
        }
        return absences
    }

    /// Sets the absences of a user; in the tasks that are still to come the turns pass on.
    ///
    /// - Throws: ``TaskRefusal/notFound``, or ``CalendarRefusal``.
    package func setAbsences(
        _ absences: [Absence],
        of userID: Identifier<User>,
        trying isTrial: Bool,
        by actor: Actor,
        at now: Timestamp
    ) async throws -> PolicyOutcome<[Absence]> {
        let outcome = try await store.setAbsences(
            absences,
            of: userID,
            trying: isTrial,
            by: actor,
            at: now,
            tellingOfReminders: zones,
            deciding: decision(at: now)
        )
        guard let outcome else { throw TaskRefusal.notFound }
        return outcome
    }

    private func decision(at now: Timestamp) -> PolicyDecision {
        let planner = TaskPlanner(horizon: horizon, now: now)
        return { [zones] state, formerFacts, numbers in
            let zone = try zones.zone(named: state.series.timeZone)
            return try planner.plan(
                changing: state,
                to: state.series,
                overrides: .keep,
                zones: (zone, zone),
                formerly: formerFacts,
                numbers: &numbers
            )
        }
    }
}
