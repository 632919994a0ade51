import JSON
import Recurrence
import ServerTestSupport
import Tasks
import TestSupport
import Testing

/// Series whose tasks depend on what is done: after completion, and rolling forward.
@Suite struct ChainTests {
    /// How many days after its due day each task is done, again and again.
    private static let delays = [0, 2, 5, 1]

    struct Chain: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let rule: String
        var words: String?
        var fields: JSONObject = [:]
        /// The day of the next slot after the day on which something was done.
        let next: @Sendable (PlainDay) -> PlainDay
        var change: @Sendable ([PlainOccurrence]) -> [PlainOccurrence] = { $0 }
    }

    static let chains = [
        Chain(
            testDescription: "every 3 days",
            rule: "FREQ=DAILY;INTERVAL=3",
            words: "every 3 days after completion"
        ) { $0.advanced(by: 3) },
        Chain(
            testDescription: "the next Thursday, days off after",
            rule: "FREQ=WEEKLY;BYDAY=TH",
            fields: ["dayOff": .object(["calendarId": "CALENDAR", "then": "after"])],
            next: { done in
                var day = done.advanced(by: 1)
                while day.weekday != 3 { day = day.advanced(by: 1) }
                return day
            },
            change: { $0.daysOff("after") }
        ),
        Chain(
            testDescription: "the last day of the month or the 31st, days off before",
            rule: "FREQ=MONTHLY;BYMONTHDAY=31",
            fields: [
                "monthEnd": "lastDay",
                "dayOff": .object(["calendarId": "CALENDAR", "then": "before"]),
            ],
            next: { done in
                var day = done.advanced(by: 1)
                while day.day != PlainDay.length(ofMonth: day.month, in: day.year) {
                    day = day.advanced(by: 1)
                }
                return day
            },
            change: { $0.daysOff("before") }
        ),
        Chain(
            testDescription: "every 10 days, paused",
            rule: "FREQ=DAILY;INTERVAL=10",
            fields: [
                "pause": .object([
                    "from": "2027-02-01T00:00:00Z", "until": "2027-04-01T00:00:00Z",
                ])
            ],
            next: { done in
                var day = done.advanced(by: 10)
                let pause =
                    PlainDay.named("2027-02-01").number..<PlainDay.named("2027-04-01").number
                while pause.contains(day.number) { day = day.advanced(by: 10) }
                return day
            }
        ),
    ]

    @Test(.server, arguments: chains, ["ahead", "whenDue"])
    func `what counts from completions comes as it was counted`(
        chain: Chain,
        make: String
    ) async throws {
        let server = try TestServer.current
        let calendar = try await server.prepare(PolicyYear.all[0])
        let first = chain.next(PlainDay.all[1])
        var body: JSONObject = ["title": "Water the plants", "make": .string(make)]
        for member in chain.fields.members {
            var value = member.value
            if member.name == "dayOff", var object = value.object {
                object["calendarId"] = .string(calendar)
                value = .object(object)
            }
            body[member.name] = value
        }
        body["repeats"] = "afterCompletion"
        var recurrence: JSONObject = ["start": .string("\(first.text)T09:00:00")]
        if let words = chain.words {
            recurrence["words"] = .string(words)
        } else {
            recurrence["rule"] = .string(chain.rule)
        }
        body["recurrence"] = .object(recurrence)
        let answer = try await server.post("/series", body)
        #expect(answer.status == 201, "\(answer.text)")
        let id = answer.record("series").text("id")
        var slot = first
        for step in 0..<40 {
            let planned = chain.change([PlainOccurrence(slot)])[0]
            let done = planned.due.advanced(by: Self.delays[step % Self.delays.count])
            try await server.run(until: "\(done.text)T15:00:00Z")
            let open = try await server.tasks(ofSeries: id, states: "open")
            #expect(open.count == 1)
            #expect(open.first?.text("slot").prefix(10) == slot.text[...], "\(step)")
            #expect(open.first?.text("dueAt").prefix(10) == planned.due.text[...], "\(step)")
            let task = try #require(open.first?.text("id"))
            let completed = try await server.post("/tasks/\(task)/complete")
            #expect(completed.status == 200, "\(completed.text)")
            var next = chain.next(done)
            // A slot comes after those before it.
            while next.number <= slot.number { next = chain.next(next) }
            slot = next
            #expect(completed.record("next").text("slot").prefix(10) == slot.text[...], "\(step)")
        }
        let series = try await server.get("/series/\(id)").record("series")
        #expect(series.object("counts")["completed"] == .integer(40))
    }

    @Test(.server) func `an overdue task rolls forward to each new slot`() async throws {
        let server = try TestServer.current
        let answer = try await server.post(
            "/series",
            [
                "title": "Check the mail", "whileOverdue": "rollForward",
                "recurrence": .object(["rule": "FREQ=DAILY", "start": "2026-12-01T09:00:00"]),
            ]
        )
        #expect(answer.status == 201, "\(answer.text)")
        #expect(answer.record("series").text("make") == "whenDue")
        let id = answer.record("series").text("id")
        try await server.run(until: "2026-12-01T10:00:00Z")
        let first = try await server.tasks(ofSeries: id)
        #expect(first.map { $0.text("slot") } == ["2026-12-01T09:00:00"])
        try await server.run(until: "2026-12-05T10:00:00Z")
        let rolled = try await server.tasks(ofSeries: id)
        #expect(rolled.map { $0.text("slot") } == ["2026-12-05T09:00:00"])
        #expect(rolled.map { $0.text("id") } == first.map { $0.text("id") })
        _ = try await server.post("/tasks/\(rolled[0].text("id"))/complete")
        try await server.run(until: "2026-12-06T10:00:00Z")
        let slots = try await server.tasks(ofSeries: id).map { $0.text("slot") }
        #expect(slots == ["2026-12-05T09:00:00", "2026-12-06T09:00:00"])
    }

    @Test(.server) func `an overdue task lets the next occurrence pass`() async throws {
        let server = try TestServer.current
        let answer = try await server.post(
            "/series",
            [
                "title": "Check the mail", "whileOverdue": "skip",
                "recurrence": .object(["rule": "FREQ=DAILY", "start": "2026-12-01T09:00:00"]),
            ]
        )
        let id = answer.record("series").text("id")
        try await server.run(until: "2026-12-05T10:00:00Z")
        let slots = try await server.tasks(ofSeries: id).map { $0.text("slot") }
        #expect(slots == ["2026-12-01T09:00:00"])
    }

    @Test(.server, arguments: [("all", 4), ("latest", 1), ("none", 0)])
    func `what was missed is carried out as the policy says`(
        policy: String,
        count: Int
    ) async throws {
        let server = try TestServer.current
        let answer = try await server.post(
            "/series",
            [
                "title": "Check the mail", "make": "whenDue", "missed": .string(policy),
                "recurrence": .object(["rule": "FREQ=DAILY", "start": "2026-12-01T09:00:00"]),
            ]
        )
        let id = answer.record("series").text("id")
        // No server runs meanwhile.
        server.clock.advance(by: .seconds(4 * 86_400 + 5 * 3600))
        try await server.run(until: "2026-12-04T13:00:00Z")
        let tasks = try await server.tasks(ofSeries: id)
        #expect(tasks.count == count)
        let counts = try await server.get("/series/\(id)").record("series").object("counts")
        #expect(counts["missed"] == .integer(Int64(4 - count)))
    }
}
