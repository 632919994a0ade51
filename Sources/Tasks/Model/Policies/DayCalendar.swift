package import Recurrence

/// The days off of a location: its weekend, and single days by their names.
package struct DayCalendar: Hashable, Identifiable, Sendable {
    package let id: Identifier<DayCalendar>
    package var name: String
    /// The days of the week that are off, six at most.
    package var weekend: Set<RecurrenceRule.Weekday>
    /// The single days that are off, with their names.
    package var days: [CivilDate: String]
    package var createdAt: Timestamp
    package var modifiedAt: Timestamp

    /// The most single days.
    package static let dayLimit = 2000
    /// How far a working day is looked for, in days.
    package static let reach = 366

    package init(
        id: Identifier<DayCalendar>,
        name: String,
        weekend: Set<RecurrenceRule.Weekday> = [.saturday, .sunday],
        days: [CivilDate: String] = [:],
        createdAt: Timestamp,
        modifiedAt: Timestamp
    ) {
        self.id = id
        self.name = name
        self.weekend = weekend
        self.days = days
        self.createdAt = createdAt
        self.modifiedAt = modifiedAt
    }

    package func isDayOff(_ date: CivilDate) -> Bool {
        weekend.contains(date.dayOfWeek) || days[date] != nil
    }

    /// The working day that is nearest to a day off.
    ///
    /// - Parameters:
    ///   - date: The day off.
    ///   - step: 1 for the days after it, -1 for those before.
    /// - Returns: The day; none if there is none within ``reach`` days.
    package func workingDay(from date: CivilDate, step: Int) -> CivilDate? {
        let found = (1...Self.reach).lazy.map { date.advanced(byDays: $0 * step) }
            .first { !isDayOff($0) }
        guard let found, (CivilDate.earliest...CivilDate.latest).contains(found) else { return nil }
        return found
    }
}

/// Days on which a user does not work, from the first to the one before the last.
package struct Absence: Hashable, Sendable {
    package var from: CivilDate
    /// The first day after it.
    package var until: CivilDate

    /// The most absences of one user.
    package static let limit = 500

    package init(from: CivilDate, until: CivilDate) {
        self.from = from
        self.until = until
    }

    package func contains(_ date: CivilDate) -> Bool { date >= from && date < until }
}

/// What the policies of a series need to know of its location.
package struct PolicyFacts: Hashable, Sendable {
    package var calendars: [Identifier<DayCalendar>: DayCalendar]
    /// The absences of the users who take turns; a user who is not named is not in the directory.
    package var absences: [Identifier<User>: [Absence]]

    package init(
        calendars: [Identifier<DayCalendar>: DayCalendar] = [:],
        absences: [Identifier<User>: [Absence]] = [:]
    ) {
        self.calendars = calendars
        self.absences = absences
    }

    /// Both what this and what the other knows.
    package func merging(_ other: PolicyFacts) -> PolicyFacts {
        PolicyFacts(
            calendars: calendars.merging(other.calendars) { $1 },
            absences: absences.merging(other.absences) { $1 }
        )
    }

    /// Whether a user works on a day.
    func isPresent(_ userID: Identifier<User>, on date: CivilDate) -> Bool {
        guard let absences = absences[userID] else { return false }
        return !absences.contains { $0.contains(date) }
    }
}
