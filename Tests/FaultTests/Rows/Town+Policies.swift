import DatabaseTestSupport
import Recurrence
import ServerTestSupport
import SystemZones
import Tasks
import Testing

extension Town {
    /// Gives a place a calendar, absences, and a series that goes by them.
    func found(_ place: Place, at now: Timestamp) async throws {
        let store = database.store
        let userID = Identifier<User>(Int64(place.number))
        let actor = Actor(locationID: LocationID(place.location), userID: nil)
        let horizon = Horizon()
        let calendars = CalendarCommands(store: store, zones: database.zones, horizon: horizon)
        let holiday = try #require(CivilDate(year: 2030, month: 1, day: 9))
        let calendar = try await calendars.change(nil, trying: false, by: actor, at: now) { empty in
            var calendar = empty
            calendar.name = "Office"
            calendar.days = [holiday: "Founding day"]
            return calendar
        }.record
        _ = try await calendars.setAbsences(
            [Absence(from: holiday, until: holiday.advanced(byDays: 1))],
            of: userID,
            trying: false,
            by: actor,
            at: now
        )
        var draft = TaskDraft(
            template: TaskTemplate(title: "Water the plants", assigneeID: userID),
            due: WallClockTime(at: now.advanced(by: .seconds(3600)), in: .utc),
            rule: try SeriesRule(parsing: "FREQ=DAILY")
        )
        draft.makesWhenDue = true
        draft.policies.dayOff = DayOffPolicy(calendarID: calendar.id, then: .after)
        draft.policies.rotation = AssigneeRotation(userIDs: [userID], by: .day)
        _ = try await SeriesCommands(store: store, zones: database.zones).create(
            draft,
            horizon: horizon,
            under: SeriesTerms(),
            by: actor,
            at: now
        )
    }
}
