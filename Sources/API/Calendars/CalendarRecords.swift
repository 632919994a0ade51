import HTTPServing
import HTTPTypes
import Hummingbird
import JSON
import Recurrence
import Tasks

/// `/calendars`, and `/users/{id}/absences`.
struct CalendarRecords<Store: CalendarStore, Zones: ZoneSource>: Sendable {
    let commands: CalendarCommands<Store, Zones>

    func list(_ call: APICall) async throws -> Response {
        var parameters = try call.parameters()
        let limit = parameters.limit()
        let fingerprint = call.fingerprint("calendars")
        let place = try parameters.place(in: fingerprint, keyCount: 1)
        try parameters.finish()
        let found = try await commands.calendars(
            after: place.map { Identifier($0[0]) },
            limit: limit + 1,
            in: call.locationID
        )
        let calendars = found.prefix(limit)
        let next = found.count > limit ? calendars.last : nil
        return call.response(
            "calendars",
            calendars,
            next: next.map { Cursor(query: fingerprint, place: [$0.id.rawValue]) }
        )
    }

    func get(_ call: APICall, _ text: String) async throws -> Response {
        try call.expectNoParameters()
        let calendar = try await commands.calendar(try identifier(text), in: call.locationID)
        return call.response("calendar", calendar)
    }

    func create(_ call: APICall) async throws -> Response {
        let isTrial = try call.isTrial()
        var reader = MemberReader(try await call.body())
        let said = SaidCalendar(&reader)
        reader.require("name")
        try reader.finish()
        let outcome = try await commands.change(
            nil,
            trying: isTrial,
            by: call.actor,
            at: call.now
        ) { said.applied(to: $0) }
        var response = response(to: outcome, .created)
        if !isTrial {
            response.headers[.location] = "/v1/calendars/\(outcome.record.id.rawValue)"
        }
        return response
    }

    func update(_ call: APICall, _ text: String) async throws -> Response {
        let isTrial = try call.isTrial()
        let id = try identifier(text)
        var reader = MemberReader(try await call.body())
        let said = SaidCalendar(&reader)
        try reader.finish()
        let check = call.check()
        let outcome = try await commands.change(
            id,
            trying: isTrial,
            by: call.actor,
            at: call.now
        ) { calendar in
            try check(calendar)
            return said.applied(to: calendar)
        }
        return response(to: outcome)
    }

    func delete(_ call: APICall, _ text: String) async throws -> Response {
        let isTrial = try call.isTrial()
        let check = call.check()
        let outcome = try await commands.change(
            try identifier(text),
            trying: isTrial,
            by: call.actor,
            at: call.now
        ) { calendar in
            try check(calendar)
            return nil
        }
        return response(to: outcome)
    }

    // MARK: - Absences

    func absences(_ call: APICall, _ text: String) async throws -> Response {
        try call.expectNoParameters()
        let absences = try await commands.absences(of: try user(text), in: call.locationID)
        var json = JSONWriter()
        json.beginObject()
        json.write(absences)
        json.endObject()
        return call.tagged(json)
    }

    func setAbsences(_ call: APICall, _ text: String) async throws -> Response {
        let isTrial = try call.isTrial()
        let userID = try user(text)
        var reader = MemberReader(try await call.body())
        let absences = reader.objects("absences", limit: Absence.limit) { reader -> Absence? in
            let from = reader.date("from").value
            let until = reader.date("until").value
            reader.require("from")
            reader.require("until")
            guard let from, let until else { return nil }
            if until <= from { reader.note("until", "is not after `from`") }
            return Absence(from: from, until: until)
        }.value
        reader.require("absences")
        try reader.finish()
        let outcome = try await commands.setAbsences(
            (absences ?? []).sorted { $0.from < $1.from },
            of: userID,
            trying: isTrial,
            by: call.actor,
            at: call.now
        )
        var json = JSONWriter()
        json.beginObject()
        json.write(outcome.record)
        json.write(outcome.effect, outcome.changeNumber)
        json.endObject()
        return .json(json.bytes)
    }

    // MARK: - Parts

