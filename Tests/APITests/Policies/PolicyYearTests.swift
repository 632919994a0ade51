import HTTPTypes
import JSON
import Recurrence
import ServerTestSupport
import Tasks
import TestSupport
import Testing

/// Two years of every policy and of their combinations, against days that were counted plainly.
@Suite struct PolicyYearTests {
    @Test(.server, arguments: PolicyYear.all)
    func `what is previewed is what was counted`(year: PolicyYear) async throws {
        let server = try TestServer.current
        let calendar = try await server.prepare(year)
        for inWords in year.words == nil ? [false] : [false, true] {
            var body = year.body(make: "ahead", calendar: calendar, inWords: inWords)
            body["title"] = nil
            body["make"] = nil
            body["count"] = .integer(500)
            let answer = try await server.post("/recurrence/preview", body)
            #expect(answer.status == 200, "\(answer.text)")
            let shown = answer.objects("occurrences").map { occurrence in
                Told(
                    slot: occurrence.text("slot"),
                    due: occurrence.text("at"),
                    assignee: occurrence["assigneeId"]?.string ?? "1"
                )
            }
            let expected = year.expected.map(\.description)
            let counted = shown.filter(\.isCounted).map(\.description)
            #expect(counted == Array(expected.prefix(counted.count)))
            #expect(counted.count == expected.count || shown.count == 500)
        }
    }

    @Test(.server, arguments: PolicyYear.made, ["ahead", "whenDue"])
    func `what is made is what was counted`(year: PolicyYear, make: String) async throws {
        let server = try TestServer.current
        let calendar = try await server.prepare(year)
        let body = year.body(make: make, calendar: calendar, inWords: make == "ahead")
        let answer = try await server.post("/series", body)
        #expect(answer.status == 201, "\(answer.text)")
        let id = answer.record("series").text("id")
        // Where the horizon moves, it does not matter how often.
        let pace: Duration = make == "ahead" ? .seconds(60 * 86_400) : .zero
        try await server.run(until: "2028-12-01T12:00:00Z", pausing: pace)
        let made = try await server.tasks(ofSeries: id).map { task in
            Told(
                slot: task.text("slot"),
                due: task.text("dueAt"),
                assignee: task["assigneeId"]?.string ?? ""
            )
        }
        let counted = made.filter(\.isCounted).map(\.description)
        #expect(counted == year.expected.map(\.description))
    }
}

/// An occurrence as an answer tells of it.
private struct Told: CustomStringConvertible {
    let slot: String
    let due: String
    let assignee: String

    /// Whether it is due within the days that are counted.
    var isCounted: Bool { due > "2026-12-03" && due < "2028-12-01" }

    var description: String { "\(slot.prefix(10)) due \(due.prefix(10)) by \(assignee)" }
}

extension TestServer {
    /// Makes the calendar of a year, and its absences of the second user.
    func prepare(_ year: PolicyYear) async throws -> String {
        let days = PlainHolidays.names.sorted { $0.key < $1.key }.map { day in
            JSONValue.object(["date": .string(day.key), "name": .string(day.value)])
        }
        let calendar = try await post(
            "/calendars",
            ["name": "Office", "days": .array(days)],
            as: .office
        )
        #expect(calendar.status == 201, "\(calendar.text)")
        let absences = year.absences.map { absence in
            JSONValue.object(["from": .string(absence.from), "until": .string(absence.until)])
        }
        let set = try await send(
            .put,
            "/users/2/absences",
            as: .office,
            [:],
            JSONObject("absences", .array(absences)).bytes
        )
        #expect(set.status == 200, "\(set.text)")
        return calendar.record("calendar").text("id")
    }

    /// Lets time pass, and does everything that falls due on the way, in order; with pauses of a
    /// length, all that came in the meantime.
    func run(until end: String, pausing pause: Duration = .zero) async throws {
        let end = try #require(Timestamp(parsing: end))
        let firing = FiringCommands(store: store, zones: zones)
        try await firing.refreshAgenda(at: clock.now)
        while true {
            while try await firing.takeTurn(at: clock.now) != nil {}
            let next = min(firing.nextFireAt ?? end, end)
            if clock.now >= end { return }
            let later = clock.now.advanced(by: max(pause, .microseconds(1)))
            let target = min(max(next, later), max(end, clock.now.advanced(by: .microseconds(1))))
            clock.advance(by: clock.now.duration(to: target))
        }
    }

    /// The tasks of a series by due time.
    func tasks(ofSeries id: String, states: String = "open,complete") async throws -> [JSONObject] {
        var tasks: [JSONObject] = []
        var cursor = ""
        repeat {
            let page = try await get(
                "/tasks?series=\(id)&limit=500&state=\(states)\(cursor)",
                as: .office
            )
            #expect(page.status == 200, "\(page.text)")
            tasks += page.objects("tasks")
            cursor = page["nextCursor"]?.string.map { "&cursor=\($0)" } ?? ""
        } while !cursor.isEmpty
        return tasks
    }
}
