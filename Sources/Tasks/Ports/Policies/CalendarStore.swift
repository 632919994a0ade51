package import Recurrence

/// Where a location's calendars and its users' absences are kept.
///
/// A change of either changes the tasks of the series that go by it, in the same transaction.
package protocol CalendarStore: Sendable {
    /// One page of calendars by rising number, after one of them.
    func calendars(
        after id: Identifier<DayCalendar>?,
        limit: Int,
        in locationID: LocationID
    ) async throws -> [DayCalendar]

    func calendar(
        _ id: Identifier<DayCalendar>,
        in locationID: LocationID
    ) async throws -> DayCalendar?

    /// Stores what a command makes of a calendar.
    ///
    /// - Parameters:
    ///   - id: The calendar; none for a new one.
    ///   - isTrial: Whether it is only tried.
    ///   - actor: Who asks for it, and where.
    ///   - now: The time.
    ///   - zones: The zones by which the effect tells of reminders.
    ///   - change: The calendar as it is to be; none removes it. It is given the present one, or an
    ///     empty one that is new.
    ///   - decide: Decides what becomes of a series that goes by it.
    /// - Returns: What came of it; nothing if there is no such calendar.
    /// - Throws: ``CalendarRefusal``, or what the closures throw.
    func changeCalendar(
        _ id: Identifier<DayCalendar>?,
        trying isTrial: Bool,
        by actor: Actor,
        at now: Timestamp,
        tellingOfReminders zones: any ZoneSource,
        to change: @escaping @Sendable (DayCalendar) throws -> DayCalendar?,
        deciding decide: @escaping PolicyDecision
    ) async throws -> PolicyOutcome<DayCalendar>?

    /// The absences of a user; nothing if the directory does not have the user.
    func absences(
        of userID: Identifier<User>,
        in locationID: LocationID
    ) async throws -> [Absence]?

    /// Sets the absences of a user.
    ///
    /// - Returns: What came of it; nothing if the directory does not have the user.
    /// - Throws: ``CalendarRefusal``, or what the closure throws.
    func setAbsences(
        _ absences: [Absence],
        of userID: Identifier<User>,
        trying isTrial: Bool,
        by actor: Actor,
        at now: Timestamp,
        tellingOfReminders zones: any ZoneSource,
        deciding decide: @escaping PolicyDecision
    ) async throws -> PolicyOutcome<[Absence]>?
}

/// Decides what becomes of a series when something that its policies go by changes; it is given the
/// facts as they were.
package typealias PolicyDecision =
    @Sendable (SeriesState, PolicyFacts, inout IdentifierSource) throws -> ChangePlan

/// What came of a change of something that policies go by.
package struct PolicyOutcome<Record: Sendable>: Sendable {
    package var record: Record
    package var effect: ChangeEffect
    /// The number of the change in the location's log; none if no task changed, or if the command
    /// was only tried.
    package var changeNumber: Int64?

    package init(record: Record, effect: ChangeEffect, changeNumber: Int64?) {
        self.record = record
        self.effect = effect
        self.changeNumber = changeNumber
    }
}

/// Why a calendar or absences were not changed.
package enum CalendarRefusal: Error, Hashable {
    /// Series go by the calendar that was to be removed.
    case isInUse
    /// The location has as many calendars as it may.
    case tooMany(limit: Int)
    /// More series go by it than one change can change.
    case tooManySeries(limit: Int)
}