    private func identifier(_ text: String) throws(Problem) -> Identifier<DayCalendar> {
        guard let id = Identifier<DayCalendar>(digits: text) else { throw .noRecord }
        return id
    }

    private func user(_ text: String) throws(Problem) -> Identifier<User> {
        guard let id = Identifier<User>(digits: text) else { throw .noRecord }
        return id
    }

    private func response(
        to outcome: PolicyOutcome<DayCalendar>,
        _ status: HTTPResponse.Status = .ok
    ) -> Response {
        var json = JSONWriter()
        json.beginObject()
        json.name("calendar")
        let tag = outcome.record.write(to: &json)
        json.write(outcome.effect, outcome.changeNumber)
        json.endObject()
        return .json(json.bytes, status: status, headers: [.eTag: tag.text])
    }
}

/// What a body says of a calendar.
private struct SaidCalendar: Sendable {
    private let name: String?
    private let weekend: [RecurrenceRule.Weekday]?
    private let days: [SaidDay]?

    private struct SaidDay: Hashable {
        let date: CivilDate
        let name: String
    }

    init(_ reader: inout MemberReader) {
        name = reader.text("name", lengths: 1...200).value
        weekend = reader.choices("weekend", among: DayCalendar.weekdays, limit: 6).value
        days =
            reader.objects("days", limit: DayCalendar.dayLimit) { reader -> SaidDay? in
                let date = reader.date("date").value
                let name = reader.text("name", lengths: 0...100).value
                reader.require("date")
                return date.map { SaidDay(date: $0, name: name ?? "") }
            }.value
    }

    func applied(to calendar: DayCalendar) -> DayCalendar {
        var calendar = calendar
        calendar.name = name ?? calendar.name
        if let weekend { calendar.weekend = Set(weekend) }
        if let days {
            calendar.days = Dictionary(days.map { ($0.date, $0.name) }) { _, last in last }
        }
        return calendar
    }
}

extension DayCalendar: APIRecord {
    var tagSalt: Int64 { modifiedAt.microseconds }

    /// The days of the week as RFC 5545 writes them.
    fileprivate static let weekdays: KeyValuePairs<String, RecurrenceRule.Weekday> = [
        "MO": .monday, "TU": .tuesday, "WE": .wednesday, "TH": .thursday, "FR": .friday,
        "SA": .saturday, "SU": .sunday,
    ]

    func writeMembers(to json: inout JSONWriter) {
        json.write("id", id.isOfTrial ? nil : id)
        json.write("name", name)
        json.name("weekend")
        json.beginArray()
        for day in Self.weekdays where weekend.contains(day.value) { json.write(day.key) }
        json.endArray()
        json.name("days")
        json.beginArray()
        for (date, name) in days.sorted(by: { $0.key < $1.key }) {
            json.beginObject()
            json.write("date", date.text(in: .extended))
            json.write("name", name)
            json.endObject()
        }
        json.endArray()
        json.write("createdAt", createdAt)
        json.write("modifiedAt", modifiedAt)
    }
}

extension APICall {
    /// Refuses a calendar that is not as the client has it.
    fileprivate func check() -> @Sendable (DayCalendar) throws -> Void {
        let tags = entityTags(.ifMatch)
        return { calendar in
            guard let tags, !tags.contains(calendar.tag) else { return }
            var problem = Problem(
                .changedMeanwhile,
                "The calendar is not as you have it; `calendar` is how it is now."
            )
            var json = JSONWriter()
            calendar.write(to: &json)
            problem.members["calendar"] = try? JSONValue(parsing: json.bytes)
            throw problem
        }
    }
}

extension JSONWriter {
    fileprivate mutating func write(_ absences: [Absence]) {
        name("absences")
        beginArray()
        for absence in absences {
            beginObject()
            write("from", absence.from.text(in: .extended))
            write("until", absence.until.text(in: .extended))
            endObject()
        }
        endArray()
    }

    fileprivate mutating func write(_ effect: ChangeEffect, _ changeNumber: Int64?) {
        name("effect")
        write(effect)
        name("changeNumber")
        if let changeNumber { write(changeNumber) } else { writeNull() }
    }
}
