import HTTPTypes
import JSON
import Recurrence
import ServerTestSupport
import Tasks
import TestSupport
import Testing

/// Why a task is due then, and why a series has tasks on a day, or none.
@Suite struct WhyTests {
    private var server: TestServer { get throws { try .current } }

    private func path(_ task: TaskInstance) -> String { "/tasks/\(task.id.rawValue)" }

    @Test(.server) func `the reasons of a due time are told`() async throws {
        let task = try await server.make(Said(rule: "FREQ=WEEKLY"))
        let why = try await server.get("\(path(task))/why").record("why")
        #expect(why.text("words").contains("each") || why.text("words").contains("every"))
        #expect(why["note"] == .null)
        _ = try await server.patch(path(task), ["dueAt": "2027-01-01T09:00:00Z"])
        let moved = try await server.get("\(path(task))/why").record("why")
        #expect(moved.reasons.contains { $0.contains("moved") })
        #expect(moved.reasons.contains { $0.hasPrefix("User 1") })
    }

    @Test(.server) func `a series tells why nothing comes on a day`() async throws {
        let task = try await server.make(Said(rule: "FREQ=WEEKLY;COUNT=3"))
        let seriesID = task.slot?.seriesID.rawValue ?? 0
        let day = task.due.local.date
        for (days, comes) in [(0, true), (1, false), (-1, false), (700, false)] {
            let on = day.advanced(byDays: days).text(in: .extended)
            let answer = try await server.get("/series/\(seriesID)/why?on=\(on)")
            #expect(answer.status == 200)
            #expect(answer.record("why")["comes"] == .bool(comes), "\(days)")
        }
        _ = try await server.delete(path(task))
        let on = day.text(in: .extended)
        let answer = try await server.get("/series/\(seriesID)/why?on=\(on)").record("why")
        #expect(answer["comes"] == .bool(false))
    }

    /// A series with policies, days on which something is asked, and what is answered.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let recurrence: JSONObject
        var fields: JSONObject = [:]
        let on: String
        let comes: Bool
        let reason: String
    }

    // 2026-12-25 is a Friday.
    static let cases = [
        Case(
            testDescription: "left out on a day off",
            recurrence: ["rule": "FREQ=DAILY", "start": "2026-12-01T09:00:00"],
            fields: ["dayOff": .object(["calendarId": "CALENDAR", "then": "skip"])],
            on: "2026-12-25",
            comes: false,
            reason: "Friday 2026-12-25 (Christmas) is a day off of the calendar Office, so no task"
        ),
        Case(
            testDescription: "moved away from a day off",
            recurrence: ["rule": "FREQ=WEEKLY;BYDAY=FR", "start": "2026-12-04T09:00:00"],
            fields: ["dayOff": .object(["calendarId": "CALENDAR", "then": "before"])],
            on: "2026-12-25",
            comes: false,
            reason: "is a day off of the calendar Office, so its occurrence is due at 2026-12-24T09"
        ),
        Case(
            testDescription: "moved here from a day off",
            recurrence: ["rule": "FREQ=WEEKLY;BYDAY=FR", "start": "2026-12-04T09:00:00"],
            fields: ["dayOff": .object(["calendarId": "CALENDAR", "then": "before"])],
            on: "2026-12-24",
            comes: true,
            reason: "so its occurrence is due at 2026-12-24T09:00:00"
        ),
        Case(
            testDescription: "paused",
            recurrence: ["rule": "FREQ=DAILY", "start": "2026-12-01T09:00:00"],
            fields: [
                "pause": .object([
                    "from": "2026-12-20T00:00:00Z", "until": "2027-01-05T00:00:00Z",
                ])
            ],
            on: "2026-12-25",
            comes: false,
            reason: "The series is paused from 2026-12-20T00:00:00 until 2027-01-05T00:00:00."
        ),
        Case(
            testDescription: "in turns, with an absence",
            recurrence: ["rule": "FREQ=DAILY", "start": "2026-12-01T09:00:00"],
            fields: ["assignment": .object(["rotate": .array(["1", "2"])])],
            on: "2026-12-26",
            comes: true,
            reason: "Absent, and passed over: user 2."
        ),
        Case(
            testDescription: "in turns, with everybody absent",
            recurrence: ["rule": "FREQ=DAILY", "start": "2026-12-01T09:00:00"],
            fields: ["assignment": .object(["rotate": .array(["2"])])],
            on: "2026-12-26",
            comes: true,
            reason: "Everybody who takes turns is absent: user 2."
        ),
        Case(
            testDescription: "counted from completions",
            recurrence: ["words": "every 3 days after completion", "start": "2026-12-01T09:00:00"],
            on: "2026-12-25",
            comes: false,
            reason: "Only the occurrence whose task is open is known."
        ),
    ]

    @Test(.server, arguments: cases)
    func `what policies have to do with a day is told`(sample: Case) async throws {
        let calendar = try await server.post(
            "/calendars",
            [
                "name": "Office",
                "days": .array([.object(["date": "2026-12-25", "name": "Christmas"])]),
            ],
            as: .office
        )
        let away: JSONObject = [
            "absences": .array([.object(["from": "2026-12-24", "until": "2026-12-27"])])
        ]
        #expect(
            try await server.send(.put, "/users/2/absences", as: .office, [:], away.bytes).status
                == 200
        )
        var recurrence = sample.recurrence
        recurrence["timeZone"] = "UTC"
        var body: JSONObject = [
            "title": "Water the plants", "recurrence": .object(recurrence), "make": "whenDue",
        ]
        for member in sample.fields.members {
            var value = member.value
            if member.name == "dayOff", var object = value.object {
                object["calendarId"] = .string(calendar.record("calendar").text("id"))
                value = .object(object)
            }
            body[member.name] = value
        }
        let made = try await server.post("/series", body, as: .office)
        #expect(made.status == 201, "\(made.text)")
        let id = made.record("series").text("id")
        let why = try await server.get("/series/\(id)/why?on=\(sample.on)", as: .office)
        #expect(why.record("why")["comes"] == .bool(sample.comes), "\(why.text)")
        #expect(why.record("why").reasons.contains { $0.contains(sample.reason) }, "\(why.text)")
        // The task of a moved slot tells the same, whether it is stored or computed.
        guard sample.fields["dayOff"] != nil, sample.on == "2026-12-25" else { return }
        let task = try await server.get("/tasks/\(id)@2026-12-25T09:00:00/why", as: .office)
        let isLeftOut = sample.testDescription.hasPrefix("left out")
        #expect(task.status == (isLeftOut ? 404 : 200), "\(task.text)")
        if !isLeftOut {
            #expect(task.record("why").reasons.contains { $0.contains(sample.reason) })
        }
    }

    @Test(.server) func `a computed task has no history yet`() async throws {
        let task = try await server.make(Said(rule: "FREQ=DAILY"))
        let seriesID = task.slot?.seriesID.rawValue ?? 0
        let path = "/tasks/\(seriesID)@2030-01-01T09:00:00"
        #expect(try await server.get(path).status == 200)
        #expect(try await server.get("\(path)/history").objects("changes").isEmpty)
        #expect(try await server.patch(path, ["title": "Write"]).status == 200)
        #expect(try await server.get("\(path)/history").objects("changes").count == 1)
    }
}

extension JSONObject {
    /// The sentences of a record that tells why.
    fileprivate var reasons: [String] {
        if case .array(let reasons)? = self["reasons"] { reasons.compactMap(\.string) } else { [] }
    }
}
